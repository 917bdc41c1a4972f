"""From an order to a manuscript: outline, sections as they are done, citations, placeholders, checks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.citations import cite
from assistant.drafting import exemplars, outline, prose, skeleton
from assistant.drafting.checks import check, check_all
from assistant.drafting.composed import Composed, Drawn, placeholders_in
from assistant.drafting.material import Room, room_for
from assistant.drafting.mending import FIGURES, mend
from assistant.drafting.placing import place_facts
from assistant.drafting.titles import title_of
from assistant.drafting.types import DraftCheck, DraftSection, Manuscript, Order, Placeholder, Source, Topic
from assistant.retrieval import Retriever
from ingest.archive import Archive
from ingest.archive.records import PassageRecord, ReportRecord

if TYPE_CHECKING:
    from assistant.ledger import Ledger
    from assistant.models import Model

Told = Callable[[str, str], None]
"""Hears of a section's heading and the sentences of it that stand, as a model writes them."""

_ROUNDS = 4
_REWRITTEN = frozenset({"leaked_name", "stale_period", "already_done", "overlap", "old_year_figure"})
"""Findings for which another measure is chosen."""
NO_MODEL = "没有可用的语言模型，全文按骨架稿起草。"


@dataclass(slots=True)
class _Citer:
    """Numbers the stretches that a manuscript cites, one number each, in the order in which they come up."""

    archive: Archive
    citations: list[Citation] = field(default_factory=list)
    free: list[int] = field(default_factory=list)
    """Numbers that nothing names any more: given out again before new ones."""
    _numbers: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def sources(self, drawn: Sequence[Drawn]) -> tuple[Source, ...]:
        """The same stretches with their citations' numbers."""
        return tuple(
            Source(one.start, one.end, one.kind, one.fact, None if one.stretch is None else self._number(one))
            for one in drawn
        )

    def _number(self, one: Drawn) -> int:
        assert one.stretch is not None
        passage, start, end = one.stretch.passage, one.stretch.start, one.stretch.end
        key = (passage.id, *one.stretch.source)
        if key not in self._numbers:
            number = self.free.pop(0) if self.free else len(self.citations) + 1
            made = cite(self.archive, passage, start, end, number)
            self.citations[number - 1 : number] = [made]
            self._numbers[key] = number
        return self._numbers[key]

    def take_up(self, citations: Sequence[Citation], used: Collection[int]) -> None:
        """Go on with the citations of a manuscript; `used` are the numbers that must stay as they are."""
        self.citations.extend(citations)
        self.free.extend(one.n for one in citations if one.n not in used)
        self._numbers.update({(one.passage_id, one.start, one.end): one.n for one in citations if one.n in used})


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every section of one manuscript is made with."""

    archive: Archive
    order: Order
    room: Room
    problems: tuple[PassageRecord, ...]
    citer: _Citer
    model: Model | None
    lock: AbstractContextManager[object]

    def found(self, section: DraftSection, number: int) -> tuple[DraftCheck, ...]:
        """What the checks say of a section."""
        return check(self.order, section, number, self.citer.citations, self.room.review, self.room.places)


def draft(
    archive: Archive,
    order: Order,
    retriever: Retriever | None,
    ledger: Ledger | None = None,
    model: Model | None = None,
    *,
    told: Told | None = None,
    lock: AbstractContextManager[object] | None = None,
) -> Iterator[DraftSection | Manuscript]:
    """Sections as they are done, the whole manuscript last. Without a model, or where it fails, the skeleton; a note
    says so. `told` hears the sentences of a model as they come; `lock` is held while the archive is read, never while a
    model writes.
    """
    with lock or nullcontext():
        topics = [_with_exemplars(archive, order, topic, retriever) for topic in outline.propose(archive, order)]
        desk = _desk(archive, order, model, lock)
        notes: list[str] = [*outline.notes(archive, order), *_opening_notes(order, model)]
    placed = place_facts(order, topics, desk.room.kept.body.field)
    sections: list[DraftSection] = []
    taken: list[str] = []
    for number, topic in enumerate(topics):
        section, composed = _section(desk, topic, number, placed[number], taken, "", told)
        taken += composed.phrases
        notes += composed.notes
        sections.append(section)
        yield section
    with desk.lock:
        whole = _manuscript(desk, *_renumbered(sections, desk.citer.citations), notes)
    yield whole


def redraft_section(
    archive: Archive,
    manuscript: Manuscript,
    number: int,
    model: Model | None = None,
    instruction: str = "",
    *,
    told: Told | None = None,
    lock: AbstractContextManager[object] | None = None,
) -> Manuscript:
    """The manuscript with section `number` composed anew; the others are untouched, what they cite keeps its number."""
    order = manuscript.order
    with lock or nullcontext():
        desk = _desk(archive, order, model, lock)
    topics = [Topic(one.heading, one.exemplars) for one in manuscript.sections]
    placed = place_facts(order, topics, desk.room.kept.body.field)
    others = [one for place, one in enumerate(manuscript.sections) if place != number]
    used = {source.citation for one in others for source in one.sources if source.citation is not None}
    desk.citer.take_up(manuscript.citations, used)
    taken = [phrase for one in others for phrase in _said(one)]
    section, composed = _section(desk, topics[number], number, placed[number], taken, instruction, told)
    sections = list(manuscript.sections)
    sections[number] = section
    heading = f"“{section.heading}”"
    kept = [note for note in manuscript.notes if not note.startswith(heading)]
    with desk.lock:
        made = _manuscript(desk, sections, desk.citer.citations, [*kept, *composed.notes])
        return replace(made, title=manuscript.title)


def _desk(archive: Archive, order: Order, model: Model | None, lock: AbstractContextManager[object] | None) -> _Desk:
    room = room_for(archive, order)
    return _Desk(archive, order, room, _problems(archive, order, room), _Citer(archive), model, lock or nullcontext())


def _with_exemplars(archive: Archive, order: Order, topic: Topic, retriever: Retriever | None) -> Topic:
    """A heading of the writer's own may only be found by its meaning."""
    if topic.exemplars or retriever is None:
        return topic
    return replace(topic, exemplars=exemplars.find(archive, order, topic.heading, retriever))


