"""Writing: what one file gave goes into the archive, or out of it, in one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.archive import fulltext, meta, queue
from ingest.archive.embedtext import content_key, embed_text
from ingest.archive.originals import digest
from ingest.types import Passage, ReadFile, Report, Section


@dataclass(frozen=True, slots=True)
class Source:
    """A file on disk (or an upload) as it was seen: `mtime_ns` is None when there is no file to look at again."""

    path: str
    name: str
    sha256: str
    size: int
    mtime_ns: int | None

    @classmethod
    def of(cls, path: Path, data: bytes, mtime_ns: int | None = None) -> Source:
        """The source for bytes read from `path`; the path is kept absolute so that it means one file."""
        return cls(str(path.absolute()), path.name, digest(data), len(data), mtime_ns)


def text_digest(text: str) -> str:
    """SHA-256 of a file's extracted text, hexadecimal."""
    return digest(text.encode())


@dataclass(frozen=True, slots=True)
class _Row:
    """A passage with everything that is computed before the transaction begins, to keep that short."""

    passage: Passage
    columns: tuple[str, str, str]
    sha: bytes


def prepare(read: ReadFile) -> list[list[list[_Row]]]:
    """The passages' index terms and content keys, by report and section; passages without text are left out."""
    return [[_rows(section) for section in report.sections] for report in read.reports]


def _rows(section: Section) -> list[_Row]:
    return [
        _Row(passage, fulltext.row(text, section.path), content_key(embed_text(text, section.path)))
        for passage in section.passages
        if (text := passage.text.text).strip()
    ]


def write_file(
    connection: sqlite3.Connection, source: Source, read: ReadFile, prepared: list[list[list[_Row]]], pipeline: str
) -> tuple[int, list[str]]:
    """Store what was read from a source; returns the file's id and the digests whose bytes are needed no more.

    The same content read again (by a newer pipeline) keeps its file id; a path whose content changed gives up its
    old file, unless that content is still known from another path.
    """
    unneeded = detach(connection, source.path, keep=source.sha256)
    clear_failure(connection, source.path)
    file_id = _file_row(connection, source, read, pipeline)
    _write_contents(connection, file_id, read, prepared)
    link(connection, source, file_id)
    return file_id, unneeded


def rewrite_file(
    connection: sqlite3.Connection, file_id: int, read: ReadFile, prepared: list[list[list[_Row]]], pipeline: str
) -> None:
    """Replace what was made from a file by what a newer pipeline made of the same bytes."""
    _update_file(connection, file_id, read, pipeline)
    _write_contents(connection, file_id, read, prepared)


def _write_contents(
    connection: sqlite3.Connection, file_id: int, read: ReadFile, prepared: list[list[list[_Row]]]
) -> None:
    old_keys = _drop_reports(connection, file_id, _reports_of(connection, file_id))
    for table in ("texts", "furniture", "marks"):
        connection.execute(f"DELETE FROM {table} WHERE file_id = ?", (file_id,))
    connection.execute("INSERT INTO texts (file_id, text) VALUES (?, ?)", (file_id, read.document.text))
    connection.executemany(
        'INSERT INTO furniture (file_id, start, "end", reason) VALUES (?, ?, ?, ?)',
        [(file_id, item.start, item.end, item.reason) for item in read.clean.furniture],
    )
    connection.executemany(
        'INSERT INTO marks (file_id, start, "end", kind, reason) VALUES (?, ?, ?, ?, ?)',
        [(file_id, mark.start, mark.end, mark.kind, mark.reason) for mark in read.clean.marks],
    )
    forgotten = connection.execute('SELECT start, "end" FROM forgotten WHERE file_id = ?', (file_id,)).fetchall()
    for report, sections in zip(read.reports, prepared, strict=True):
        if not any(start <= report.start < end for start, end in forgotten):
            _write_report(connection, file_id, report, sections)
    _sweep_embeddings(connection, old_keys)
    meta.bump(connection)


