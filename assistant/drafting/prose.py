"""A section in full prose by a language model, told from the skeleton's measures and held to them sentence by sentence.

The model sees short phrases, never an exemplar's text, so that a small one has nothing to copy. What it writes stands
only where it restates a measure or fact that it was given, brings no figure of its own and keeps its distance from
every exemplar; what does not stand is told in the skeleton's words. Figures to be filled in are set by code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from assistant.drafting import skeleton
from assistant.drafting.composed import Composed, Drawn
from assistant.drafting.foreign import Names
from assistant.drafting.material import room_for, said_by_report
from assistant.drafting.overlap import MOST, nearest, share_in, too_near
from assistant.drafting.pieces import Group, Line, Material
from assistant.drafting.restating import Restated, restated
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


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence that stands, and the lines it restates."""

    text: str
    lines: tuple[Line, ...]


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
    lines = [line for group in material.groups for line in group.lines if not line.is_blank]
    if len(lines) < 2:
        yield plain
        return
    told: list[_Told] = []
    fault = ""
    try:
        for text, found in _sentences(order, topic, material, model, wish, names):
            told.append(_Told(text, found.lines))
            yield text
    except ModelUnreachable as error:
        fault = error.fault
    covered = [line for line in lines if any(line in one.lines for one in told)]
    if not told or len(covered) < _LEAST * len(lines):
        reason = (
            FAILED.format(heading=topic.heading, fault=fault) if fault else NOT_PASSED.format(heading=topic.heading)
        )
        yield replace(plain, notes=(*plain.notes, reason))
        return
    yield _assembled(order, topic, material, told, said)


def _sentences(
    order: Order, topic: Topic, material: Material, model: Model, instruction: str, names: Names
) -> Iterator[tuple[str, Restated]]:
    from assistant.models.stream import stream_text

    lines = [line for group in material.groups for line in group.lines if not line.is_blank]
    asked = messages(order, topic, lines, material.targets, instruction)
    pieces = stream_text(model.chat, asked, seconds=model.seconds, most=4 * _CHARACTERS[order.length])
    seen: set[str] = set()
    for written in islice(sentences(pieces), _MOST_SENTENCES):
        found = restated(written.text, order, topic, lines, material.targets, names)
        if found is None or found.text in seen:
            continue
        seen.add(found.text)
        yield found.text, found


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
        measures="\n".join(f"{n}. {line.whole}" for n, line in enumerate(lines, 1)),
        facts="\n".join(f"- {one}" for one in given) or "无",
        wishes=wishes,
        characters=str(_CHARACTERS[order.length]),
    )
    return [SystemMessage(load("draft_rules").text), HumanMessage(text)]


def _assembled(
    order: Order, topic: Topic, material: Material, told: Sequence[_Told], said: Mapping[int, str]
) -> Composed:
    """The sentences under their groups, facts that were left out and placeholders set by code; nothing too near to any
    report of the stock: a model knows none but its exemplars, yet what it writes may stand in another all the same.
    """
    kept = list(told)
    while True:
        composed = _worded(order, topic, material, kept)
        report = too_near(composed.text, topic.exemplars, "llm")
        if report is None:
            report, share = nearest(composed.text, said)
            if share <= MOST["llm"]:
                return composed
        near = [one for one in kept if share_in(one.text, said.get(report, "")) > 0]
        near = near or [
            one for one in kept if any(line.stretch and line.stretch.passage.report_id == report for line in one.lines)
        ]
        if len(kept) < 2 or not near:
            plain = skeleton.worded(order, topic, material)
            return replace(plain, notes=(*plain.notes, NOT_PASSED.format(heading=topic.heading)))
        kept.remove(max(near, key=lambda one: len(one.text)))


def _worded(order: Order, topic: Topic, material: Material, told: Sequence[_Told]) -> Composed:
    groups: list[Group] = []
    for group in material.groups:
        members = [one for one in told if one.lines and one.lines[0] in group.lines]
        facts = tuple(
            line for line in group.lines if line.fact is not None and not any(line in one.lines for one in told)
        )
        blanks = tuple(line for line in group.lines if line.is_blank)
        if members or facts or blanks:
            groups.append(replace(group, lines=(*facts, *map(_line, members), *blanks)))
    said = {line.fact for one in told for line in one.lines if line.fact is not None}
    loose = [one for one in told if one.lines and not any(one.lines[0] in group.lines for group in material.groups)]
    targets = tuple(line for line in material.targets if line.fact is None or line.fact not in said)
    if loose and groups:
        groups[-1] = replace(groups[-1], lines=(*groups[-1].lines, *map(_line, loose)))
    page = skeleton.worded(order, topic, replace(material, groups=tuple(groups), targets=targets), flowing=True)
    plain = [line.text for group in material.groups for line in group.lines]
    drawn = (*page.drawn, *_facts_drawn(page.text, told))
    return replace(page, composer="llm", drawn=drawn, phrases=(*plain, *material.indicators, *page.phrases))


def _line(one: _Told) -> Line:
    """The sentence as a line of the section; who leads and by when are said with it where the model left them out."""
    of = one.lines[0]
    when = of.when if of.when and of.when not in one.text else ""
    tail = of.tail if of.tail and not all(part in one.text for part in of.tail.split("，")) else ""
    return replace(of, text=one.text, when=when, tail=tail)


def _facts_drawn(text: str, told: Sequence[_Told]) -> Iterator[Drawn]:
    """Facts that a sentence tells beside what it rests on first: without them their figures would have no source."""
    for one in told:
        at = text.find(one.text)
        for line in one.lines[1:]:
            if at >= 0 and line.fact is not None:
                yield Drawn(at, at + len(one.text), "fact", line.fact)