def _section(
    desk: _Desk,
    topic: Topic,
    number: int,
    facts: Sequence[int],
    taken: Sequence[str],
    instruction: str,
    told: Told | None,
) -> tuple[DraftSection, Composed]:
    composed: Composed | None = None
    if desk.model is not None and desk.order.composer == "llm":
        for item in prose.compose(
            desk.order, topic, desk.problems, desk.archive, desk.model, instruction, facts, taken, desk.lock
        ):
            if isinstance(item, Composed):
                composed = item
            elif told is not None:
                told(topic.heading, item)
    with desk.lock:
        return _checked(desk, topic, number, facts, taken, instruction, composed)


def _checked(
    desk: _Desk,
    topic: Topic,
    number: int,
    facts: Sequence[int],
    taken: Sequence[str],
    instruction: str,
    composed: Composed | None,
) -> tuple[DraftSection, Composed]:
    """A model's section where it stands up to the checks, else the skeleton."""
    if composed is not None and composed.composer == "llm":
        section = _drafted(desk, topic, composed)
        wrong = [one for one in desk.found(section, number) if one.kind in _REWRITTEN and one.severity == "error"]
        if not wrong:
            return mend(section, desk.found(section, number)), composed
        composed = replace(composed, notes=(*composed.notes, prose.NOT_PASSED.format(heading=topic.heading)))
    notes = () if composed is None else composed.notes
    section, plain = _skeleton(desk, topic, number, facts, taken, instruction)
    return section, replace(plain, notes=tuple(dict.fromkeys((*notes, *plain.notes))))


def _skeleton(
    desk: _Desk, topic: Topic, number: int, facts: Sequence[int], taken: Sequence[str], instruction: str
) -> tuple[DraftSection, Composed]:
    """A skeleton that no check objects to: lines that one does are left out and others chosen."""
    order, stress = prose.read_instruction(desk.order, instruction)
    without: set[str] = set()
    composed = skeleton.compose(order, topic, desk.problems, desk.archive, facts, taken, without, stress)
    for _ in range(_ROUNDS):
        section = _drafted(desk, topic, composed)
        wrong = _wrong_lines(section, desk.found(section, number))
        if not wrong - without:
            break
        without |= wrong
        composed = skeleton.compose(order, topic, desk.problems, desk.archive, facts, taken, without, stress)
    section = _drafted(desk, topic, composed)
    return mend(section, desk.found(section, number)), composed


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


def _drafted(desk: _Desk, topic: Topic, composed: Composed) -> DraftSection:
    sources = desk.citer.sources(composed.drawn)
    return DraftSection(topic.heading, composed.text, sources, composed.composer, topic.exemplars)


def _manuscript(
    desk: _Desk, sections: Sequence[DraftSection], citations: Sequence[Citation], notes: Sequence[str]
) -> Manuscript:
    made = Manuscript(
        desk.order,
        title_of(desk.order, _own(desk)),
        tuple(sections),
        tuple(citations),
        tuple(placeholders(sections)),
        (),
        tuple(dict.fromkeys(notes)),
    )
    return replace(made, checks=check_all(made, desk.room.review, desk.room.places))


def _renumbered(
    sections: Sequence[DraftSection], citations: Sequence[Citation]
) -> tuple[list[DraftSection], list[Citation]]:
    """Without citations that nothing names any more (of lines that were left out), numbered without gaps."""
    used = sorted({one.citation for section in sections for one in section.sources if one.citation is not None})
    numbers = {old: new for new, old in enumerate(used, 1)}
    kept = [
        replace(
            section,
            sources=tuple(
                one if one.citation is None else replace(one, citation=numbers[one.citation]) for one in section.sources
            ),
        )
        for section in sections
    ]
    return kept, [replace(citations[old - 1], n=new) for old, new in numbers.items()]


def placeholders(sections: Sequence[DraftSection]) -> Iterator[Placeholder]:
    """Every placeholder of the sections with its place."""
    for number, section in enumerate(sections):
        for start, end, indicator, unit in placeholders_in(section.text):
            yield Placeholder(number, start, end, indicator, unit)


def _said(section: DraftSection) -> Iterator[str]:
    """What a section says already: the lines with a source, and the indicators to be filled in."""
    for one in section.sources:
        yield section.text[one.start : one.end]
    for _, _, indicator, _ in placeholders_in(section.text):
        yield indicator


def _own(desk: _Desk) -> list[ReportRecord]:
    return [report for report in desk.archive.reports() if report.id in desk.room.kept.body.reports]


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


def _opening_notes(order: Order, model: Model | None) -> Iterator[str]:
    if order.composer == "llm" and model is None:
        yield NO_MODEL
