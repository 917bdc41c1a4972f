"""One writer at a time: a file lock that the system releases when the writer dies, however it dies."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import ArchiveBusy


class WriteLock:
    """The archive's write lock. Reading never needs it."""

    def __init__(self, home: Path) -> None:
        self._lock = FileLock(home / "write.lock")

    def acquire(self) -> None:
        """Take the lock at once; raises ArchiveBusy when another process, or another Archive here, holds it."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise ArchiveBusy("另一个程序正在写入档案", "请等它结束后重试") from error

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        self._lock.release()
