"""Sentences of a model put under their groups, with all that it left out: its words where they stand, else the plan's.

What a model did not tell, or told with words that may not stand, is said as the skeleton says it. Nothing is said
twice, and nothing stands too near to a report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.drafting import skeleton
from assistant.drafting.adding import clauses_of, repeating
from assistant.drafting.composed import PLACEHOLDER, Composed, Drawn
from assistant.drafting.overlap import MOST, nearest, share_in, too_near
from assistant.drafting.pieces import Group, Line, Material
from assistant.drafting.types import Order, Topic


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that stands, and the lines it restates."""

    text: str
    lines: tuple[Line, ...]


def assembled(
    order: Order, topic: Topic, material: Material, told: Sequence[Told], said: Mapping[int, str]
) -> Composed | None:
    """The sentences under their groups, lines that were left out and placeholders set by code; None where it would
    stand too near to a report of the stock: a model knows none but its exemplars, yet what it writes may stand in
    another all the same.
    """
    kept, without = list(told), list[Line]()
    while kept:
        composed = _worded(order, topic, material, kept, without)
        spare = _left_out(material, kept, without)
        if twice := repeating(composed.text):
            line = next((one for one in reversed(spare) if _among(one.whole, twice)), None)
            sentence = next((one for one in reversed(kept) if _among(one.text, twice)), None)
            if line is not None:
                without.append(line)
                continue
            if sentence is not None:
                kept.remove(sentence)
                continue
        report = too_near(composed.text, topic.exemplars, "llm")
        if report is None:
            report, share = nearest(composed.text, said)
            if share <= MOST["llm"]:
                return composed
        lines = [one for one in spare if _is_of(one, report) or share_in(one.whole, said.get(report, "")) > 0]
        if lines:
            without.append(max(lines, key=lambda one: len(one.text)))
            continue
        near = [one for one in kept if share_in(one.text, said.get(report, "")) > 0]
        near = near or [one for one in kept if any(_is_of(line, report) for line in one.lines)]
        if len(kept) < 2 or not near:
            return None
        gone = max(near, key=lambda one: len(one.text))
        kept.remove(gone)
        without += gone.lines
    return None


def _among(text: str, clauses: Sequence[str]) -> bool:
    return any(part in clause for part in clauses_of(text) for clause in clauses)


def _is_of(line: Line, report: int) -> bool:
    return line.stretch is not None and line.stretch.passage.report_id == report


def _left_out(material: Material, told: Sequence[Told], without: Sequence[Line]) -> list[Line]:
    """The lines that no sentence tells and that may go where need be: no facts, no marks to be filled in."""
    return [
        line
        for group in material.groups
        for line in group.lines
        if line.fact is None
        and not PLACEHOLDER.search(line.text)
        and not any(line in one.lines for one in told)
        and line not in without
    ]


def _worded(order: Order, topic: Topic, material: Material, told: Sequence[Told], without: Sequence[Line]) -> Composed:
    plain = [line for group in material.groups for line in group.lines]
    groups: list[Group] = []
    lines = _lines(told)
    for group in material.groups:
        members = [line for one, line in zip(told, lines, strict=True) if one.lines and one.lines[0] in group.lines]
        left = [line for line in group.lines if line not in without and not any(line in one.lines for one in told)]
        facts = [line for line in left if line.fact is not None]
        others = [line for line in left if line.fact is None]
        if members or left:
            groups.append(replace(group, lines=(*facts, *members, *others)))
    said = {line.fact for one in told for line in one.lines if line.fact is not None}
    loose = [line for one, line in zip(told, lines, strict=True) if one.lines and one.lines[0] not in plain]
    targets = tuple(line for line in material.targets if line.fact is None or line.fact not in said)
    if loose and groups:
        groups[-1] = replace(groups[-1], lines=(*groups[-1].lines, *loose))
    page = skeleton.worded(order, topic, replace(material, groups=tuple(groups), targets=targets), flowing=True)
    drawn = (*page.drawn, *_facts_drawn(page.text, told))
    phrases = (*(line.text for line in plain), *material.indicators, *page.phrases)
    return replace(page, composer="llm", drawn=drawn, phrases=phrases)


def _lines(told: Sequence[Told]) -> list[Line]:
    """The sentences as lines of the section; who leads and by when are said once, with the first that tells a line and
    where the model left them out.
    """
    found: list[Line] = []
    known: list[Line] = []
    for one in told:
        of = one.lines[0]
        first = of not in known
        known.append(of)
        when = of.when if first and of.when and of.when not in one.text else ""
        tail = of.tail if first and of.tail and not all(part in one.text for part in of.tail.split("，")) else ""
        found.append(replace(of, text=one.text, when=when, tail=tail))
    return found


def _facts_drawn(text: str, told: Sequence[Told]) -> Iterator[Drawn]:
    """Facts that a sentence tells beside what it rests on first: without them their figures would have no source."""
    for one in told:
        at = text.find(one.text)
        for line in one.lines[1:]:
            if at >= 0 and line.fact is not None:
                yield Drawn(at, at + len(one.text), "fact", line.fact)
