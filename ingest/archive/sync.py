"""Keeping Chroma equal to SQLite: what is missing goes in, what is gone goes out, what is broken is made again."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.archive import meta, vectors
from ingest.archive.chroma import Chroma, IndexUnreachable, VectorIndexError
from ingest.archive.database import Database
from ingest.archive.queue import Progress
from ingest.archive.scope import MANY_YEARS, NO_PART, UNKNOWN_YEAR

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 1_000
SAMPLES = 20
_NEAR = 0.999
_CLOSE = 1e-4
"""Chroma scales vectors to length 1 once more, which rounds."""
_NO_ROOM = ("disk is full", "no space left", "os error 28")


def needed(connection: sqlite3.Connection, chroma: Chroma) -> bool:
    """Whether Chroma differs from SQLite by our account; asks SQLite alone, so it costs nothing to load."""
    if meta.chroma_being_written(connection) or vectors.missing(connection) or vectors.stale(connection):
        return True
    return bool(accounted(connection)) and not chroma.holds(meta.chroma(connection))


def sync(database: Database, chroma: Chroma, progress: Progress | None = None) -> None:
    """Bring Chroma up to SQLite. What it holds is believed only as far as its own count agrees.

    Raises OSError (no space left) when the disk is full, VectorIndexError when even a fresh index cannot be written,
    IndexUnreachable before anything is changed.
    """
    place = meta.chroma(database.connection())
    if meta.chroma_being_written(database.connection()) or not chroma.holds(place):
        remake(database, chroma, progress)  # a process was killed (we hold the lock), or another index is to be used
        return
    chroma.use(place)
    chroma.reach()
    if not is_whole(database.connection(), chroma):
        remake(database, chroma, progress)
        return
    try:
        with _writing(database, chroma):
            _settle_account(database, chroma)
            gone = vectors.stale(database.connection())
            if gone:
                chroma.delete(gone)
                _account(database, "DELETE FROM vector_index WHERE passage_id = ?", gone)
            _fill(database, chroma, progress)
        # Records can vanish from the graph when many were deleted (chroma issue 7758); nothing else makes them do so.
        if gone and lost(database.connection(), chroma):
            raise VectorIndexError("records are in the collection but cannot be found")
    except IndexUnreachable:
        raise  # it may come back as it was
    except VectorIndexError as fault:
        _raise_if_full(fault)
        remake(database, chroma, progress)


def remake(database: Database, chroma: Chroma, progress: Progress | None = None) -> None:
    """Fill a new index from SQLite and throw the old one away; nothing is embedded. Raises as `sync`."""
    chroma.reach()
    with database.transaction() as connection:
        connection.execute("DELETE FROM vector_index")
        meta.new_chroma(connection, chroma.server, chroma.owner)
    chroma.use(meta.chroma(database.connection()))
    try:
        chroma.drop_others()
        with _writing(database, chroma):
            _fill(database, chroma, progress)
    except VectorIndexError as fault:
        _raise_if_full(fault)
        raise


@contextmanager
def _writing(database: Database, chroma: Chroma) -> Iterator[None]:
    """Keep everybody else away from Chroma's files; only a kill leaves the sign, an exception leaves whole files."""
    with database.transaction() as connection:
        meta.put(connection, "chroma_writing", "1")
    try:
        yield
    finally:
        with database.transaction() as connection:
            meta.put(connection, "chroma_writing", "0")
            meta.put(connection, "chroma_graph", chroma.graph())
            meta.bump_vectors(connection)


def is_whole(connection: sqlite3.Connection, chroma: Chroma) -> bool:
    """Whether the search graph's files are as they were left: else the index must not be opened."""
    sealed = meta.get(connection, "chroma_graph")
    return not sealed or chroma.server != "" or chroma.graph() == sealed


