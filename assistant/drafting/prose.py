"""A section in full prose by a language model, told from the skeleton's measures and held to them sentence by sentence.

The model sees short phrases, never an exemplar's text, so that a small one has nothing to copy. What it writes stands
only where it restates a measure or fact that it was given, adds something, brings no figure of its own and keeps its
distance from every exemplar; what does not stand is told in the skeleton's words. Figures to be filled in are set by
code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from assistant.drafting import skeleton
from assistant.drafting.adding import clauses_of
from assistant.drafting.assembling import Told, assembled
from assistant.drafting.composed import PLACEHOLDER, Composed
from assistant.drafting.foreign import Names
from assistant.drafting.material import room_for, said_by_report
from assistant.drafting.pieces import Line, Material
from assistant.drafting.restating import Restated, adding
from assistant.drafting.standing import key_of
from assistant.drafting.types import Length, Order, Topic
from assistant.generation.sentences import sentences
from ingest.archive import Archive
from ingest.errors import ModelUnreachable
from prompts import load

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

    from assistant.models import Model

NOT_PASSED = "“{heading}”：语言模型写的文字没有通过核对，改用骨架稿。"
FAILED = "“{heading}”：{fault}，改用骨架稿。"
_CHARACTERS: dict[Length, int] = {"短": 150, "中": 250, "长": 450}
_MOST_SENTENCES = 16
_LEAST = 0.34
"""Share of the measures that the model must have told for its text to stand."""


def compose(
    order: Order,
    topic: Topic,
    material: Material,
    archive: Archive,
    model: Model,
    wish: str = "",
    lock: AbstractContextManager[object] | None = None,
) -> Iterator[str | Composed]:
    """Sentences as they stand, the whole section last. A model that fails, is late or writes nothing that stands is no
    error: the skeleton stands in, and its notes say why. `wish`: what the writer asks of this section; `lock`: held
    while the archive is read, never while the model writes.
    """
    with lock or nullcontext():
        room = room_for(archive, order)
        names, said = room.names, said_by_report(room.kept)
    plain = skeleton.worded(order, topic, material)
    lines = tellable(material)
    if len(lines) < 2:
        yield plain
        return
    told: list[Told] = []
    fault = ""
    try:
        for text, found in _sentences(order, topic, material, model, wish, names):
            told.append(Told(text, found.lines))
            yield text
    except ModelUnreachable as error:
        fault = error.fault
    covered = [line for line in lines if any(line in one.lines for one in told)]
    if not any(_own_words(one) for one in told) or len(covered) < _LEAST * len(lines):
        reason = (
            FAILED.format(heading=topic.heading, fault=fault) if fault else NOT_PASSED.format(heading=topic.heading)
        )
        yield replace(plain, notes=(*plain.notes, reason))
        return
    made = assembled(order, topic, material, told, said)
    yield made or replace(plain, notes=(*plain.notes, NOT_PASSED.format(heading=topic.heading)))


def _sentences(
    order: Order, topic: Topic, material: Material, model: Model, instruction: str, names: Names
) -> Iterator[tuple[str, Restated]]:
    from assistant.models.stream import stream_text

    lines = tellable(material)
    asked = messages(order, topic, lines, material.targets, instruction)
    pieces = stream_text(model.chat, asked, seconds=model.seconds, most=4 * _CHARACTERS[order.length])
    earlier = _set_by_code(material)
    for written in islice(sentences(pieces), _MOST_SENTENCES):
        found = adding(written.text, order, topic, lines, material.targets, names, earlier)
        if found is None:
            continue
        earlier += clauses_of(found.text)
        yield found.text, found


def tellable(material: Material) -> list[Line]:
    """The lines that a model is to tell. What has a mark to be filled in is set by code: shown one, a small model puts
    such marks around everything.
    """
    return [line for group in material.groups for line in group.lines if not PLACEHOLDER.search(line.text)]


def _set_by_code(material: Material) -> list[str]:
    """The clauses that stand in the section whatever the model writes."""
    texts = [group.lead.text for group in material.groups if isinstance(group.lead, Line)]
    texts += [line.text for group in material.groups for line in group.lines if PLACEHOLDER.search(line.text)]
    texts += [line.text for line in material.targets if line.fact is None]
    texts += [] if material.problem is None else [material.problem.text]
    return [clause for text in texts for clause in clauses_of(text)]


def _own_words(one: Told) -> bool:
    """Whether a sentence says more than the skeleton would."""
    return not any(key_of(one.text) in key_of(line.whole) for line in one.lines)


def messages(
    order: Order, topic: Topic, lines: Sequence[Line], targets: Sequence[Line], instruction: str
) -> list[BaseMessage]:
    """The prompt: rules that never change first, then this section."""
    from langchain_core.messages import HumanMessage, SystemMessage

    wishes = "；".join(filter(None, (order.tone, instruction))) or "无"
    given = [line.text for line in targets if line.fact is not None]
    text = load("draft_section").render(
        org=order.org,
        year=str(order.year),
        kind=order.kind,
        heading=topic.heading,
        measures="\n".join(f"{n}. {_shown(line)}" for n, line in enumerate(lines, 1)),
        facts="\n".join(f"- {one}" for one in given) or "无",
        wishes=wishes,
        characters=str(_CHARACTERS[order.length]),
        first=_shown(lines[0]) if lines else topic.heading,
    )
    return [SystemMessage(load("draft_rules").text), HumanMessage(text)]


def _shown(line: Line) -> str:
    """A line without what is to be filled in: when and who are said with it by code."""
    bare = replace(
        line,
        when="" if PLACEHOLDER.search(line.when) else line.when,
        tail="" if PLACEHOLDER.search(line.tail) else line.tail,
    )
    return bare.whole
