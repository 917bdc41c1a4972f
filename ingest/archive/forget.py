"""Finding what the user wants forgotten, and removing it."""

from __future__ import annotations

import sqlite3

from ingest.archive import corrections, duplicates, rows, store
from ingest.errors import NotFound

_TOO_LONG = 19
"""Digits that SQLite's integers do not hold for certain."""


def forget(connection: sqlite3.Connection, what: str) -> tuple[list[str], list[str]]:
    """Remove a report (its number or title) with all its copies, or a file (its name or path) and no other.

    Copies are one report with several sources: whoever wants it gone does not want to meet it again under another
    name. A copy in a file that stays is read instead when only the file of the one that was read goes.
    Returns one Chinese line for each thing removed, and the digests whose bytes are needed no more. Raises NotFound.
    """
    lines: list[str] = []
    unneeded: list[str] = []
    wanted = dict(_reports(connection, what))
    for copy in duplicates.of(connection, wanted):
        wanted.setdefault(copy, rows.facts_of(connection, copy).title)
    for report_id, title in wanted.items():
        corrections.remove(connection, rows.facts_of(connection, report_id))
        unneeded += store.remove_report(connection, report_id)
        lines.append(f"已删除报告 {report_id}《{title}》")
    if not lines:
        for file_id, name, status in _files(connection, what):
            if status == "ok":
                sha256 = store.remove_file(connection, file_id)
                corrections.remove_all(connection, sha256)
                unneeded.append(sha256)
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
