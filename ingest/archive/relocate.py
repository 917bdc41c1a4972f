"""Files that moved and paths that are gone: what the archive knows by path follows, what it read stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.archive import meta, store
from ingest.archive.store import Source


@dataclass(frozen=True, slots=True)
class Failure:
    """What is known of a path that could not be read: which bytes, why, and by which version of the pipeline."""

    sha256: str
    error: str
    pipeline: str


def failures(connection: sqlite3.Connection) -> dict[str, Failure]:
    """Every path that could not be read."""
    sql = "SELECT path, sha256, error, pipeline FROM files WHERE status = 'failed'"
    return {path: Failure(*rest) for path, *rest in connection.execute(sql)}


def move(connection: sqlite3.Connection, old: str, source: Source, file_id: int) -> list[str]:
    """Put `source` in the place of the path `old` that held the same content; returns digests needed no more."""
    unneeded = store.move_source(connection, source, file_id)
    connection.execute("DELETE FROM sources WHERE path = ? AND path <> ?", (old, source.path))
    _rename(connection, old)
    meta.bump(connection)
    return unneeded


def remove(connection: sqlite3.Connection, paths: Sequence[str]) -> list[str]:
    """Take paths that are gone out of the archive; content without any other path goes with them.

    Returns the digests whose bytes are needed no more.
    """
    unneeded: list[str] = []
    for path in paths:
        unneeded += store.detach(connection, path, keep="")
        store.clear_failure(connection, path)
        _rename(connection, path)
    meta.bump(connection)
    return unneeded


def _rename(connection: sqlite3.Connection, gone: str) -> None:
    """A content that was first seen at `gone` goes by the name of another of its paths."""
    connection.execute(
        "UPDATE files SET (path, name) = (SELECT path, name FROM sources s WHERE s.file_id = files.id ORDER BY path)"
        " WHERE path = ? AND status = 'ok' AND EXISTS (SELECT 1 FROM sources s WHERE s.file_id = files.id)",
        (gone,),
    )
