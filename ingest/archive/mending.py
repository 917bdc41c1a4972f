"""Making good what is not as it was sealed: what can be read again from the kept bytes is marked to be, vectors wait
to be computed again. What only a backup can bring back is left as it is, so that `doctor` goes on saying so.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable

from ingest.archive import fulltext, meta, seals
from ingest.archive.seals import BLOCK, Broken

logger = logging.getLogger(__name__)


def distrust(connection: sqlite3.Connection) -> None:
    """Give up whatever is not as it was sealed, in the transaction that is open."""
    found = list(seals.broken(connection))
    if not found:
        return
    logger.warning("not as it was stored: %s", ", ".join(f"{one.what} {one.id}" for one in found))
    for one in found:
        if one.gone:
            seals.reseal(connection, one)
        elif one.what == "text":
            _read_again(connection, [one.id])
        elif one.what == "report":
            _blank(connection, one.id)
    _give_up_vectors(connection, [one for one in found if one.what == "vectors"])
    if any(one.what == "model" for one in found):
        _recall_model(connection)
    fulltext.rebuild(connection)  # words are taken out of it by the text, which is no longer the one it was made of


def _blank(connection: sqlite3.Connection, report_id: int) -> None:
    """Leave of a report only where it lies, so that it keeps its number when it is read again."""
    row = connection.execute("SELECT file_id FROM reports WHERE id = ?", (report_id,)).fetchone()
    if row is None:
        return
    connection.execute(
        "UPDATE passage_texts SET text = '', runs = '[]' WHERE passage_id IN"
        " (SELECT id FROM passages WHERE report_id = ?)",
        (report_id,),
    )
    connection.execute("UPDATE sections SET path = '[]', part = NULL, period = NULL WHERE report_id = ?", (report_id,))
    for table in ("figures", "fingerprints", "shelf"):
        connection.execute(f"DELETE FROM {table} WHERE report_id = ?", (report_id,))
    connection.execute(
        "UPDATE reports SET title = '', org = NULL, region = NULL, level = NULL, year = NULL, kind = '总结',"
        " reasons = '{}', certainty = '{}', period = NULL, published = NULL WHERE id = ?",
        (report_id,),
    )
    _read_again(connection, row)


def _read_again(connection: sqlite3.Connection, file_ids: Iterable[int]) -> None:
    for file_id in file_ids:
        connection.execute("UPDATE files SET pipeline = '', notes = '[]' WHERE id = ?", (file_id,))
        connection.execute("UPDATE texts SET text = '' WHERE file_id = ?", (file_id,))


def _give_up_vectors(connection: sqlite3.Connection, blocks: Iterable[Broken]) -> None:
    for one in blocks:
        connection.execute(f"DELETE FROM embeddings WHERE id >> {BLOCK} = ?", (one.id,))
        seals.reseal(connection, one)
    connection.execute(
        "INSERT OR IGNORE INTO queue (passage_id) SELECT p.id FROM passages p WHERE NOT EXISTS"
        " (SELECT 1 FROM embeddings e WHERE e.sha = p.embed_sha AND e.model = ?)",
        (meta.get(connection, "encoder"),),
    )


def _recall_model(connection: sqlite3.Connection) -> None:
    """The vectors themselves say whose they are and how long."""
    row = connection.execute("SELECT model, length(vector) / 4 FROM embeddings LIMIT 1").fetchone()
    if row is not None:
        meta.put(connection, "encoder", row[0])
        meta.put(connection, "dimensions", str(row[1]))
