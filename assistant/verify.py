"""Checks a composed answer before anyone reads it: citations, figures, the year and the body.

A sentence that fails is dropped, whoever composed it; what was dropped is said in a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.answer import Citation, Sentence, Warning
from assistant.compose.draft import Draft, DraftSentence, Support
from assistant.compose.wording import finish, in_words
from assistant.evidence.figures import bound_numbers_in
from assistant.question.types import Question
from ingest.period import Period


@dataclass(frozen=True, slots=True)
class Verified:
    """What may be shown."""

    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    warnings: tuple[Warning, ...]


_LINE_END = re.compile(r"\s*\n\s*")
"""A line's end: a page breaks lines anywhere, in the middle of a figure as well."""

_SIGNS = "万亿%‰年月日"
_CONSTANTS = frozenset({"1", "100", "100%"})
"""What a calculation may use without a source: a growth is less 1, a rate is times 100."""

_MARKED_BREAK = re.compile(r"\d\.?\s*\n\s*\d+、")
"""A page mark between two digits: joining such lines would make a figure that nobody wrote."""


def verify(draft: Draft, question: Question, cite: Callable[[Support, int], Citation]) -> Verified:
    """Number the citations and keep the sentences that stand; equal spans share one citation."""
    numbers: dict[tuple[int, int, int], Citation] = {}
    sentences: list[Sentence] = []
    warnings = list(draft.warnings)
    for item in draft.sentences:
        cited = {_key(support): cite(support, 0) for support in item.supports}
        fault = _fault(item, list(cited.values()), question)
        if fault and len(item.supports) == 1:
            item = _as_written(item, next(iter(cited.values())))
            fault = _fault(item, list(cited.values()), question)
        if fault:
            warnings.append(Warning("unsupported", fault))
            continue
        shown = []
        for support in item.supports:
            key = _key(support)
            if key not in numbers:
                numbers[key] = cite(support, len(numbers) + 1)
            shown.append(numbers[key].n)
        sentences.append(Sentence(item.text, tuple(dict.fromkeys(shown)), item.computed))
    return Verified(tuple(sentences), tuple(numbers.values()), tuple(dict.fromkeys(warnings)))


def _key(support: Support) -> tuple[int, int, int]:
    return support.passage.id, support.start, support.end


def _as_written(sentence: DraftSentence, citation: Citation) -> DraftSentence:
    """The quote itself in place of a cleaned text whose figure the source breaks in two: damage is shown raw."""
    raw = " ⏎ ".join(line.strip() for line in citation.quote.splitlines() if line.strip())
    text = sentence.text.replace(sentence.quoted, finish(raw)) if sentence.quoted else sentence.text
    return replace(sentence, text=text)


def _fault(sentence: DraftSentence, citations: list[Citation], question: Question) -> str | None:
    """Why a sentence must not be shown, in Chinese; None when it may."""
    if not citations:
        return "有一句没有出处，已略去。"
    said = [
        " ".join(
            [
                one.quote,
                one.report,
                one.org or "",
                in_words(None if one.period is None else Period.parse(one.period)),
                f"{one.year}年",
                *one.section,
            ]
        )
        for one in citations
    ]
    said += [_LINE_END.sub("", one.quote) for one in citations if not _MARKED_BREAK.search(one.quote)]
    quoted = {number for text in said for number in bound_numbers_in(text)}
    operands = {number for item in sentence.computed for number in bound_numbers_in(item.expression)}
    if not operands <= quoted | {number.rstrip(_SIGNS) for number in quoted} | _CONSTANTS:
        return "有一句的计算用了出处中没有的数字，已略去。"
    computed = {number for item in sentence.computed for number in bound_numbers_in(item.value)}
    strange = bound_numbers_in(sentence.text) - quoted - computed
    if strange:
        return f"有一句含有出处中没有的数字（{'、'.join(sorted(strange))}），已略去。"
    if question.bodies:
        meant = frozenset[int]().union(*(body.reports for body in question.bodies))
        if any(citation.report_id not in meant for citation in citations):
            return "有一句出自别的单位，已略去。"
    if question.years and any(_another_year(citation, question.years) for citation in citations):
        return "有一句说的是别的年份，已略去。"
    return None


def _another_year(citation: Citation, years: tuple[int, ...]) -> bool:
    """A citation of known period that does not touch any year asked about; unknown periods are labelled elsewhere."""
    if citation.period is None:
        return False
    first, _, last = citation.period.partition("-")[0].partition("/")
    return not any(int(first) <= year <= int(last or first) for year in years)
