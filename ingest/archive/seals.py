"""Seals: a digest of everything that belongs to one file, one report, one block of vectors.

SQLite notices a torn page and a lost index entry, but not a digit that became another one. So each transaction seals
what it has changed (temporary triggers note what that is, whichever statement did it), and `broken` compares.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

What = Literal["origin", "text", "report", "vectors", "said", "model"]
"""origin: what a file is and where it was seen. text: what was read from it. report: one report with its sections,
passages and figures. vectors: a block of embeddings. said: what the user has said. model: what made the vectors.
"""

BLOCK = 6
"""Embeddings are sealed in blocks of 2**6, the size of the batches in which they come."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Columns of a table that are sealed, the rows that belong to a unit, and the unit that a row belongs to.

    A column that a migration adds is not sealed until it stands here and the migration has emptied `seals`.
    """

    what: What
    table: str
    columns: tuple[str, ...]
    rows: str
    unit: str


_FILE = ("name", "path", "sha256", "size", "status", "error")
_READ = ("text_sha256", "format", "notes", "encoding", "pipeline")
_OF_FILE, _OF_REPORT = "file_id = :id ORDER BY rowid", "report_id = :id"
_OF_BLOCK = f"id >= :id << {BLOCK} AND id < (:id + 1) << {BLOCK} ORDER BY id"
_PARTS = (
    _Part("origin", "files", _FILE, "id = :id", "{row}.id"),
    _Part("origin", "sources", ("path", "name", "sha256", "size", "mtime_ns"), _OF_FILE, "{row}.file_id"),
    _Part("origin", "forgotten", ("start", '"end"'), _OF_FILE, "{row}.file_id"),
    _Part("text", "files", _READ, "id = :id", "{row}.id"),
    _Part("text", "texts", ("text",), "file_id = :id", "{row}.file_id"),
    _Part("text", "furniture", ("start", '"end"', "reason"), _OF_FILE, "{row}.file_id"),
    _Part("text", "marks", ("start", '"end"', "kind", "reason"), _OF_FILE, "{row}.file_id"),
    _Part(
        "report", "reports",
        (
            "file_id", "title", "org", "region", "level", "year", "kind", "truncated", "start", '"end"', "reasons",
            "period", "published", "certainty", "duplicate_of",
        ),
        "id = :id", "{row}.id",
    ),
    _Part(
        "report", "sections", ("id", "ordinal", "path", "part", "period", "start", '"end"'),
        f"{_OF_REPORT} ORDER BY id", "{row}.report_id",
    ),
    _Part(
        "report", "passages",
        (
            "id", "file_id", "section_id", "ordinal", "year", "first", "part", "page", "start", '"end"', "embed_sha",
        ),
        f"{_OF_REPORT} ORDER BY id", "{row}.report_id",
    ),
    _Part(
        "report", "passage_texts", ("passage_id", "text", "runs"),
        "passage_id IN (SELECT id FROM passages WHERE report_id = :id) ORDER BY passage_id",
        "(SELECT report_id FROM passages WHERE id = {row}.passage_id)",
    ),
    _Part(
        "report", "figures", ("id", "section_id", "passage_id", "start", '"end"', "figure"),
        f"{_OF_REPORT} ORDER BY id", "{row}.report_id",
    ),
    _Part("report", "shelf", ("sections",), _OF_REPORT, "{row}.report_id"),
    _Part("report", "fingerprints", ("hash",), f"{_OF_REPORT} ORDER BY hash", "{row}.report_id"),
    _Part("vectors", "embeddings", ("id", "sha", "model", "vector"), _OF_BLOCK, f"({{row}}.id >> {BLOCK})"),
    _Part(
        "said", "corrections", ("sha256", "start", '"end"', "changes", "found"), "1 ORDER BY sha256, start", "0"
    ),
    _Part(
        "said", "figure_edits", ("sha256", "start", '"end"', "changes"), '1 ORDER BY sha256, start, "end"', "0"
    ),
    _Part("said", "indicator_joins", ("first", "second", "same"), "1 ORDER BY first, second", "0"),
    _Part("model", "meta", ("key", "value"), "key IN ('encoder', 'dimensions') ORDER BY key", "0"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Broken:
    """What is not as it was sealed. `gone`: nothing of it is left."""

    what: What
    id: int
    gone: bool


def watch(connection: sqlite3.Connection) -> bool:
    """Have this connection note what it changes; False for a schema from before there were seals.

    Temporary: what another program changes is not noted, and therefore found.
    """
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'seals'").fetchone():
        return False
    connection.execute("PRAGMA recursive_triggers = ON")  # what INSERT OR REPLACE replaces is noted as well
    connection.execute("CREATE TEMP TABLE unsealed (what TEXT, id INTEGER, PRIMARY KEY (what, id)) WITHOUT ROWID")
    for number, part in enumerate(_PARTS):
        changed = f"UPDATE OF {', '.join(part.columns)}"
        for event, rows in (("INSERT", ("new",)), ("DELETE", ("old",)), (changed, ("old", "new"))):
            # Not INSERT OR IGNORE: the clause of the statement that fires a trigger goes before the trigger's.
            notes = "".join(
                f" INSERT INTO unsealed SELECT '{part.what}', unit FROM (SELECT {part.unit.format(row=row)} AS unit)"
                " WHERE unit IS NOT NULL AND NOT EXISTS"
                f" (SELECT 1 FROM unsealed WHERE what = '{part.what}' AND id = unit);"
                for row in rows
            )
            connection.execute(
                f"CREATE TEMP TRIGGER watch_{number}_{event[:6]} AFTER {event} ON main.{part.table} BEGIN{notes} END"
            )
    return True


def settle(connection: sqlite3.Connection) -> None:
    """Seal what this transaction has changed; call before it commits, on a connection that is watched."""
    changed = connection.execute("SELECT what, id FROM unsealed").fetchall()
    for what, number in changed:
        _seal(connection, what, number)
    if changed:
        connection.execute("DELETE FROM unsealed")


def seal_all(connection: sqlite3.Connection) -> None:
    """Seal whatever is not: after the migration that brings seals to an older archive."""
    for what in get_args(What):
        for number in _units(connection, what) - _sealed(connection, what).keys():
            _seal(connection, what, number)


def reseal(connection: sqlite3.Connection, found: Broken) -> None:
    """Take a unit for what it now is."""
    _seal(connection, found.what, found.id)


def broken(connection: sqlite3.Connection) -> Iterator[Broken]:
    """Everything that is not as it was sealed, and everything that never was."""
    for what in get_args(What):
        known = _sealed(connection, what)
        for number in sorted(known.keys() | _units(connection, what)):
            made = _digest(connection, what, number)
            if made != known.get(number):
                yield Broken(what, number, made is None)


def _seal(connection: sqlite3.Connection, what: What, number: int) -> None:
    digest = _digest(connection, what, number)
    if digest is None:
        connection.execute("DELETE FROM seals WHERE what = ? AND id = ?", (what, number))
    else:
        connection.execute("INSERT OR REPLACE INTO seals (what, id, digest) VALUES (?, ?, ?)", (what, number, digest))


def _digest(connection: sqlite3.Connection, what: What, number: int) -> bytes | None:
    """None where there is nothing. As SQLite writes values down in SQL, which no version of Python changes."""
    made, some = hashlib.blake2b(digest_size=16), False
    known = connection.text_factory
    connection.text_factory = bytes  # a damaged text may be no text at all
    try:
        for part in _PARTS:
            if part.what != what:
                continue
            made.update(part.table.encode())
            quoted = " || ',' || ".join(f"quote({column})" for column in part.columns)
            for row in connection.execute(f"SELECT {quoted} FROM {part.table} WHERE {part.rows}", {"id": number}):
                some = True
                made.update(row[0])
                made.update(b"\n")
    finally:
        connection.text_factory = known
    return made.digest() if some else None


def _sealed(connection: sqlite3.Connection, what: What) -> dict[int, bytes]:
    return dict(connection.execute("SELECT id, digest FROM seals WHERE what = ?", (what,)))


def _units(connection: sqlite3.Connection, what: What) -> set[int]:
    sql = {
        "origin": "SELECT id FROM files",
        "text": "SELECT id FROM files",
        "report": "SELECT id FROM reports",
        "vectors": f"SELECT DISTINCT id >> {BLOCK} FROM embeddings",
        "said": "SELECT 0",
        "model": "SELECT 0",
    }[what]
    return {row[0] for row in connection.execute(sql)}
