"""Several reading processes at once: a run's files are read on all cores, each file still watched on its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import LifoQueue
from types import TracebackType

from ingest.isolation import limits
from ingest.isolation.reader import IsolatedReader, awaited
from ingest.settings import Settings
from ingest.types import Correction, ReadFile

MOST = 4
"""More readers than this only wait for the one who stores."""


def readers_here() -> int:
    """How many processes may read at once: one for each core, and never more than could all reach their limit in half
    of the memory. A PC with 4 GB has one.
    """
    import psutil

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    fitting = psutil.virtual_memory().total // (2 * limits.MEMORY)
    return max(1, min(MOST, cores, fitting))


class ReaderPool:
    """`IsolatedReader`s that share the work. Use as a context manager; results may be asked for in any order.

    A process is started only when a file waits and the others are at work, so that one file starts one process.
    """

    def __init__(self, size: int | None = None, make: Callable[[], IsolatedReader] = IsolatedReader) -> None:
        self.size = readers_here() if size is None else size
        self._readers = [make() for _ in range(self.size)]
        self._free: LifoQueue[IsolatedReader] = LifoQueue()  # the one that has just read has its process already
        for reader in self._readers:
            self._free.put(reader)
        self._threads = ThreadPoolExecutor(self.size, thread_name_prefix="reader-pool")

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(at_once=error is not None)

    def close(self, *, at_once: bool = False) -> None:
        """End all processes; with `at_once` in the middle of their files, else when those at hand are read."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        if not at_once:
            self._threads.shutdown(wait=True)
        for reader in self._readers:
            reader.close(at_once=at_once)
        self._threads.shutdown(wait=True)
        for reader in self._readers:  # one may have been starting its process just then
            reader.close(at_once=True)

    def submit(
        self, path: Path, data: bytes, settings: Settings, corrections: Sequence[Correction] = ()
    ) -> Callable[[], ReadFile]:
        """Begin to read; as `IsolatedReader.submit`."""
        return awaited(self._threads.submit(self._read, path, data, settings, corrections))

    def _read(self, path: Path, data: bytes, settings: Settings, corrections: Sequence[Correction]) -> ReadFile:
        reader = self._free.get()
        try:
            return reader.read(path, data, settings, corrections)
        finally:
            self._free.put(reader)
