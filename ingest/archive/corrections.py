"""What the user has said of reports, kept by the content that they stand in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.archive import fingerprint, reading
from ingest.archive.agreement import disagreements
from ingest.archive.copies import Copy, load, same_body
from ingest.archive.rows import Facts, facts_in
from ingest.types import Changes, Correction, ReadFile, Report

_FIELDS = ("title", "org", "year", "kind", "published")

_SAME_WORDING = 0.6
_SAME_TITLE = 0.3
_SAME_FIGURES = 0.5
_FEW_FIGURES = 5
_ALL_BUT_SAME = 0.9
"""A file that was edited is still the same report when so much of its wording and figures stayed (with its title: less
wording; with few figures to go by: nearly all of it). Next year's report on the same template fails by its figures."""


@dataclass(frozen=True, slots=True)
class _Row:
    sha256: str
    start: int
    end: int
    changes: Changes
    found: dict[str, Any]


def of(connection: sqlite3.Connection, sha256: str) -> tuple[Correction, ...]:
    """The corrections of a content, also when it is known by another encoding of the same text."""
    sql = "SELECT f.sha256 FROM sources s JOIN files f ON f.id = s.file_id WHERE s.sha256 = ? LIMIT 1"
    known = connection.execute(sql, (sha256,)).fetchone()
    found = _rows(connection, sha256) or ([] if known is None else _rows(connection, known[0]))
    return tuple(Correction(row.start, row.end, row.changes) for row in found)


def put(connection: sqlite3.Connection, facts: Facts, changes: Changes) -> None:
    """Note what the user says of a report, besides what was said before; its file is to be read again."""
    row = _row_of(connection, facts)
    merged: Changes = {**row.changes, **changes} if row is not None else changes
    found = row.found if row is not None else {name: getattr(facts, name) for name in _FIELDS}
    start, end = (facts.start, facts.end) if row is None else (row.start, row.end)
    _insert(connection, _Row(facts.sha256, start, end, merged, found))
    _outdate(connection, facts.file_id)


def remove(connection: sqlite3.Connection, facts: Facts) -> bool:
    """Forget what the user said of a report; false when nothing was said. Its file is to be read again."""
    row = _row_of(connection, facts)
    if row is None:
        return False
    connection.execute("DELETE FROM corrections WHERE sha256 = ? AND start = ?", (row.sha256, row.start))
    _outdate(connection, facts.file_id)
    return True


def remove_all(connection: sqlite3.Connection, sha256: str) -> None:
    """Forget what was said of a content that the user wants forgotten."""
    connection.execute("DELETE FROM corrections WHERE sha256 = ?", (sha256,))


def spread(connection: sqlite3.Connection, copies: Sequence[Facts]) -> None:
    """What was said of one copy is said of the report: note it for the others as well, and let them be read again."""
    rows = [_row_of(connection, facts) for facts in copies]
    said: Changes = {}
    for row in rows:
        said = said if row is None else {**row.changes, **said}
    for facts, row in zip(copies, rows, strict=True):
        if said.keys() - (row.changes.keys() if row is not None else ()):
            put(connection, facts, said if row is None else {**said, **row.changes})


def carry(connection: sqlite3.Connection, path: str, sha256: str, read: ReadFile) -> None:
    """Let the corrections of a path's old content hold for the new content where it is the same report.

    Call before the old content is given up.
    """
    if _rows(connection, sha256):
        return
    for _, row in _carried(connection, path, read):
        _insert(connection, _Row(sha256, row.start, row.end, row.changes, row.found))


def carried(connection: sqlite3.Connection, path: str, read: ReadFile) -> tuple[Correction, ...]:
    """The corrections of a path's old content that hold for what was read from its new content."""
    return tuple(Correction(row.start, row.end, row.changes) for _, row in _carried(connection, path, read))


def _carried(connection: sqlite3.Connection, path: str, read: ReadFile) -> list[tuple[int, _Row]]:
    source = reading.source(connection, path)
    old = [] if source is None else facts_in(connection, source.file_id)
    result: dict[int, tuple[float, _Row]] = {}
    new: list[tuple[int, Copy]] | None = None
    for facts in old:
        row = _row_of(connection, facts)
        if row is None:
            continue
        if new is None:
            new = [(number, _copy(report, read)) for number, report in enumerate(read.reports)]
        before = load(connection, facts)
        likely = [(near, number) for number, copy in new if (near := _nearness(before, copy, row.found)) > 0]
        if likely:
            near, number = max(likely)
            report = read.reports[number]
            moved = _Row("", report.start, report.end, row.changes, row.found)
            if near > result.get(number, (0.0, moved))[0]:
                result[number] = (near, moved)
    return [(number, row) for number, (_, row) in sorted(result.items())]


def _nearness(old: Copy, new: Copy, found: dict[str, Any]) -> float:
    """How much of the wording is shared where `new` is clearly the report that `old` was, else 0."""
    now, given = new.facts, {name for name, sure in new.facts.certainty.items() if sure == "given"}
    if "year" not in given and now.year != found.get("year"):
        return 0.0
    if "org" not in given and now.org != found.get("org") and not same_body(now.org, found.get("org")):
        return 0.0
    near = fingerprint.shared(old.hashes, new.hashes)
    shorter, longer = sorted((old, new), key=lambda copy: len(copy.hashes))
    stated = sum(shorter.figures.at.values())
    agreeing = 1 - disagreements(shorter.figures, longer.figures) / stated if stated else 1.0
    if agreeing < _SAME_FIGURES:
        return 0.0
    if stated < _FEW_FIGURES:
        return near if near >= _ALL_BUT_SAME else 0.0
    titled = now.title in (found.get("title"), old.facts.title)
    return near if near >= (_SAME_TITLE if titled else _SAME_WORDING) else 0.0


def _copy(report: Report, read: ReadFile) -> Copy:
    facts = Facts(
        0, 0, "", report.title, report.org, report.year, report.kind, report.published, report.truncated,
        report.start, report.end, report.certainty, None,
    )  # fmt: skip
    hashes = fingerprint.shingles(fingerprint.wording(report.sections))
    marks = tuple(mark for mark in read.clean.marks if mark.start < report.end and mark.end > report.start)
    return Copy(facts, report.sections, hashes, marks)


def _row_of(connection: sqlite3.Connection, facts: Facts) -> _Row | None:
    """The correction whose span overlaps the report most."""
    found = [(min(row.end, facts.end) - max(row.start, facts.start), row) for row in _rows(connection, facts.sha256)]
    overlap, row = max(found, key=lambda item: item[0], default=(0, None))
    return row if overlap > 0 else None


def _rows(connection: sqlite3.Connection, sha256: str) -> list[_Row]:
    sql = 'SELECT sha256, start, "end", changes, found FROM corrections WHERE sha256 = ? ORDER BY start'
    return [
        _Row(sha, start, end, json.loads(changes), json.loads(found))
        for sha, start, end, changes, found in connection.execute(sql, (sha256,))
    ]


def _insert(connection: sqlite3.Connection, row: _Row) -> None:
    connection.execute(
        'INSERT OR REPLACE INTO corrections (sha256, start, "end", changes, found) VALUES (?, ?, ?, ?, ?)',
        (
            row.sha256,
            row.start,
            row.end,
            json.dumps(row.changes, ensure_ascii=False),
            json.dumps(row.found, ensure_ascii=False),
        ),
    )


def _outdate(connection: sqlite3.Connection, file_id: int) -> None:
    connection.execute("UPDATE files SET pipeline = '' WHERE id = ?", (file_id,))
