"""From an order to a manuscript: outline, sections as they are done, citations, placeholders, checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.drafting import exemplars, outline
from assistant.drafting.checks import check_all
from assistant.drafting.composed import placeholders_in
from assistant.drafting.desk import Desk, Task, Told
from assistant.drafting.placing import place_facts
from assistant.drafting.redrafting import redraft
from assistant.drafting.titles import title_of
from assistant.drafting.types import DraftSection, Manuscript, Order, Placeholder, Topic
from assistant.retrieval import Retriever
from ingest.archive import Archive
from ingest.archive.records import ReportRecord

if TYPE_CHECKING:
    from assistant.ledger import Ledger
    from assistant.models import Model

NO_MODEL = "没有可用的语言模型，全文按骨架稿起草。"


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
        desk = Desk.for_order(archive, order, model, lock)
        notes: list[str] = [*outline.notes(archive, order), *_opening_notes(order, model)]
    placed = place_facts(order, topics, desk.room.kept.body.field)
    sections: list[DraftSection] = []
    taken: list[str] = []
    for number, topic in enumerate(topics):
        section, composed = desk.make(Task(topic, number, placed[number], tuple(taken)), told)
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
    """The manuscript with section `number` made anew as the writer asks; the others are untouched, what they cite keeps
    its number. What could not be done as asked is said in the notes.
    """
    order = manuscript.order
    before = manuscript.sections[number]
    with lock or nullcontext():
        desk = Desk.for_order(archive, order, model, lock)
    topics = [Topic(one.heading, one.exemplars) for one in manuscript.sections]
    others = [one for place, one in enumerate(manuscript.sections) if place != number]
    elsewhere = {source.fact for one in others for source in one.sources}
    placed = place_facts(order, topics, desk.room.kept.body.field)[number]
    facts = [fact for fact in placed if fact not in elsewhere]
    facts += sorted({one.fact for one in before.sources if one.fact is not None} - set(facts))
    desk.citer.take_up(manuscript.citations)
    taken = tuple(phrase for one in others for phrase in _said(one))
    made = redraft(desk, before, Task(topics[number], number, facts, taken), instruction, told)
    sections = list(manuscript.sections)
    sections[number] = made.section
    heading = f"“{before.heading}”"
    kept = [note for note in manuscript.notes if not note.startswith(heading)]
    with desk.lock:
        whole = _manuscript(desk, sections, desk.citer.citations, [*kept, *made.notes])
        return replace(whole, title=manuscript.title)


def _with_exemplars(archive: Archive, order: Order, topic: Topic, retriever: Retriever | None) -> Topic:
    """A heading of the writer's own may only be found by its meaning."""
    if topic.exemplars or retriever is None:
        return topic
    return replace(topic, exemplars=exemplars.find(archive, order, topic.heading, retriever))


def _manuscript(
    desk: Desk, sections: Sequence[DraftSection], citations: Sequence[Citation], notes: Sequence[str]
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


def _own(desk: Desk) -> list[ReportRecord]:
    return [report for report in desk.archive.reports() if report.id in desk.room.kept.body.reports]


def _opening_notes(order: Order, model: Model | None) -> Iterator[str]:
    if order.composer == "llm" and model is None:
        yield NO_MODEL
