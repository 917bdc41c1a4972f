"""Finding what the user wants forgotten, and removing it."""

from __future__ import annotations

import sqlite3

from ingest.archive import store
from ingest.errors import NotFound

_TOO_LONG = 19
"""Digits that SQLite's integers do not hold for certain."""


def forget(connection: sqlite3.Connection, what: str) -> tuple[list[str], list[str]]:
    """Remove a report (its number or title) or a file (its name or path).

    Returns one Chinese line for each thing removed, and the digests whose bytes are needed no more. Raises NotFound.
    """
    lines: list[str] = []
    unneeded: list[str] = []
    for report_id, title in _reports(connection, what):
        unneeded += store.remove_report(connection, report_id)
        lines.append(f"已删除报告 {report_id}《{title}》")
    if not lines:
        for file_id, name, status in _files(connection, what):
            if status == "ok":
                unneeded.append(store.remove_file(connection, file_id))
            else:
                connection.execute("DELETE FROM files WHERE id = ?", (file_id,))
            lines.append(f"已删除文件 {name} 及其中的报告")
    if not lines:
        raise NotFound(f"档案中没有“{what}”", "请用 report-assistant reports 查看报告编号、标题和文件名")
    return lines, unneeded


def _reports(connection: sqlite3.Connection, what: str) -> list[tuple[int, str]]:
    if what.isascii() and what.isdigit() and len(what) < _TOO_LONG:
        found = connection.execute("SELECT id, title FROM reports WHERE id = ?", (int(what),)).fetchall()
        if found:
            return found
    return connection.execute("SELECT id, title FROM reports WHERE title = ? ORDER BY id", (what,)).fetchall()


def _files(connection: sqlite3.Connection, what: str) -> list[tuple[int, str, str]]:
    sql = (
        "SELECT id, name, status FROM files WHERE ?1 IN (name, path)"
        " OR id IN (SELECT file_id FROM sources WHERE ?1 IN (name, path)) ORDER BY id"
    )
    return connection.execute(sql, (what,)).fetchall()
