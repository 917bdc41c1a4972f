"""The vector index: one Chroma collection in the archive directory, ids = passage ids as text, cosine space.

Chroma is a copy that makes searching fast; SQLite holds every vector. So a fault of Chroma is never a loss: the
callers fall back on SQLite, or throw the folder away and fill it again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from numpy.typing import NDArray

FOLDER = "chroma"
_COLLECTION = "passages"
_PAGE = 5_000
_SETTINGS = {"hnsw": {"space": "cosine", "ef_construction": 128, "ef_search": 256}}


class VectorIndexError(Exception):
    """Chroma could not do it; `str` is its own message, for the log."""


class Chroma:
    """The collection, opened at first use: importing chromadb takes a second that most commands need not spend."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = home / FOLDER / "0"
        self._client: ClientAPI | None = None
        self._collection: Collection | None = None

    def use(self, number: int) -> None:
        """Work on the folder with this number from now on, as it now is on disk."""
        self.close()
        self._folder = self._home / FOLDER / str(number)

    def exists(self) -> bool:
        """Whether there is anything on disk to open."""
        return (self._folder / "chroma.sqlite3").is_file()

    def upsert(
        self, ids: Sequence[int], vectors: NDArray[np.float32], metadatas: Sequence[Mapping[str, str | int]]
    ) -> None:
        """Put vectors (n, d) in, replacing those with the same ids; raises VectorIndexError."""
        with _faults():
            collection = self._open()
            for part in _batches(len(ids), self._batch_size()):
                collection.upsert(
                    ids=[str(passage_id) for passage_id in ids[part]],
                    embeddings=vectors[part],
                    metadatas=[dict(metadata) for metadata in metadatas[part]],
                )

    def delete(self, ids: Sequence[int]) -> None:
        """Take passages out; ids that are not there do not matter. Raises VectorIndexError."""
        with _faults():
            collection = self._open()
            for part in _batches(len(ids), self._batch_size()):
                collection.delete(ids=[str(passage_id) for passage_id in ids[part]])

    def query(
        self, vector: NDArray[np.float32], limit: int, where: Mapping[str, Any] | None = None
    ) -> list[tuple[int, float]]:
        """The nearest passages as (id, cosine), best first; raises VectorIndexError."""
        with _faults():
            collection = self._open()
            count = collection.count()
            if not count:
                return []
            found = collection.query(
                query_embeddings=vector.reshape(1, -1),
                n_results=min(limit, count),
                where=None if where is None else dict(where),
                include=["distances"],
            )
            distances = found["distances"] or [[]]
            return [(int(name), 1.0 - float(d)) for name, d in zip(found["ids"][0], distances[0], strict=True)]

    def count(self) -> int:
        """How many vectors it holds; raises VectorIndexError."""
        with _faults():
            return self._open().count()

    def ids(self) -> set[int]:
        """The passage ids it holds; raises VectorIndexError."""
        with _faults():
            collection = self._open()
            found: set[int] = set()
            for offset in range(0, collection.count(), _PAGE):
                found.update(int(name) for name in collection.get(limit=_PAGE, offset=offset, include=[])["ids"])
            return found

    def drop_others(self) -> None:
        """Delete the folders of earlier indexes; one that another process still holds goes next time."""
        for folder in (self._home / FOLDER).glob("*"):
            if folder != self._folder:
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Let go of the files; the next use opens them as they then are."""
        client, self._client, self._collection = self._client, None, None
        if client is not None:
            client.close()  # type: ignore[attr-defined]

    def _open(self) -> Collection:
        if self._collection is None:
            import chromadb
            from chromadb.config import Settings

            self._folder.mkdir(parents=True, exist_ok=True)
            self._client = chromadb.PersistentClient(self._folder, settings=Settings(anonymized_telemetry=False))
            self._collection = self._client.get_or_create_collection(
                _COLLECTION,
                embedding_function=None,  # the default one would download a model
                configuration=_SETTINGS,  # type: ignore[arg-type]
            )
        return self._collection

    def _batch_size(self) -> int:
        return 1_000 if self._client is None else min(1_000, self._client.get_max_batch_size())


@contextmanager
def _faults() -> Iterator[None]:
    """Chroma fails with whatever the failing layer raises: its own errors, ValueError, AttributeError, a Rust panic."""
    try:
        yield
    except Exception as error:
        raise VectorIndexError(f"{type(error).__name__}: {error}") from error


def _batches(size: int, step: int) -> Iterator[slice]:
    for start in range(0, size, step):
        yield slice(start, start + step)
