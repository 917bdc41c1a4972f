"""The archive as a stock of topics: each heading of a plan or review with what stands under it, seen from an order.

Nothing later than the order allows is in the stock, nothing that the writer excludes, nothing that addresses a program
and nothing that is mostly masked or damaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.drafting.bodies import Body, Relation, find_body
from assistant.drafting.headings import clean_heading, is_generic
from assistant.drafting.types import Order
from assistant.question.names import short_region
from ingest.archive import Archive
from ingest.archive.records import PassageRecord, ReportRecord
from ingest.clean.addressed import addressed_spans
from ingest.period import Period
from ingest.structure.numbering import numbering_at
from ingest.types import Part

_MOST_PEERS = 80
_FEW_PEERS = 3
_OLDEST = 8
"""Neighbours' reports of so many years are looked at, the latest first."""
_CHARACTERS_A_MARK = 60
"""With a masked or damaged place in every so many characters a section is no model."""
_LEAD, _LEAST_LEADS, _UNDER_LEAD = 26, 3, 40
_LEAST_HEADINGS = 3
"""With fewer headings a part is set off by its openings."""
_TITLE = re.compile(
    r"\.(?:docx?|pdf|txt|html?|wps)\b|(?:总结|报告|计划|要点|汇报|打算)(?:[（(].{1,8}[)）])?$|[总结计划报告]{2}.{0,6}(?:年|范文|模板)"
)
_ITEM = re.compile(r"[一二三四五六七八九十]{1,3}是")


