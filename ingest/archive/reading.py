"""Queries: rows as records. Nothing here writes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from ingest.archive.records import (
    Counts,
    FileRecord,
    MarkRecord,
    PassageRecord,
    SectionRecord,
    SourceRecord,
)
from ingest.errors import NotFound
from ingest.mapped import MappedText
from ingest.period import Period
from ingest.types import Furniture

_PASSAGE = (
    "SELECT p.id, p.report_id, p.file_id, p.section_id, p.ordinal, t.text, t.runs, s.path, s.part, s.period, p.page"
    " FROM passages p JOIN passage_texts t ON t.passage_id = p.id JOIN sections s ON s.id = p.section_id"
)
_FILE = "SELECT id, name, path, sha256, format, size, status, error, notes FROM files"


def files(connection: sqlite3.Connection) -> list[FileRecord]:
    """Every file, those that could not be read included, by name."""
    return [_file(row) for row in connection.execute(f"{_FILE} ORDER BY name, id")]


def file(connection: sqlite3.Connection, file_id: int) -> FileRecord:
    """One file; raises NotFound."""
    row = connection.execute(f"{_FILE} WHERE id = ?", (file_id,)).fetchone()
    if row is None:
        raise _not_found(f"编号为 {file_id} 的文件")
    return _file(row)


def _file(row: tuple[Any, ...]) -> FileRecord:
    file_id, name, path, sha256, form, size, status, error, notes = row
    return FileRecord(file_id, name, path, sha256, form, size, status, error, tuple(json.loads(notes)))


def file_text(connection: sqlite3.Connection, file_id: int) -> str:
    """The source text that quotes are cut from; raises NotFound."""
    row = connection.execute("SELECT text FROM texts WHERE file_id = ?", (file_id,)).fetchone()
    if row is None:
        raise _not_found(f"编号为 {file_id} 的文件的文本")
    return str(row[0])


def furniture(connection: sqlite3.Connection, file_id: int) -> list[Furniture]:
    """The source spans of a file that belong to the page, not to the report."""
    sql = 'SELECT start, "end", reason FROM furniture WHERE file_id = ? ORDER BY start'
    return [Furniture(*row) for row in connection.execute(sql, (file_id,))]


def source(connection: sqlite3.Connection, path: str) -> SourceRecord | None:
    """What is known of an absolute path."""
    found = _sources(connection, " WHERE s.path = ?", path)
    return found[0] if found else None


def sources(connection: sqlite3.Connection) -> dict[str, SourceRecord]:
    """All known sources by path."""
    return {record.path: record for record in _sources(connection)}


def by_content(connection: sqlite3.Connection, sha256: str) -> SourceRecord | None:
    """A source with exactly these bytes, wherever it lies."""
    found = _sources(connection, " WHERE s.sha256 = ? LIMIT 1", sha256)
    return found[0] if found else None


def by_text(connection: sqlite3.Connection, text_sha256: str, pipeline: str) -> FileRecord | None:
    """The file, read by this version of the pipeline, whose extracted text has this digest."""
    condition = " WHERE text_sha256 = ? AND pipeline = ? AND status = 'ok' ORDER BY id LIMIT 1"
    row = connection.execute(_FILE + condition, (text_sha256, pipeline)).fetchone()
    return None if row is None else _file(row)


def outdated(connection: sqlite3.Connection, pipeline: str) -> list[FileRecord]:
    """The files that another version of the pipeline read."""
    condition = " WHERE pipeline <> ? AND status = 'ok' ORDER BY id"
    return [_file(row) for row in connection.execute(_FILE + condition, (pipeline,))]


def _sources(connection: sqlite3.Connection, condition: str = "", *values: str) -> list[SourceRecord]:
    sql = (
        "SELECT s.path, s.file_id, s.sha256, s.size, s.mtime_ns, f.pipeline"
        f" FROM sources s JOIN files f ON f.id = s.file_id{condition}"
    )
    return [SourceRecord(*row) for row in connection.execute(sql, values)]


def sizes(connection: sqlite3.Connection) -> dict[int, tuple[int, int]]:
    """How many reports and passages of each file are read, by file id; copies of other reports do not count."""
    sql = (
        "SELECT r.file_id, count(*), sum((SELECT count(*) FROM passages p WHERE p.report_id = r.id))"
        " FROM reports r WHERE r.duplicate_of IS NULL GROUP BY r.file_id"
    )
    return {file_id: (reports, passages) for file_id, reports, passages in connection.execute(sql)}


def sections(connection: sqlite3.Connection, report_id: int) -> list[SectionRecord]:
    """The sections of a report in reading order."""
    sql = 'SELECT id, ordinal, path, part, period, start, "end" FROM sections WHERE report_id = ? ORDER BY ordinal'
    return [
        SectionRecord(section_id, report_id, ordinal, tuple(json.loads(path)), part, _period(period), start, end)
        for section_id, ordinal, path, part, period, start, end in connection.execute(sql, (report_id,))
    ]


def passages(connection: sqlite3.Connection, ids: Sequence[int]) -> list[PassageRecord]:
    """The passages with these ids, in the order asked for; ids that are gone are left out."""
    rows = _passages(connection, " WHERE p.id IN (SELECT value FROM json_each(?))", _json(set(ids)))
    known = {record.id: record for record in rows}
    return [known[passage_id] for passage_id in ids if passage_id in known]


def report_passages(connection: sqlite3.Connection, report_id: int) -> list[PassageRecord]:
    """The passages of a report in reading order."""
    return _passages(connection, " WHERE p.report_id = ? ORDER BY p.ordinal", report_id)


def passage(connection: sqlite3.Connection, passage_id: int) -> PassageRecord:
    """One passage; raises NotFound."""
    found = passages(connection, [passage_id])
    if not found:
        raise _not_found(f"编号为 {passage_id} 的段落")
    return found[0]


def _passages(connection: sqlite3.Connection, condition: str, value: int | str) -> list[PassageRecord]:
    rows = connection.execute(_PASSAGE + condition, (value,)).fetchall()
    marks = _marks(connection, [row[0] for row in rows])
    return [_passage(row, tuple(marks.get(row[0], ()))) for row in rows]


def _passage(row: tuple[Any, ...], marks: tuple[MarkRecord, ...]) -> PassageRecord:
    passage_id, report_id, file_id, section_id, ordinal, text, runs, path, part, period, page = row
    return PassageRecord(
        passage_id,
        report_id,
        file_id,
        section_id,
        ordinal,
        MappedText.from_runs(text, json.loads(runs)),
        tuple(json.loads(path)),
        part,
        _period(period),
        page,
        marks,
    )


def _marks(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[MarkRecord]]:
    found: dict[int, list[MarkRecord]] = {}
    sql = (
        'SELECT p.id, m.start, m."end", m.kind, m.reason FROM passages p'
        ' JOIN marks m ON m.file_id = p.file_id AND m.start < p."end" AND m."end" > p.start'
        " WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY m.start"
    )
    for passage_id, *mark in connection.execute(sql, (_json(ids),)):
        found.setdefault(passage_id, []).append(MarkRecord(*mark))
    return found


def counts(connection: sqlite3.Connection) -> Counts:
    """How much the archive holds."""
    sql = (
        "SELECT (SELECT count(*) FROM files WHERE status = 'ok'), (SELECT count(*) FROM files WHERE status = 'failed'),"
        " (SELECT count(*) FROM reports WHERE duplicate_of IS NULL), (SELECT count(*) FROM sections),"
        " (SELECT count(*) FROM passages),"
        " (SELECT coalesce(sum(length(text)), 0) FROM passage_texts),"
        " (SELECT count(*) FROM passages) - (SELECT count(*) FROM queue), (SELECT count(*) FROM queue)"
    )
    return Counts(*connection.execute(sql).fetchone())


def _period(text: str | None) -> Period | None:
    return None if text is None else Period.parse(text)


def _json(values: Sequence[int] | set[int]) -> str:
    return json.dumps(list(values))


def _not_found(what: str) -> NotFound:
    return NotFound(f"档案中没有{what}", "请用 report-assistant reports 查看已有的报告")
