"""The texts that an archive embeds, as its queue gives them to the encoder."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from ingest.archive.embedtext import embed_text


def embedded_texts(home: Path, limit: int | None = None) -> list[str]:
    """Every distinct text once, in the order of the content keys: any first `limit` of them are a fair choice."""
    sql = (
        "SELECT t.text, s.path FROM passages p JOIN passage_texts t ON t.passage_id = p.id"
        " JOIN sections s ON s.id = p.section_id GROUP BY p.embed_sha ORDER BY p.embed_sha LIMIT ?"
    )
    with closing(sqlite3.connect(f"{(home / 'archive.db').as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(sql, (-1 if limit is None else limit,)).fetchall()
    return [embed_text(text, json.loads(path)) for text, path in rows]