def link(connection: sqlite3.Connection, source: Source, file_id: int) -> None:
    """Note that this source holds the content of the file."""
    connection.execute(
        "INSERT OR REPLACE INTO sources (path, name, file_id, sha256, size, mtime_ns) VALUES (?, ?, ?, ?, ?, ?)",
        (source.path, source.name, file_id, source.sha256, source.size, source.mtime_ns),
    )


def move_source(connection: sqlite3.Connection, source: Source, file_id: int) -> list[str]:
    """Point a path at a file that is in the archive; returns the digests whose bytes are needed no more."""
    wanted = str(connection.execute("SELECT sha256 FROM files WHERE id = ?", (file_id,)).fetchone()[0])
    unneeded = detach(connection, source.path, keep=wanted)
    clear_failure(connection, source.path)
    link(connection, source, file_id)
    return unneeded


def detach(connection: sqlite3.Connection, path: str, keep: str) -> list[str]:
    """Take `path` off the content it had, unless that is `keep`; returns the digest of a file this has removed."""
    row = connection.execute(
        "SELECT f.id, f.sha256 FROM sources s JOIN files f ON f.id = s.file_id WHERE s.path = ? AND f.sha256 <> ?",
        (path, keep),
    ).fetchone()
    if row is None:
        return []
    connection.execute("DELETE FROM sources WHERE path = ?", (path,))
    if connection.execute("SELECT 1 FROM sources WHERE file_id = ?", (row[0],)).fetchone():
        return []
    return [remove_file(connection, row[0])]


def write_failure(connection: sqlite3.Connection, source: Source, error: str, pipeline: str) -> int:
    """Note that a path could not be read; what the archive holds from an earlier state of the path stays."""
    clear_failure(connection, source.path)
    cursor = connection.execute(
        "INSERT INTO files (name, path, sha256, text_sha256, format, size, status, error, pipeline)"
        " VALUES (?, ?, ?, '', ?, ?, 'failed', ?, ?)",
        (source.name, source.path, source.sha256, _suffix(source.name), source.size, error, pipeline),
    )
    meta.bump(connection)
    return _id(cursor)


def clear_failure(connection: sqlite3.Connection, path: str) -> None:
    """Forget that a path could not be read."""
    connection.execute("DELETE FROM files WHERE path = ? AND status = 'failed'", (path,))


def remove_file(connection: sqlite3.Connection, file_id: int) -> str:
    """Delete a file with everything made from it; returns its digest, whose bytes are needed no more."""
    sha256 = str(connection.execute("SELECT sha256 FROM files WHERE id = ?", (file_id,)).fetchone()[0])
    keys = _drop_reports(connection, file_id, _reports_of(connection, file_id))
    connection.execute("DELETE FROM files WHERE id = ?", (file_id,))
    _sweep_embeddings(connection, keys)
    meta.bump(connection)
    return sha256


def remove_report(connection: sqlite3.Connection, report_id: int) -> list[str]:
    """Delete one report; the file goes with its last report. Returns the digests whose bytes are needed no more."""
    file_id, start, end = connection.execute(
        'SELECT file_id, start, "end" FROM reports WHERE id = ?', (report_id,)
    ).fetchone()
    if _reports_of(connection, file_id) == [report_id]:
        return [remove_file(connection, file_id)]
    keys = _drop_reports(connection, file_id, [report_id])
    connection.execute('INSERT INTO forgotten (file_id, start, "end") VALUES (?, ?, ?)', (file_id, start, end))
    _sweep_embeddings(connection, keys)
    meta.bump(connection)
    return []


def _file_row(connection: sqlite3.Connection, source: Source, read: ReadFile, pipeline: str) -> int:
    row = connection.execute("SELECT id FROM files WHERE sha256 = ? AND status = 'ok'", (source.sha256,)).fetchone()
    if row is not None:
        file_id = int(row[0])
    else:
        cursor = connection.execute(
            "INSERT INTO files (name, path, sha256, size, status, text_sha256, format, pipeline)"
            " VALUES (?, ?, ?, ?, 'ok', '', '', '')",
            (source.name, source.path, source.sha256, source.size),
        )
        file_id = _id(cursor)
    _update_file(connection, file_id, read, pipeline)
    return file_id


