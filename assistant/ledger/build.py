"""Rows out of figures: one for each indicator, body, period, sort of number and scope."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from assistant.ledger.joining import NOTHING_SPOKEN, Joiner, Spoken
from assistant.ledger.judge import completion, gap, latest_first, status
from assistant.ledger.names import Direction, Name, direction
from assistant.ledger.order import NO_JOINS, BodyRows, in_order
from assistant.ledger.reading import Reading, body_key, read_all
from assistant.ledger.types import Cell, Joins, LedgerRow, Measure
from assistant.ledger.values import cells
from ingest.archive.records import ReportRecord
from ingest.figures.record import FigureRecord
from ingest.period import Period

_Place = tuple[str, str, str, str]
"""Body, indicator, scope, period (with the report where there is no period)."""

_LOOSE = 4
"""Names of so few characters that the alias table does not know (退出, 发放资金) are said of many things."""


@dataclass(slots=True)
class _Group:
    """The figures of one row by what they do."""

    measure: Measure
    unit: str
    targets: list[Reading] = field(default_factory=list)
    results: list[Reading] = field(default_factory=list)
    completions: list[Reading] = field(default_factory=list)
    changes: list[Reading] = field(default_factory=list)
    baselines: list[Reading] = field(default_factory=list)

    @property
    def readings(self) -> list[Reading]:
        return [*self.targets, *self.results, *self.completions, *self.changes, *self.baselines]


def build_ledger(
    figures: Iterable[FigureRecord], reports: Iterable[ReportRecord], joins: Joins = NO_JOINS
) -> list[LedgerRow]:
    """The ledger's rows, sorted by body, period and name; those without an indicator's name behind all others.

    Reports without a year give rows with period None.

    A target of a year is taken wherever it stands: the plan of the year before, the plan of the year, its review.
    """
    known = {report.id: report for report in reports}
    told: dict[str, list[FigureRecord]] = defaultdict(list)
    counted: Counter[str] = Counter()
    for one in figures:
        if one.report_id in known:
            told[body_key(known[one.report_id])].append(one)
            counted[one.figure.indicator] += 1
    spoken = Spoken.of(joins, counted)
    return in_order([body_rows(own, known, spoken) for own in told.values()], joins)


def body_rows(
    figures: Iterable[FigureRecord], reports: Mapping[int, ReportRecord], spoken: Spoken = NOTHING_SPOKEN
) -> BodyRows:
    """The rows of the figures of one body. Whether a row is named is not settled: see `in_order`."""
    readings = list(read_all(figures, reports))
    joiner = Joiner(readings, spoken)
    places: dict[_Place, list[_Group]] = defaultdict(list)
    late: list[Reading] = []
    telling: dict[str, set[int]] = defaultdict(set)
    for one in readings:
        telling[joiner.key(one)].add(one.report.id)
        if one.measure == "words" or one.figure.role in ("completion", "baseline"):
            late.append(one)
        else:
            _put(places[_place(one, joiner)], one)
    for one in late:
        _attach(places[_place(one, joiner)], one)
    _fold_growth(places)
    reviewed = {one.period for one in readings if not one.record.in_plan and one.figure.role != "baseline"}
    org = max((one.report.org for one in readings if one.report.org), key=len, default=None)
    rows = [
        _row(place, group, joiner, org, reviewed)
        for place, groups in places.items()
        for group in groups
        if group.readings
    ]
    once = tuple(key for key, found in telling.items() if len(found) == 1)
    often = tuple(key for key, found in telling.items() if len(found) > 1)
    return BodyRows(tuple(sorted(rows, key=_within)), once, often)


def _place(one: Reading, joiner: Joiner) -> _Place:
    period = str(_own_period(one)) if one.period is not None else f"#{one.report.id}"
    return one.body, joiner.key(one), one.scope, period


def _own_period(one: Reading) -> Period | None:
    """The row a figure belongs to: an earlier year's value stands beside the value it is compared with."""
    period = one.period
    if one.figure.role == "baseline" and period is not None and period.first == period.last:
        return Period(period.first + 1, period.first + 1, period.half)
    return period


def _put(groups: list[_Group], one: Reading) -> None:
    """Into the group of its sort and unit; a number without a unit goes with the only other one there is."""
    own = [group for group in groups if group.measure == one.measure]
    fits = [group for group in own if group.unit == one.unit]
    if not fits and len(own) == 1 and (not one.unit or not own[0].unit):
        fits = own
        own[0].unit = own[0].unit or one.unit
    if not fits:
        fits = [_Group(one.measure, one.unit)]
        groups.extend(fits)
    group = fits[0]
    if one.figure.role == "target":
        group.targets.append(one)
    elif one.figure.role == "change" and one.measure != "growth":
        group.changes.append(one)
    else:
        group.results.append(one)


