"""One figure read for the ledger: whose it is, what it names, what sort of number it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.ledger.names import Name, about, is_generic, name_of
from assistant.ledger.types import Measure
from assistant.question.data import table
from ingest.archive.records import ReportRecord
from ingest.figures.enumeration import parts_of
from ingest.figures.record import FigureRecord
from ingest.figures.types import Figure
from ingest.period import Period

_MASK = re.compile(r"[xX×＊*某〇○_]")
_SAME_UNITS = (
    frozenset({"人", "名", "位"}),
    frozenset({"个", "家", "所", "处", "座"}),
    frozenset({"件", "起", "宗"}),
    frozenset({"场", "场次"}),
    frozenset({"台", "台次"}),
)
"""Units that count the same things whatever the indicator."""

_SHARES = frozenset({"%", "‰", "成"})
_CHANGES = frozenset({"百分点", "倍", "番"})
_NO_GROWTH = 50
"""A rate (覆盖率) of so many percent is the rate itself, even behind a word of growth (提高，不低于89%)."""

_NEAR = 80
"""Characters within which a phrase without a subject speaks of the figure before."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure with its report and what the ledger files it under.

    `body` is one key for all spellings of a body; reports whose body is masked or unknown have a key of their own.
    `unit` stands for all units that count the same things.
    """

    record: FigureRecord
    report: ReportRecord
    body: str
    name: Name
    measure: Measure
    unit: str
    scope: str

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.record.figure

    @property
    def period(self) -> Period | None:
        """The time the figure speaks of."""
        return self.record.figure.period


def read_all(figures: Iterable[FigureRecord], reports: Mapping[int, ReportRecord]) -> Iterator[Reading]:
    """Each figure whose report is known, in order; a phrase without a subject takes that of the figure before."""
    bodies: dict[int, str] = {}
    last: Reading | None = None
    for record in sorted(figures, key=lambda one: (one.report_id, one.figure.start, one.id)):
        report = reports.get(record.report_id)
        if report is None:
            continue
        if report.id not in bodies:
            bodies[report.id] = body_key(report)
        for part in _parts(record, report.region or ""):
            last = _read(part, report, bodies[report.id], last)
            yield last


def body_key(report: ReportRecord) -> str:
    """One key for every spelling of a body's name (卫健局, 卫生健康局)."""
    if not report.org or not report.region or _MASK.search(report.org + report.region):
        return f"#{report.id}"
    org = report.org
    longest = max(
        ((form, group[0]) for group in table("bodies")["forms"] for form in group if org.endswith(form)),
        key=lambda pair: len(pair[0]),
        default=None,
    )
    if longest is not None:
        org = org.removesuffix(longest[0]) + longest[1]
    return org if org.startswith(report.region) else report.region + org


def measure_of(figure: Figure, name: Name) -> Measure:
    """What sort of number a figure is."""
    value = figure.value
    if value.low is None and not value.masked and not value.unit:
        return "words"
    whole = name.text.endswith("率") and not name.grows and value.low is not None and value.low >= _NO_GROWTH
    if (figure.growth and not (whole and value.unit == "%")) or value.unit in _CHANGES:
        return "growth"
    if value.unit in _SHARES:
        grows = name.grows or (name.entry is not None and name.entry.percent_grows)
        return "growth" if grows else "share"
    return "level"


def unit_family(unit: str, name: Name) -> str:
    """One name for all units that count the same things; the indicator's own groups come first."""
    groups = (*(() if name.entry is None else name.entry.units), *_SAME_UNITS)
    return next((min(group) for group in groups if unit in group), unit)


def _read(record: FigureRecord, report: ReportRecord, body: str, last: Reading | None) -> Reading:
    figure = record.figure
    region = report.region or ""
    name = name_of(figure.indicator, region)
    scope = figure.scope or name.scope
    if is_generic(name):
        near = last is not None and _is_near(record, last.record)
        if near and last is not None:
            name = last.name if _tells_of(record, name, last) else about(last.name, name, region)
            scope = scope or last.scope
        elif name.is_empty:
            name = replace(name, key=f"#{record.id}", text=figure.indicator or "（未写明指标）")
    return Reading(record, report, body, name, measure_of(figure, name), unit_family(figure.value.unit, name), scope)


def _parts(record: FigureRecord, region: str) -> Iterator[FigureRecord]:
    """One record for each indicator that a figure is said of: 财政收入、居民收入与经济增长同步 are two.

    A number is said of each only where all of them are known indicators, words where one is.
    """
    figure = record.figure
    names = parts_of(figure.indicator)
    known = [name_of(name, region).entry is not None for name in names]
    in_words = figure.value.low is None and not figure.value.masked
    if len(names) < 2 or name_of(figure.indicator, region).entry is not None or not (any if in_words else all)(known):
        yield record
        return
    for name in names:
        yield replace(record, figure=replace(figure, indicator=name))


def _tells_of(record: FigureRecord, name: Name, last: Reading) -> bool:
    """Whether a number without a subject is what became of the task before it: 任务数1.5万人，已规范管理1.4万人."""
    figure = record.figure
    if figure.role == "completion":
        return True
    told = {figure.value.unit, last.figure.value.unit}
    counts = measure_of(figure, name) == "level" == last.measure and (len(told) == 1 or "" in told)
    return figure.role == "result" and last.figure.role == "target" and not record.in_plan and counts


def _is_near(record: FigureRecord, before: FigureRecord) -> bool:
    return (
        record.passage_id == before.passage_id
        and record.figure.start - before.figure.end <= _NEAR
        and record.in_plan == before.in_plan
    )
