"""One section of a manuscript at a second try, as the writer asks.

With a model what stands is rewritten; where he asks for other measures, or nothing that stands has a source, it is
composed anew. Without one, code does what it can: another length, what he stresses first, other measures; what it
cannot do is said in the notes. His own sentences stay word for word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.drafting import exemplars, instruction
from assistant.drafting.arranging import speaks_of
from assistant.drafting.composed import Composed
from assistant.drafting.desk import Desk, Task, Told
from assistant.drafting.instruction import Instruction
from assistant.drafting.material import said_by_report
from assistant.drafting.rewriting import rewritable, rewrite
from assistant.drafting.standing import holds, own_of, pieces_of
from assistant.drafting.themes import words_for
from assistant.drafting.types import DraftSection, Exemplar
from ingest.errors import ModelUnreachable

if TYPE_CHECKING:
    from assistant.models import Model

UNREAD = "“{heading}”：没有语言模型，只能按篇幅、重点和换一批措施调整，“{unread}”没有照办。"
NOT_DONE = "“{heading}”：语言模型没有改成，“{unread}”没有照办。"
NOT_REWRITTEN = "“{heading}”：语言模型改写的文字没有通过核对，{instead}。"
UNREACHED = "“{heading}”：{fault}，{instead}。"
LEFT, BY_CODE = "本节没有改动", "改由程序调整"
NO_WORD = "“{heading}”：档案里没有写到“{word}”的措施可用，没能突出。"
NO_OTHER = "“{heading}”：档案里没有别的措施可换，仍用原来的。"
NO_SHORTER = "“{heading}”：只剩事实、待填项和您自己写的内容，不能再短。"
NO_LONGER = "“{heading}”：档案里没有更多可用的措施，没能写得更长。"
UNCHANGED = "“{heading}”：语言模型没有作出改动，请换个说法再试。"
DROPPED = "“{heading}”：按要求删去了您自己写的{count}句，可还原找回。"
REPLACED = "“{heading}”：原来的文字没有来源，已整节重写，可还原找回。"


@dataclass(frozen=True, slots=True)
class Redrafted:
    """The section and what is to be said of it."""

    section: DraftSection
    notes: tuple[str, ...]


def redraft(desk: Desk, section: DraftSection, task: Task, wish: str, told: Told | None = None) -> Redrafted:
    """The section of `task` anew; what stands there is `section`."""
    reading = instruction.read(wish)
    own = own_of(section)
    held = frozenset[int]().union(*(one.facts for one in own))
    task = replace(
        task,
        facts=[n for n in task.facts if n not in held],
        wish=wish,
        length=reading.length,
        own=own,
        before=len(section.text),
    )
    with desk.lock:
        task, notes = _stressing(desk, task, reading.stress)
    unread = ""
    if desk.model is not None and wish.strip() and section.sources and not reading.other_choice:
        made, fault = _rewritten(desk, desk.model, section, task, reading, told)
        if made is not None:
            return replace(made, notes=(*notes, *made.notes))
        instead = BY_CODE if reading.by_code else LEFT
        form = UNREACHED if fault else NOT_REWRITTEN
        notes.append(form.format(heading=section.heading, fault=fault, instead=instead))
        if reading.unread and reading.by_code:
            unread = NOT_DONE
        if not reading.by_code:
            return Redrafted(section, tuple(notes))
        desk = replace(desk, model=None)
    elif desk.model is None and reading.unread:
        unread = UNREAD
    if unread:
        notes.append(unread.format(heading=section.heading, unread=reading.unread))
        if not reading.by_code:
            return Redrafted(section, tuple(notes))
    if section.text and not section.sources:
        notes.append(REPLACED.format(heading=section.heading))
    if reading.other_choice:
        with desk.lock:
            task, said = _choosing_others(desk, task, section)
        notes += said
    made_anew, composed = desk.make(task, told)
    return Redrafted(made_anew, (*notes, *composed.notes, *_short_of(section, made_anew, reading)))


def _rewritten(
    desk: Desk, model: Model, section: DraftSection, task: Task, reading: Instruction, told: Told | None
) -> tuple[Redrafted | None, str]:
    """What the model makes of the section, None where that does not stand, with what is wrong with the model."""
    with desk.lock:
        given = rewritable(pieces_of(section), desk.material(replace(task, before=0)), reading, task.stress)
        names, said = desk.room.names, said_by_report(desk.room.kept)
    composed: Composed | None = None
    order = desk.wanted(task)
    try:
        for item in rewrite(
            order, task.topic, given, task.wish, reading, task.stress, model, names, said, section.composer
        ):
            if isinstance(item, Composed):
                composed = item
            elif told is not None:
                told(task.topic.heading, item)
    except ModelUnreachable as error:
        return None, error.fault
    if composed is None:
        return None, ""
    with desk.lock:
        made = desk.accepted(task, composed)
    if made is None:
        return None, ""
    notes = [*composed.notes, *_short_of(section, made, reading)]
    gone = sum(not holds(made.text, one) for one in task.own)
    if gone:
        notes.append(DROPPED.format(heading=section.heading, count=gone))
    if _said(made) == _said(section) and not notes:
        return Redrafted(section, (UNCHANGED.format(heading=section.heading),)), ""
    return Redrafted(made, tuple(notes)), ""


def _said(section: DraftSection) -> list[str]:
    return [one.text for one in pieces_of(section) if not one.lead]


def _stressing(desk: Desk, task: Task, words: Sequence[str]) -> tuple[Task, list[str]]:
    """The task with the words to bring forward, and a note of each that the archive has nothing of."""
    notes = []
    for word in words:
        found = _with_material(desk, task, word)
        if found is None:
            notes.append(NO_WORD.format(heading=task.topic.heading, word=word))
        else:
            task = found
    return task, notes


def _with_material(desk: Desk, task: Task, word: str) -> Task | None:
    """The task with measures that speak of a word: of the section's exemplars, else of other sections; by the word
    itself, else by the words of its field.
    """
    forms = tuple(dict.fromkeys((word, *words_for(word, desk.room.kept.body.field))))
    wider = replace(task.topic, exemplars=(*task.topic.exemplars, *_elsewhere(desk, task, word, forms)))
    for topic in (task.topic, wider):
        for tried in ((word,), forms):
            asked = replace(task, topic=topic, stress=(*task.stress, *tried))
            lines = [line for group in desk.material(replace(asked, before=0)).groups for line in group.lines]
            if any(speaks_of(line.text, tried) for line in lines):
                return asked
    return None


def _elsewhere(desk: Desk, task: Task, word: str, forms: Sequence[str]) -> Iterator[Exemplar]:
    """Sections under other headings that speak of a word, with those passages that do."""
    known = {passage.id for one in task.topic.exemplars for passage in one.passages}
    for one in exemplars.find(desk.archive, desk.order, word, None):
        passages = tuple(
            passage for passage in one.passages if passage.id not in known and speaks_of(passage.text.text, forms)
        )
        if passages:
            yield replace(one, passages=passages)


def _choosing_others(desk: Desk, task: Task, section: DraftSection) -> tuple[Task, tuple[str, ...]]:
    """The task with what stands in the section not to be said again, where the archive has anything else."""
    standing = [one.text for one in pieces_of(section) if not one.own and not one.facts]
    asked = replace(task, taken=(*task.taken, *standing))
    lines = [line for group in desk.material(asked).groups for line in group.lines if line.fact is None]
    if lines:
        return asked, ()
    return task, (NO_OTHER.format(heading=section.heading),)


def _short_of(before: DraftSection, made: DraftSection, reading: Instruction) -> Iterator[str]:
    """What was asked of the length and could not be had."""
    if reading.length == "短" and len(made.text) >= len(before.text):
        yield NO_SHORTER.format(heading=before.heading)
    if reading.length == "长" and len(made.text) <= len(before.text):
        yield NO_LONGER.format(heading=before.heading)
