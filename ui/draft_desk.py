"""The drafts that are open on pages: what stands in each, who is writing it, and its keeping after every change."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.drafting.store import Draft, DraftStore
from assistant.drafting.types import Order
from assistant.drafting.workspace import Work
from ingest.errors import BadOrder, ReportAssistantError
from ui import strings
from ui.draft_place import Drafter, Place

logger = logging.getLogger(__name__)

AT_ONCE = 3
"""Drafts of one owner that are written at the same time."""
_OPEN = 200
"""Drafts that stay in memory."""


class DraftDesk:
    """The open drafts of one owner. Safe to use from several threads."""

    def __init__(self, drafter: Callable[[], Drafter], store: DraftStore, owner: str = "") -> None:
        self._drafter = drafter
        self._store = store
        self._owner = owner
        self._lock = threading.Lock()
        self._places: dict[str, Place] = {}

    @property
    def drafter(self) -> Drafter:
        """Raises ReportAssistantError."""
        return self._drafter()

    def is_full(self) -> bool:
        """Whether the owner must wait for one of the drafts being written."""
        with self._lock:
            return sum(place.run is not None for place in self._places.values()) >= AT_ONCE

    def begin(self, nonce: str = "") -> Place:
        """An empty draft."""
        place = Place(nonce or secrets.token_hex(6))
        self.shelve(place)
        return place

    def open(self, key: str, version: int | None = None) -> Place:
        """A kept draft; the one in memory where it is open already. Raises NotFound, UnreadableDraft, NotKept."""
        place = self._held(key)
        if place is not None and version is None:
            self.shelve(place)
            return place
        if place is not None and place.run is not None:
            place.run.stop()
        if version is not None:
            self._store.restore(self._owner, key, version)
        return self._load(key, place)

    def _held(self, key: str) -> Place | None:
        """The draft as it is in memory, read anew where it was changed elsewhere (on a page in another language)."""
        with self._lock:
            place = self._places.get(key)
        if place is None or place.run is not None or place.unkept or not place.versions:
            return place
        try:
            kept = self._store.versions(self._owner, key)
        except ReportAssistantError:  # told when it is to be kept
            return place
        return place if kept[0].number == place.versions[0].number else self._load(key, place)

    def _load(self, key: str, place: Place | None) -> Place:
        opened = self._store.open(self._owner, key)
        work = self.drafter.open(opened)
        if place is None:
            place = Place(secrets.token_hex(6), key=key)
        with place.changed:
            place.past.add(place.nonce)
            place.work, place.name, place.nonce = work, opened.draft.name, secrets.token_hex(6)
            self.shelve(place)
            place.bump()
        return self._hold(place)

    def at(self, key: str, nonce: str) -> Place:
        """The draft of that key, or a new one that the page has begun to fill in."""
        if not key:
            return self.begin(nonce)
        place = self._held(key)
        if place is None:
            place = self.open(key)
            place.nonce = nonce or place.nonce  # the server was started anew: the page goes on as it stands
        return place

    def keep(self, place: Place, *, name: str = "", note: str = "") -> None:
        """Put the draft as it stands into the store; where it cannot be kept the page says why, and goes on. `note`:
        why it is kept, where it shall stay among the versions.
        """
        with place.changed:
            try:
                place.name = name.strip() or place.name or default_name(place.work.order())
                saved = self._store.save(
                    self._owner,
                    self._free(place),
                    self._order(place),
                    place.work.manuscript,
                    place.work.extras(),
                    draft_id=place.key or None,
                    note=note,
                )
            except ReportAssistantError as error:
                place.tell(str(error), fault=True)
                place.unkept = True
                place.bump()
                return
            place.key = saved.draft
            if place.unkept or not place.fault:
                place.tell(strings.DRAFT_SAVED.format(number=saved.number, time=f"{saved.saved.astimezone():%H:%M}"))
            place.unkept = False
            self._hold(place)
            self.shelve(place)
            place.bump()

    def shelve(self, place: Place) -> None:
        """Bring the lists of drafts and versions up to date."""
        try:
            place.shelf = self._store.list(self._owner)
            place.versions = self._store.versions(self._owner, place.key) if place.key else ()
        except ReportAssistantError as error:
            place.tell(str(error), fault=True)

    def rename(self, place: Place, name: str) -> None:
        """Raises NotFound, NotKept."""
        with place.changed:
            place.name = self._store.rename(self._owner, place.key, name).name
            self.shelve(place)
            place.bump()

    def label(self, place: Place, version: int, label: str) -> None:
        """Keep a version for good, with what the writer notes of it. Raises NotFound, NotKept."""
        with place.changed:
            self._store.label(self._owner, place.key, version, label)
            self.shelve(place)
            place.bump()

    def delete(self, key: str) -> Draft:
        """Take it off the list; raises NotFound, NotKept."""
        with self._lock:
            place = self._places.pop(key, None)
        if place is not None and place.run is not None:
            place.run.stop()
        return self._store.delete(self._owner, key)

    def undelete(self, key: str) -> Place:
        """Raises NotFound, NotKept."""
        self._store.undelete(self._owner, key)
        return self.open(key)

    def change(self, place: Place, change: Callable[[Work], Work], *, check: bool = True, keep: bool = True) -> None:
        """Replace the work, run the checks on it and keep it."""
        with place.changed:
            place.work = change(place.work)
            manuscript = place.work.manuscript
            if check and manuscript is not None and not (place.run is not None and place.run.section is None):
                place.work = replace(place.work, manuscript=self.drafter.check(manuscript))
            place.bump()
            if keep:
                self.keep(place)

    def watch(self, place: Place, seconds: float = 0.5) -> Iterator[bool]:
        """True whenever something has changed, False while nothing does; ends when nobody writes any more."""
        seen = -1
        while True:
            with place.changed:
                if place.revision == seen and place.run is not None:
                    place.changed.wait(seconds)
                news, over, seen = place.revision != seen, place.run is None, place.revision
            yield news
            if over:
                return

    def _order(self, place: Place) -> Order:
        """The order to keep: the form's, or the manuscript's while the form is not in order."""
        try:
            return place.work.order()
        except BadOrder:
            if place.work.manuscript is None:
                raise
            return place.work.manuscript.order

    def _free(self, place: Place) -> str:
        """A name that no other draft has: the store would add a version to that one."""
        others = {one.name for one in self._store.list(self._owner) if one.id != place.key}
        if place.key or place.name not in others:
            return place.name
        place.name = next(name for n in range(2, 10_000) if (name := f"{place.name}（{n}）") not in others)
        return place.name

    def _hold(self, place: Place) -> Place:
        with self._lock:
            held = self._places.setdefault(place.key, place)
            for key in [key for key, one in self._places.items() if one.run is None and one is not place]:
                if len(self._places) <= _OPEN:
                    break
                del self._places[key]
        return held


def default_name(order: Order) -> str:
    """How a draft is called that the writer has not named."""
    return f"{order.org}{order.year}年{order.kind}"
