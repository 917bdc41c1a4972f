"""Vectors: kept in SQLite by content, searched through Chroma, scored exactly where that is cheaper or needed."""

from __future__ import annotations

import json
import logging
import math
import sqlite3
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.archive import meta
from ingest.archive.chroma import Chroma, VectorIndexError
from ingest.archive.records import Hit, Scope
from ingest.archive.scope import scope_filter, scope_sql
from ingest.errors import ModelMismatch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

logger = logging.getLogger(__name__)

NARROW = 2_000
"""A filtered search over at most so many passages is scored exactly, at some 9 µs for each."""

EXACT = 10_000
"""The same where the index has not found enough of the scope's passages among the nearest of all."""

_AHEAD = 1.5
_WIDEST = 8_000
"""A filtered search over more asks the index for the nearest of all passages, so many that by the scope's share of the
archive _AHEAD times as many as wanted should be within it; again with more where they are not, at most _WIDEST. An HNSW
graph searched under a filter is slower (at 100,000 passages and a scope of a tenth 135 ms) and misses some (recall@50
0.958)."""

_VECTORS = "SELECT p.id, e.vector FROM passages p JOIN embeddings e ON e.sha = p.embed_sha AND e.model = ?"


class VectorSearch:
    """Nearest passages. Holds Chroma open and reopens it when another process has changed its files."""

    def __init__(self, chroma: Chroma) -> None:
        self._chroma = chroma
        self._guard = threading.Lock()
        self._seen: int | None = None
        self._held = 0
        self._foreign = False
        self._late: tuple[int, list[int]] = (-1, [])

    def search(
        self, connection: sqlite3.Connection, vector: NDArray[np.float32], scope: Scope, limit: int
    ) -> list[Hit]:
        """The `limit` passages of the scope nearest to `vector` (d,), L2-normalised, by cosine, best first.

        Raises ModelMismatch when the vector's length is not that of the archive's vectors.
        """
        model = meta.get(connection, "encoder")
        if model is None or limit <= 0:
            return []
        _require_length(connection, len(vector))
        size = None if scope == Scope() else _size(connection, scope, EXACT + 1)
        if (size is not None and size <= NARROW) or (meta.chroma_being_written(connection) and not self._chroma.server):
            return exact(connection, model, vector, scope, limit)
        with self._guard:
            try:
                hits = self._through_chroma(connection, vector, scope, size, limit)
            except VectorIndexError as fault:
                logger.warning("Chroma failed, searching SQLite instead (run rebuild): %s", fault)
                return exact(connection, model, vector, scope, limit)
            late = self._not_in_chroma(connection)
        hits += exact(connection, model, vector, scope, limit, late) if late else []
        return _best(_in_archive(connection, hits), limit)

    def _through_chroma(
        self, connection: sqlite3.Connection, vector: NDArray[np.float32], scope: Scope, size: int | None, limit: int
    ) -> list[Hit]:
        now = meta.vectors(connection)
        if now != self._seen:
            self._chroma.use(meta.chroma(connection))
            self._held = int(connection.execute("SELECT count(*) FROM vector_index").fetchone()[0])
            # Another index in its place (an older copy, one that came up empty) answers, too, but not for this archive.
            self._foreign = self._chroma.exists() and not self._chroma.server and not self._is_own(connection)
            self._seen = now
        if self._foreign:
            raise VectorIndexError(f"it does not hold the {self._held} vectors that were put in")
        if not self._chroma.exists():
            if connection.execute("SELECT 1 FROM vector_index LIMIT 1").fetchone():
                raise VectorIndexError("there is no index")
            return []
        if size is None:
            return [Hit(*found) for found in self._chroma.query(vector, limit)]
        return self._within(connection, vector, scope, size, limit)

    def _is_own(self, connection: sqlite3.Connection) -> bool:
        sealed = meta.get(connection, "chroma_graph")
        return (not sealed or self._chroma.graph() == sealed) and self._chroma.count() == self._held

    def _within(
        self, connection: sqlite3.Connection, vector: NDArray[np.float32], scope: Scope, size: int, limit: int
    ) -> list[Hit]:
        """The nearest of all passages as far as they are in the scope, until there are `limit` of them.

        `size`: of the scope, EXACT + 1 for anything larger.
        """
        share = size / max(self._held, size)
        while True:
            asked = min(math.ceil(_AHEAD * limit / share), _WIDEST)
            nearest = self._chroma.query(vector, asked)
            inside = _in_scope(connection, scope, [passage_id for passage_id, _ in nearest])
            hits = [Hit(*found) for found in nearest if found[0] in inside]
            if len(hits) >= limit or len(nearest) < asked:
                return hits[:limit]
            if asked == _WIDEST:
                break
            share = min(max(len(hits), 1) / asked, share / 2)
        model = meta.get(connection, "encoder")
        if model is not None and size <= EXACT:
            return exact(connection, model, vector, scope, limit)
        return [Hit(*found) for found in self._chroma.query(vector, limit, scope_filter(scope))]

    def _not_in_chroma(self, connection: sqlite3.Connection) -> list[int]:
        """Passages whose vector is in SQLite but not yet in Chroma; looked up once per generation."""
        now = meta.generation(connection)
        if self._late[0] != now:
            self._late = (now, missing(connection))
        return self._late[1]