@dataclass(frozen=True, slots=True)
class TopicSection:
    """A topic of a report: its heading as written and as it may be proposed, and its passages in order.

    `position`: where among the topics of its plan or review it stands, 0 to 1. `name` is empty where nothing of the
    heading may be proposed again.
    """

    report: ReportRecord
    relation: Relation
    heading: str
    name: str
    part: Part
    period: Period | None
    position: float
    passages: tuple[PassageRecord, ...]

    @property
    def year(self) -> int:
        """The year that it speaks of, 0 where that is unknown."""
        return self.period.last if self.period is not None else 0

    @property
    def half(self) -> bool:
        """Whether it speaks of half a year."""
        return self.period is not None and self.period.half is not None

    @property
    def text(self) -> str:
        """Its cleaned text."""
        return "\n".join(passage.text.text for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Stock:
    """Every topic that an order may be modelled on. `body` is the one that the draft is for."""

    body: Body
    sections: tuple[TopicSection, ...]

    def of(self, part: Part, *relations: Relation) -> list[TopicSection]:
        """The topics of a part, of bodies that stand in one of these relations (all: none given)."""
        return [one for one in self.sections if one.part == part and (not relations or one.relation in relations)]


_last: list[tuple[object, Stock]] = []
"""The stock that was made last: an outline asks for the exemplars of one heading after the other."""


def stock(archive: Archive, order: Order) -> Stock:
    """The topics of the archive for an order; kept until archive or order change."""
    key = (str(archive.home), archive.generation, order.org, order.year, order.last_year, order.exclude)
    if not _last or _last[0][0] != key:
        _last[:] = [(key, _make(archive, order))]
    return _last[0][1]


def _make(archive: Archive, order: Order) -> Stock:
    reports = [report for report in archive.reports() if not named(report, order.exclude)]
    body = find_body(order.org, reports)
    related = [(report, body.relation(report)) for report in reports]
    own = [pair for pair in related if pair[1] == "own"]
    recent = [
        pair
        for pair in related
        if pair[1] != "own" and (pair[0].year is None or 0 <= order.last_year + 1 - pair[0].year <= _OLDEST)
    ]
    others = [pair for pair in recent if pair[1] != "other"]
    if len(others) < _FEW_PEERS:  # a hospital that stands alone: the bureau's work is its work too
        others += [pair for pair in recent if pair[1] == "other" and body.is_kin(pair[0])]
    nearness = {"peer": 0, "above": 1, "below": 2, "other": 3}
    others.sort(key=lambda pair: (nearness[pair[1]], -(pair[0].year or 0), pair[0].id))
    found: list[TopicSection] = []
    for report, relation in [*own, *others[:_MOST_PEERS]]:
        found += _topics(archive, report, relation, order)
    return Stock(body, tuple(found))


def named(report: ReportRecord, words: Iterable[str]) -> bool:
    """Whether any of the words is part of the report's title or of the name of a file that holds it."""
    return any(word in name for word in words for name in (report.title, *report.sources))


def _topics(archive: Archive, report: ReportRecord, relation: Relation, order: Order) -> Iterator[TopicSection]:
    usable = [one for one in archive.report_passages(report.id) if _allowed(one, order)]
    for (part, period), group in groupby(usable, key=lambda one: (one.part, one.period)):
        if part not in ("plan", "review"):
            continue
        topics = [
            (heading, sound)
            for heading, passages in _split(list(group), report)
            if not addressed_spans(heading) and (sound := _sound(passages))
        ]
        for place, (heading, sound) in enumerate(topics):
            name = clean_heading(heading, order.year)
            where = (place + 0.5) / len(topics)
            yield TopicSection(report, relation, heading, name, part, period, where, sound)


def _allowed(passage: PassageRecord, order: Order) -> bool:
    """Not later than the order's last year, and no run of years ahead (a five-year plan in a yearly one)."""
    period = passage.period
    if period is None:
        return True
    return period.last <= order.last_year and (period.single_year is not None or passage.part == "review")


def _split(passages: Sequence[PassageRecord], report: ReportRecord) -> Iterator[tuple[str, list[PassageRecord]]]:
    """Topics with their passages: under the first heading that says more than what part it opens, or by openings."""
    topics = [_topic_of(one.path, report) for one in passages]
    if len(set(topics) - {""}) < _LEAST_HEADINGS:
        yield from _by_openings([one for one, topic in zip(passages, topics, strict=True) if not topic])
    for heading, group in groupby(zip(passages, topics, strict=True), key=lambda pair: pair[1]):
        if heading:
            yield heading, [one for one, _ in group]


def _topic_of(path: Sequence[str], report: ReportRecord) -> str:
    names = _names(report)
    return next((one for one in path if not is_generic(one, names) and not _is_title(one, report)), "")


def _is_title(heading: str, report: ReportRecord) -> bool:
    """A title, or the name of a file, that a reader took for the highest heading."""
    return heading in report.title or _TITLE.search(heading) is not None


def _by_openings(passages: Sequence[PassageRecord]) -> Iterator[tuple[str, list[PassageRecord]]]:
    """Topics that no heading sets off: passages that begin with 一是…, or with a short sentence before a long text."""
    opened: list[tuple[str, list[PassageRecord]]] = []
    lines = [line.strip() for passage in passages for line in passage.text.text.split("\n")]
    items = sum(_ITEM.match(line) is not None for line in lines) >= _LEAST_LEADS
    for passage in passages:
        told = [line.strip() for line in passage.text.text.split("\n")]
        leads = [lead for line in told if (not items or _ITEM.match(line)) and (lead := _lead(line))]
        for lead in leads:
            opened.append((lead, [passage]))
        if not leads and opened:
            opened[-1][1].append(passage)
    yield from opened if len(opened) >= _LEAST_LEADS else ()


def _lead(line: str) -> str:
    first, stop, rest = line.lstrip("—－- 　").partition("。")
    item = _ITEM.match(first)
    if item is not None:
        clause = re.split(r"[ 　：:]", first)[0]
        return clause if len(clause) <= 2 * _LEAD else re.split(r"[，,]", clause)[0]
    if not stop or len(rest) < _UNDER_LEAD or not 4 <= len(first) <= _LEAD or any(c.isdigit() for c in first):
        return ""
    number = numbering_at(first)
    return first[number.end :] if number is not None else first


def _sound(passages: Sequence[PassageRecord]) -> tuple[PassageRecord, ...]:
    """Without passages that address a program; none where most of what is left is masked or damaged."""
    kept = [one for one in passages if not any(mark.kind == "addressed" for mark in one.marks)]
    marks = sum(mark.kind in ("masked", "damaged", "doubtful") for one in kept for mark in one.marks)
    length = sum(len(one.text.text) for one in kept)
    return tuple(kept) if length and marks * _CHARACTERS_A_MARK <= length else ()


def _names(report: ReportRecord) -> frozenset[str]:
    region = report.region or ""
    return frozenset(name for name in (report.org or "", region, short_region(region)[0] if region else "") if name)
