"""`backup`: the archive directory in one file, taken while it is in use, and under its name only when it is whole."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import secrets
import sqlite3
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from ingest.archive import Archive, originals, reading
from ingest.archive.database import NAME, schema_version
from ingest.backup.manifest import HEADER, MANIFEST, SETTINGS, Companion, Manifest, Member, Progress, header, original
from ingest.backup.snapshot import LOOK, snapshot
from ingest.discarding import UPLOADS
from ingest.errors import ArchiveBusy, ArchiveDamaged, UnwritableFile
from ingest.trash import FOLDER as TRASH

_TRIES = 5
_UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup. `missing`, `damaged`: names of files whose original the archive itself no longer has whole."""

    file: Path
    size: int
    manifest: Manifest
    missing: tuple[str, ...]
    damaged: tuple[str, ...]


class _Changed(Exception):
    """Something that the snapshot names went away while it was being copied."""


def back_up(home: Path, file: Path, companions: Sequence[Companion], progress: Progress) -> Backup:
    """Write everything that cannot be made again from the rest into `file`; it replaces an earlier backup there.

    Raises NotFound (no archive), UnwritableFile, ArchiveDamaged, ArchiveUnusable, ArchiveBusy (things kept going away).
    """
    home, file = home.absolute(), file.absolute()
    Archive.create_or_open(home).close()  # there is one, of this release's schema
    _check(home, file)
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}{_UNFINISHED}")
    try:
        with _writing_faults(file):
            made = _patiently(home, part, companions, progress)
            size = part.stat().st_size
            part.replace(file)
    finally:
        for left in part.parent.glob(f"{part.name}*"):
            left.unlink(missing_ok=True)
    return Backup(file, size, *made)


def _check(home: Path, file: Path) -> None:
    if file.resolve().is_relative_to(home.resolve()):
        raise UnwritableFile("备份文件不能放在档案文件夹里", "请换一个位置，最好是另一块磁盘")
    if file.is_dir() or not file.parent.is_dir():
        raise UnwritableFile(f"不能写入备份文件 {file}", "请写明已有文件夹中的一个文件名")
    if file.exists() and not is_backup(file):
        raise UnwritableFile(f"{file} 已存在，而且不是备份文件", "请换一个文件名")


def is_backup(file: Path) -> bool:
    """Whether the file begins as a backup does."""
    try:
        with tarfile.open(file, "r:") as tar:
            first = tar.next()
    except (tarfile.TarError, OSError):
        return False
    return first is not None and first.name == HEADER


def _patiently(
    home: Path, part: Path, companions: Sequence[Companion], progress: Progress
) -> tuple[Manifest, tuple[str, ...], tuple[str, ...]]:
    """From the start again when a report was forgotten in the meantime: no copy of it may stay in the file."""
    given_up: set[str] = set()
    for _ in range(_TRIES):
        with contextlib.suppress(_Changed):
            return _once(home, part, companions, progress, given_up)
    raise ArchiveBusy("备份时档案里一直有内容被移除", "请等那个程序结束后重试")


def _once(
    home: Path, part: Path, companions: Sequence[Companion], progress: Progress, given_up: set[str]
) -> tuple[Manifest, tuple[str, ...], tuple[str, ...]]:
    taken = part.with_name(f"{part.name}.db")
    taken.unlink(missing_ok=True)
    snapshot(home / NAME, taken, lambda done, total: progress("复制数据库", done, total))
    with closing(sqlite3.connect(taken)) as connection:
        wanted = dict(connection.execute("SELECT sha256, name FROM files WHERE status = 'ok' ORDER BY sha256"))
        schema, counts = schema_version(connection), reading.counts(connection)
    absent = {sha256 for sha256 in wanted if not originals.place(home, sha256).is_file()}
    if absent - given_up:  # forgotten since, or missing for good: a second look at the database tells
        given_up |= absent
        raise _Changed
    with _new(part) as stream, tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
        pack = _Pack(tar)
        pack.add_bytes(HEADER, header())
        there = [sha256 for sha256 in wanted if sha256 not in absent]
        for done, sha256 in enumerate(there):
            progress("复制原件", done, len(there))
            try:
                pack.add_file(original(sha256), originals.place(home, sha256))
            except FileNotFoundError as error:
                raise _Changed from error
        damaged = [wanted[key] for key in there if pack.members[original(key)].sha256 != key]
        progress("写入备份", 0, 1)
        pack.add_file(NAME, taken)
        _add_companions(pack, home, taken, companions)
        for folder in (UPLOADS, TRASH):
            _add_folder(pack, home, folder)
        manifest = Manifest(
            datetime.now(UTC).isoformat(timespec="seconds"),
            schema,
            str(home),
            os.sep,
            {"files": counts.files, "reports": counts.reports, "passages": counts.passages, "vectors": counts.embedded},
            sorted(absent),
            {name: member for name, member in pack.members.items() if name != HEADER},
        )
        pack.add_bytes(MANIFEST, manifest.to_json())
        progress("写入备份", 1, 1)
    taken.unlink()
    return manifest, tuple(wanted[key] for key in sorted(absent)), tuple(damaged)