def exact(
    connection: sqlite3.Connection,
    model: str,
    vector: NDArray[np.float32],
    scope: Scope,
    limit: int,
    passage_ids: Sequence[int] | None = None,
) -> list[Hit]:
    """The `limit` nearest passages of the scope (and of `passage_ids`, when given) by cosine, each one looked at."""
    import numpy as np

    where, values = scope_sql(scope, "p")
    if passage_ids is not None:
        where, values = (
            f"{where} AND p.id IN (SELECT value FROM json_each(?))",
            [*values, json.dumps(list(passage_ids))],
        )
    cursor = connection.execute(f"{_VECTORS} WHERE {where}", (model, *values))
    wanted = np.asarray(vector, dtype=np.float32)
    ids, cosines = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
    while rows := cursor.fetchmany(4_096):
        matrix = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f4").reshape(len(rows), -1)
        ids = np.concatenate((ids, np.fromiter((row[0] for row in rows), np.int64, len(rows))))
        cosines = np.concatenate((cosines, matrix @ wanted))
        best = np.lexsort((ids, -cosines))[:limit]
        ids, cosines = ids[best], cosines[best]
    return [Hit(*found) for found in zip(ids.tolist(), cosines.tolist(), strict=True)]


def of(connection: sqlite3.Connection, passage_ids: Sequence[int]) -> dict[int, NDArray[np.float32]]:
    """The vectors (d,) of those passages that have one."""
    import numpy as np

    model = meta.get(connection, "encoder")
    if model is None:
        return {}
    sql = f"{_VECTORS} WHERE p.id IN (SELECT value FROM json_each(?))"
    rows = connection.execute(sql, (model, json.dumps(list(passage_ids))))
    return {passage_id: np.frombuffer(blob, dtype="<f4") for passage_id, blob in rows}


def missing(connection: sqlite3.Connection) -> list[int]:
    """Passages whose vector is in SQLite and, by our account, not in Chroma."""
    model = meta.get(connection, "encoder")
    sql = (
        "SELECT p.id FROM passages p WHERE p.id NOT IN (SELECT passage_id FROM vector_index)"
        " AND EXISTS (SELECT 1 FROM embeddings e WHERE e.sha = p.embed_sha AND e.model = ?) ORDER BY p.id"
    )
    return [row[0] for row in connection.execute(sql, (model,))]


def stale(connection: sqlite3.Connection) -> list[int]:
    """Ids that Chroma holds, by our account, and the archive no longer does."""
    sql = "SELECT passage_id FROM vector_index WHERE passage_id NOT IN (SELECT id FROM passages) ORDER BY passage_id"
    return [row[0] for row in connection.execute(sql)]


def _best(hits: list[Hit], limit: int) -> list[Hit]:
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))[:limit]


def _in_archive(connection: sqlite3.Connection, hits: list[Hit]) -> list[Hit]:
    """Without passages that are gone (Chroma is told after SQLite) and without any passage twice."""
    known = _in_scope(connection, Scope(), [hit.passage_id for hit in hits])
    return list({hit.passage_id: hit for hit in hits if hit.passage_id in known}.values())


def _in_scope(connection: sqlite3.Connection, scope: Scope, passage_ids: Sequence[int]) -> set[int]:
    """Those of the passages that are there and in the scope."""
    where, values = scope_sql(scope, "p")
    # CROSS JOIN: the ids are the outer loop, however few passages the scope has.
    sql = f"SELECT p.id FROM json_each(?) asked CROSS JOIN passages p ON p.id = asked.value WHERE {where}"
    return {row[0] for row in connection.execute(sql, (json.dumps(list(passage_ids)), *values))}


def _size(connection: sqlite3.Connection, scope: Scope, at_most: int) -> int:
    where, values = scope_sql(scope, "p")
    sql = f"SELECT count(*) FROM (SELECT 1 FROM passages p WHERE {where} LIMIT ?)"
    return int(connection.execute(sql, (*values, at_most)).fetchone()[0])


def _require_length(connection: sqlite3.Connection, length: int) -> None:
    known = meta.get(connection, "dimensions")
    if known is not None and int(known) != length:
        raise ModelMismatch(
            f"查询向量为 {length} 维，档案中的向量为 {known} 维，不是同一个模型",
            f"请把 embedding_model 改回 {meta.get(connection, 'encoder')}，或运行 report-assistant rebuild --embed",
        )
