"""What stands in a section already, piece by piece: what each rests on, and which ones the writer wrote himself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.drafting.composed import PLACEHOLDER, Composed, Drawn
from assistant.drafting.types import DraftSection, Source
from ingest.clean import normalise
from ingest.structure.sentences import sentence_spans

_BLOCK = re.compile(r"\s*[（(][一二三四五六七八九十]{1,3}[）)]")
_NUMBER = re.compile(r"\s*(?:\d{1,2}[.、．](?!\d)|[一二三四五六七八九十]{1,2}是)\s*")
_SET = re.compile(r"落实重点任务|上半年已开展以下工作|全年重点做了以下工作|明确目标任务|主要指标完成情况|补齐短板弱项")
"""Sentences that code sets to join the others: they rest on nothing, and are nobody's own."""
_HAN = re.compile(r"[㐀-鿿]")
STOPS = "。；;：:，, 　\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or list item without its number and stop; `sources` with places in `text`.

    `block`: which （一）（二）… it stands under, from 0. `lead`: it opens its block. `own`: the writer's own, with no
    source but perhaps facts of his.
    """

    text: str
    sources: tuple[Source, ...]
    block: int
    lead: bool = False
    own: bool = False

    @property
    def facts(self) -> frozenset[int]:
        """Numbers of the facts that stand in it."""
        return frozenset(one.fact for one in self.sources if one.fact is not None)

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        """Its sources, for a section that it is to stand in again."""
        return tuple(Drawn(one.start, one.end, one.kind, one.fact, citation=one.citation) for one in self.sources)


def pieces_of(section: DraftSection) -> tuple[Piece, ...]:
    """The pieces of a section in order. Of a section without any source nobody can say whose it is: nothing in it
    counts as the writer's own.
    """
    found: list[Piece] = []
    block, numbered = -1, False
    opens = False
    for start, end in sentence_spans(section.text):
        if (mark := _BLOCK.match(section.text, start, end)) is not None:
            block, start, numbered, opens = block + 1, mark.end(), True, True
        elif block < 0:
            block = 0
        if (mark := _NUMBER.match(section.text, start, end)) is not None:
            start, opens = mark.end(), False
        text = section.text[start:end].rstrip(STOPS)
        if not text:
            continue
        sources = _within(section.sources, start, start + len(text))
        lead = _SET.fullmatch(text) is not None or (numbered and opens)
        found.append(Piece(text, sources, block, lead, not lead and _is_own(section, text, sources)))
        opens = False
    return tuple(replace(one, lead=False) if one.lead and _stands_alone(one, found) else one for one in found)


def own_of(section: DraftSection) -> tuple[Piece, ...]:
    """The writer's own pieces."""
    return tuple(one for one in pieces_of(section) if one.own)


def with_own(composed: Composed, own: Sequence[Piece]) -> Composed:
    """The section with the writer's own sentences behind it, word for word, but for those that it has already."""
    missing = [one for one in own if not holds(composed.text, one)]
    if not missing:
        return composed
    text, drawn = f"{composed.text}\n" if composed.text else "", list(composed.drawn)
    for one in missing:
        drawn += [replace(each, start=each.start + len(text), end=each.end + len(text)) for each in one.drawn]
        text += f"{one.text}。"
    return replace(composed, text=text, drawn=tuple(drawn))


def holds(text: str, piece: Piece) -> bool:
    """Whether a text has the piece word for word."""
    return key_of(piece.text) in key_of(text)


def key_of(text: str) -> str:
    """A text as it is compared word for word: normalised, without white space, number and end stop."""
    plain = normalise(text).strip(STOPS)
    plain = _NUMBER.sub("", _BLOCK.sub("", plain, count=1), count=1)
    return "".join(plain.split()).strip(STOPS)


def _within(sources: Sequence[Source], start: int, end: int) -> tuple[Source, ...]:
    return tuple(
        replace(one, start=max(one.start, start) - start, end=min(one.end, end) - start)
        for one in sources
        if one.start < end and one.end > start
    )


def _is_own(section: DraftSection, text: str, sources: Sequence[Source]) -> bool:
    """Not recast from anything, and what rests on a fact is less than half of it: the figure in his own words."""
    if not section.sources or any(one.kind != "fact" for one in sources) or not _HAN.search(PLACEHOLDER.sub("", text)):
        return False
    return 2 * sum(one.end - one.start for one in sources) < len(text)


def _stands_alone(lead: Piece, pieces: Sequence[Piece]) -> bool:
    """A block of one sentence has no lead, unless code set it."""
    return _SET.fullmatch(lead.text) is None and not any(one is not lead and one.block == lead.block for one in pieces)