def _update_file(connection: sqlite3.Connection, file_id: int, read: ReadFile, pipeline: str) -> None:
    document = read.document
    connection.execute(
        "UPDATE files SET text_sha256 = ?, format = ?, notes = ?, encoding = ?, pipeline = ? WHERE id = ?",
        (
            text_digest(document.text),
            document.format,
            json.dumps(document.notes, ensure_ascii=False),
            document.encoding,
            pipeline,
            file_id,
        ),
    )


def _write_report(connection: sqlite3.Connection, file_id: int, report: Report, sections: list[list[_Row]]) -> None:
    cursor = connection.execute(
        'INSERT INTO reports (file_id, title, org, region, level, year, kind, truncated, start, "end", reasons)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            file_id,
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
        ),
    )
    report_id = _id(cursor)
    ordinal = 0
    for number, (section, rows) in enumerate(zip(report.sections, sections, strict=True)):
        section_id = _write_section(connection, report_id, number, section)
        for row in rows:
            _write_passage(connection, (report_id, file_id, section_id, ordinal), section, row)
            ordinal += 1


def _write_section(connection: sqlite3.Connection, report_id: int, number: int, section: Section) -> int:
    cursor = connection.execute(
        'INSERT INTO sections (report_id, ordinal, path, part, period, start, "end") VALUES (?, ?, ?, ?, ?, ?, ?)',
        (
            report_id,
            number,
            json.dumps(section.path, ensure_ascii=False),
            section.part,
            None if section.period is None else str(section.period),
            section.start,
            section.end,
        ),
    )
    return _id(cursor)


def _write_passage(
    connection: sqlite3.Connection, place: tuple[int, int, int, int], section: Section, row: _Row
) -> None:
    period, text = section.period, row.passage.text
    cursor = connection.execute(
        "INSERT INTO passages (report_id, file_id, section_id, ordinal, year, first, part, page, start,"
        ' "end", embed_sha) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        (
            *place,
            None if period is None else period.single_year,
            None if period is None else period.first,
            section.part,
            row.passage.page,
            row.passage.start,
            row.passage.end,
            row.sha,
        ),
    )
    passage_id = _id(cursor)
    connection.execute(
        "INSERT INTO passage_texts (passage_id, text, runs) VALUES (?, ?, ?)",
        (passage_id, text.text, json.dumps(list(text.runs()), separators=(",", ":"))),
    )
    fulltext.add(connection, [(passage_id, row.columns)])
    queue.put(connection, passage_id)


def _reports_of(connection: sqlite3.Connection, file_id: int) -> list[int]:
    return [row[0] for row in connection.execute("SELECT id FROM reports WHERE file_id = ?", (file_id,))]


def _drop_reports(connection: sqlite3.Connection, file_id: int, report_ids: list[int]) -> list[bytes]:
    """Delete reports with their passages; returns the content keys that may have lost their last passage."""
    keys: list[bytes] = []
    for report_id in report_ids:
        rows = connection.execute("SELECT id, embed_sha FROM passages WHERE report_id = ?", (report_id,)).fetchall()
        fulltext.remove(connection, [row[0] for row in rows])
        keys.extend(row[1] for row in rows)
        connection.execute("DELETE FROM reports WHERE id = ? AND file_id = ?", (report_id, file_id))
    return keys


def _sweep_embeddings(connection: sqlite3.Connection, keys: Iterable[bytes]) -> None:
    """Delete vectors that no passage uses any more; after the new passages are in, so that a reread keeps its own."""
    connection.executemany(
        "DELETE FROM embeddings WHERE sha = ?1 AND NOT EXISTS (SELECT 1 FROM passages WHERE embed_sha = ?1)",
        [(key,) for key in dict.fromkeys(keys)],
    )


def _suffix(name: str) -> str:
    return Path(name).suffix.lower().lstrip(".")


def _id(cursor: sqlite3.Cursor) -> int:
    if cursor.lastrowid is None:
        raise RuntimeError("no row was inserted")
    return cursor.lastrowid
