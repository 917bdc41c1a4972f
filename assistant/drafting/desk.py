"""What every section of one manuscript is made with, and one section made on it: composed, checked, mended."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.drafting import prose, skeleton
from assistant.drafting.arranging import MUCH_SHORTER, forward, shortened
from assistant.drafting.checks import check
from assistant.drafting.citing import Citer
from assistant.drafting.composed import Composed
from assistant.drafting.material import Room, room_for
from assistant.drafting.mending import FIGURES, mend, within
from assistant.drafting.pieces import Material
from assistant.drafting.standing import Piece, with_own
from assistant.drafting.types import DraftCheck, DraftSection, Length, Order, Topic
from ingest.archive import Archive
from ingest.archive.records import PassageRecord

if TYPE_CHECKING:
    from assistant.models import Model

Told = Callable[[str, str], None]
"""Hears of a section's heading and the sentences of it that stand, as a model writes them."""

_ROUNDS = 4
_REWRITTEN = frozenset({"leaked_name", "stale_period", "already_done", "overlap", "old_year_figure"})
"""Findings for which another measure is chosen."""


@dataclass(frozen=True, slots=True)
class Task:
    """One section to be made. `facts`: numbers of those that stand in it; `taken`: what is not to be said in it.

    At a second try, `wish` is what the writer asks, `length` and `stress` what code reads of it, `before` the
    characters that stood there, and `own` what the writer wrote there himself.
    """

    topic: Topic
    number: int
    facts: Sequence[int]
    taken: Sequence[str]
    wish: str = ""
    length: Length | None = None
    stress: tuple[str, ...] = ()
    own: tuple[Piece, ...] = ()
    before: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """The archive as an order sees it, and who writes."""

    archive: Archive
    order: Order
    room: Room
    problems: tuple[PassageRecord, ...]
    citer: Citer
    model: Model | None
    lock: AbstractContextManager[object]

    @classmethod
    def for_order(
        cls, archive: Archive, order: Order, model: Model | None, lock: AbstractContextManager[object] | None
    ) -> Desk:
        """Reads the archive: hold the lock."""
        room = room_for(archive, order)
        writer = model if order.composer == "llm" else None
        return cls(archive, order, room, _problems(archive, order, room), Citer(archive), writer, lock or nullcontext())

    def make(self, task: Task, told: Told | None = None) -> tuple[DraftSection, Composed]:
        """The section by the model where there is one and its text stands up to the checks, else the skeleton."""
        notes: tuple[str, ...] = ()
        if self.model is not None:
            composed = self._by_model(task, self.model, told)
            with self.lock:
                section = self.accepted(task, composed) if composed.composer == "llm" else None
            if section is not None:
                return section, composed
            refused = composed.composer == "llm"
            notes = composed.notes
            if refused:
                notes = (*notes, prose.NOT_PASSED.format(heading=task.topic.heading))
        with self.lock:
            section, plain = self._skeleton(task)
        return section, replace(plain, notes=tuple(dict.fromkeys((*notes, *plain.notes))))

    def accepted(self, task: Task, composed: Composed) -> DraftSection | None:
        """A model's section, mended; None where a check finds more in it than can be mended."""
        section = self._drafted(task, composed)
        found = self.found(section, task.number)
        own = [one.text for one in task.own]
        wrong = [one for one in found if one.kind in _REWRITTEN and one.severity == "error"]
        if any(not within(section.text, one, own) for one in wrong):
            return None
        return mend(section, found, own)

    def found(self, section: DraftSection, number: int) -> tuple[DraftCheck, ...]:
        """What the checks say of a section."""
        return check(self.order, section, number, self.citer.citations, self.room.review, self.room.places)

    def material(self, task: Task, without: Collection[str] = ()) -> Material:
        """What the section may be made of, as the writer asked for it."""
        order = self.wanted(task)
        found = skeleton.material_for(
            order, task.topic, self.problems, self.archive, task.facts, task.taken, without, task.stress
        )
        found = forward(found, task.stress)
        if task.length != "短" or not task.before:
            return found
        most = MUCH_SHORTER * task.before - sum(len(one.text) + 1 for one in task.own)
        return shortened(found, most, lambda one: len(skeleton.worded(order, task.topic, one).text), task.stress)

    def wanted(self, task: Task) -> Order:
        """The order with the length that is asked for."""
        return self.order if task.length is None else replace(self.order, length=task.length)

    def _by_model(self, task: Task, model: Model, told: Told | None) -> Composed:
        composed: Composed | None = None
        with self.lock:
            material = self.material(task)
        for item in prose.compose(
            self.wanted(task), task.topic, material, self.archive, model, task.wish, lock=self.lock
        ):
            if isinstance(item, Composed):
                composed = item
            elif told is not None:
                told(task.topic.heading, item)
        assert composed is not None
        return with_own(composed, task.own)

    def _skeleton(self, task: Task) -> tuple[DraftSection, Composed]:
        """A skeleton that no check objects to: lines that one does are left out and others chosen."""
        without: set[str] = set()
        composed = self._worded(task, without)
        for _ in range(_ROUNDS):
            section = self._drafted(task, composed)
            wrong = _wrong_lines(section, self.found(section, task.number))
            if not wrong - without:
                break
            without |= wrong
            composed = self._worded(task, without)
        section = self._drafted(task, composed)
        return mend(section, self.found(section, task.number), [one.text for one in task.own]), composed

    def _worded(self, task: Task, without: Collection[str]) -> Composed:
        material = self.material(task, without)
        return with_own(skeleton.worded(self.wanted(task), task.topic, material), task.own)

    def _drafted(self, task: Task, composed: Composed) -> DraftSection:
        sources = self.citer.sources(composed.drawn)
        return DraftSection(task.topic.heading, composed.text, sources, composed.composer, task.topic.exemplars)


def _wrong_lines(section: DraftSection, found: Sequence[DraftCheck]) -> set[str]:
    """The lines recast from exemplars that a check objects to; what the writer said stays."""
    places = [
        (one.start, one.end)
        for one in found
        if one.severity != "note" and (one.kind in _REWRITTEN or one.kind in FIGURES)
    ]
    return {
        section.text[line.start : line.end]
        for line in section.sources
        if line.kind != "fact" and any(start < line.end and line.start < end for start, end in places)
    }


def _problems(archive: Archive, order: Order, room: Room) -> tuple[PassageRecord, ...]:
    """The problems that the body's last report names, as far as the order may look."""
    found = [
        passage
        for report in archive.reports()
        if report.id in room.kept.body.reports
        for passage in archive.report_passages(report.id)
        if passage.part == "problem" and passage.period is not None and passage.period.last <= order.last_year
    ]
    last = max((one.period.last for one in found if one.period is not None), default=0)
    return tuple(one for one in found if one.period is not None and one.period.last == last)
