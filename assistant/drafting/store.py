"""Drafts in app.db with their versions. Every call names the owner, and nobody sees another one's drafts.

A connection lives for one call, and what a call has returned from is on the disk. Raises NotKept where app.db cannot
be used, NotFound for foreign or unknown ids.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from assistant.conversations.database import reading, writing
from assistant.drafting.codec import (
    UnreadableDraft,
    manuscript_from_dict,
    manuscript_to_dict,
    order_from_dict,
    order_to_dict,
)
from assistant.drafting.types import Manuscript, Order
from assistant.drafting.versions import (
    BEFORE_GOING_BACK,
    GONE_BACK,
    DraftVersion,
    folded,
    prevailing,
    saved_note,
)
from ingest.archive import Archive
from ingest.errors import NotFound

KEPT_AFTER_DELETION = timedelta(days=30)
MAX_NAME = 100
_NO_NAME = "未命名草稿"
_LISTED = (
    "SELECT id, name, created, updated, deleted, (SELECT max(number) FROM draft_versions WHERE draft = id) FROM drafts"
)
_VERSION = "SELECT draft, number, saved, note FROM draft_versions WHERE draft = ?"

_reading = partial(reading, what="草稿")
_writing = partial(writing, what="草稿")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a list of drafts shows. `versions`: the number of the latest one; `deleted`: since when it awaits removal.

    `id` is opaque and cannot be guessed; times are aware (UTC).
    """

    id: str
    name: str
    created: datetime
    updated: datetime
    versions: int
    deleted: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """A draft as it was at one version. `manuscript` is its stored object, None before anything was composed.

    `edits`: what the page kept beside it (JSON; its keys are strings).
    """

    draft: Draft
    version: DraftVersion
    order: Order
    manuscript: dict[str, Any] | None
    edits: dict[str, Any]

    def read(self, archive: Archive | None = None) -> Manuscript | None:
        """The manuscript, with the exemplars that `archive` still holds. Raises UnreadableDraft."""
        if self.manuscript is None:
            return None
        return manuscript_from_dict(self.manuscript, archive, order=self.order)


def _now() -> datetime:
    return datetime.now(UTC)


