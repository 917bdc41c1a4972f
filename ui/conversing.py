"""What happens when something is asked, opened, renamed or deleted in the tab 问答: generators of what to show."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr

from assistant.conversations import Conversation, Turn
from assistant.filters import Filters
from assistant.limits import MAX_QUESTION
from ingest.errors import ReportAssistantError
from ui import strings
from ui.access import Access
from ui.answer_acts import judge, judged, reworded
from ui.asking import Asking, Live
from ui.desk import NEW, Desk
from ui.passages import show
from ui.reading import empty_html
from ui.render import messages
from ui.talks import talks_html

logger = logging.getLogger(__name__)

Shown = tuple[Any, ...]
"""Values for conversation, turns, key of the conversation, passages, side list, question."""

_NOTHING: Shown = (gr.skip(),) * 6


class Conversing:
    """The tab's handlers over one desk."""

    def __init__(self, access: Access, desk: Desk) -> None:
        self._access = access
        self._desk = desk

    def ask(
        self,
        session: str,
        text: str,
        filters: Filters,
        turns: list[Turn],
        key: str,
        search: str,
        *,
        typed: bool = True,
        alone: bool = False,
    ) -> Iterator[Shown]:
        """Show the question at once, then its answer as it comes.

        `typed`: it stands in the question box, which is emptied; `alone`: it needs none of the questions before it.
        """
        asked = text.strip()[: MAX_QUESTION + 1]  # one too many: that it is too long is told like an answer
        busy, full = self._desk.running(key) is not None, self._desk.is_full()
        if not asked or busy or full:
            line = strings.EMPTY_QUESTION if not asked else strings.BUSY if busy else strings.BUSY_ELSEWHERE
            gr.Info(line, title=strings.HINT, duration=4)
            yield _NOTHING
            return
        view = self._desk.look(session)
        key, asking = self._desk.ask(key, turns, asked, filters, alone=alone)
        shown = self._messages(turns, key, asking.live)
        yield shown, gr.skip(), key, gr.skip(), self.talks(key, search), "" if typed else gr.skip()
        yield from self._follow(session, view, turns, key, asking, search)

    def ask_on(
        self, session: str, action: object, filters: Filters, turns: list[Turn], key: str, search: str
    ) -> Iterator[Shown]:
        """What a click below an answer asks: a suggestion, or the same with something else in place of a chip."""
        wanted = action if isinstance(action, dict) else {}
        again = wanted.get("again")
        text = str(wanted.get("ask") or "") if again is None else reworded(self._access, turns, again)
        yield from self.ask(session, text, filters, turns, key, search, typed=False, alone=True)

    def judge(self, action: object, turns: Sequence[Turn], key: str) -> object:
        """Keep what was said of an answer; the conversation with it."""
        try:
            if judge(self._access, self._desk.owner, action, turns, key):
                gr.Info(strings.NOTE_KEPT, title=strings.HINT, duration=3)
        except ReportAssistantError as fault:
            gr.Warning(str(fault), title=strings.HINT, duration=6)
        asking = self._desk.running(key)
        return self._messages(turns, key, None if asking is None else asking.live)

    def act(self, session: str, action: object, turns: list[Turn], key: str, search: str) -> Iterator[Shown]:
        """What a click in the side list asks for; it comes from the browser and may hold anything."""
        wanted = action if isinstance(action, dict) else {}
        name, number = next(((name, str(value)) for name, value in wanted.items() if name in _ACTIONS), ("", ""))
        try:
            if name == "delete":
                deleted = self._desk.delete(number)
                if number != key:
                    yield *_NOTHING[:4], self.talks(key, search, deleted), gr.skip()
                    return
                yield from self._begin(session, search, deleted)
            elif name == "undo":
                yield from self._open(session, self._desk.restore(number).id, search)
            elif name == "open" and number:
                yield from self._open(session, number, search)
            else:
                yield from self._begin(session, search)
        except ReportAssistantError as fault:
            if not wanted.get("quiet"):
                gr.Warning(str(fault), title=strings.HINT, duration=6)
            yield from self._begin(session, search)

    def refresh(self, session: str, turns: list[Turn], key: str, search: str, seen: str) -> tuple[Shown, str]:
        """What other pages of the same person have changed since, and the list as it now is; `seen` is the last one."""
        listed = self.talks(key, search)
        if listed == seen:
            return _NOTHING, listed
        shown: Shown = (*_NOTHING[:4], listed, gr.skip())
        try:
            now = list(self._desk.open(key)) if key and self._desk.running(key) is None else turns
        except ReportAssistantError:  # deleted elsewhere, or never kept: what is shown stays as it is
            now = turns
        if len(now) > len(turns):
            self._desk.look(session)
            shown = (self._messages(now, key), now, key, self._evidence(now), listed, gr.skip())
        return shown, listed

    def rename(self, action: object, key: str, search: str) -> str:
        """Give a conversation another title; the list as it then is."""
        wanted = action if isinstance(action, dict) else {}
        try:
            self._desk.rename(str(wanted.get("rename", "")), str(wanted.get("title", "")))
        except ReportAssistantError as fault:
            gr.Warning(str(fault), title=strings.HINT, duration=6)
        return self.talks(key, search)

    def talks(self, key: str, search: str, deleted: Conversation | None = None) -> str:
        """The side list."""
        return talks_html(self._desk.listed(search, key), key, search=search, deleted=deleted)

    def cited(self, turns: Sequence[Turn], key: str) -> list[Turn]:
        """The turns whose citations can be clicked: those shown, and the one that is being answered."""
        asking = self._desk.running(key)
        return [*turns] if asking is None else [*turns, asking.live.turn()]

    def _messages(self, turns: Sequence[Turn], key: str, live: Live | None = None) -> list[dict[str, str]]:
        said = judged(self._access, self._desk.owner, key)
        following = self._following(turns) if live is None else ()
        return messages(turns, live, self._access.held(), judged=said, following=following)

    def _following(self, turns: Sequence[Turn]) -> Sequence[str]:
        last = turns[-1].answer if turns else None
        try:
            return () if last is None else self._access.assistant().followups(last)
        except ReportAssistantError:
            return ()
        except Exception:
            logger.exception("no suggestions could be made")
            return ()

    def _begin(self, session: str, search: str, deleted: Conversation | None = None) -> Iterator[Shown]:
        self._desk.look(session)
        yield [], [], NEW, empty_html(), self.talks(NEW, search, deleted), gr.skip()

    def _open(self, session: str, key: str, search: str) -> Iterator[Shown]:
        view = self._desk.look(session)
        asking = self._desk.running(key)
        turns = list(self._desk.open(key))
        if asking is not None:
            turns = turns[: asking.place]  # it may have been kept this very moment
        shown = self._messages(turns, key, None if asking is None else asking.live)
        yield shown, turns, key, self._evidence(turns), self.talks(key, search), gr.skip()
        if asking is not None:
            yield from self._follow(session, view, turns, key, asking, search)

    def _follow(
        self, session: str, view: int, turns: list[Turn], key: str, asking: Asking, search: str
    ) -> Iterator[Shown]:
        """Show an answer in the making until it is there or the session looks elsewhere."""
        held, said = self._access.held(), judged(self._access, self._desk.owner, key)
        for now in asking.watch():
            if not self._desk.is_looking(session, view):
                return
            if isinstance(now, Turn):
                after = [*turns, now]
                talks = self.talks(key, search)
                yield self._messages(after, key), after, key, self._evidence(after), talks, gr.skip()
            elif isinstance(now, Live):
                yield messages(turns, now, held, judged=said), *_NOTHING[1:]

    def _evidence(self, turns: Sequence[Turn]) -> str:
        """The passage that the last answer cites first."""
        last = turns[-1].answer if turns else None
        return show(self._access, last.citations[0], opened=False) if last and last.citations else empty_html()


_ACTIONS = frozenset({"open", "new", "delete", "undo"})
