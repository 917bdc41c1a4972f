"""The vector index: one Chroma collection, ids = passage ids as text, cosine space; here in the archive directory.

Chroma is a copy that makes searching fast; SQLite holds every vector. So a fault of Chroma is never a loss: the
callers fall back on SQLite, or throw the folder away and fill it again.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.archive.meta import IndexPlace

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from numpy.typing import NDArray

FOLDER = "chroma"
_COLLECTION = "passages"
_PAGE = 5_000
_PERSISTED = "index_metadata.pickle"
"""Stands beside the graph's files as soon as they count."""
SETTINGS = {"hnsw": {"space": "cosine", "ef_construction": 128, "ef_search": 256}}


class VectorIndexError(Exception):
    """Chroma could not do it; `str` is its own message, for the log."""


class IndexUnreachable(VectorIndexError):
    """The server does not answer: nothing is wrong with the index, as far as one knows."""


class Chroma:
    """The collection, opened at first use: importing chromadb takes a second that most commands need not spend."""

    server = ""
    """The URL of the server that keeps the index; empty for the folder in the archive directory."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._place = IndexPlace(0)
        self._client: ClientAPI | None = None
        self._collection: Collection | None = None

    @property
    def owner(self) -> str:
        """For `meta.new_chroma`: tells this archive from a copy of it, as far as that matters."""
        return ""

    def holds(self, place: IndexPlace) -> bool:
        """Whether the index of that place is one that is kept here."""
        return not place.server

    def use(self, place: IndexPlace) -> None:
        """Work on the index of that place from now on, as it now is on disk."""
        self.close()
        self._place = place

    def exists(self) -> bool:
        """Whether there is anything to open; raises VectorIndexError where that cannot be known."""
        return self.holds(self._place) and (self._folder / "chroma.sqlite3").is_file()

    def graph(self) -> str:
        """Checksums of the search graph's files, empty before there are any (below a thousand vectors there are none)
        and on a server.

        A bit turned over in them can end the process that opens them. Reading leaves them as they are, unlike
        chroma.sqlite3, whose damage is an error as any other.
        """
        if self.server:
            return ""
        made = [path for mark in self._folder.glob(f"*/{_PERSISTED}") for path in sorted(mark.parent.iterdir())]
        return ",".join(f"{path.parent.name}/{path.name}:{_checksum(path)}" for path in made)

    def reach(self) -> None:
        """Raises IndexUnreachable while there is no use in trying to write."""

    def upsert(
        self, ids: Sequence[int], vectors: NDArray[np.float32], metadatas: Sequence[Mapping[str, str | int]]
    ) -> None:
        """Put vectors (n, d) in, replacing those with the same ids; raises VectorIndexError."""
        with self._faults():
            collection = self._open()
            for part in _batches(len(ids), self._batch_size()):
                collection.upsert(
                    ids=[str(passage_id) for passage_id in ids[part]],
                    embeddings=vectors[part],
                    metadatas=[dict(metadata) for metadata in metadatas[part]],
                )

    def delete(self, ids: Sequence[int]) -> None:
        """Take passages out; ids that are not there do not matter. Raises VectorIndexError."""
        with self._faults():
            collection = self._open()
            for part in _batches(len(ids), self._batch_size()):
                collection.delete(ids=[str(passage_id) for passage_id in ids[part]])

    def query(
        self, vector: NDArray[np.float32], limit: int, where: Mapping[str, Any] | None = None
    ) -> list[tuple[int, float]]:
        """The nearest passages as (id, cosine), best first; raises VectorIndexError."""
        with self._faults():
            return nearest(self._open(), vector, limit, where)

    def count(self) -> int:
        """How many vectors it holds; raises VectorIndexError."""
        with self._faults():
            return self._open().count()

    def ids(self) -> set[int]:
        """The passage ids it holds; raises VectorIndexError."""
        with self._faults():
            collection = self._open()
            found: set[int] = set()
            for offset in range(0, collection.count(), _PAGE):
                found.update(int(name) for name in collection.get(limit=_PAGE, offset=offset, include=[])["ids"])
            return found

    def records(self, ids: Sequence[int]) -> dict[int, tuple[NDArray[np.float32], Mapping[str, Any]]]:
        """Vectors and metadata of those of these passages that it holds; raises VectorIndexError."""
        import numpy as np

        with self._faults():
            collection = self._open()
            names = [str(passage_id) for passage_id in ids]
            found = collection.get(ids=names, include=["embeddings", "metadatas"])
            vectors, metadatas = found["embeddings"], found["metadatas"]
            if vectors is None or metadatas is None:
                return {}
            held = zip(found["ids"], vectors, metadatas, strict=True)
            return {int(name): (np.asarray(vector, np.float32), metadata) for name, vector, metadata in held}

    def drop_others(self) -> None:
        """Delete earlier indexes; a folder that another process still holds goes next time."""
        for folder in (self._home / FOLDER).glob("*"):
            if folder != self._folder:
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Let go of the files; the next use opens them as they then are."""
        client, self._client, self._collection = self._client, None, None
        if client is not None:
            client.close()  # type: ignore[attr-defined]

    @property
    def _folder(self) -> Path:
        return self._home / FOLDER / str(self._place.number)

    def _open(self) -> Collection:
        if self._collection is None:
            import chromadb
            from chromadb.config import Settings

            self._folder.mkdir(parents=True, exist_ok=True)
            self._client = chromadb.PersistentClient(self._folder, settings=Settings(anonymized_telemetry=False))
            self._collection = self._client.get_or_create_collection(
                _COLLECTION,
                embedding_function=None,  # the default one would download a model
                configuration=SETTINGS,  # type: ignore[arg-type]
            )
        return self._collection

    def _batch_size(self) -> int:
        return 1_000 if self._client is None else min(1_000, self._client.get_max_batch_size())

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Chroma fails with whatever the failing layer raises: its own errors, ValueError, AttributeError, a Rust
        panic.
        """
        try:
            yield
        except Exception as error:
            raise VectorIndexError(f"{type(error).__name__}: {error}") from error


def _checksum(path: Path) -> str:
    made = 0
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            made = zlib.crc32(piece, made)
    return f"{made:08x}"


def nearest(
    collection: Collection, vector: NDArray[np.float32], limit: int, where: Mapping[str, Any] | None
) -> list[tuple[int, float]]:
    """What a collection, here or on a server, answers: (id, cosine), best first."""
    found = collection.query(
        query_embeddings=vector.reshape(1, -1),
        n_results=limit,
        where=None if where is None else dict(where),
        include=["distances"],
    )
    distances = found["distances"] or [[]]
    return [(int(name), 1.0 - float(d)) for name, d in zip(found["ids"][0], distances[0], strict=True)]


def _batches(size: int, step: int) -> Iterator[slice]:
    for start in range(0, size, step):
        yield slice(start, start + step)
