"""The archive's few facts about itself: generation, embedding model, version of the full-text terms."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from typing import Literal

from ingest.errors import ModelMismatch

Key = Literal[
    "generation", "vectors", "chroma", "chroma_writing", "chroma_server", "chroma_name", "chroma_owner",
    "chroma_graph", "encoder",
    "dimensions", "terms",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """Where the vector index is that `vector_index` gives account of.

    number: which one; a remade index gets a new number, because others may hold the old one open.
    server: the Chroma server's URL; empty for the folder in the archive directory.
    name: what the archive is called on servers, so that several archives can share one.
    owner: which archive.db that name was given to; a copied archive must not write into the original's index.
    """

    number: int
    server: str = ""
    name: str = ""
    owner: str = ""


def get(connection: sqlite3.Connection, key: Key) -> str | None:
    """The value, or None where it was never set."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def put(connection: sqlite3.Connection, key: Key, value: str) -> None:
    """Set the value; call inside the transaction that makes it true."""
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))


def generation(connection: sqlite3.Connection) -> int:
    """The number that changes whenever readers must look again."""
    return int(get(connection, "generation") or 0)


def vectors(connection: sqlite3.Connection) -> int:
    """The number that changes whenever Chroma's files have changed, so that who holds them open must reopen them."""
    return int(get(connection, "vectors") or 0)


def chroma(connection: sqlite3.Connection) -> IndexPlace:
    """Which vector index is in use."""
    return IndexPlace(
        int(get(connection, "chroma") or 0),
        get(connection, "chroma_server") or "",
        get(connection, "chroma_name") or "",
        get(connection, "chroma_owner") or "",
    )


def chroma_being_written(connection: sqlite3.Connection) -> bool:
    """Whether a process is writing to Chroma's files, or was killed while it did: then they must not be opened.

    A kill in mid-write can damage the index (chroma issue 7678), and a damaged one can crash the process that opens it.
    """
    return get(connection, "chroma_writing") == "1"


def new_chroma(connection: sqlite3.Connection, server: str | None = None, owner: str = "") -> None:
    """Use an empty index from now on (on `server`, in the folder where that is empty), and tell readers."""
    place = chroma(connection)
    put(connection, "chroma", str(place.number + 1))
    if server is not None:
        put(connection, "chroma_server", server)
    if server and (not place.name or place.owner != owner):
        put(connection, "chroma_name", secrets.token_hex(8))
        put(connection, "chroma_owner", owner)
    bump_vectors(connection)


def bump_vectors(connection: sqlite3.Connection) -> None:
    """Tell readers that Chroma's files have changed; includes `bump`."""
    put(connection, "vectors", str(vectors(connection) + 1))
    bump(connection)


def bump(connection: sqlite3.Connection) -> None:
    """Tell readers to look again; call inside the transaction of the change."""
    put(connection, "generation", str(generation(connection) + 1))


def require_model(connection: sqlite3.Connection, name: str) -> None:
    """Raise ModelMismatch when the archive's vectors come from another model; an archive without vectors takes any."""
    known = get(connection, "encoder")
    if known is not None and known != name:
        raise ModelMismatch(
            f"档案的向量由模型 {known} 生成，当前配置的是 {name}，两者不能混用",
            f"请把 embedding_model（及精度）改回 {known}，或运行 report-assistant rebuild --embed 用新模型重算",
        )
