"""What the buttons of the tab 档案库 do, and what of the page is shown afterwards."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, get_args

import gradio as gr

from assistant.accounts import Action, NotAllowed, User, may
from assistant.gaps import collection
from assistant.unsure import doubts, to_look_at
from ingest.archive.records import ReportRecord
from ingest.errors import ReportAssistantError
from ingest.trash import Trash
from ingest.types import Field
from ui import strings
from ui.access import Access
from ui.archive_overview import collection_html, head_html, notice_html, trash_html
from ui.archive_preview import AT_ONCE, preview_html
from ui.library import list_html, quality_html, reasons_html, said_html

logger = logging.getLogger(__name__)

FIELDS: tuple[Field, ...] = get_args(Field)


@dataclass(slots=True)
class Shown:
    """What changes on the page, by the name of the component; what is not named stays as it is."""

    values: dict[str, Any] = field(default_factory=dict)

    def put(self, **values: Any) -> Shown:
        """Change these as well."""
        self.values.update(values)
        return self


class Acts:
    """The acts of one page. `wanted` is what the list was searched for, `chosen` the report that is open."""

    def __init__(self, access: Access) -> None:
        self._access = access
        Trash(access.home).sweep()

    def click(self, click: object, wanted: str, chosen: int | None, user: User) -> Shown:
        """A click on a report, or on a button of this tab; it comes from the browser and may hold anything."""
        if not isinstance(click, dict):
            return Shown()
        number, act = click.get("report"), str(click.get("act", ""))
        if isinstance(number, int):
            return self.guarded(lambda: self._opened(wanted, self._access.assistant().report(number), user))
        entry = str(click.get("id", ""))
        acts: dict[object, Callable[[], Shown]] = {
            "back": lambda: self._back(wanted, user),
            "next": lambda: self._step(wanted, chosen, 1, user),
            "last": lambda: self._step(wanted, chosen, -1, user),
            "look": lambda: self.look(-1, wanted, chosen, user),
            "confirm": lambda: self._confirm(wanted, chosen, user),
            "delete": lambda: self._delete(wanted, chosen, user),
            "restore": lambda: self._restore(wanted, entry, user),
            "empty": lambda: self._empty(wanted, user),
        }
        return self.guarded(acts[act]) if act in acts else Shown()

    def guarded(self, act: Callable[[], Shown]) -> Shown:
        """What cannot be done is said; nothing else changes."""
        try:
            return act()
        except ReportAssistantError as error:
            return Shown().put(notice=notice_html(str(error), fault=True))
        except Exception:
            logger.exception("the archive could not be changed")
            return Shown().put(notice=notice_html(strings.UNEXPECTED, fault=True))

    def save(self, wanted: str, chosen: int | None, typed: dict[str, str], user: User) -> Shown:
        """Keep what was typed of a report."""
        return self._corrected(
            wanted, chosen, strings.SAVED, user, lambda number: self._access.assistant().correct(number, typed)
        )

    def take_back(self, wanted: str, chosen: int | None, user: User) -> Shown:
        """Take all corrections of a report back."""
        return self._corrected(
            wanted, chosen, strings.UNDONE, user, lambda number: self._access.assistant().uncorrect(number)
        )

    def look(self, seen: int, wanted: str, chosen: int | None, user: User) -> Shown:
        """List and overview anew where the archive has changed; nothing moves where it has not."""
        try:
            assistant = self._access.assistant()
            assistant.refresh()
            if assistant.generation == seen:
                return Shown()
            return self._overview(user).put(seen=assistant.generation, listed=self.listed(wanted, chosen))
        except ReportAssistantError:  # the chat tab says what is wrong and what to do
            return Shown().put(trash=self._trash(user))

    def listed(self, wanted: str | None, chosen: int | None) -> str:
        """The list of reports; those that were just collected come first."""
        try:
            reports = self._access.assistant().reports()
        except ReportAssistantError:
            return list_html([])
        return list_html(reports, wanted or "", chosen, self._fresh())

    def _fresh(self) -> frozenset[int]:
        paths = self._access.collecting.snapshot().fresh
        return self._access.assistant().reports_at(paths) if paths else frozenset()

    def _overview(self, user: User) -> Shown:
        assistant = self._access.assistant()
        table = collection_html(collection(assistant.reports()))
        return Shown().put(quality=quality_html(assistant.quality()), collection=table, trash=self._trash(user))

    def _trash(self, user: User) -> str:
        return trash_html(Trash(self._access.home).entries()) if may(user.role, "forget") else ""

    def _back(self, wanted: str, user: User, notice: str = "") -> Shown:
        shown = self.look(-1, wanted, None, user)
        return shown.put(chosen=None, report=gr.Column(visible=False), overview=gr.Column(visible=True), notice=notice)

    def _step(self, wanted: str, chosen: int | None, way: int, user: User) -> Shown:
        assistant = self._access.assistant()
        assistant.refresh()
        reports = assistant.reports()
        waiting = to_look_at(reports, self._fresh())
        if not waiting:
            return self._back(wanted, user, notice_html(strings.NOTHING_UNSURE))
        if chosen in waiting:
            number = waiting[(waiting.index(chosen) + way) % len(waiting)]
        else:
            number = waiting[0 if way > 0 else -1]
        return self._opened(wanted, assistant.report(number), user)

    def _confirm(self, wanted: str, chosen: int | None, user: User) -> Shown:
        """Right as it is; on to the next that is unsure."""
        if chosen is None:
            return Shown()
        assistant = self._access.assistant()
        waiting = to_look_at(assistant.reports(), self._fresh())
        with self._changing(user, "correct", f"核对无误：{_named(assistant.report(chosen))}"):
            report = assistant.confirm(chosen)
        behind = waiting[waiting.index(chosen) + 1 :] if chosen in waiting else []
        left = to_look_at(assistant.reports(), self._fresh())
        following = next((number for number in behind if number in left), left[0] if left else None)
        if following is None:
            return self._opened(wanted, report, user, strings.CONFIRMED).put(quality=quality_html(assistant.quality()))
        return self._opened(wanted, assistant.report(following), user, strings.CONFIRMED_NEXT)

    def _delete(self, wanted: str, chosen: int | None, user: User) -> Shown:
        if chosen is None:
            return Shown()
        assistant = self._access.assistant()
        with self._changing(user, "forget", _named(assistant.report(chosen))):
            gone = assistant.discard(chosen)
        line = strings.DELETED.format(title=gone.left.title)
        outside = any(not self._is_here(one.path) for file in gone.left.files for one in file.sources)
        return self._back(wanted, user, notice_html(line + (strings.STILL_THERE if outside else ""), gone.id))

    def _is_here(self, path: str) -> bool:
        return path.startswith(str(self._access.home.absolute()))

    def _restore(self, wanted: str, entry: str, user: User) -> Shown:
        title = Trash(self._access.home).get(entry).left.title
        assistant = self._access.assistant()
        with self._changing(user, "restore", title):
            assistant.restore(entry)
        self._access.collecting.embed()
        return self._back(wanted, user, notice_html(strings.TAKEN_BACK.format(title=title)))

    def _empty(self, wanted: str, user: User) -> Shown:
        self._access.require(user, "forget")
        with self._access.recorded(user, "forget", "彻底删除最近删除的全部报告"):
            count = Trash(self._access.home).empty()
        return self._back(wanted, user, notice_html(strings.EMPTIED.format(count=count)))

    def _corrected(
        self, wanted: str, chosen: int | None, done: str, user: User, change: Callable[[int], ReportRecord]
    ) -> Shown:
        """Make a change of the chosen report; a refusal leaves everything as it was typed."""
        if chosen is None:
            return Shown()
        try:
            with self._changing(user, "correct", _named(self._access.assistant().report(chosen))):
                report = change(chosen)
            return self._opened(wanted, report, user, done).put(
                quality=quality_html(self._access.assistant().quality())
            )
        except ReportAssistantError as error:
            return Shown().put(said=said_html(str(error), fault=True))
        except Exception:
            logger.exception("the report could not be changed")
            return Shown().put(said=said_html(strings.UNEXPECTED, fault=True))

    @contextmanager
    def _changing(self, user: User, action: str, what: str) -> Iterator[None]:
        """Around a change of the archive: who may, who did, and nobody else writes meanwhile."""
        allowed: Action = "correct" if action == "correct" else "forget"
        self._access.require(user, allowed)
        with self._access.recorded(user, action, what), self._access.collecting.writing():
            yield

    def _opened(self, wanted: str, report: ReportRecord, user: User, said: str = "") -> Shown:
        assistant = self._access.assistant()
        outline = assistant.outline_of(report.id)
        texts = None
        if outline.characters <= AT_ONCE:
            texts = {number: assistant.section_of(report.id, number) for number in outline.sections}
        year = None if report.year is None else str(report.year)
        facts = (report.title, report.org, year, report.kind, report.published)
        waiting = to_look_at(assistant.reports(), self._fresh())
        keeper = may(user.role, "correct")
        return Shown(
            {
                "chosen": report.id,
                "listed": self.listed(wanted, report.id),
                "report": gr.Column(visible=True),
                "overview": gr.Column(visible=False),
                "head": head_html(report, len(waiting), doubtful=bool(doubts(report)), keeper=keeper),
                "form": gr.Column(visible=keeper),
                **{name: value or strings.UNKNOWN for name, value in zip(FIELDS, facts, strict=True)},
                "reasons": reasons_html(report),
                "said": said_html(said),
                "preview": preview_html(outline, texts),
                "notice": "",
            }
        )


def _named(report: ReportRecord) -> str:
    return f"《{report.title}》（{report.org or '单位不详'}，{report.year or '年份不详'}，{'、'.join(report.sources)}）"


def user_in(access: Access, request: gr.Request) -> User | None:
    """Who is asking; None for one whose time has run out, which the gate tells."""
    try:
        return access.user_of(request)
    except NotAllowed:
        return None
