"""The review part cut into clauses, each with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence.addressed import evidence_spans
from ingest.archive.records import PassageRecord
from ingest.clean import normalise

_COMMA = re.compile(r"[，,：:]")
_STOPS = "，,、；;。：:！!  \n\t　"
_SPAN_OF_YEARS = re.compile(r"五年来?|四年来?|三年来|年均|“十[三四五]五?”(?:期间|时期|以来)|以来|累计|前十年|总和")


_NO_NEWS = re.compile(
    r"会议上$|[省市县区州]长　?\s?[㐀-鿿\s　]{2,5}$|习近平|各位代表|中国特色社会主义思想"
    r"|不够|相对滞后|还有(?:不少|一些|短板|差距)|仍(?:然|需)|亟待|有待|困难和挑战"
)
"""What stands in the review part and reports nothing: who spoke where, in whose spirit, and what is still wanting."""


@dataclass(frozen=True, slots=True)
class Clause:
    """`passage.text[start:end]`; `text` is normalised, `sentence` the whole sentence, `several` whether it speaks of
    several years together rather than of the one in question.
    """

    passage: PassageRecord
    start: int
    end: int
    text: str
    sentence: str
    several: bool


def clauses(passages: Sequence[PassageRecord]) -> list[Clause]:
    """The clauses of these passages, in reading order, without the stops at their ends."""
    found: list[Clause] = []
    for passage in passages:
        text = normalise(passage.text.text)
        long = passage.period is not None and passage.period.single_year is None
        for first, last in evidence_spans(passage):
            sentence = text[first:last]
            cuts = [first + match.end() for match in _COMMA.finditer(sentence)]
            for start, end in zip([first, *cuts], [*cuts, last], strict=True):
                piece = text[start:end]
                left = start + len(piece) - len(piece.lstrip(_STOPS))
                right = end - (len(piece) - len(piece.rstrip(_STOPS)))
                if left < right and not _NO_NEWS.search(text, left, right):
                    said = text[left:right]
                    several = long or bool(_SPAN_OF_YEARS.search(said))
                    found.append(Clause(passage, left, right, said, sentence, several))
    return found
