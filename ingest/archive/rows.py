"""The rows of reports: what a report is called, whose and of when it is; its sections lie elsewhere (contents.py)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.types import Certainty, Kind, Report

_COLUMNS = (
    "title", "org", "region", "level", "year", "kind", "truncated", "start", '"end"', "reasons", "period",
    "published", "certainty",
)  # fmt: skip
_FACTS = (
    'SELECT r.id, r.file_id, f.sha256, r.title, r.org, r.year, r.kind, r.published, r.truncated, r.start, r."end",'
    " r.certainty, r.duplicate_of FROM reports r JOIN files f ON f.id = r.file_id"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """A report's row, as far as comparing and correcting need it."""

    id: int
    file_id: int
    sha256: str
    title: str
    org: str | None
    year: int | None
    kind: Kind
    published: str | None
    truncated: bool
    start: int
    end: int
    certainty: dict[str, Certainty]
    duplicate_of: int | None


def facts_of(connection: sqlite3.Connection, report_id: int) -> Facts:
    """The row of a report that is there."""
    return _facts(connection.execute(f"{_FACTS} WHERE r.id = ?", (report_id,)).fetchone())


def facts_in(connection: sqlite3.Connection, file_id: int) -> list[Facts]:
    """The rows of a file's reports, copies included, in reading order."""
    return [_facts(row) for row in connection.execute(f"{_FACTS} WHERE r.file_id = ? ORDER BY r.start", (file_id,))]


def insert(connection: sqlite3.Connection, file_id: int, report: Report) -> int:
    """A new report's row; returns its id."""
    marks = ", ".join("?" * len(_COLUMNS))
    sql = f"INSERT INTO reports (file_id, {', '.join(_COLUMNS)}) VALUES (?, {marks})"
    cursor = connection.execute(sql, (file_id, *_values(report)))
    if cursor.lastrowid is None:
        raise RuntimeError("no row was inserted")
    return cursor.lastrowid


def update(connection: sqlite3.Connection, report_id: int, report: Report) -> None:
    """What a newer reading found of a report that was there; it counts as no copy until it is compared again."""
    pairs = ", ".join(f"{column} = ?" for column in _COLUMNS)
    sql = f"UPDATE reports SET {pairs}, duplicate_of = NULL WHERE id = ?"
    connection.execute(sql, (*_values(report), report_id))


def matched(old: Sequence[Facts], new: Sequence[Report]) -> dict[int, int]:
    """Which of the old reports each of the new ones is (index in `new` → id): those whose spans overlap most."""
    overlaps = sorted(
        (-overlap, number, facts.id)
        for number, report in enumerate(new)
        for facts in old
        if (overlap := min(report.end, facts.end) - max(report.start, facts.start)) > 0
    )
    taken: dict[int, int] = {}
    for _, number, report_id in overlaps:
        if number not in taken and report_id not in taken.values():
            taken[number] = report_id
    return taken


def _values(report: Report) -> tuple[Any, ...]:
    return (
        report.title,
        report.org,
        report.region,
        report.level,
        report.year,
        report.kind,
        report.truncated,
        report.start,
        report.end,
        json.dumps(report.reasons, ensure_ascii=False),
        None if report.period is None else str(report.period),
        report.published,
        json.dumps(report.certainty, ensure_ascii=False),
    )


def _facts(row: tuple[Any, ...]) -> Facts:
    report_id, file_id, sha256, title, org, year, kind, published, truncated, start, end, certainty, better = row
    sure = json.loads(certainty)
    return Facts(
        report_id, file_id, sha256, title, org, year, kind, published, bool(truncated), start, end, sure, better
    )
