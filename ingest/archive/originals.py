"""The original bytes of every file, kept under their own SHA-256: files/ab/ab12….

Outside SQLite, so that a large scan does not bloat the database and its write-ahead log. A file is complete before
the transaction that names it commits; one left over from a transaction that failed is harmless and `doctor` says so.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

from ingest.errors import ArchiveDamaged

_FOLDER = "files"
_UNFINISHED = ".part"


def digest(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def place(home: Path, sha256: str) -> Path:
    """Where the bytes with this digest are kept."""
    return home / _FOLDER / sha256[:2] / sha256


def keep(home: Path, sha256: str, data: bytes) -> bool:
    """Store the bytes, all or nothing; False when they were there. OSError when the disk will not take them."""
    target = place(home, sha256)
    if target.is_file() and target.stat().st_size == len(data):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + _UNFINISHED)
    try:
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return True


def begin_to_keep(home: Path, sha256: str, data: bytes) -> Callable[[], bool]:
    """`keep` in a thread of its own: the disk takes as long for a file as its passages take to be indexed.

    The result waits for the end and gives or raises what `keep` does; whoever commits a row that names the bytes must
    have asked for it before.
    """
    future: Future[bool] = Future()

    def work() -> None:
        try:
            future.set_result(keep(home, sha256, data))
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=work, name="originals", daemon=True).start()
    return future.result


def is_sound(home: Path, sha256: str, size: int) -> bool:
    """Whether the bytes are there and are those with this digest."""
    target = place(home, sha256)
    try:
        if target.stat().st_size != size:
            return False
        with target.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except OSError:
        return False


def load(home: Path, sha256: str) -> bytes:
    """The bytes; raises ArchiveDamaged when they are gone or no longer what was stored."""
    try:
        data = place(home, sha256).read_bytes()
    except FileNotFoundError as error:
        raise ArchiveDamaged("档案中缺少原文件的副本", "请重新 report-assistant ingest 该文件") from error
    if digest(data) != sha256:
        raise ArchiveDamaged("档案中原文件的副本已损坏", "请重新 report-assistant ingest 该文件")
    return data


def drop(home: Path, sha256: str) -> None:
    """Delete the bytes; harmless when they are gone."""
    target = place(home, sha256)
    target.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # the folder still holds others
        target.parent.rmdir()


def kept(home: Path) -> Iterator[tuple[str, int]]:
    """Name and size of everything that lies in the folder, unfinished files included."""
    for entry in sorted((home / _FOLDER).glob("??/*")):
        yield entry.name, entry.stat().st_size
