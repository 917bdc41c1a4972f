"""`restore`: a backup becomes the archive directory, all of it or nothing of it."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.archive import meta, sync
from ingest.archive.chroma import IndexUnreachable, VectorIndexError
from ingest.archive.chroma_server import vector_index
from ingest.archive.database import NAME, Database, migrate, migrations, plain_faults, schema_version
from ingest.archive.lock import WriteLock
from ingest.backup.manifest import Companion, Manifest, Progress, damaged, newer, original
from ingest.backup.snapshot import check
from ingest.backup.swap import put_in_place
from ingest.backup.unpacking import unpack
from ingest.discarding import UPLOADS
from ingest.errors import ArchiveBusy, ArchiveDamaged, ArchiveUnusable, BadBackup, BadSettings
from ingest.settings import load_settings

_UNFINISHED = "restoring.lock"
"""Lies in a folder that is being filled, locked by who fills it; a folder with it that nobody has locked is left over
from a restore that was killed."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored archive. replaced: where the archive lies that was there before. indexed: whether Chroma is filled."""

    home: Path
    manifest: Manifest
    replaced: Path | None
    indexed: bool


def restore(
    file: Path, home: Path, companions: Sequence[Companion], progress: Progress, *, replace: bool = False
) -> Restored:
    """Make `home` what it was when `file` was written. Nothing is embedded; Chroma is filled from SQLite.

    Everything is made ready beside `home` and put in its place at the end; with `replace`, what was there is kept
    beside it. Raises BadBackup, ArchiveBusy, ArchiveUnusable, and what an archive may raise.
    """
    home = home.absolute()
    with plain_faults(home):
        _check_readable(file)
        home.parent.mkdir(parents=True, exist_ok=True)
        with _alone(home, replace=replace) as release:
            with _staging(home) as staging:
                manifest = unpack(file, staging, companions, progress)
                _check_companions(staging, companions)
                indexed = _make_ready(staging, home, manifest, progress)
            if os.name == "nt":
                release()  # a folder with an open file in it cannot be renamed there
            replaced = _put_in_place(staging, home)
    return Restored(home, manifest, replaced, indexed)


def _check_readable(file: Path) -> None:
    try:
        with file.open("rb"):
            pass
    except OSError as error:
        raise BadBackup(f"打不开备份文件 {file}（{error.strerror or error}）", "请检查路径和权限") from error


def _put_in_place(staging: Path, home: Path) -> Path | None:
    """The last step; where what was there lies now. Raises ArchiveUnusable, and all is as it was."""
    aside = home.with_name(f"{home.name}.before-restore-{datetime.now():%Y%m%dT%H%M%S}")
    try:
        return aside if put_in_place(staging, home, aside) else None
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise ArchiveUnusable(
            f"不能替换档案文件夹 {home}（{error.strerror or error}）", "请关闭使用它的程序，检查上一级文件夹的权限"
        ) from error


@contextmanager
def _alone(home: Path, *, replace: bool) -> Iterator[Callable[[], None]]:
    """Nobody else works on `home` until what is given is called. Raises ArchiveUnusable, ArchiveBusy."""
    if not home.exists() or (home.is_dir() and not any(home.iterdir())):
        yield lambda: None
        return
    if not home.is_dir() or home.is_symlink() or os.path.ismount(home):
        raise ArchiveUnusable(f"档案位置 {home} 不是可以替换的文件夹", "请用 REPORT_ASSISTANT_HOME 指定另一个文件夹")
    if not replace:
        raise ArchiveUnusable(f"档案文件夹 {home} 不是空的", "要用备份替换它请加 --replace（原来的会改名保留）")
    if not (home / NAME).is_file():
        yield lambda: None  # no archive, or one without its database: nobody can be working on it
        return
    lock = WriteLock(home)
    lock.acquire()
    try:
        _refuse_if_open(home)
        yield lock.release
    finally:
        lock.release()


def _refuse_if_open(home: Path) -> None:
    """A page that has the archive open would go on with the old one. A damaged database is no reason to refuse."""
    with contextlib.suppress(sqlite3.DatabaseError):
        try:
            place = f"{(home / NAME).as_uri()}?mode=rw"
            with closing(sqlite3.connect(place, uri=True, timeout=0, isolation_level=None)) as connection:
                # Leaving WAL needs the database alone; whoever writes next turns it on again.
                connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise ArchiveBusy(f"档案 {home} 正被网页或别的程序使用", "请关闭它们后重试") from error
            raise


