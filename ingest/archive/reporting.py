"""Queries for reports: rows as records, with the copies that were laid aside as further sources."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from ingest.archive.records import ReportRecord
from ingest.errors import NotFound
from ingest.period import Period

_REPORT = (
    'SELECT id, file_id, title, org, region, level, year, kind, truncated, start, "end", reasons, period, published,'
    " certainty, duplicate_of, (SELECT count(*) FROM passages p WHERE p.report_id = reports.id) FROM reports"
)


def reports(connection: sqlite3.Connection) -> list[ReportRecord]:
    """Every report that is read, in the order it came in."""
    return _reports(connection, " WHERE duplicate_of IS NULL ORDER BY id")


def report(connection: sqlite3.Connection, report_id: int) -> ReportRecord:
    """One report, a laid-aside copy included; raises NotFound."""
    found = _reports(connection, " WHERE id = ?", report_id)
    if not found:
        raise NotFound(f"档案中没有编号为 {report_id} 的报告", "请用 report-assistant reports 查看已有的报告")
    return found[0]


def reports_of(connection: sqlite3.Connection, file_id: int) -> list[ReportRecord]:
    """The reports of one file that are read, in reading order."""
    return _reports(connection, " WHERE file_id = ? AND duplicate_of IS NULL ORDER BY start, id", file_id)


def copies_told(connection: sqlite3.Connection, file_id: int) -> tuple[str, ...]:
    """One Chinese line for each report of a file that is a copy of another, or has copies elsewhere."""
    sql = (
        "SELECT b.title, f.name, {} FROM reports c JOIN reports b ON b.id = c.duplicate_of"
        " JOIN files f ON f.id = {}.file_id WHERE {}.file_id = ? ORDER BY c.start, c.id"
    )
    aside = connection.execute(sql.format("''", "b", "c"), (file_id,)).fetchall()
    read = connection.execute(sql.format("c.title", "c", "b"), (file_id,)).fetchall()
    lines = [f"与《{title}》（{name}）基本相同，已记为同一份报告" for title, name, _ in aside]
    lines += [
        f"与《{title}》（{name}）基本相同，已记为同一份报告，以本文件为准"
        for _, name, title in read
        if (title, name) not in {(t, n) for t, n, _ in aside}
    ]
    return tuple(dict.fromkeys(lines))


def _reports(connection: sqlite3.Connection, condition: str, *values: int) -> list[ReportRecord]:
    found = connection.execute(_REPORT + condition, values).fetchall()
    copies: dict[int, list[tuple[int, int]]] = {}
    sql = (
        "SELECT duplicate_of, id, file_id FROM reports WHERE duplicate_of IS NOT NULL"
        " AND duplicate_of IN (SELECT value FROM json_each(?)) ORDER BY id"
    )
    for better, report_id, file_id in connection.execute(sql, (_json(row[0] for row in found),)):
        copies.setdefault(better, []).append((report_id, file_id))
    names = _names(connection, {row[1] for row in found} | {file_id for c in copies.values() for _, file_id in c})
    return [_record(row, names, copies.get(row[0], [])) for row in found]


def _names(connection: sqlite3.Connection, file_ids: set[int]) -> dict[int, list[str]]:
    """The names under which each file was seen, the one that was read first."""
    names: dict[int, list[str]] = {}
    sql = (
        "SELECT f.id, f.name, s.name FROM files f LEFT JOIN sources s ON s.file_id = f.id"
        " WHERE f.id IN (SELECT value FROM json_each(?)) ORDER BY s.path"
    )
    for file_id, first, name in connection.execute(sql, (_json(file_ids),)):
        known = names.setdefault(file_id, [first])
        if name is not None and name not in known:
            known.append(name)
    return names


def _record(row: tuple[Any, ...], names: dict[int, list[str]], copies: list[tuple[int, int]]) -> ReportRecord:
    report_id, file_id, title, org, region, level, year, kind, truncated, start, end, reasons, *more = row
    period, published, certainty, better, passages = more
    sources = [name for known in (file_id, *(other for _, other in copies)) for name in names[known]]
    return ReportRecord(
        report_id,
        file_id,
        title,
        org,
        region,
        level,
        year,
        kind,
        bool(truncated),
        start,
        end,
        tuple(dict.fromkeys(sources)),
        passages,
        json.loads(reasons),
        None if period is None else Period.parse(period),
        published,
        json.loads(certainty),
        tuple(report_id for report_id, _ in copies),
        better,
    )


def _json(values: Iterable[int]) -> str:
    return json.dumps(list(values))