@contextmanager
def _new(part: Path) -> Iterator[BinaryIO]:
    """For this account alone: what people asked and the digests of their passwords are in it."""
    part.unlink(missing_ok=True)
    with os.fdopen(
        os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600), "wb"
    ) as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def _add_companions(pack: _Pack, home: Path, taken: Path, companions: Sequence[Companion]) -> None:
    for one in (Companion(SETTINGS), *companions):
        if one.schema is None:
            with contextlib.suppress(FileNotFoundError):
                pack.add_bytes(one.name, (home / one.name).read_bytes())
        elif (home / one.name).is_file():
            copy = taken.with_name(f"{taken.name}.{one.name}")
            snapshot(home / one.name, copy, lambda done, total: None)
            pack.add_file(one.name, copy)
            copy.unlink()


def _add_folder(pack: _Pack, home: Path, folder: str) -> None:
    """What comes in or goes meanwhile does not matter: the archive's own copies are what counts."""
    for path in sorted((home / folder).rglob("*")):
        unfinished = any(piece.endswith(_UNFINISHED) for piece in path.relative_to(home).parts)
        if unfinished or path.is_symlink() or not path.is_file():
            continue
        with contextlib.suppress(FileNotFoundError):
            pack.add_file(path.relative_to(home).as_posix(), path)


class _Pack:
    """Puts files into a tar and notes their digests."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: dict[str, Member] = {}

    def add_bytes(self, name: str, data: bytes) -> None:
        """A small file."""
        self._add(name, io.BytesIO(data), len(data), 0o600, datetime.now(UTC).timestamp())

    def add_file(self, name: str, path: Path) -> None:
        """A file as it now is; raises FileNotFoundError, and _Changed where it shrinks meanwhile."""
        with path.open("rb") as stream:
            facts = os.fstat(stream.fileno())
            self._add(name, stream, facts.st_size, facts.st_mode & 0o777, facts.st_mtime)

    def _add(self, name: str, stream: BinaryIO | io.BytesIO, size: int, mode: int, mtime: float) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, mode, int(mtime)
        reader = _Hashing(stream)
        try:
            self._tar.addfile(info, reader)
        except OSError as error:
            if error.errno is None:  # tarfile's own word for a file that ended too early
                raise _Changed from error
            raise
        self.members[name] = Member(size, reader.digest())


class _Hashing:
    def __init__(self, stream: BinaryIO | io.BytesIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._hash.update(data)
        return data

    def digest(self) -> str:
        return self._hash.hexdigest()


@contextmanager
def _writing_faults(file: Path) -> Iterator[None]:
    remedy = f"请检查 {file.parent} 的空间和权限后重试"
    try:
        yield
    except OSError as error:
        full = error.errno == errno.ENOSPC
        why = "磁盘已满" if full else error.strerror or str(error)
        raise UnwritableFile(f"备份没有写成（{why}）", remedy) from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise ArchiveDamaged(f"档案的数据库已损坏，没有备份（{error}）", LOOK) from error
        why = "磁盘已满" if code == sqlite3.SQLITE_FULL else str(error)
        raise UnwritableFile(f"备份没有写成（{why}）", remedy) from error
