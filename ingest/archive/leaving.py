"""What goes with a report that is removed, so that it can be given back as it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from ingest.archive import duplicates, meta, reading, reporting, rows
from ingest.archive.store import Source


@dataclass(frozen=True, slots=True)
class Said:
    """What the user had said of the report at these source offsets; `changes` and `found` are JSON."""

    start: int
    end: int
    changes: str
    found: str


@dataclass(frozen=True, slots=True)
class LeftFile:
    """A file that loses a report. `spans`: where the reports lie that go; `forgotten`: where those lay that had gone
    before. `whole`: nothing else is in it, so that the file goes as well, with all its `sources`.
    """

    sha256: str
    name: str
    spans: tuple[tuple[int, int], ...]
    forgotten: tuple[tuple[int, int], ...]
    said: tuple[Said, ...]
    whole: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """A report with all its copies, as `Archive.forget` will take it out."""

    title: str
    org: str | None
    year: int | None
    kind: str
    names: tuple[str, ...]
    files: tuple[LeftFile, ...]


def leaving(connection: sqlite3.Connection, report_id: int) -> Leaving:
    """What goes when this report is forgotten. Raises NotFound."""
    report = reporting.report(connection, report_id)
    ids = list(dict.fromkeys((report_id, *duplicates.of(connection, [report_id]))))
    facts = [rows.facts_of(connection, number) for number in ids]
    files = [
        _file(connection, file_id, [one for one in facts if one.file_id == file_id])
        for file_id in dict.fromkeys(one.file_id for one in facts)
    ]
    return Leaving(report.title, report.org, report.year, report.kind, report.sources, tuple(files))


def _file(connection: sqlite3.Connection, file_id: int, going: list[rows.Facts]) -> LeftFile:
    record = reading.file(connection, file_id)
    held = rows.facts_in(connection, file_id)
    whole = {one.id for one in held} == {one.id for one in going}
    sources = connection.execute(
        "SELECT path, name, sha256, size, mtime_ns FROM sources WHERE file_id = ? ORDER BY path <> ?, path",
        (file_id, record.path),
    )
    forgotten = connection.execute('SELECT start, "end" FROM forgotten WHERE file_id = ?', (file_id,))
    said = connection.execute(
        'SELECT start, "end", changes, found FROM corrections WHERE sha256 = ? ORDER BY start', (record.sha256,)
    )
    spans = tuple((one.start, one.end) for one in going)
    return LeftFile(
        record.sha256,
        record.name,
        spans,
        tuple((start, end) for start, end in forgotten),
        tuple(one for one in (Said(*row) for row in said) if whole or _meets(one, spans)),
        whole,
        tuple(Source(*row) for row in sources),
    )


def _meets(said: Said, spans: Iterable[tuple[int, int]]) -> bool:
    return any(said.start < end and said.end > start for start, end in spans)


def allow(connection: sqlite3.Connection, left: LeftFile) -> int | None:
    """Let what went from a file be read from it again, with what the user had said; its id where it is still there.

    What was said since then goes before what was said earlier.
    """
    for said in left.said:
        connection.execute(
            'INSERT OR IGNORE INTO corrections (sha256, start, "end", changes, found) VALUES (?, ?, ?, ?, ?)',
            (left.sha256, said.start, said.end, said.changes, said.found),
        )
    row = connection.execute("SELECT id FROM files WHERE sha256 = ? AND status = 'ok'", (left.sha256,)).fetchone()
    meta.bump(connection)
    if row is None:
        return None
    connection.executemany(
        'DELETE FROM forgotten WHERE file_id = ?1 AND start < ?3 AND "end" > ?2',
        [(row[0], start, end) for start, end in left.spans],
    )
    return int(row[0])


def to_json(left: Leaving) -> str:
    """For keeping beside the bytes."""
    return json.dumps(asdict(left), ensure_ascii=False)


def from_json(text: str) -> Leaving:
    """What `to_json` made. Raises ValueError, KeyError or TypeError for anything else."""
    made = json.loads(text)
    files = tuple(
        LeftFile(
            str(one["sha256"]),
            str(one["name"]),
            tuple((int(start), int(end)) for start, end in one["spans"]),
            tuple((int(start), int(end)) for start, end in one["forgotten"]),
            tuple(Said(**said) for said in one["said"]),
            bool(one["whole"]),
            tuple(Source(**source) for source in one["sources"]),
        )
        for one in made["files"]
    )
    return Leaving(made["title"], made["org"], made["year"], made["kind"], tuple(made["names"]), files)
