"""The vector index on a Chroma server (`chroma_url`), which many processes may use at once.

Only ids, vectors and what is filtered by (year, body, part, kind) go there; no text does. While the server does not
answer nobody waits for it: retrieval scores the vectors in SQLite, and writing is for the next ingest.
"""

from __future__ import annotations

import ipaddress
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ingest.archive.chroma import FOLDER, SETTINGS, Chroma, IndexUnreachable, VectorIndexError, nearest
from ingest.archive.database import NAME
from ingest.archive.meta import IndexPlace

if TYPE_CHECKING:
    import httpx
    import numpy as np
    from chromadb.api.fastapi import FastAPI
    from chromadb.api.models.Collection import Collection
    from numpy.typing import NDArray

CONNECT, ANSWER, WRITE = 2.0, 5.0, 120.0
"""Seconds that a server has to take a connection, to answer a search, to take a batch of vectors."""
PAUSE = 30.0
"""Seconds after a failure during which no search tries the server again."""
_PAGE = 200


class ServerChroma(Chroma):
    """As `Chroma`, over HTTP. Its handle stays good whatever other processes write."""

    def __init__(self, home: Path, url: str) -> None:
        super().__init__(home)
        self.server = url
        self._api: FastAPI | None = None
        self._down_until = 0.0

    @property
    def owner(self) -> str:
        """The number of archive.db's inode: a copy of the directory has another, a moved one keeps it."""
        try:
            return str((self._home / NAME).stat().st_ino)
        except OSError:
            return ""

    def holds(self, place: IndexPlace) -> bool:
        """Whether that index is on this server and belongs to this archive, not to what it was copied from."""
        return place.server == self.server and place.owner == self.owner

    def use(self, place: IndexPlace) -> None:
        """Work on that collection from now on; the connection is kept."""
        if place != self._place:
            self._place, self._collection = place, None

    def exists(self) -> bool:
        """Whether the server has the collection; raises VectorIndexError, IndexUnreachable."""
        if not self.holds(self._place):
            return False
        if self._collection is not None:
            return True
        with self._faults():
            return self._find() is not None

    def reach(self) -> None:
        """Raises IndexUnreachable where no Chroma server answers."""
        self._down_until = 0.0
        with self._faults():
            self._connected().heartbeat()

    def query(
        self, vector: NDArray[np.float32], limit: int, where: Mapping[str, Any] | None = None
    ) -> list[tuple[int, float]]:
        """As `Chroma.query`; within `PAUSE` seconds of a failure it raises IndexUnreachable at once."""
        with self._faults(ANSWER):
            return nearest(self._open(), vector, limit, where)

    def drop_others(self) -> None:
        """Delete this archive's earlier collections, and the folder of the time before it used a server."""
        with self._faults():
            api, mine = self._connected(), _name(self._place)
            prefix = mine.rpartition("-")[0] + "-"
            names: list[str] = []
            while page := api.list_collections(limit=_PAGE, offset=len(names)):
                names += [item.name for item in page]
            for name in names:
                if name.startswith(prefix) and name != mine:
                    api.delete_collection(name)
        shutil.rmtree(self._home / FOLDER, ignore_errors=True)

    def close(self) -> None:
        """Let go of the connection; the next use opens another."""
        api, self._api, self._collection = self._api, None, None
        if api is not None:
            api._session.close()

    def _open(self) -> Collection:
        if self._collection is None and self._find() is None:
            api = self._connected()
            model = api.get_or_create_collection(_name(self._place), configuration=SETTINGS)  # type: ignore[arg-type]
            self._collection = _collection(api, model)
        assert self._collection is not None
        return self._collection

    def _find(self) -> Collection | None:
        from chromadb.errors import NotFoundError

        api = self._connected()
        try:
            self._collection = _collection(api, api.get_collection(_name(self._place)))
        except NotFoundError:
            return None
        return self._collection

    def _connected(self) -> FastAPI:
        if self._api is None:
            self._api = _connect(self.server)
            self._api.heartbeat()  # whatever answers there might not be Chroma
        return self._api

    def _batch_size(self) -> int:
        return min(1_000, self._connected().get_max_batch_size())

    @contextmanager
    def _faults(self, answer: float = WRITE) -> Iterator[None]:
        import httpx

        if time.monotonic() < self._down_until:
            raise IndexUnreachable("it did not answer a moment ago")
        if self._api is not None:
            self._api._session.timeout = httpx.Timeout(answer, connect=CONNECT)
        try:
            yield
        except Exception as error:
            self._collection = None  # it may have been deleted and made again since
            if isinstance(error, httpx.HTTPError) or not self._is_chroma():
                self.close()
                self._down_until = time.monotonic() + PAUSE
                raise IndexUnreachable(_said(error)) from error
            raise VectorIndexError(_said(error)) from error

    def _is_chroma(self) -> bool:
        """Whether the fault is one of the index: the server itself still answers as Chroma does."""
        try:
            return self._api is not None and self._api.heartbeat() > 0
        except Exception:
            return False


def _connect(url: str) -> FastAPI:
    """A client with time limits. `chromadb.HttpClient` has none, and asks a proxy of the environment even for this very
    machine; so the part of it that speaks HTTP is used alone.
    """
    import httpx
    from chromadb.api import ServerAPI
    from chromadb.api.fastapi import FastAPI
    from chromadb.config import Settings, System

    parts = urlsplit(url)
    system = System(
        Settings(
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host=url,
            chroma_server_http_port=parts.port,
            chroma_server_ssl_enabled=parts.scheme == "https",
            anonymized_telemetry=False,
        )
    )
    api = system.instance(ServerAPI)  # type: ignore[type-abstract]
    assert isinstance(api, FastAPI)
    headers: httpx.Headers = api._session.headers
    api._session.close()
    api._session = httpx.Client(
        timeout=httpx.Timeout(ANSWER, connect=CONNECT),
        limits=api.http_limits,
        headers=headers,
        trust_env=not _is_loopback(parts.hostname or ""),
        follow_redirects=False,
    )
    return api


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _said(error: Exception) -> str:
    """What stands there might be a web page."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _collection(api: FastAPI, model: Any) -> Collection:
    from chromadb.api.models.Collection import Collection

    return Collection(client=api, model=model, embedding_function=None)  # the default one would download a model


def _name(place: IndexPlace) -> str:
    return f"report-assistant-{place.name}-{place.number}"


def vector_index(home: Path, url: str | None) -> Chroma:
    """The index of the archive in `home`: on the server at `url`, else in the directory itself."""
    return Chroma(home) if url is None else ServerChroma(home, url)
