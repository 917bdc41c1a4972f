"""The SQLite side of the archive: connections, transactions, migrations, and faults put into words."""

from __future__ import annotations

import errno
import gc
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from weakref import WeakSet

from ingest.archive import seals
from ingest.errors import ArchiveDamaged, ArchiveUnusable, ReportAssistantError

NAME = "archive.db"
SEALED_SINCE = 4
"""The schema version that brought seals."""
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_DAMAGED = ("no such table", "no such column", "malformed", "Could not decode to UTF-8")
"""What SQLite says of a database that is another one, or holds what is no text, without a code of its own."""
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class _Held:
    """A connection that is closed when its thread ends: a page answers every question in a thread of its own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.watched = False
        self.may_be_in_use = False

    def __del__(self) -> None:
        if not self.may_be_in_use:
            self.connection.close()


class Database:
    """Connections to one archive.db. Each thread gets its own, because a page serves many threads at once."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self._path = path
        self._write = write
        self._local = threading.local()
        self._opened: WeakSet[_Held] = WeakSet()
        self._guard = threading.Lock()

    def connection(self) -> sqlite3.Connection:
        """This thread's connection; in autocommit, so that a reader always sees the latest commit."""
        return self._held().connection

    def _held(self) -> _Held:
        known: _Held | None = getattr(self._local, "held", None)
        if known is None:
            known = _Held(_connect(self._path, write=self._write))
            self._local.held = known
            with self._guard:
                self._opened.add(known)
        return known

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: commits at the end, rolls back on any exception, KeyboardInterrupt included.

        What it has changed is sealed (see `seals`).
        """
        held = self._held()
        connection = held.connection
        held.watched = held.watched or seals.watch(connection)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            if held.watched:
                seals.settle(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close this thread's connection and let go of the others': each closes when nobody uses it any more. To close
        one under a query that its thread is running would bring the process down.
        """
        own: _Held | None = getattr(self._local, "held", None)
        if own is not None:
            own.connection.close()  # not left to the finalizer, where Python swallows a Ctrl+C
        with self._guard:
            others = [held for held in self._opened if held is not own]
            self._opened.clear()
        left = len(others)
        while others:
            others.pop().may_be_in_use = True
        self._local = threading.local()
        if left:
            gc.collect()  # a connection and its cache of statements refer to each other


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    mode = "mode=rwc" if write else _reading_mode(path)
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None, timeout=10, check_same_thread=False
    )
    pragmas = ["foreign_keys = ON", "temp_store = MEMORY", "cache_size = -32768"]
    pragmas += ["journal_mode = WAL", "synchronous = NORMAL"] if write else ["query_only = ON"]
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _reading_mode(path: Path) -> str:
    """A reader keeps WAL's shared index in the folder; where it may not write and nobody else has one open, the
    database is opened as what it then is: a file that does not change.
    """
    if os.access(path.parent, os.W_OK):
        return "mode=rw"
    return "mode=ro" if path.with_name(path.name + "-wal").exists() else "mode=ro&immutable=1"


def migrations() -> list[str]:
    """The SQL of every schema version, oldest first; version n is the n-th."""
    folder = resources.files("ingest.archive") / "migrations"
    found = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [(folder / name).read_text(encoding="utf-8") for name in found]


def schema_version(connection: sqlite3.Connection) -> int:
    """How many migrations this database has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(database: Database, scripts: Sequence[str]) -> None:
    """Bring the schema up to date in one transaction; raises ArchiveDamaged for an archive of a newer program."""
    at = schema_version(database.connection())
    refuse_newer(at, len(scripts))
    if at == len(scripts):
        return
    with database.transaction() as connection:
        for script in scripts[at:]:
            for statement in _statements(script):
                connection.execute(statement)
        if len(scripts) >= SEALED_SINCE:
            seals.seal_all(connection)
        connection.execute(f"PRAGMA user_version = {len(scripts)}")


def refuse_newer(version: int, known: int) -> None:
    """Raise ArchiveDamaged when the schema is newer than this program knows."""
    if version > known:
        raise ArchiveDamaged("档案由更新版本的 report-assistant 写成", "请升级 report-assistant 后再打开")


def _statements(script: str) -> Iterator[str]:
    # sqlite3.executescript commits behind our back, so the script is fed statement by statement.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError("migration ends in the middle of a statement")


@contextmanager
def plain_faults(home: Path) -> Iterator[None]:
    """Turn faults of disk and database into one Chinese line; everything else passes through unchanged."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        fault = _database_fault(home, error)
        if fault is None:
            raise
        raise fault from error
    except UnicodeDecodeError as error:  # a text that is none any more, or SQLite's own words about one
        raise _damaged(home) from error
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise _no_room(home) from error
        if error.errno in _NO_RIGHT:
            raise _no_right(home) from error
        if error.errno in (errno.ENOTDIR, errno.EEXIST):
            raise ArchiveUnusable(f"档案位置 {home} 不是文件夹", "请用 REPORT_ASSISTANT_HOME 指定一个文件夹") from error
        raise


def _database_fault(home: Path, error: sqlite3.DatabaseError) -> ReportAssistantError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return _no_room(home)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return _no_right(home)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return ArchiveUnusable(f"档案 {home} 正被别的程序占用", "请关闭那个程序后重试")
    if code == sqlite3.SQLITE_IOERR:
        return ArchiveUnusable(f"读写档案 {home} 时磁盘出错", "请检查磁盘（是否已满、是否断开）后重试")
    return _damaged(home) if is_damage(error) else None


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the database is not what it was, rather than not to be had just now."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or any(sign in str(error) for sign in _DAMAGED)


def _damaged(home: Path) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"档案数据库 {home / NAME} 已损坏", "请从备份恢复，或把它移走后用原文件重新 report-assistant ingest"
    )


def _no_room(home: Path) -> ArchiveUnusable:
    return ArchiveUnusable(f"磁盘已满，无法写入档案 {home}", "请腾出空间后重试，已入档的内容没有丢失")


def _no_right(home: Path) -> ArchiveUnusable:
    return ArchiveUnusable(
        f"没有权限使用档案 {home}", "请检查文件夹的读写权限，或用 REPORT_ASSISTANT_HOME 换一个文件夹"
    )
