"""Questions to the ledger: filters over indexes built once per archive generation, and series over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assistant.ledger.names import entries, name_of
from assistant.ledger.places import Places, met
from assistant.ledger.types import Cell, LedgerRow, Measure, RowStatus
from assistant.ledger.why import Link, links
from assistant.question.bodies import BodyIndex
from ingest.archive.records import ReportRecord
from ingest.clean import normalise
from ingest.figures.record import FigureRecord
from ingest.period import Period


@dataclass(frozen=True, slots=True)
class Query:
    """Filters; None means no restriction.

    `year` meets rows of that year and of its halves, never a run of years; with `half` only that half, with
    `spans` also runs of years that hold it. `indicator`: a word of the name, of a wording joined under it, or another
    name for it. `role`: rows that have a cell of that role. `unnamed`: also rows whose name is a piece of a sentence;
    where an `indicator` is asked for, they are found in any case.
    """

    org: str | None = None
    year: int | None = None
    half: Literal[1, 2] | None = None
    spans: bool = False
    indicator: str | None = None
    role: Literal["target", "result"] | None = None
    status: frozenset[RowStatus] | None = None
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a series; a cell is None where nothing is stated."""

    year: int
    target: Cell | None
    result: Cell | None
    row: LedgerRow


class Ledger:
    """The rows in their order, and where each body, year and indicator stands in them."""

    def __init__(
        self,
        rows: Sequence[LedgerRow],
        reports: Iterable[ReportRecord],
        spoken: Iterable[tuple[str, str, bool]] = (),
        struck: Iterable[FigureRecord] = (),
    ) -> None:
        """`spoken`: pairs of names and whether the user calls them the same; `struck`: figures that he struck out."""
        self.rows = tuple(rows)
        self._reports = {report.id: report for report in reports}
        self._spoken = tuple(spoken)
        self.struck = tuple(
            Cell(one, report.title, report.org, report.year)
            for one in struck
            if (report := self._reports.get(one.report_id)) is not None
        )
        self._bodies = BodyIndex(self._reports.values())
        self._bodies.find("预热")  # the segmenter's dictionary is read now rather than at the first query
        self._by_report, self._by_year, self._by_name = Places[int](), Places[int](), Places[str]()
        self._by_role, self._by_status = Places[str](), Places[RowStatus]()
        self._names: dict[str, tuple[str, ...]] = {}
        for place, row in enumerate(self.rows):
            for cell in row.places:
                self._by_report.add(cell.report_id, place)
            if row.period is not None:
                for year in range(row.period.first, row.period.last + 1):
                    self._by_year.add(year, place)
            if row.targets:
                self._by_role.add("target", place)
            if row.results or row.completions:
                self._by_role.add("result", place)
            self._by_status.add(row.status, place)
            self._by_name.add(row.key, place)
            known = self._names.get(row.key, ())
            if new := [name for name in (row.name, *row.phrases) if name not in known]:
                self._names[row.key] = (*known, *new)
        for entry in {entry.name: entry for entry in entries().values()}.values():
            if entry.name in self._names:
                self._names[entry.name] += (entry.name, entry.rate, *entry.forms)
        self._grams: dict[str, list[str]] = defaultdict(list)
        for key, names in self._names.items():
            for gram in {gram for name in names for gram in (*_grams(name), *_plain(name))}:
                self._grams[gram].append(key)

    def find(self, query: Query) -> list[LedgerRow]:
        """The rows that meet every filter, in the ledger's order."""
        found: list[NDArray[np.uint32]] = []
        if query.org is not None:
            found.append(self._by_report.of(self.reports_of(query.org)))
        if query.year is not None:
            found.append(self._by_year.of((query.year,)))
        if query.indicator is not None:
            found.append(self._by_name.of(self.keys_of(query.indicator)))
        if query.role is not None:
            found.append(self._by_role.of((query.role,)))
        if query.status is not None:
            found.append(self._by_status.of(query.status))
        places = met(found) if found else range(len(self.rows))
        return [self.rows[place] for place in places if _meets(self.rows[place], query)]

    def told_in(self, reports: Iterable[int]) -> list[LedgerRow]:
        """The rows that have a cell of one of these reports, in the ledger's order."""
        return [self.rows[place] for place in self._by_report.of(reports)]

    def row(self, row_id: object) -> LedgerRow | None:
        """The row of this id, None where there is none (any more)."""
        return next((row for row in self.rows if row.id == row_id), None)

    def like(self, row: LedgerRow, phrase: str) -> LedgerRow | None:
        """The row that `row` has become: the same id, or else the wording in the same body, time, place and sort."""
        same = self.row(row.id)
        if same is not None and phrase in same.phrases:
            return same
        kept = (row.body, row.period, row.scope, row.measure)
        held = (one for one in self.rows if (one.body, one.period, one.scope, one.measure) == kept)
        return next((one for one in held if phrase in one.phrases), same)

    def links(self, row: LedgerRow) -> tuple[Link, ...]:
        """Why the wordings of a row are one indicator, and which of them the user keeps apart."""
        return links(row, self._spoken)

    def struck_cell(self, figure: object) -> Cell | None:
        """The struck figure of this number, None where it is none."""
        return next((cell for cell in self.struck if cell.record.id == figure), None)

    def row_of(self, figure: object) -> LedgerRow | None:
        """The row that shows the figure of this number, None where none does."""
        return next((row for row in self.rows if row.place(figure) is not None), None)

    def years(self) -> list[int]:
        """The years that rows speak of, runs of years left out; latest first."""
        return list(dict.fromkeys(one.first for one in years_of(self.rows) if one.single_year is not None))

    def reports_of(self, org: str) -> frozenset[int]:
        """The reports of the body that `org` names, in full or for short."""
        exact = frozenset(report.id for report in self._reports.values() if report.org == org)
        found = self._bodies.find(normalise(org)).bodies
        return exact or frozenset[int]().union(*(body.reports for body in found))

    def keys_of(self, word: str) -> frozenset[str]:
        """The indicators that a word names: exactly by the alias table, else every one whose name holds the word."""
        plain = normalise(word).strip()
        name = name_of(plain)
        if name.entry is not None and name.key in self._names:
            return frozenset({name.key})
        if not plain:
            return frozenset(self._names)
        held = self._holding(_plain(plain)) | (self._holding(name.text) if len(name.text) > 1 else set())
        return frozenset(held | ({name.key} if name.key in self._names else set()))

    def _holding(self, text: str) -> set[str]:
        """The indicators one of whose names holds a text."""
        near = min((self._grams.get(gram, []) for gram in _grams(text)), key=len, default=list[str]())
        return {key for key in near if len(text) == 1 or any(text in _plain(one) for one in self._names[key])}

    def series(
        self, org: str, indicator: str, measure: Measure | None = None, scope: str = ""
    ) -> dict[tuple[str, str, Measure, str], list[Point]]:
        """Whole years in order, for each body, indicator, sort of number and unit that the two words meet.

        Halves and runs of years are left out: they are other figures.
        """
        found: dict[tuple[str, str, Measure, str], dict[int, Point]] = defaultdict(dict)
        for row in self.find(Query(org=org, indicator=indicator)):
            period = row.period
            if period is None or period.single_year is None or period.half is not None or row.scope != scope:
                continue
            if measure is None or row.measure == measure:
                point = Point(period.first, _sound(row.targets), _sound(row.results), row)
                found[row.body, row.key, row.measure, row.unit].setdefault(period.first, point)
        return {key: [points[year] for year in sorted(points)] for key, points in found.items()}


def _meets(row: LedgerRow, query: Query) -> bool:
    if not (row.named or query.unnamed or query.indicator is not None):
        return False
    if query.year is not None and not query.spans and row.period is not None and row.period.single_year is None:
        return False
    if query.half is not None and (row.period is None or row.period.half != query.half):
        return False
    return query.status is None or row.status in query.status


def _sound(cells: tuple[Cell, ...]) -> Cell | None:
    return next((cell for cell in cells if cell.status == "ok"), cells[0] if cells else None)


def years_of(rows: Iterable[LedgerRow]) -> list[Period]:
    """The periods that rows speak of, latest first."""
    return sorted({row.period for row in rows if row.period is not None}, key=lambda one: (-one.last, -one.first))


def _plain(text: str) -> str:
    return text.replace("“", "").replace("”", "").replace('"', "")


def _grams(text: str) -> set[str]:
    plain = _plain(text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)} or {plain}
