"""What a body's own reports tell of the very year that a review is for: what was done, planned, found lacking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.drafting.foreign import Names
from assistant.drafting.headings import bigrams, clean_heading, core
from assistant.drafting.measures import Candidate, alike, is_heading
from assistant.drafting.phrases import Phrase, recast
from assistant.drafting.targets import Told, told_figures
from assistant.drafting.themes import SAME, similarity, themes_of, words_for
from assistant.drafting.types import Order
from assistant.promises.measures import find_measures
from assistant.promises.types import Measure
from ingest.archive import Archive
from ingest.archive.records import PassageRecord
from ingest.clean import normalise
from ingest.types import Part

_UNSOUND = frozenset({"addressed", "masked", "damaged", "doubtful", "ocr"})
_NOT_DONE = re.compile(
    r"力争|争取|确保|计划|拟|将|正在|下一步|下步|下半年|尚|未|没有|预计|有望|准备|打算|筹备|谋划|待|推迟|暂停|取消|难以|无法|不足|要(?!求|素|点|道|地|件)"
)
"""Words beside which a clause of a review does not tell of something done."""


@dataclass(frozen=True, slots=True)
class OwnYear:
    """What the body's own reports hold on one year; empty where the order may not look at it.

    `done`, `planned`: clauses of its reviews and plans with what they say in short, reviews of the whole year first.
    """

    reviews: tuple[PassageRecord, ...] = ()
    problems: tuple[PassageRecord, ...] = ()
    done: tuple[tuple[Measure, Phrase], ...] = ()
    planned: tuple[tuple[Measure, Phrase], ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """Something that a report of the year tells as done. `half`: one of its first half only."""

    text: str
    stretch: Measure
    half: bool


_last: list[tuple[object, OwnYear]] = []
"""The year that was asked for last: a draft asks for it once a section."""


def own_year(archive: Archive, order: Order, reports: frozenset[int]) -> OwnYear:
    """What the body's `reports` hold on the order's year. A review is written of its own year: unless the order sets
    an earlier bound, reports of that year may be used for it.
    """
    if order.kind != "总结" or (order.up_to is not None and order.up_to < order.year):
        return OwnYear()
    key = (str(archive.home), archive.generation, order.year, reports)
    if not _last or _last[0][0] != key:
        _last[:] = [(key, _read(archive, order.year, reports))]
    return _last[0][1]


def _read(archive: Archive, year: int, reports: frozenset[int]) -> OwnYear:
    found = [
        passage
        for report in sorted(reports)
        for passage in archive.report_passages(report)
        if passage.period is not None
        and passage.period.single_year == year
        and not any(mark.kind in _UNSOUND for mark in passage.marks)
    ]

    def of(part: Part) -> tuple[PassageRecord, ...]:
        return tuple(one for one in found if one.part == part)

    reviews = of("review")
    done = [pair for pair in _said(reviews, year) if not _NOT_DONE.search(_clause(pair[0]))]
    return OwnYear(reviews, of("problem"), tuple(done), tuple(_said(of("plan"), year)))


def _said(passages: Sequence[PassageRecord], year: int) -> Iterator[tuple[Measure, Phrase]]:
    for passage in sorted(passages, key=is_half):
        for measure in find_measures([passage]):
            text = normalise(measure.text)
            phrase = None if is_heading(text, "", passage) else recast(text, year, own=True)
            if phrase is not None and not phrase.goal:
                yield measure, phrase


def done_of(year: OwnYear, heading: str, names: Names, field: str) -> list[Done]:
    """What the year's reports tell as done on a topic, the whole year's before the first half's, each thing once."""
    found: list[tuple[frozenset[str], Done]] = []
    for measure, phrase in _on_topic(year.done, heading, names, field):
        pairs = bigrams(phrase.bare)
        if not any(alike(pairs, other) for other, _ in found):
            found.append((pairs, Done(phrase.bare, measure, is_half(measure.passage))))
    return [one for _, one in found]


def planned_of(year: OwnYear, heading: str, names: Names, field: str) -> list[Candidate]:
    """What the body's own plans of the year promise on a topic: the whole year's first, and what names the topic."""
    found = [Candidate(phrase, one, 0, True, "", 0.0) for one, phrase in _on_topic(year.planned, heading, names, field)]
    return sorted(found, key=lambda one: (is_half(one.stretch.passage), not _is_about(one.phrase.bare, heading, field)))


def _on_topic(
    said: Sequence[tuple[Measure, Phrase]], heading: str, names: Names, field: str
) -> Iterator[tuple[Measure, Phrase]]:
    for measure, phrase in said:
        if phrase.bare in heading or names.foreign(phrase.bare, own=True):
            continue
        if _is_under(measure.passage, heading, field) or _is_about(phrase.bare, heading, field):
            yield measure, phrase


def figures_of(year: OwnYear, heading: str, order: Order, names: Names, field: str) -> list[Told]:
    """Results of the year on a topic, as the body's own reports give them."""
    passages = [one for one in year.reviews if _is_under(one, heading, field)]
    return told_figures(sorted(passages, key=is_half), order, names)


def is_half(passage: PassageRecord) -> bool:
    """Whether it speaks of half a year."""
    return passage.period is not None and passage.period.half is not None


def _clause(measure: Measure) -> str:
    text = normalise(measure.passage.text.text)
    start = max(text.rfind(stop, 0, measure.start) for stop in "。；;\n") + 1
    return text[start : measure.end + 6]


def _is_under(passage: PassageRecord, heading: str, field: str) -> bool:
    names = [clean_heading(one) or one for one in passage.path]
    return any(similarity(one, heading, field) >= SAME for one in names)


def _is_about(text: str, heading: str, field: str) -> bool:
    wanted: Sequence[str] = words_for(heading, field)
    elsewhere = themes_of(text, field) - themes_of(heading, field)
    return not elsewhere and (any(one in text for one in wanted) or len(bigrams(text) & bigrams(core(heading))) >= 3)