class DraftStore:
    """The drafts of one archive directory. Safe to use from several threads and processes."""

    def __init__(self, home: Path, clock: Callable[[], datetime] = _now) -> None:
        self._home = home
        self._clock = clock

    def save(
        self,
        owner: str,
        name: str,
        order: Order,
        manuscript: Manuscript | Mapping[str, Any] | None,
        edits: Mapping[str, Any] | None = None,
        *,
        draft_id: str | None = None,
        note: str = "",
    ) -> DraftVersion:
        """Keep this state as the newest version of the draft `draft_id`, or else of the owner's draft of that name; a
        new draft where there is none. Nothing changed since the newest version: that one is returned. `note`: why it is
        kept (see versions.py); without one it may be folded away later.
        """
        whole = manuscript_to_dict(manuscript) if isinstance(manuscript, Manuscript) else manuscript
        contents = (_json(order_to_dict(order)), _json(whole), _json(edits or {}))
        now, cleaned = self._clock(), _clean(name)
        with _writing(self._home) as connection:
            _purge(connection, now)
            if draft_id is not None:
                found = _one(connection, owner, draft_id).id
            else:
                found = _named(connection, owner, cleaned or _NO_NAME) or _insert(connection, owner, cleaned, now)
            if draft_id is not None and cleaned:
                connection.execute("UPDATE drafts SET name = ? WHERE id = ?", (cleaned, found))
            return _append(connection, found, contents, _storable(note), now)

    def list(self, owner: str, limit: int | None = None) -> tuple[Draft, ...]:
        """Newest first, without the deleted ones."""
        sql = f"{_LISTED} WHERE owner = ? AND deleted IS NULL ORDER BY updated DESC, rowid DESC LIMIT ?"
        with _reading(self._home) as connection:
            if connection is None:
                return ()
            return tuple(_draft(row) for row in connection.execute(sql, (owner, -1 if limit is None else limit)))

    def open(self, owner: str, draft_id: str, version: int | None = None) -> OpenedDraft:
        """The draft as it was at `version`, the newest unless given. Raises UnreadableDraft for a damaged one."""
        with _reading(self._home) as connection:
            draft = _one(connection, owner, draft_id)
            assert connection is not None  # else there would be no such draft
            found = _version(connection, draft, version)
            spec, manuscript, edits = _contents(connection, found)
        try:
            order, whole, kept = json.loads(spec), json.loads(manuscript), json.loads(edits)
        except ValueError as error:
            raise UnreadableDraft("这一版草稿已读不出来", "请打开它的其他版本，或重新起草") from error
        return OpenedDraft(draft, found, order_from_dict(order), whole, kept)

    def versions(self, owner: str, draft_id: str) -> tuple[DraftVersion, ...]:
        """All versions that are left, newest first."""
        with _reading(self._home) as connection:
            draft = _one(connection, owner, draft_id)
            rows = () if connection is None else connection.execute(f"{_VERSION} ORDER BY number DESC", (draft.id,))
            return tuple(_made(row) for row in rows)

    def restore(self, owner: str, draft_id: str, version: int) -> DraftVersion:
        """Make the state of an earlier version the newest again, as a version of its own: nothing is lost."""
        now = self._clock()
        with _writing(self._home) as connection:
            draft = _one(connection, owner, draft_id)
            found = _version(connection, draft, version)
            _noted(connection, _version(connection, draft, None), BEFORE_GOING_BACK)
            note = GONE_BACK.format(number=found.number)
            return _append(connection, draft.id, _contents(connection, found), note, now)

    def label(self, owner: str, draft_id: str, version: int, label: str) -> DraftVersion:
        """Keep a version for good, with what the writer says of it; an empty word takes back an earlier one."""
        with _writing(self._home) as connection:
            found = _version(connection, _one(connection, owner, draft_id), version)
            return _write_note(connection, found, _storable(saved_note(label)))

    def rename(self, owner: str, draft_id: str, name: str) -> Draft:
        """Give it another name; an empty one is refused."""
        cleaned = _clean(name)
        if not cleaned:
            raise NotFound("没有写名称", "请写上草稿的新名称")
        with _writing(self._home) as connection:
            found = _one(connection, owner, draft_id)
            connection.execute("UPDATE drafts SET name = ? WHERE id = ?", (cleaned, found.id))
            return _one(connection, owner, draft_id)

    def delete(self, owner: str, draft_id: str) -> Draft:
        """Take it off the list; `undelete` brings it back for 30 days, then it is gone with all its versions."""
        now = self._clock()
        with _writing(self._home) as connection:
            _purge(connection, now)
            found = _one(connection, owner, draft_id)
            deleted = max(now, found.updated)  # the clock may have been set back: the 30 days begin now all the same
            connection.execute("UPDATE drafts SET deleted = ? WHERE id = ?", (deleted.isoformat(), found.id))
            return _one(connection, owner, draft_id, deleted=True)

    def undelete(self, owner: str, draft_id: str) -> Draft:
        """Put a deleted draft back on the list."""
        with _writing(self._home) as connection:
            found = _one(connection, owner, draft_id, deleted=True)
            connection.execute("UPDATE drafts SET deleted = NULL WHERE id = ?", (found.id,))
            return _one(connection, owner, draft_id)


def _insert(connection: sqlite3.Connection, owner: str, name: str, now: datetime) -> str:
    made = secrets.token_hex(16)
    connection.execute(
        "INSERT INTO drafts (id, owner, name, created, updated) VALUES (?, ?, ?, ?, ?)",
        (made, owner, name or _NO_NAME, now.isoformat(), now.isoformat()),
    )
    return made


def _named(connection: sqlite3.Connection, owner: str, name: str) -> str | None:
    sql = "SELECT id FROM drafts WHERE owner = ? AND name = ? AND deleted IS NULL ORDER BY updated DESC LIMIT 1"
    row = connection.execute(sql, (owner, name)).fetchone()
    return None if row is None else str(row[0])


