"""What the archive has of each body for each year, and what it lacks: pure functions of its reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.archive.records import ReportRecord

MOST_YEARS = 20
"""Columns of the table; an archive that goes further back shows its latest years."""

LATELY = 10
"""Years in which a gap is worth collecting for."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body with its reports by year. `missing`: years without one, between two that have one."""

    name: str | None
    reports: dict[int, tuple[ReportRecord, ...]]
    missing: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Collection:
    """Bodies × years, the bodies with most reports first. `undated`: reports of unknown year; `earlier`: reports from
    before the first of `years`; `gaps`: (body, missing years of late), the most first.
    """

    years: tuple[int, ...]
    bodies: tuple[Body, ...]
    undated: int
    earlier: int
    gaps: tuple[tuple[str, tuple[int, ...]], ...]


def collection(reports: Iterable[ReportRecord]) -> Collection:
    """The table and the gaps."""
    held = list(reports)
    dated = [one for one in held if one.year is not None]
    known = sorted({one.year for one in dated if one.year is not None})
    years = tuple(range(max(known[0], known[-1] - MOST_YEARS + 1), known[-1] + 1)) if known else ()
    by_body: dict[str | None, list[ReportRecord]] = {}
    for one in held:
        by_body.setdefault(one.org, []).append(one)
    bodies = sorted((_body(name, found) for name, found in by_body.items()), key=_order)
    late = frozenset(years[-LATELY:])
    lacking = [
        (body.name, tuple(year for year in body.missing if year in late)) for body in bodies if body.name is not None
    ]
    gaps = sorted(((name, missing) for name, missing in lacking if missing), key=lambda gap: -len(gap[1]))
    earlier = sum(one.year not in years for one in dated)
    return Collection(years, tuple(bodies), len(held) - len(dated), earlier, tuple(gaps))


def _body(name: str | None, found: list[ReportRecord]) -> Body:
    by_year: dict[int, list[ReportRecord]] = {}
    for one in found:
        if one.year is not None:
            by_year.setdefault(one.year, []).append(one)
    first, last = (min(by_year), max(by_year)) if by_year else (0, -1)
    missing = () if name is None else tuple(year for year in range(first, last + 1) if year not in by_year)
    return Body(name, {year: tuple(by_year[year]) for year in sorted(by_year)}, missing, len(found))


def _order(body: Body) -> tuple[bool, int, str]:
    return body.name is None, -body.total, body.name or ""
