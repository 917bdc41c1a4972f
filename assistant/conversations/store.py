"""Conversations in app.db. Every call names the owner, and nobody sees another one's conversations.

A connection lives for one call: threads and processes share nothing but the file, and what a call has returned from is
on the disk.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.conversations import codec
from assistant.conversations.database import reading, writing
from assistant.conversations.types import Conversation, Turn, title_of
from ingest.errors import NotFound

KEPT_AFTER_DELETION = timedelta(days=30)
MAX_TITLE = 100
_DAMAGED = "这一轮的回答已读不出来，请重新提问。"

_SELECT = (
    "SELECT id, title, owner, created, updated, deleted,"
    " (SELECT count(*) FROM turns WHERE conversation = id) FROM conversations"
)


def _now() -> datetime:
    return datetime.now(UTC)


class Conversations:
    """The conversations of one archive directory. Raises NotKept where app.db cannot be used, NotFound for foreign or
    unknown ids. Safe to use from several threads and processes.
    """

    def __init__(self, home: Path, clock: Callable[[], datetime] = _now) -> None:
        self._home = home
        self._clock = clock

    def create(self, owner: str, title: str = "") -> Conversation:
        """A new conversation without turns; without a title the first question gives it one."""
        now = self._clock()
        made = Conversation(secrets.token_hex(16), _clean(title), owner, now, now, 0)
        with writing(self._home) as connection:
            _insert(connection, made)
        return made

    def start(self, owner: str, turn: Turn) -> Conversation:
        """A new conversation with its first turn, both or neither."""
        now = self._clock()
        made = Conversation(secrets.token_hex(16), _clean(title_of(turn.question)), owner, now, now, 0)
        with writing(self._home) as connection:
            _insert(connection, made)
            _append(connection, made.id, turn, now)
        return replace(made, turns=1)

    def append(self, owner: str, conversation_id: str, turn: Turn) -> Conversation:
        """Add a turn at the end; when this returns, it is on the disk."""
        now = self._clock()
        with writing(self._home) as connection:
            found = _one(connection, owner, conversation_id)
            _append(connection, found.id, turn, now)
            connection.execute(
                "UPDATE conversations SET updated = ?, title = CASE title WHEN '' THEN ? ELSE title END WHERE id = ?",
                (now.isoformat(), _clean(title_of(turn.question)), found.id),
            )
            return _one(connection, owner, conversation_id)

    def newest(self, owner: str, search: str = "", limit: int | None = None) -> list[Conversation]:
        """Newest first; with `search`, those in whose title or questions each of its words stands."""
        where, values = ["owner = ?", "deleted IS NULL"], [owner]
        for word in search.split():
            where.append(
                "(instr(lower(title), ?) OR EXISTS (SELECT 1 FROM turns"
                " WHERE conversation = id AND instr(lower(question), ?)))"
            )
            values += [word.lower()] * 2
        sql = f"{_SELECT} WHERE {' AND '.join(where)} ORDER BY updated DESC, rowid DESC LIMIT ?"
        with reading(self._home) as connection:
            if connection is None:
                return []
            return [_read(row) for row in connection.execute(sql, [*values, -1 if limit is None else limit])]

    def get(self, owner: str, conversation_id: str) -> Conversation:
        """One conversation that is not deleted, by its whole id."""
        with reading(self._home) as connection:
            return _one(connection, owner, conversation_id)

    def find(self, owner: str, prefix: str, *, deleted: bool = False) -> Conversation:
        """The only conversation whose id begins with `prefix`, among the deleted ones if so asked."""
        sql = (
            f"{_SELECT} WHERE owner = ? AND substr(id, 1, ?) = ? AND deleted IS {'NOT ' if deleted else ''}NULL LIMIT 2"
        )
        with reading(self._home) as connection:
            rows = [] if connection is None else connection.execute(sql, (owner, len(prefix), prefix)).fetchall()
        if not prefix or not rows:
            raise _unknown(prefix, deleted=deleted)
        if len(rows) > 1:
            raise NotFound(f"以 {prefix} 开头的对话不止一个", "请把编号写长一些")
        return _read(rows[0])

    def turns(self, owner: str, conversation_id: str) -> tuple[Turn, ...]:
        """The turns in order. One whose stored answer cannot be read any more says so in its place."""
        sql = "SELECT question, answer, fault, asked_at FROM turns WHERE conversation = ? ORDER BY ordinal"
        with reading(self._home) as connection:
            found = _one(connection, owner, conversation_id)
            rows = [] if connection is None else connection.execute(sql, (found.id,)).fetchall()
        return tuple(_turn(*row) for row in rows)

    def rename(self, owner: str, conversation_id: str, title: str) -> Conversation:
        """Give it another title; an empty one is refused with NotFound's remedy."""
        cleaned = _clean(title)
        if not cleaned:
            raise NotFound("没有写标题", "请写上新的标题")
        with writing(self._home) as connection:
            found = _one(connection, owner, conversation_id)
            connection.execute("UPDATE conversations SET title = ? WHERE id = ?", (cleaned, found.id))
        return replace(found, title=cleaned)

    def delete(self, owner: str, conversation_id: str) -> Conversation:
        """Take it off the list; `restore` brings it back for 30 days, then it is gone."""
        now = self._clock()
        with writing(self._home) as connection:
            found = _one(connection, owner, conversation_id)
            deleted = max(now, found.updated)  # the clock may have been set back: the 30 days begin now all the same
            connection.execute("UPDATE conversations SET deleted = ? WHERE id = ?", (deleted.isoformat(), found.id))
            _purge(connection, now)
        return replace(found, deleted=deleted)

    def restore(self, owner: str, conversation_id: str) -> Conversation:
        """Put a deleted conversation back on the list."""
        with writing(self._home) as connection:
            found = _one(connection, owner, conversation_id, deleted=True)
            connection.execute("UPDATE conversations SET deleted = NULL WHERE id = ?", (found.id,))
        return replace(found, deleted=None)