def _append(
    connection: sqlite3.Connection, draft_id: str, contents: tuple[str, str, str], note: str, now: datetime
) -> DraftVersion:
    newest = connection.execute(f"{_VERSION} ORDER BY number DESC LIMIT 1", (draft_id,)).fetchone()
    last = None if newest is None else _made(newest)
    if last is not None and _contents(connection, last) == contents:
        return _noted(connection, last, note)
    made = DraftVersion(draft_id, 1 if last is None else last.number + 1, now, note)
    connection.execute(
        "INSERT INTO draft_versions (draft, number, spec, manuscript, edits, note, saved) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (draft_id, made.number, *contents, note, now.isoformat()),
    )
    connection.execute("UPDATE drafts SET updated = ? WHERE id = ?", (now.isoformat(), draft_id))
    _fold(connection, draft_id, now)
    return made


def _noted(connection: sqlite3.Connection, version: DraftVersion, note: str) -> DraftVersion:
    """A version that is kept once more as it stands."""
    return _write_note(connection, version, prevailing(version, note))


def _write_note(connection: sqlite3.Connection, version: DraftVersion, note: str) -> DraftVersion:
    if note == version.note:
        return version
    sql = "UPDATE draft_versions SET note = ? WHERE draft = ? AND number = ?"
    connection.execute(sql, (note, version.draft, version.number))
    return replace(version, note=note)


def _fold(connection: sqlite3.Connection, draft_id: str, now: datetime) -> None:
    held = [_made(row) for row in connection.execute(_VERSION, (draft_id,))]
    gone = [(draft_id, number) for number in folded(held, now)]
    connection.executemany("DELETE FROM draft_versions WHERE draft = ? AND number = ?", gone)


def _one(connection: sqlite3.Connection | None, owner: str, draft_id: str, *, deleted: bool = False) -> Draft:
    sql = f"{_LISTED} WHERE id = ? AND owner = ? AND deleted IS {'NOT ' if deleted else ''}NULL"
    row = None if connection is None else connection.execute(sql, (draft_id, owner)).fetchone()
    if row is None:
        which = "已删除的草稿中" if deleted else ""
        raise NotFound(f"{which}没有编号为 {draft_id[:32]} 的草稿", "请在草稿列表中另选一份")
    return _draft(row)


def _version(connection: sqlite3.Connection, draft: Draft, number: int | None) -> DraftVersion:
    wanted = draft.versions if number is None else number
    row = connection.execute(f"{_VERSION} AND number = ?", (draft.id, wanted)).fetchone()
    if row is None:
        raise NotFound(f"草稿“{draft.name}”没有第{wanted}版（或已与后面的自动保存合并）", "请在版本列表中另选")
    return _made(row)


def _contents(connection: sqlite3.Connection, version: DraftVersion) -> tuple[str, str, str]:
    sql = "SELECT spec, manuscript, edits FROM draft_versions WHERE draft = ? AND number = ?"
    spec, manuscript, edits = connection.execute(sql, (version.draft, version.number)).fetchone()
    return spec, manuscript, edits


def _purge(connection: sqlite3.Connection, now: datetime) -> None:
    connection.execute("DELETE FROM drafts WHERE deleted < ?", ((now - KEPT_AFTER_DELETION).isoformat(),))


def _draft(row: tuple[str, str, str, str, str | None, int]) -> Draft:
    number, name, created, updated, deleted, versions = row
    since = None if deleted is None else datetime.fromisoformat(deleted)
    return Draft(number, name, datetime.fromisoformat(created), datetime.fromisoformat(updated), versions, since)


def _made(row: tuple[str, int, str, str]) -> DraftVersion:
    draft, number, saved, note = row
    return DraftVersion(draft, number, datetime.fromisoformat(saved), note)


def _clean(name: str) -> str:
    return _storable(" ".join(name.split())[:MAX_NAME])


def _json(data: object) -> str:
    return _storable(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def _storable(text: str) -> str:
    """Without halves of surrogate pairs, which SQLite refuses (a browser may send them)."""
    return text.encode("utf-8", "replace").decode("utf-8")