def lost(connection: sqlite3.Connection, chroma: Chroma) -> bool:
    """Whether any of a sample of vectors is not found by a search for itself; raises VectorIndexError."""
    sql = "SELECT passage_id FROM vector_index ORDER BY passage_id"
    known = [row[0] for row in connection.execute(sql)]
    sample = known[:: max(1, len(known) // SAMPLES)][:SAMPLES]
    for vector in vectors.of(connection, sample).values():
        nearest = chroma.query(vector, 1)
        if not nearest or nearest[0][1] < _NEAR:
            return True
    return False


def unlike(connection: sqlite3.Connection, chroma: Chroma, most: int | None = None) -> int:
    """How many vectors of the index, or their metadata, are not those of SQLite; of `most`, evenly spread, if given.

    Raises VectorIndexError.
    """
    import numpy as np

    known = [row[0] for row in connection.execute("SELECT passage_id FROM vector_index ORDER BY passage_id")]
    if most is not None:
        known = known[:: max(1, -(-len(known) // most))]
    wrong = 0
    for start in range(0, len(known), BATCH):
        ids, matrix, metadatas = _rows(connection, known[start : start + BATCH])
        held = chroma.records(ids)
        for number, vector, metadata in zip(ids, matrix, metadatas, strict=True):
            found = held.get(number)
            same = found is not None and len(found[0]) == len(vector) and found[1] == metadata
            wrong += not (same and found is not None and bool(np.allclose(found[0], vector, atol=_CLOSE)))
    return wrong


def accounted(connection: sqlite3.Connection) -> int:
    """How many vectors Chroma holds by our account."""
    return int(connection.execute("SELECT count(*) FROM vector_index").fetchone()[0])


def _settle_account(database: Database, chroma: Chroma) -> None:
    """Write down what Chroma really holds where the counts differ (a kill between its write and our note)."""
    if chroma.exists() and chroma.count() == accounted(database.connection()):
        return
    held = sorted(chroma.ids()) if chroma.exists() else []
    with database.transaction() as connection:
        connection.execute("DELETE FROM vector_index")
        connection.executemany("INSERT INTO vector_index (passage_id) VALUES (?)", [(i,) for i in held])


def _fill(database: Database, chroma: Chroma, progress: Progress | None) -> None:
    todo = vectors.missing(database.connection())
    for start in range(0, len(todo), BATCH):
        ids, matrix, metadatas = _rows(database.connection(), todo[start : start + BATCH])
        chroma.upsert(ids, matrix, metadatas)
        _account(database, "INSERT OR IGNORE INTO vector_index (passage_id) VALUES (?)", ids)
        if progress is not None:
            progress(min(start + BATCH, len(todo)), len(todo))


def _account(database: Database, sql: str, ids: Sequence[int]) -> None:
    with database.transaction() as connection:
        connection.executemany(sql, [(passage_id,) for passage_id in ids])


def _rows(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> tuple[list[int], NDArray[np.float32], list[dict[str, str | int]]]:
    import numpy as np

    known = vectors.of(connection, ids)
    sql = (
        "SELECT p.id, p.year, p.first, s.period, p.part, r.id, r.kind, r.org FROM passages p"
        " JOIN sections s ON s.id = p.section_id JOIN reports r ON r.id = p.report_id"
        " WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY p.id"
    )
    rows = [row for row in connection.execute(sql, (json.dumps(list(ids)),)) if row[0] in known]
    metadatas: list[dict[str, str | int]] = [
        {
            "year": year if year is not None else UNKNOWN_YEAR if first is None else MANY_YEARS,
            "period": period or "",
            "part": part or NO_PART,
            "report_id": report_id,
            "kind": kind,
            "org": org or "",
        }
        for _, year, first, period, part, report_id, kind, org in rows
    ]
    return [row[0] for row in rows], np.stack([known[row[0]] for row in rows]), metadatas


def no_room(fault: VectorIndexError) -> bool:
    """Whether Chroma failed for want of space."""
    return any(sign in str(fault).lower() for sign in _NO_ROOM)


def _raise_if_full(fault: VectorIndexError) -> None:
    if no_room(fault):
        raise OSError(errno.ENOSPC, "no space left for the vector index") from fault
