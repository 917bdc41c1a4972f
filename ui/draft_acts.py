"""What happens when something is done in the tab 起草; what the browser sends may hold anything."""

from __future__ import annotations

import base64
import binascii
import logging
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.drafting.facts_xlsx import read_facts
from assistant.drafting.order_form import LONGEST
from assistant.drafting.types import Order
from assistant.drafting.versions import BEFORE_TAKING_BACK, saved_note
from assistant.drafting.workspace import Work
from ingest.errors import BadOrder, NotFound, ReportAssistantError
from ui import strings
from ui.draft_desk import DraftDesk
from ui.draft_place import Place, typed
from ui.draft_writing import Writing

logger = logging.getLogger(__name__)

LARGEST = 1_000_000
"""Bytes of a table that is read."""

Data = Mapping[str, Any]


class DraftActs:
    """The tab's handlers over one desk. Each gives the draft to show, again whenever it has changed."""

    def __init__(self, desk: DraftDesk) -> None:
        self._desk = desk
        self._writing = Writing(desk)
        self._views: dict[str, int] = {}

    def leave(self, session: str) -> None:
        """The session's page was closed."""
        self._views.pop(session, None)

    def act(self, session: str, sent: object) -> Iterator[Place]:
        """Do what was asked; every fault is one Chinese line at the foot of the page."""
        data: Data = sent if isinstance(sent, Mapping) else {}
        name = str(data.get("act", ""))
        if name in _TURNS:
            self._views[session] = self._views.get(session, 0) + 1
        view = self._views.get(session, 0)
        place = self._place(name, data)
        if place is None:
            return
        try:
            self._do(place, name, data)
        except ReportAssistantError as error:
            _tell(place, str(error))
        except Exception:
            logger.exception("the draft could not be changed")
            _tell(place, strings.UNEXPECTED)
        yield place
        if name in _FOLLOWED and place.run is not None:
            for news in self._desk.watch(place):
                if self._views.get(session, 0) != view:
                    return
                if news:
                    yield place

    def _place(self, name: str, data: Data) -> Place | None:
        """The draft that an action is about."""
        key, nonce = str(data.get("key") or ""), str(data.get("nonce") or "")[:32]
        try:
            if name == "open":
                return self._desk.open(str(data.get("open") or "")) if data.get("open") else self._desk.begin()
            if name == "new":
                return self._desk.begin()
            if name == "undo":
                return self._desk.undelete(str(data.get("undo") or ""))
            if name == "delete":
                deleted = self._desk.delete(str(data.get("delete") or ""))
                place = self._desk.begin() if deleted.id == key else self._desk.at(key, nonce)
                with place.changed:
                    place.deleted = deleted
                    self._desk.shelve(place)
                    place.bump()
                return place
            if name == "version":
                return self._desk.open(key, _number(data.get("version")))
            return self._desk.at(key, nonce)
        except ReportAssistantError as error:
            place = self._stayed(name, key, nonce)
            missing = isinstance(error, NotFound) and name == "open"
            _tell(place, strings.DRAFT_GONE if missing else str(error))
            return place

    def _stayed(self, name: str, key: str, nonce: str) -> Place:
        """What the page goes on showing when another draft could not be had."""
        try:
            return self._desk.at(key, nonce) if name in _TURNS else self._desk.begin(nonce)
        except ReportAssistantError:
            return self._desk.begin(nonce)

    def _do(self, place: Place, name: str, data: Data) -> None:
        if name not in _TURNS:
            with place.changed:
                place.deleted = None
                if name not in _BY_THE_WAY:
                    place.tell("")
                place.work = typed(place, data)
        match name:
            case "outline":
                topics = self._desk.drafter.outline(_without_sections(place))
                self._filled(place, "outline", place.work.proposed(topics))
            case "offers":
                offered = self._desk.drafter.offers(place.work.order())
                self._filled(place, "offers", place.work.offered(offered))
            case "xlsx":
                self._read_table(place, data)
            case "form":
                if place.key or place.work.form.facts.strip() or place.work.outline:
                    self._keep_form(place)
            case "save":
                self._desk.keep(place, name=str(data.get("name") or ""), note=saved_note())
            case "label":
                self._desk.label(place, _number(data.get("version")), str(data.get("label") or "")[:500])
            case "rename":
                self._desk.rename(place, str(data.get("name") or ""))
            case "write":
                self._writing.whole(place)
            case "stop":
                if (run := place.run) is not None:
                    run.stop()
            case "title":
                title = str(data.get("title") or "")[:500]
                self._desk.change(place, lambda work: work.titled(title), check=False)
                _taken(place, "title", data)
            case "edit":
                self._edit(place, data)
            case "restore":
                number = _section(place, data)
                self._desk.keep(place, note=BEFORE_TAKING_BACK)
                self._desk.change(place, lambda work: work.restored(number))
            case "redraft":
                self._writing.section(place, _section(place, data), str(data.get("instruction") or "")[:500])
            case _:
                pass

    def _keep_form(self, place: Place) -> None:
        """Keep what was typed on the left; a form that is not in order yet is no fault before it is sent off."""
        try:
            place.work.order()
        except BadOrder:
            if not place.key:
                return
        self._desk.change(place, lambda work: work)

    def _filled(self, place: Place, part: str, work: Work) -> None:
        """Another content of a part of the left side, which the draft is kept with."""
        with place.changed:
            place.work = work
            place.turns[part] = place.turns.get(part, 0) + 1
            self._desk.keep(place)
            place.bump()

    def _edit(self, place: Place, data: Data) -> None:
        """Take what was typed into a section, unless something newer has been taken before."""
        number = _section(place, data)
        text = str(data.get("text") or "").replace("\r\n", "\n")[:LONGEST]
        heading = str(data.get("heading") or "").strip()[:200]
        with place.changed:
            if _seq(data) <= place.seen.get(str(number), 0.0):
                return
            self._desk.change(place, lambda work: work.edited(number, text, heading))
            _taken(place, str(number), data)

    def _read_table(self, place: Place, data: Data) -> None:
        try:
            content = base64.b64decode(str(data.get("data") or "")[: LARGEST * 2], validate=True)
        except (ValueError, binascii.Error) as error:
            raise BadOrder("表格没有传完整", "请重新选择文件") from error
        if not content or len(content) > LARGEST:
            raise BadOrder("表格是空的或超过1MB", "请只留下事实与目标所在的表，另存后重试")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "facts.xlsx")
            path.write_bytes(content)
            facts = read_facts(path)
        with place.changed:
            place.added = "\n".join(fact.text for fact in facts)
            place.turns["added"] = place.turns.get("added", 0) + 1
            found = strings.DRAFT_XLSX_READ.format(count=len(facts))
            place.tell(found if facts else strings.DRAFT_XLSX_NONE, fault=not facts)
            place.bump()


_TURNS = frozenset({"open", "new", "delete", "undo", "version"})
"""What makes a page look at another draft."""
_BY_THE_WAY = frozenset({"form", "edit", "title"})
"""What is sent while the writer types: it wipes away no line that tells him of a fault."""
_FOLLOWED = _TURNS | {"write", "redraft"}


def _tell(place: Place, line: str) -> None:
    with place.changed:
        place.tell(line, fault=True)
        place.bump()


def _taken(place: Place, part: str, data: Data) -> None:
    with place.changed:
        place.seen[part] = max(place.seen.get(part, 0.0), _seq(data))
        place.bump()


def _seq(data: Data) -> float:
    value = data.get("seq")
    return float(value) if isinstance(value, (int, float)) else 0.0


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise NotFound("没有这一版", "请在版本列表中另选")
    return value


def _section(place: Place, data: Data) -> int:
    number, manuscript = data.get("number"), place.work.manuscript
    if not isinstance(number, int) or manuscript is None or not 0 <= number < len(manuscript.sections):
        raise NotFound("没有这一节", "请重新打开这份草稿")
    return number


def _without_sections(place: Place) -> Order:
    return replace(place.work.order(), sections=())
