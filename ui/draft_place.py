"""A draft that is open on pages: what stands in it, who is writing it, and what pages are told of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from assistant.drafting.order_form import Form, Heading
from assistant.drafting.store import Draft, OpenedDraft
from assistant.drafting.types import DraftSection, Manuscript, Offer, Order, Topic
from assistant.drafting.versions import DraftVersion
from assistant.drafting.workspace import Work
from ui.draft_run import Run

NEW = ""
"""The key of a draft that is not kept yet."""


class Drafter(Protocol):
    """What the tab needs of the assistant."""

    def outline(self, order: Order) -> tuple[Topic, ...]:
        """The proposed headings."""

    def offers(self, order: Order) -> tuple[Offer, ...]:
        """Facts of the ledger for the writer to accept."""

    def draft(
        self, order: Order, *, told: Callable[[str, str], None] | None = None
    ) -> Iterator[DraftSection | Manuscript]:
        """Sections as they are done, the manuscript last; `told` hears heading and sentences as a model writes."""

    def redraft(
        self,
        manuscript: Manuscript,
        section: int,
        instruction: str = "",
        *,
        told: Callable[[str, str], None] | None = None,
    ) -> Manuscript:
        """The manuscript with one section written again; what the others cite keeps its number."""

    def check(self, manuscript: Manuscript) -> Manuscript:
        """The same with its checks made anew."""

    def open(self, opened: OpenedDraft) -> Work:
        """A kept draft as it stands on the desk."""


@dataclass(slots=True)
class Place:
    """One draft on the desk. Changed only under `changed`; `work` itself never changes, but is replaced.

    `nonce`: another one whenever the whole left side is to be filled in anew, `past`: those before; `turns`: how often
    a part of it was; `unkept`: the last keeping failed; `growing`: heading and text of the section that a model is
    writing; `seen`: the last edit that was taken of the title and of each section.
    """

    nonce: str
    work: Work = field(default_factory=Work)
    key: str = NEW
    name: str = ""
    run: Run | None = None
    growing: tuple[str, str] = ("", "")
    said: str = ""
    fault: bool = False
    unkept: bool = False
    shelf: tuple[Draft, ...] = ()
    versions: tuple[DraftVersion, ...] = ()
    deleted: Draft | None = None
    past: set[str] = field(default_factory=set)
    turns: dict[str, int] = field(default_factory=dict)
    seen: dict[str, float] = field(default_factory=dict)
    added: str = ""
    revision: int = 0
    changed: threading.Condition = field(default_factory=lambda: threading.Condition(threading.RLock()))

    def sign(self, part: str) -> str:
        """What the page holds of a part of its left side."""
        return f"{self.nonce}.{self.turns.get(part, 0)}"

    def tell(self, line: str, *, fault: bool = False) -> None:
        """What is said at the foot of the page."""
        self.said, self.fault = line, fault

    def bump(self) -> None:
        """Whoever watches is to look again."""
        self.revision += 1
        self.changed.notify_all()


def typed(place: Place, data: Mapping[str, object]) -> Work:
    """The work with the left side as the page sends it; what it had not been shown anew when it sent is passed over."""
    if str(data.get("nonce") or "") in place.past:
        return place.work
    lines, accepted, signs = data.get("outline"), data.get("offers"), data.get("signs")
    shown = signs if isinstance(signs, Mapping) else {}
    outline = None
    if isinstance(lines, list) and shown.get("outline", place.sign("outline")) == place.sign("outline"):
        held = [one for one in lines[:200] if isinstance(one, Mapping)]
        outline = [
            Heading(str(one.get("text") or "")[:200], str(one.get("reason") or "")[:500], bool(one.get("wanted")))
            for one in held
        ]
    offers = None
    if isinstance(accepted, Mapping) and shown.get("offers", place.sign("offers")) == place.sign("offers"):
        offers = {str(row)[:100]: str(target or "")[:100] for row, target in accepted.items()}
    return place.work.typed(Form.of(data.get("form")), outline, offers)
