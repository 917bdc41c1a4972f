"""The embedding queue: passages that wait for a vector. It lives in SQLite, so a stop loses at most one batch."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from ingest.archive import meta
from ingest.archive.database import Database
from ingest.archive.embedtext import embed_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]
"""Called with (done, total)."""

BATCH = 64
"""Texts per call of the encoder and per commit: some seconds of work on an office PC."""


class PassageEncoder(Protocol):
    """What the archive needs of an embedding model."""

    @property
    def name(self) -> str:
        """The model's name; vectors of two names are never mixed."""

    @property
    def dimensions(self) -> int:
        """The length of its vectors."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors (n, d), L2-normalised."""


def pending(connection: sqlite3.Connection) -> list[int]:
    """The ids of the passages that wait, longest text first: a batch of like lengths wastes nothing on padding, and
    the remaining time is never more than it seems.
    """
    sql = (
        "SELECT q.passage_id FROM queue q JOIN passage_texts t ON t.passage_id = q.passage_id"
        " ORDER BY length(t.text) DESC, q.passage_id"
    )
    return [row[0] for row in connection.execute(sql)]


def waiting(connection: sqlite3.Connection) -> int:
    """How many passages wait."""
    return int(connection.execute("SELECT count(*) FROM queue").fetchone()[0])


def put(connection: sqlite3.Connection, report_id: int) -> None:
    """Let a report's new passages wait, unless their text is embedded already."""
    connection.execute(
        "INSERT INTO queue (passage_id) SELECT p.id FROM passages p WHERE p.report_id = ? AND NOT EXISTS"
        " (SELECT 1 FROM embeddings e WHERE e.sha = p.embed_sha AND e.model = ?)",
        (report_id, meta.get(connection, "encoder")),
    )


def enter_model(database: Database, encoder: PassageEncoder) -> None:
    """Note the model at the first vector; raises ModelMismatch for any other model later."""
    meta.require_model(database.connection(), encoder.name)
    if meta.get(database.connection(), "encoder") is None:
        with database.transaction() as connection:
            _put_model(connection, encoder)


def change_model(database: Database, encoder: PassageEncoder) -> None:
    """Give up all vectors of another model and queue every passage for this one; no change for the same model."""
    if meta.get(database.connection(), "encoder") == encoder.name:
        return
    with database.transaction() as connection:
        _put_model(connection, encoder)
        connection.execute("DELETE FROM embeddings WHERE model <> ?", (encoder.name,))
        connection.execute("DELETE FROM vector_index")
        connection.execute("INSERT OR IGNORE INTO queue (passage_id) SELECT id FROM passages")
        meta.new_chroma(connection)


def embed_batch(database: Database, encoder: PassageEncoder, passage_ids: Sequence[int]) -> int:
    """Embed these passages and take them off the queue, in one transaction; returns how many texts were encoded."""
    texts = _texts(database.connection(), passage_ids)
    blobs = [v.astype("<f4").tobytes() for v in encoder.encode_passages(list(texts.values()))] if texts else []
    with database.transaction() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO embeddings (sha, model, vector) VALUES (?, ?, ?)",
            [(key, encoder.name, blob) for key, blob in zip(texts, blobs, strict=True)],
        )
        # Every waiting passage with one of these texts is served at once, not only those of the batch.
        connection.executemany(
            "DELETE FROM queue WHERE passage_id IN (SELECT id FROM passages WHERE embed_sha = ?)",
            [(key,) for key in texts],
        )
    return len(texts)


def _texts(connection: sqlite3.Connection, passage_ids: Sequence[int]) -> dict[bytes, str]:
    """The embed texts of those passages that still wait, by content key."""
    sql = (
        "SELECT p.embed_sha, t.text, s.path FROM queue q JOIN passages p ON p.id = q.passage_id"
        " JOIN passage_texts t ON t.passage_id = p.id JOIN sections s ON s.id = p.section_id"
        " WHERE q.passage_id IN (SELECT value FROM json_each(?)) ORDER BY length(t.text) DESC"
    )
    rows = connection.execute(sql, (json.dumps(list(passage_ids)),))
    return {sha: embed_text(text, json.loads(path)) for sha, text, path in rows}


def _put_model(connection: sqlite3.Connection, encoder: PassageEncoder) -> None:
    meta.put(connection, "encoder", encoder.name)
    meta.put(connection, "dimensions", str(encoder.dimensions))