@contextmanager
def _staging(home: Path) -> Iterator[Path]:
    """An empty folder beside `home`, and nothing left of it when the block fails."""
    for left in home.parent.glob(f".{home.name}.restoring-*"):
        _remove_left_over(left)
    folder = home.with_name(f".{home.name}.restoring-{secrets.token_hex(4)}")
    folder.mkdir(mode=0o700)
    lock = FileLock(folder / _UNFINISHED)
    try:
        with lock:
            yield folder
        if hasattr(os, "sync"):
            os.sync()  # a power cut must not find the new folder in place and its files empty
        (folder / _UNFINISHED).unlink(missing_ok=True)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _remove_left_over(folder: Path) -> None:
    if not (folder / _UNFINISHED).exists():
        return  # whole: perhaps what was replaced, by a restore that was killed right after
    try:
        with FileLock(folder / _UNFINISHED, timeout=0):
            pass
    except Timeout as error:
        raise ArchiveBusy("另一个程序正在恢复这个档案", "请等它结束后重试") from error
    shutil.rmtree(folder, ignore_errors=True)


def _check_companions(staging: Path, companions: Sequence[Companion]) -> None:
    for one in companions:
        if one.schema is None or not (staging / one.name).is_file():
            continue
        with _as_damage(), closing(sqlite3.connect(staging / one.name)) as connection:
            check(connection, Path(one.name))
            if schema_version(connection) > one.schema:
                raise newer()


def _make_ready(staging: Path, home: Path, manifest: Manifest, progress: Progress) -> bool:
    """What depends on the place and can be made again; whether that includes Chroma."""
    database = Database(staging / NAME, write=True)
    try:
        with _as_damage():
            connection = database.connection()
            check(connection, Path(NAME))
            if schema_version(connection) > len(migrations()):
                raise newer()
            migrate(database, migrations())
            _check_originals(connection, manifest)
            with database.transaction():
                _settle(connection, home, manifest)
        return _index(staging, database, progress)
    finally:
        database.close()


def _check_originals(connection: sqlite3.Connection, manifest: Manifest) -> None:
    wanted = {row[0] for row in connection.execute("SELECT sha256 FROM files WHERE status = 'ok'")}
    if any(original(sha256) not in manifest.members for sha256 in wanted - set(manifest.missing)):
        raise damaged()


def _settle(connection: sqlite3.Connection, home: Path, manifest: Manifest) -> None:
    """The index is to be made again, under a name of its own; uploads are where the archive now is."""
    keys = ("chroma_server", "chroma_name", "chroma_owner", "chroma_writing")
    connection.execute(f"DELETE FROM meta WHERE key IN ({', '.join('?' * len(keys))})", keys)
    connection.execute("DELETE FROM vector_index")
    meta.bump_vectors(connection)
    before = f"{manifest.home}{manifest.separator}{UPLOADS}{manifest.separator}"
    after = f"{home}{os.sep}{UPLOADS}{os.sep}"
    for table in ("files", "sources") if before != after else ():
        rows = connection.execute(
            f"SELECT rowid, path FROM {table} WHERE substr(path, 1, ?) = ?", (len(before), before)
        )
        for number, path in rows.fetchall():
            moved = after + path.removeprefix(before).replace(manifest.separator, os.sep)
            connection.execute(f"UPDATE {table} SET path = ? WHERE rowid = ?", (moved, number))


def _index(staging: Path, database: Database, progress: Progress) -> bool:
    if meta.get(database.connection(), "encoder") is None:
        return True
    try:
        url = load_settings(staging).chroma_url
    except BadSettings:  # whoever uses the archive will be told
        url = None
    chroma = vector_index(staging, url)
    try:
        sync.remake(database, chroma, lambda done, total: progress("重建向量索引", done, total))
    except IndexUnreachable:
        return False
    except VectorIndexError as fault:
        raise ArchiveUnusable(f"向量索引无法写入（{fault}）", "请检查磁盘后重试") from fault
    finally:
        chroma.close()
    return True


@contextmanager
def _as_damage() -> Iterator[None]:
    """A database that was verified byte for byte and is still not sound was so when the backup was taken."""
    try:
        yield
    except ArchiveDamaged as error:
        raise damaged() from error
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise damaged() from error
        raise
