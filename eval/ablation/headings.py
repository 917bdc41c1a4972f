"""A copy of an archive whose passages are indexed and embedded without their headings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from ingest.archive import Archive
from ingest.archive.database import NAME
from ingest.archive.embedtext import content_key, embed_text
from ingest.archive.queue import PassageEncoder
from ingest.settings import Settings


def without_headings(settings: Settings, home: Path, encoder: PassageEncoder | None) -> Settings:
    """Copy the archive into `home` and take every heading out: of the sections, of the full-text index and of the
    vectors, which are computed anew where a heading stood in the text (`encoder` None: there are no vectors).
    """
    copied(settings.home, home)
    with _connected(home) as connection:
        connection.execute("UPDATE sections SET path = '[]'")
        bare = [
            (content_key(embed_text(text, ())), number)
            for number, text in connection.execute("SELECT passage_id, text FROM passage_texts")
        ]
        connection.executemany("UPDATE passages SET embed_sha = ? WHERE id = ?", bare)
        connection.execute(
            "INSERT OR IGNORE INTO queue (passage_id) SELECT p.id FROM passages p"
            " WHERE NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.sha = p.embed_sha)"
        )
    with Archive.create_or_open(home, write=True) as archive:
        if encoder is not None:
            archive.embed_pending(encoder)
        archive.rebuild()
    return replace(settings, home=home, chroma_url=None)


def headings_outside_the_index(settings: Settings, bare: Settings, home: Path) -> Settings:
    """A copy of the `bare` archive in `home` whose sections have their headings again, and whose indexes still have
    none: what is judged by headings after retrieval is judged as ever.
    """
    copied(bare.home, home)
    with closing(sqlite3.connect(settings.home / NAME)) as source:
        paths = source.execute("SELECT path, id FROM sections").fetchall()
    with _connected(home) as connection:
        connection.executemany("UPDATE sections SET path = ? WHERE id = ?", paths)
    with Archive.create_or_open(home, write=True) as archive:
        archive.sync_vectors()
    return replace(settings, home=home, chroma_url=None)


def copied(home: Path, into: Path) -> None:
    """The database alone, whole even while another process writes: all else can be made again from it."""
    into.mkdir(parents=True)
    with closing(sqlite3.connect(home / NAME)) as source, closing(sqlite3.connect(into / NAME)) as target:
        source.backup(target)
        target.execute("DELETE FROM vector_index")
        target.commit()


@contextmanager
def _connected(home: Path) -> Iterator[sqlite3.Connection]:
    """One transaction on an archive's database that nobody else has open."""
    with closing(sqlite3.connect(home / NAME)) as connection, connection:
        yield connection
