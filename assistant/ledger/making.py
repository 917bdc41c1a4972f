"""The ledger of an archive, made anew only for the bodies of which something has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.ledger.build import body_rows
from assistant.ledger.joining import NOTHING_SPOKEN, Spoken
from assistant.ledger.order import BodyRows, among, named_first, settled, told_twice
from assistant.ledger.query import Ledger
from assistant.ledger.reading import body_key
from assistant.ledger.types import Joins, LedgerRow
from ingest.archive import Archive
from ingest.archive.records import ReportRecord
from ingest.figures.record import FigureRecord

_AT_ONCE = 100
"""Reports whose figures are read at once: few queries, and never all figures of the archive in memory twice."""

_Marks = tuple[tuple[int, bytes], ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """The rows of a body, what they were made of, and what other bodies tell of as well among what one report does."""

    marks: _Marks
    part: BodyRows
    common: tuple[str, ...] | None = None


class LedgerMaker:
    """Makes the ledger again and again, as the archive changes under it. Not for several threads at once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._pairs: list[tuple[str, str, bool]] = []
        self._spoken = NOTHING_SPOKEN
        self._made: dict[str, _Made] = {}
        self._last: Ledger | None = None

    def make(self, reports: Mapping[int, ReportRecord]) -> Ledger:
        """The ledger of these reports as the archive is now."""
        pairs = self._archive.indicator_joins()
        joins = Joins.of(pairs)
        spoken = self._said(joins)
        if spoken != self._spoken:
            self._spoken, self._made = spoken, {}
        if pairs != self._pairs:
            self._pairs, self._last = pairs, None
        marks = self._marks(reports)  # before the figures: what changes between is made anew the next time
        kept = {body: made for body, made in self._made.items() if made.marks == marks.get(body)}
        stale = {body: of for body, of in marks.items() if body not in kept}
        if self._last is not None and not stale and len(kept) == len(self._made):
            return self._last
        self._made = kept
        for body, figures in self._figures(stale):
            self._made[body] = _Made(stale[body], body_rows(figures, reports, spoken))
        named = frozenset[str]().union(*joins.equal)
        self._last = Ledger(self._rows(named), reports.values(), pairs, self._archive.struck_figures())
        return self._last

    def _rows(self, named: frozenset[str]) -> list[LedgerRow]:
        """All rows in order; which are named is settled again only where that may be another matter now."""
        common = told_twice(made.part for made in self._made.values())
        for body, made in self._made.items():
            own = tuple(key for key in made.part.once if key in common)
            if own != made.common:
                part = replace(made.part, rows=settled(made.part, common, named))
                self._made[body] = replace(made, part=part, common=own)
        parts = sorted((made.part for made in self._made.values() if made.part.rows), key=among)
        return named_first(row for part in parts for row in part.rows)

    def _said(self, joins: Joins) -> Spoken:
        phrases = frozenset[str]().union(*joins.equal, *joins.apart)
        return Spoken.of(joins, self._archive.indicator_counts(phrases)) if phrases else NOTHING_SPOKEN

    def _marks(self, reports: Mapping[int, ReportRecord]) -> dict[str, _Marks]:
        known = self._archive.report_marks()
        found: dict[str, list[tuple[int, bytes]]] = defaultdict(list)
        for number, report in reports.items():
            if number in known:  # else it has gone in the meantime
                found[body_key(report)].append((number, known[number]))
        return {body: tuple(marks) for body, marks in found.items()}

    def _figures(self, stale: Mapping[str, _Marks]) -> Iterator[tuple[str, list[FigureRecord]]]:
        """The figures of each body, read for several bodies at once."""
        for some in _gathered(stale):
            body_of = {number: body for body in some for number, _ in stale[body]}
            found: dict[str, list[FigureRecord]] = {body: [] for body in some}
            for one in self._archive.figures(list(body_of)):
                found[body_of[one.report_id]].append(one)
            yield from found.items()


def _gathered(stale: Mapping[str, _Marks]) -> Iterable[list[str]]:
    """The bodies in lots of about `_AT_ONCE` reports."""
    lot: list[str] = []
    for body in stale:
        lot.append(body)
        if sum(len(stale[one]) for one in lot) >= _AT_ONCE:
            yield lot
            lot = []
    if lot:
        yield lot
