"""What the sessions of the page have open: which conversation each looks at, and which questions are being answered."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from assistant.conversations import Conversation, Conversations, Turn
from assistant.conversations.types import history_of, title_of
from assistant.filters import Filters
from ingest.errors import ReportAssistantError
from ui.access import Access
from ui.asking import Asking

logger = logging.getLogger(__name__)

NEW = ""
"""The key of a conversation that has not begun."""

_UNKEPT = "~"
"""Begins the key of a conversation that could not be kept."""

LISTED = 200
"""Conversations in the side list; the others are found by searching."""

AT_ONCE = 6
"""Questions of one owner that are answered at the same time: nobody should keep the others from being answered."""

_REMEMBERED = 500
"""Finished questions that are remembered for pages still to fetch them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The side list: its conversations, or the line that says why there is none to show."""

    conversations: tuple[Conversation, ...] = ()
    fault: str = ""


class Desk:
    """The open conversations of all sessions of one owner. Safe to use from several threads."""

    def __init__(self, access: Access, owner: str = "") -> None:
        self._access = access
        self._owner = owner
        self._lock = threading.Lock()
        self._askings: dict[str, Asking] = {}
        self._views: dict[str, int] = {}
        self._faults: dict[str, str] = {}

    @property
    def owner(self) -> str:
        """Whose desk it is."""
        return self._owner

    @property
    def kept(self) -> Conversations:
        """The store."""
        return self._access.conversations

    def look(self, session: str) -> int:
        """This session turns to something else; gives the number of its view."""
        with self._lock:
            self._views[session] = self._views.get(session, 0) + 1
            return self._views[session]

    def is_looking(self, session: str, view: int) -> bool:
        """Whether that is what the session still looks at."""
        with self._lock:
            return self._views.get(session) == view

    def leave(self, session: str) -> None:
        """The session's page was closed."""
        with self._lock:
            self._views.pop(session, None)

    def running(self, key: str) -> Asking | None:
        """The question of this conversation that is being answered."""
        with self._lock:
            asking = self._askings.get(key)
        return asking if asking is not None and asking.turn is None else None

    def is_full(self) -> bool:
        """Whether the owner must wait for one of the answers in the making."""
        with self._lock:
            return sum(asking.turn is None for asking in self._askings.values()) >= AT_ONCE

    def ask(
        self, key: str, turns: Sequence[Turn], question: str, filters: Filters, *, alone: bool = False
    ) -> tuple[str, Asking]:
        """Begin to answer; gives the key of the conversation, which `key` becomes when it was new or not kept yet.

        `alone`: the question is read without those before it.
        """
        key = self._opened(key, turns, question)
        history = [] if alone else history_of(list(turns))

        def keep(turn: Turn) -> None:
            if not key.startswith(_UNKEPT):
                self._append(key, turn)

        assistant = self._access.assistant
        asking = Asking(
            question, lambda: assistant().ask_stream(question, history, **asdict(filters)), keep, len(turns)
        )
        with self._lock:
            self._askings[key] = asking
            done = [other for other, item in self._askings.items() if item.turn is not None and other != key]
            for other in done[: max(0, len(self._askings) - _REMEMBERED)]:
                del self._askings[other]
        return key, asking

    def stop(self, key: str) -> None:
        """Stop the question of this conversation that is being answered."""
        asking = self.running(key)
        if asking is not None:
            asking.stop()

    def open(self, key: str) -> tuple[Turn, ...]:
        """The turns of a kept conversation; raises NotFound, NotKept."""
        return self.kept.turns(self._owner, key)

    def listed(self, search: str = "", key: str = NEW) -> Listed:
        """The side list, as shown beside conversation `key`, whose trouble it tells."""
        try:
            return Listed(tuple(self.kept.newest(self._owner, search, LISTED)), self._faults.get(key, ""))
        except ReportAssistantError as fault:
            return Listed(fault=str(fault))

    def rename(self, key: str, title: str) -> None:
        """Raises NotFound, NotKept."""
        self.kept.rename(self._owner, key, title)

    def delete(self, key: str) -> Conversation:
        """Take a conversation off the list, stopping what is being answered in it; raises NotFound, NotKept."""
        self.stop(key)
        return self.kept.delete(self._owner, key)

    def restore(self, key: str) -> Conversation:
        """Raises NotFound, NotKept."""
        return self.kept.restore(self._owner, key)

    def _opened(self, key: str, turns: Sequence[Turn], question: str) -> str:
        """The key of the conversation in the store; one that could not be kept so far is kept now, if possible."""
        if key and not key.startswith(_UNKEPT):
            return key
        try:
            begun = self.kept.create(self._owner, title_of(turns[0].question if turns else question))
            for turn in turns:
                self.kept.append(self._owner, begun.id, turn)
            return begun.id
        except ReportAssistantError as fault:
            key = key or _UNKEPT + secrets.token_hex(8)
            self._failed(key, fault)
            return key

    def _append(self, key: str, turn: Turn) -> None:
        try:
            self.kept.append(self._owner, key, turn)
            self._faults.pop(key, None)
        except ReportAssistantError as fault:
            self._failed(key, fault)

    def _failed(self, key: str, fault: ReportAssistantError) -> None:
        logger.warning("%s", fault)
        self._faults[key] = str(fault)
