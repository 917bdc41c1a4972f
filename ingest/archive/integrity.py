"""Whether what the archive holds is still what was put there, by its seals, its digests and its copies.

SQLite's own check sees whether the database is sound in form; these see whether it is right.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.archive import fulltext, seals
from ingest.archive.records import Finding
from ingest.archive.seals import Broken, What

REBUILD = "请运行 report-assistant rebuild"
RESTORE = "请从备份恢复，或把档案移走后用原文件重新 report-assistant ingest"

_MEANT: dict[What, tuple[str, str]] = {
    "origin": ("{count} 个文件的名称、路径或出处记录与存入时不符", RESTORE),
    "text": ("{count} 个文件的全文与读入时不符", REBUILD),
    "report": ("{count} 份报告的内容（段落、指标或标题）与读入时不符", REBUILD),
    "vectors": ("{count} 批段落向量与存入时不符", f"{REBUILD} --embed"),
    "said": ("更正、改过的指标或指标归并的记录与存入时不符", RESTORE),
    "model": ("嵌入模型的记录与存入时不符", f"{REBUILD} --embed"),
}
_GONE = "{count} 个文件或报告的记录不见了"
_AGAIN = "请从备份恢复；没有备份时请重新 report-assistant ingest 原来的文件夹，再运行 report-assistant rebuild"


def contents(connection: sqlite3.Connection) -> Iterator[Finding]:
    """What is not as it was sealed."""
    found: dict[What, list[Broken]] = {}
    gone = 0
    for one in seals.broken(connection):
        if one.gone and one.what in ("origin", "text", "report"):
            gone += 1
        else:
            found.setdefault(one.what, []).append(one)
    if gone:
        yield Finding("error", _GONE.format(count=gone), _AGAIN)
    for what, units in found.items():
        message, remedy = _MEANT[what]
        yield Finding("error", message.format(count=len(units)), remedy)


def index(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Whether FTS5 finds its own structure sound. It asks by an INSERT, which changes nothing."""
    try:
        with _writable(connection):
            connection.execute("INSERT INTO passage_fts (passage_fts) VALUES ('integrity-check')")
    except sqlite3.OperationalError:
        return  # another program is writing, or the folder cannot be written to: this is for another time
    except sqlite3.DatabaseError:
        yield Finding("error", "全文索引已损坏", REBUILD)


def terms(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Whether each word of each passage is in the index where it stands, and nothing else is. Reads everything."""
    if not fulltext.is_current(connection):
        return  # said already, and another cutting has other words
    wrong = 0
    held = _held(connection)
    for passage_id, columns in fulltext.all_rows(connection):
        words = {name: Counter(text.split()) for name, text in zip(_COLUMNS, columns, strict=True)}
        wanted = {(term, name): count for name, counted in words.items() for term, count in counted.items()}
        wrong += held.pop(passage_id, {}) != wanted
    if wrong or held:
        yield Finding("error", f"全文索引与 {wrong + len(held)} 个段落的文字不符", REBUILD)


_COLUMNS = ("words", "grams", "heading")
_WORDS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.passage_words USING fts5vocab (main, passage_fts, instance)"


@contextmanager
def _writable(connection: sqlite3.Connection) -> Iterator[None]:
    (closed,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only = OFF")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA query_only = {closed}")


def _held(connection: sqlite3.Connection) -> dict[int, dict[tuple[str, str], int]]:
    with _writable(connection):  # a temporary table is a table, too
        connection.execute(_WORDS)
    held: dict[int, dict[tuple[str, str], int]] = {}
    for term, document, column in connection.execute("SELECT term, doc, col FROM temp.passage_words"):
        found = held.setdefault(document, {})
        found[term, column] = found.get((term, column), 0) + 1
    return held
