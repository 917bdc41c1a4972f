"""A SQLite database as it is at one moment, copied while others read and write it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from ingest.archive.database import Database
from ingest.errors import ArchiveDamaged

LOOK = "请用 report-assistant doctor 查看，或从较早的备份恢复"

_PAGES = 2_048
"""Pages between two words of progress, hence between two chances to stop."""


def snapshot(source: Path, target: Path, progress: Callable[[int, int], None]) -> None:
    """Copy the database `source` to the new file `target`. Nobody who writes has to wait.

    Raises ArchiveDamaged when the copy is not sound, sqlite3.Error and OSError.
    """
    database = Database(source, write=False)
    try:
        origin = database.connection()
        # One transaction for the whole copy: else it would begin anew after every commit of another process.
        origin.execute("BEGIN")
        origin.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            origin.backup(copy, pages=_PAGES, progress=lambda _, left, total: progress(total - left, total))
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, whatever the original was kept as
            check(copy, source)
    finally:
        database.close()


def check(connection: sqlite3.Connection, named: Path) -> None:
    """Raise ArchiveDamaged when the database is not sound."""
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise ArchiveDamaged(f"数据库 {named} 的内容已损坏", LOOK)