def _attach(groups: list[_Group], one: Reading) -> None:
    """Targets in words, completion rates and earlier values go with the row they are said of, if there is one."""
    if one.measure == "words":
        grown = [group for group in groups if group.measure == "growth"]
        group = _first(grown if "同步" in one.figure.text or "增" in one.figure.indicator else grown or groups)
        if group is None:
            group = _Group("words", "")
            groups.append(group)
        (group.targets if one.figure.role == "target" else group.results).append(one)
    elif one.figure.role == "completion":
        counted = [group for group in groups if group.measure == "level"]
        both = [group for group in counted if group.targets and group.results]
        group = _first(both or [group for group in counted if group.targets or group.results])
        if group is None:
            group = _Group("level", "")
            groups.append(group)
        group.completions.append(one)
    else:
        group = _first([group for group in groups if group.measure == one.measure and group.unit == one.unit])
        if group is None:
            group = _Group(one.measure, one.unit)
            groups.append(group)
        group.baselines.append(one)


def _first(groups: Sequence[_Group]) -> _Group | None:
    return groups[0] if groups else None


def _fold_growth(places: dict[_Place, list[_Group]]) -> None:
    """A rate of change beside a count is a remark to it, unless a rate of change is what the plans promise."""
    promised = {
        place[:3] for place, groups in places.items() for group in groups if group.measure == "growth" and group.targets
    }
    for place, groups in places.items():
        level = _first([group for group in groups if group.measure in ("level", "share") and group.results])
        if level is None or place[:3] in promised:
            continue
        for group in groups:
            if group.measure == "growth" and not _is_own(group):
                level.changes.extend(group.results)
                group.results = []


def _is_own(group: _Group) -> bool:
    """Whether the indicator's percentage is a figure in its own right (地区生产总值)."""
    return any(one.name.entry is not None and one.name.entry.percent_grows for one in group.results)


def _row(
    place: _Place,
    group: _Group,
    joiner: Joiner,
    org: str | None,
    reviewed: set[Period | None],
) -> LedgerRow:
    body, key, scope, _ = place
    lead = group.readings[0]
    period = _own_period(lead)
    promised, more_promised = _told_apart(group.targets)
    reached, more_reached = _told_apart(group.results)
    targets = _plan_first(cells(promised))
    results = latest_first(cells(reached))
    name = joiner.shown(key, group.measure)
    text = group.readings[0].name.text
    verdict, reason = status(
        targets,
        results,
        completions := cells(group.completions),
        measure=group.measure,
        period=period,
        better=_direction(lead.name, text if text.endswith("率") else name, group.measure),
        reviewed=period in reviewed,
        loose=lead.name.entry is None and len(name) <= _LOOSE,
    )
    worked = None
    apart = None
    if targets and results and verdict not in ("conflict", "mixed"):
        pair = targets[0].record.figure, results[0].record.figure
        apart = gap(*pair, lead.figure.value.unit)
        worked = None if completions else completion(*pair, group.measure)
    digest = sha256("\x1f".join((*place, group.measure, group.unit)).encode()).hexdigest()[:16]
    return LedgerRow(
        id=digest,
        name=name,
        key=key,
        org=org,
        body=body,
        region=lead.report.region,
        period=period,
        unit=_common([one.figure.value.unit for one in group.readings if one.figure.role != "completion"]),
        measure=group.measure,
        scope=scope,
        targets=targets,
        results=results,
        completions=completions,
        changes=cells(group.changes),
        baselines=cells(group.baselines),
        details=cells([*more_promised, *more_reached]),
        computed=worked,
        gap=apart,
        status=verdict,
        reason=reason,
        phrases=tuple(dict.fromkeys(one.figure.indicator for one in group.readings)),
    )


def _direction(name: Name, text: str, measure: Measure) -> Direction | None:
    """Which way is better; a rate of change of what should be little (死亡率下降10%) does not say which way it went."""
    better = direction(name, text)
    return None if measure == "growth" and better == "less" else better


def _told_apart(readings: list[Reading]) -> tuple[list[Reading], list[Reading]]:
    """The telling numbers, and those without a phrase of their own behind a named one of the same role and passage.

    检查1200户次，…500户次、…300户次: the later ones are details of something else as a rule, not contradictions.
    """
    named: set[int] = set()
    telling: list[Reading] = []
    details: list[Reading] = []
    for one in sorted(readings, key=lambda one: (one.measure == "words", one.report.id, one.figure.start)):
        if one.figure.named is not None:
            named.add(one.record.passage_id)
        (details if one.figure.named is None and one.record.passage_id in named else telling).append(one)
    return telling, details


def _plan_first(targets: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Numbers before words, what the plan says before what a later review recalls."""
    return tuple(
        sorted(
            targets, key=lambda cell: (cell.record.figure.value.low is None, not cell.record.in_plan, cell.year or 0)
        )
    )


def _common(units: list[str]) -> str:
    counted = Counter(unit for unit in units if unit)
    return counted.most_common(1)[0][0] if counted else ""


def _within(row: LedgerRow) -> tuple[object, ...]:
    """The latest period first, rows without one behind."""
    period = row.period
    when = (period is None, 0, 0, 0) if period is None else (False, -period.last, period.first, period.half or 0)
    return (when, row.name, row.scope, row.measure, row.unit, row.id)
