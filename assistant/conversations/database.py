"""The SQLite side of app.db: connections, schema, faults put into words."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.conversations.types import NotKept

NAME = "app.db"
_BUSY_TRIES, _BUSY_PAUSE = 50, 0.1
_PATIENCE = 10.0
"""Seconds that one writer waits for another."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE conversations ("
        " id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL,"
        " created TEXT NOT NULL, updated TEXT NOT NULL, deleted TEXT)",
        "CREATE INDEX conversations_of_owner ON conversations (owner, updated)",
        "CREATE TABLE turns ("
        " conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,"
        " question TEXT NOT NULL, answer TEXT, fault TEXT, asked_at TEXT NOT NULL,"
        " PRIMARY KEY (conversation, ordinal)) WITHOUT ROWID",
    ),
    (
        "CREATE TABLE drafts ("
        " id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL,"
        " created TEXT NOT NULL, updated TEXT NOT NULL, deleted TEXT)",
        "CREATE INDEX drafts_of_owner ON drafts (owner, updated)",
        "CREATE TABLE draft_versions ("
        " draft TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE, number INTEGER NOT NULL,"
        " spec TEXT NOT NULL, manuscript TEXT NOT NULL, edits TEXT NOT NULL, note TEXT NOT NULL, saved TEXT NOT NULL,"
        " PRIMARY KEY (draft, number))",
    ),
    (
        "CREATE TABLE users ("
        " name TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, role TEXT NOT NULL, password TEXT NOT NULL,"
        " created TEXT NOT NULL)",
        "CREATE TABLE sessions ("
        " digest TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,"
        " began REAL NOT NULL, seen REAL NOT NULL)",
        "CREATE TABLE tokens ("
        " id TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, label TEXT NOT NULL, created TEXT NOT NULL,"
        " user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE)",
        "CREATE TABLE tries (name TEXT NOT NULL, client TEXT NOT NULL, at REAL NOT NULL)",
        "CREATE INDEX tries_by_time ON tries (at)",
        "CREATE TABLE audit ("
        " id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL,"
        " what TEXT NOT NULL, outcome TEXT NOT NULL)",
        "CREATE INDEX audit_by_who ON audit (who)",
        # A line may be completed once, and is otherwise neither changed nor taken away by any part of the program.
        "CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit lines are kept'); END",
        "CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit WHEN old.outcome <> 'begun' OR new.at <> old.at"
        " OR new.who <> old.who OR new.action <> old.action OR new.what <> old.what"
        " BEGIN SELECT RAISE(ABORT, 'audit lines are final'); END",
    ),
    (
        # No reference to the turns: what was said of an answer stays when its conversation goes.
        "CREATE TABLE feedback ("
        " owner TEXT NOT NULL, conversation TEXT NOT NULL, place INTEGER NOT NULL, verdict TEXT NOT NULL,"
        " note TEXT NOT NULL, question TEXT NOT NULL, history TEXT NOT NULL, answer TEXT NOT NULL,"
        " generation INTEGER NOT NULL, said TEXT NOT NULL, PRIMARY KEY (owner, conversation, place))",
        "CREATE INDEX feedback_by_time ON feedback (said)",
    ),
)
"""The statements of every schema version, oldest first; version n is the n-th. Never change one that was released."""


@contextmanager
def reading(home: Path, what: str = "对话") -> Iterator[sqlite3.Connection | None]:
    """A connection for reading; None while nothing was ever kept. Raises NotKept, which says that `what` suffers."""
    path = home / NAME
    with _plain_faults(path, what):
        if not path.exists():
            yield None
            return
        with closing(_connect(path, _reading_mode(path))) as connection:
            if _version(connection) != len(MIGRATIONS):
                with closing(_connect(path, "mode=rw")) as writer:
                    _migrate(writer)
            yield connection


@contextmanager
def writing(home: Path, what: str = "对话") -> Iterator[sqlite3.Connection]:
    """One transaction, durable when the block is left; rolled back on any exception. Raises NotKept (about `what`)."""
    path = home / NAME
    if not home.is_dir():
        raise NotKept(f"还没有档案，{what}没有保存", "请先运行 report-assistant ingest 文件或文件夹")
    with _plain_faults(path, what):
        _make_private(path)
    with _plain_faults(path, what), closing(_connect(path, "mode=rwc")) as connection:
        _use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")  # what was acknowledged survives a power cut
        connection.execute("PRAGMA secure_delete = ON")
        _migrate(connection)
        with _transaction(connection):
            yield connection


def _make_private(path: Path) -> None:
    """An empty file that this account alone may read, before anything is in it: what people asked and the digests of
    their passwords are no other account's business. SQLite gives the files beside it the same rights.
    """
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None, timeout=_PATIENCE
    )
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _reading_mode(path: Path) -> str:
    """A reader of a WAL database writes its shared index; where it may not, the file is one that does not change."""
    if os.access(path.parent, os.W_OK) and os.access(path, os.W_OK):
        return "mode=rw"
    return "mode=ro" if path.with_name(path.name + "-wal").exists() else "mode=ro&immutable=1"


def _use_wal(connection: sqlite3.Connection) -> None:
    """Turn WAL on. Two first writers at once: SQLite refuses the change without waiting for the other one."""
    for attempt in range(_BUSY_TRIES):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or attempt == _BUSY_TRIES - 1:
                raise
            time.sleep(_BUSY_PAUSE)


def _migrate(connection: sqlite3.Connection) -> None:
    if _version(connection) == len(MIGRATIONS):
        return
    with _transaction(connection):
        at = _version(connection)  # another process may have been first
        if at > len(MIGRATIONS):
            raise NotKept("对话和草稿由更新版本的 report-assistant 保存", "请升级 report-assistant 后再打开")
        for statements in MIGRATIONS[at:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


@contextmanager
def _plain_faults(path: Path, what: str) -> Iterator[None]:
    """Faults of disk and database as one Chinese line; a programmer's mistake stays what it is."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        fault = _FAULTS.get(_code(error))
        if fault is None:
            raise
        raise NotKept(fault[0].format(path=path, what=what), fault[1]) from error
    except OSError as error:
        raise NotKept(f"用不了{what}记录 {path}（{error.strerror or error}）", "请检查磁盘和权限后重试") from error


_NO_RIGHT = ("没有权限读写{what}记录 {path}", "请检查该文件和所在文件夹的权限")
_BROKEN = ("{what}记录 {path} 已损坏", "请从备份恢复，或把它移走后重新开始（档案不受影响）")
_TAKEN = ("{what}记录 {path} 正被别的程序占用", "请关闭那个程序后重试")
_FAULTS = {
    sqlite3.SQLITE_FULL: ("磁盘已满，{what}没有保存到 {path}", "请腾出空间后重试"),
    sqlite3.SQLITE_READONLY: _NO_RIGHT,
    sqlite3.SQLITE_CANTOPEN: _NO_RIGHT,
    sqlite3.SQLITE_PERM: _NO_RIGHT,
    sqlite3.SQLITE_BUSY: _TAKEN,
    sqlite3.SQLITE_LOCKED: _TAKEN,
    sqlite3.SQLITE_IOERR: ("读写{what}记录 {path} 时磁盘出错", "请检查磁盘（是否已满、是否断开）后重试"),
    sqlite3.SQLITE_CORRUPT: _BROKEN,
    sqlite3.SQLITE_NOTADB: _BROKEN,
}