def _insert(connection: sqlite3.Connection, made: Conversation) -> None:
    _purge(connection, made.created)
    connection.execute(
        "INSERT INTO conversations (id, owner, title, created, updated) VALUES (?, ?, ?, ?, ?)",
        (made.id, made.owner, made.title, made.created.isoformat(), made.updated.isoformat()),
    )


def _append(connection: sqlite3.Connection, conversation_id: str, turn: Turn, now: datetime) -> None:
    connection.execute(
        "INSERT INTO turns SELECT ?1, coalesce(max(ordinal), 0) + 1, ?2, ?3, ?4, ?5 FROM turns WHERE conversation = ?1",
        (
            conversation_id,
            _storable(turn.question),
            None if turn.answer is None else _storable(codec.encode(turn.answer)),
            None if turn.fault is None else _storable(turn.fault),
            (turn.asked_at or now).isoformat(),
        ),
    )


def _purge(connection: sqlite3.Connection, now: datetime) -> None:
    connection.execute("DELETE FROM conversations WHERE deleted < ?", ((now - KEPT_AFTER_DELETION).isoformat(),))


def _one(
    connection: sqlite3.Connection | None, owner: str, conversation_id: str, *, deleted: bool = False
) -> Conversation:
    sql = f"{_SELECT} WHERE id = ? AND owner = ? AND deleted IS {'NOT ' if deleted else ''}NULL"
    row = None if connection is None else connection.execute(sql, (conversation_id, owner)).fetchone()
    if row is None:
        raise _unknown(conversation_id, deleted=deleted)
    return _read(row)


def _unknown(prefix: str, *, deleted: bool) -> NotFound:
    which = "已删除的对话中" if deleted else ""
    return NotFound(f"{which}没有编号为 {prefix[:32]} 的对话", "请用 report-assistant conversations 查看")


def _read(row: tuple[str, str, str, str, str, str | None, int]) -> Conversation:
    number, title, owner, created, updated, deleted, turns = row
    return Conversation(
        number,
        title,
        owner,
        datetime.fromisoformat(created),
        datetime.fromisoformat(updated),
        turns,
        None if deleted is None else datetime.fromisoformat(deleted),
    )


def _turn(question: str, answer: str | None, fault: str | None, asked_at: str) -> Turn:
    when = datetime.fromisoformat(asked_at)
    if answer is None:
        return Turn(question, None, fault, when)
    try:
        return Turn(question, codec.decode(answer), fault, when)
    except codec.UnreadableAnswer:
        return Turn(question, None, _DAMAGED, when)


def _clean(title: str) -> str:
    return _storable(" ".join(title.split())[:MAX_TITLE])


def _storable(text: str) -> str:
    """Without halves of surrogate pairs, which SQLite refuses (a browser may send them)."""
    return text.encode("utf-8", "replace").decode("utf-8")
