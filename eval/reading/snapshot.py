"""All that an archive holds, without its numbers: two archives of the same files must give the same snapshot."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.archive import Archive
from ingest.archive.database import NAME
from ingest.archive.originals import kept

_TERMS = 400
"""Words whose hits are compared, spread over the whole index."""

_NEAR = 1e-4
"""Largest difference of a vector's number: batches of other sizes round otherwise."""

_HISTORY = {"meta": {"generation", "vectors", "chroma", "chroma_writing", "chroma_server", "chroma_graph"}}
_DERIVED = frozenset({"queue", "vector_index", "embeddings", "seals"})

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`tables`: the rows of each table with ids replaced by what they stand for; `hits`: the passages that hold a word;
    `vectors`: by content; `waiting`: passages without a vector; `in_index`: vectors that Chroma holds; `findings`: what
    `doctor` says; `originals`: the kept bytes.
    """

    tables: dict[str, list[Row]]
    hits: dict[str, list[str]]
    vectors: dict[bytes, bytes]
    waiting: int
    in_index: int
    findings: tuple[str, ...]
    originals: tuple[tuple[str, int], ...]


def snapshot(home: Path) -> Snapshot:
    """Take it from an archive that nobody is writing to."""
    with Archive.create_or_open(home) as archive:
        findings = tuple(item.message for item in archive.doctor() if item.severity != "info")
        waiting = archive.counts().pending
    with sqlite3.connect(f"{(home / NAME).absolute().as_uri()}?mode=ro", uri=True) as connection:
        keys = _Keys(connection)
        tables = {name: _rows(connection, name, keys) for name in _tables(connection) if name not in _DERIVED}
        hits = {term: _hits(connection, term, keys) for term in _terms(connection)}
        vectors = dict(connection.execute("SELECT sha, vector FROM embeddings"))
        in_index = connection.execute("SELECT count(*) FROM vector_index").fetchone()[0]
    connection.close()
    return Snapshot(tables, hits, vectors, waiting, in_index, findings, tuple(kept(home)))


def differences(wanted: Snapshot, found: Snapshot) -> list[str]:
    """What is not the same, one line each; empty when nothing is."""
    told: list[str] = []
    for name in sorted(wanted.tables.keys() | found.tables.keys()):
        told += _different(f"table {name}", wanted.tables.get(name, []), found.tables.get(name, []))
    for term in wanted.hits.keys() | found.hits.keys():
        told += _different(f"hits of {term}", wanted.hits.get(term, []), found.hits.get(term, []))
    told += _different("originals", wanted.originals, found.originals)
    told += _different("vectors", wanted.vectors, found.vectors)
    for sha in wanted.vectors.keys() & found.vectors.keys():
        if not _near(wanted.vectors[sha], found.vectors[sha]):
            told.append(f"vector {sha.hex()[:12]} is another")
    for name in ("waiting", "in_index", "findings"):
        if getattr(wanted, name) != getattr(found, name):
            told.append(f"{name}: {getattr(wanted, name)!r} became {getattr(found, name)!r}")
    return told


class _Keys:
    """What each id stands for, in words that do not depend on the order in which things came in."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.files = _named(
            connection, "SELECT id, CASE status WHEN 'ok' THEN sha256 ELSE 'failed ' || path END FROM files"
        )
        reports = 'SELECT id, file_id, start, "end" FROM reports'
        self.reports = {i: f"{self.files[f]}:{start}-{end}" for i, f, start, end in connection.execute(reports)}
        self.sections = self._parts(connection, "sections")
        self.passages = self._parts(connection, "passages")

    def _parts(self, connection: sqlite3.Connection, table: str) -> dict[int, str]:
        rows = connection.execute(f"SELECT id, report_id, ordinal FROM {table}")
        return {i: f"{self.reports[report]}/{ordinal}" for i, report, ordinal in rows}

    def of(self, column: str) -> Callable[[Any], Any]:
        """How to replace the values of a column."""
        known = {
            "file_id": self.files,
            "report_id": self.reports,
            "duplicate_of": self.reports,
            "section_id": self.sections,
            "passage_id": self.passages,
        }.get(column)
        if known is None:
            return lambda value: value
        return lambda value: None if value is None else known.get(value, f"nothing has this {column}")


def _tables(connection: sqlite3.Connection) -> list[str]:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return sorted(name for name in names if not name.startswith(("sqlite_", "passage_fts")))


def _rows(connection: sqlite3.Connection, table: str, keys: _Keys) -> list[Row]:
    cursor = connection.execute(f"SELECT * FROM {table}")
    columns = [item[0] for item in cursor.description]
    wanted = [(number, keys.of(name)) for number, name in enumerate(columns) if name != "id"]
    leave_out = _HISTORY.get(table, set())
    rows = (tuple(replace(row[number]) for number, replace in wanted) for row in cursor if row[0] not in leave_out)
    return sorted(rows, key=repr)


def _terms(connection: sqlite3.Connection) -> list[str]:
    known = sorted({row[0] for row in connection.execute("SELECT term FROM passage_terms")})
    return known[:: max(1, len(known) // _TERMS)]


def _hits(connection: sqlite3.Connection, term: str, keys: _Keys) -> list[str]:
    quoted = '"' + term.replace('"', '""') + '"'
    rows = connection.execute("SELECT rowid FROM passage_fts WHERE passage_fts MATCH ?", (quoted,))
    return sorted(keys.passages.get(row[0], "a passage that is gone") for row in rows)


def _named(connection: sqlite3.Connection, sql: str) -> dict[int, str]:
    return dict(connection.execute(sql).fetchall())


def _different(what: str, wanted: Iterable[Any], found: Iterable[Any]) -> list[str]:
    first, second = {repr(item) for item in wanted}, {repr(item) for item in found}
    lines = [f"{what}: lost {item[:160]}" for item in sorted(first - second)[:3]]
    return lines + [f"{what}: added {item[:160]}" for item in sorted(second - first)[:3]]


def _near(first: bytes, second: bytes) -> bool:
    import numpy as np

    if len(first) != len(second):
        return False
    return bool(np.allclose(np.frombuffer(first, "<f4"), np.frombuffer(second, "<f4"), atol=_NEAR))
