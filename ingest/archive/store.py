"""Writing: what one file gave goes into the archive, or out of it, in one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.archive import contents, corrections, duplicates, meta, rows
from ingest.archive.copies import Content
from ingest.archive.originals import digest
from ingest.types import ReadFile


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


def prepare(read: ReadFile) -> list[Content]:
    """What is computed of each report before the transaction begins, to keep that short."""
    return [Content.of(report.sections) for report in read.reports]


def write_file(
    connection: sqlite3.Connection, source: Source, read: ReadFile, prepared: list[Content], pipeline: str
) -> tuple[int, list[str]]:
    """Store what was read from a source; returns the file's id and the digests whose bytes are needed no more.

    The same content read again (by a newer pipeline) keeps its file id; a path whose content changed gives up its
    old file, unless that content is still known from another path.
    """
    corrections.carry(connection, source.path, source.sha256, read)
    unneeded = detach(connection, source.path, keep=source.sha256)
    clear_failure(connection, source.path)
    file_id = _file_row(connection, source, read, pipeline)
    _write_contents(connection, file_id, read, prepared)
    link(connection, source, file_id)
    return file_id, unneeded


def rewrite_file(
    connection: sqlite3.Connection, file_id: int, read: ReadFile, prepared: list[Content], pipeline: str
) -> None:
    """Replace what was made from a file by what a newer pipeline made of the same bytes."""
    _update_file(connection, file_id, read, pipeline)
    _write_contents(connection, file_id, read, prepared)


def _write_contents(connection: sqlite3.Connection, file_id: int, read: ReadFile, prepared: list[Content]) -> None:
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
    wanted = [
        (report, content)
        for report, content in zip(read.reports, prepared, strict=True)
        if not any(start <= report.start < end for start, end in forgotten)
    ]
    old = rows.facts_in(connection, file_id)
    ids = rows.matched(old, [report for report, _ in wanted])
    copies = duplicates.of(connection, [facts.id for facts in old])
    keys = _empty(connection, [facts.id for facts in old])
    _delete(connection, [facts.id for facts in old if facts.id not in ids.values()])
    fresh: dict[int, Content] = {}
    for number, (report, content) in enumerate(wanted):
        if number in ids:
            rows.update(connection, ids[number], report)
        fresh[ids[number] if number in ids else rows.insert(connection, file_id, report)] = content
    left = [report_id for report_id in copies if report_id not in fresh and _is_there(connection, report_id)]
    keys += duplicates.settle(connection, fresh, left)
    contents.sweep_embeddings(connection, keys)
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
    keys = _empty(connection, _reports_of(connection, file_id))
    connection.execute("DELETE FROM files WHERE id = ?", (file_id,))
    _settled(connection, keys)
    return sha256


def remove_report(connection: sqlite3.Connection, report_id: int) -> list[str]:
    """Delete one report; the file goes with its last report. Returns the digests whose bytes are needed no more."""
    facts = rows.facts_of(connection, report_id)
    if _reports_of(connection, facts.file_id) == [report_id]:
        return [remove_file(connection, facts.file_id)]
    keys = _empty(connection, [report_id])
    _delete(connection, [report_id])
    connection.execute(
        'INSERT INTO forgotten (file_id, start, "end") VALUES (?, ?, ?)', (facts.file_id, facts.start, facts.end)
    )
    _settled(connection, keys)
    return []


def _settled(connection: sqlite3.Connection, keys: list[bytes]) -> None:
    """After a removal: copies of what is gone come forward, vectors that nothing uses go."""
    keys += duplicates.settle(connection, {})
    contents.sweep_embeddings(connection, keys)
    meta.bump(connection)


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


def _reports_of(connection: sqlite3.Connection, file_id: int) -> list[int]:
    return [row[0] for row in connection.execute("SELECT id FROM reports WHERE file_id = ?", (file_id,))]


def _empty(connection: sqlite3.Connection, report_ids: Iterable[int]) -> list[bytes]:
    """Take what the reports contain out of every index; returns the content keys that may be used no more."""
    return [key for report_id in report_ids for key in contents.remove(connection, report_id)]


def _delete(connection: sqlite3.Connection, report_ids: Iterable[int]) -> None:
    connection.executemany("DELETE FROM reports WHERE id = ?", [(report_id,) for report_id in report_ids])


def _is_there(connection: sqlite3.Connection, report_id: int) -> bool:
    return connection.execute("SELECT 1 FROM reports WHERE id = ?", (report_id,)).fetchone() is not None


def _suffix(name: str) -> str:
    return Path(name).suffix.lower().lstrip(".")


def _id(cursor: sqlite3.Cursor) -> int:
    if cursor.lastrowid is None:
        raise RuntimeError("no row was inserted")
    return cursor.lastrowid
