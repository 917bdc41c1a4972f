"""What each heading's text does and when: resolved from the heading, its place in the tree and the text before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.structure.ceremony import GLOSSARY
from ingest.structure.digits import plain_digits
from ingest.structure.lines import Line
from ingest.structure.numbering import numbering_at
from ingest.structure.outline import Node
from ingest.structure.parts import names_two_parts, part_title, plain_part_title
from ingest.structure.periods import NOTHING, Frame, Sense, part_of_period, periods_in
from ingest.structure.turns import runs

_OPENS_WITH_PERIOD = re.compile(
    r"^(?:(?:19|20)\d\d年|[“\"']?[一二三四五六七八九十]{1,2}五[”\"']?(?:时期|期间|以来)|过去.{1,2}年|今后.{1,2}年|[五三]年来)"
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A node's own sense (its heading's), its text in runs of one sense each, and the sense the text ends in."""

    own: Sense
    runs: tuple[tuple[Sense, tuple[Line, ...]], ...]
    last: Sense


@dataclass(slots=True)
class _Heading:
    """What later headings need to know of an earlier one."""

    own: Sense
    last: Sense
    cued: bool
    top: bool
    children_last: Sense | None = None
    children_number: int = 0
    restarted: Sense | None = None


def resolve(nodes: list[Node], frame: Frame) -> list[Resolved]:
    """Each node's sense, in source order.

    A heading that names its part or its period decides for itself; any other follows the heading above it, and at the
    top the run of the report: review, problem, plan.
    """
    known: list[_Heading] = []
    result: list[Resolved] = []
    default = Sense(frame.default_part, frame.of(frame.default_part))
    running = default
    closed = False
    for node in nodes:
        words = _words(node)
        above = known[node.parent] if node.parent is not None else None
        top = above is None or (above.top and not above.cued)
        if node.heading is None:
            own, cued = default, False
        elif GLOSSARY.match(words):
            own, cued = NOTHING, True
        elif top:
            before = known[-1].last if known else default
            own, cued = _top(words, running, before, frame, closed)
            running = _after(own, words, cued, frame)
            closed = plain_part_title(words) == "review" and not names_two_parts(words)
        else:
            own, cued = _nested(words, _inherited(node, above), frame) if above is not None else (default, False)
        found, last = runs(node.lines, own, frame, _others(node, nodes, frame))
        known.append(_Heading(own, last, cued, top))
        if above is not None and node.heading is not None:
            above.children_last, above.children_number = last, node.heading.number
        result.append(Resolved(own, tuple(found), last))
    return result


def _top(words: str, running: Sense, before: Sense, frame: Frame, closed: bool) -> tuple[Sense, bool]:
    """A top heading's sense, and whether it says so itself.

    `closed` tells that the heading before was 2023年工作回顾 or the like.
    """
    named = next(iter(periods_in(words, frame)), None)
    part = part_title(words)
    if part is None and named is not None:
        part = part_of_period(named, frame)
    if part == "review" and running.part == "plan" and named is None and plain_part_title(words) is None:
        part = None  # after the plan has begun, 实现新进展 is a promise
    if part is not None:
        return Sense(part, named or frame.of(part)), True
    if frame.kind == "政府工作报告" and running.part == "review" and (closed or before.part in ("problem", "plan")):
        return Sense("plan", frame.plan), False  # the review has been closed: what follows is the plan
    return Sense(running.part, named or running.period), False


def _after(own: Sense, words: str, cued: bool, frame: Frame) -> Sense:
    """The sense of a following top heading that says nothing about itself."""
    if own.part in ("plan", "problem") or (cued and names_two_parts(words)):
        return Sense("plan", frame.plan)
    return own if own.part is not None else Sense(frame.default_part, frame.of(frame.default_part))


def _inherited(node: Node, above: _Heading) -> Sense:
    """What a lower heading takes over: the sense in which the text above it ended.

    Where the numbering starts again after the text of its forerunner had turned to the plan, a heading was lost
    there, and the new row goes on in the plan.
    """
    number = node.heading.number if node.heading is not None else 0
    if (
        number == 1
        and above.children_number > 1
        and above.children_last is not None
        and above.children_last.part == "plan"
    ):
        above.restarted = above.children_last
    return above.restarted or above.last


def _nested(words: str, above: Sense, frame: Frame) -> tuple[Sense, bool]:
    part = plain_part_title(words)
    periods = (
        periods_in(words, frame) if _OPENS_WITH_PERIOD.match(words) or (part and re.search(r"\d{4}年", words)) else []
    )
    named = periods[0] if periods else None
    if part is None or part == above.part or (part == "review" and above.part == "plan"):
        if named is not None and above.part is None:
            return Sense(part_of_period(named, frame), named), False
        elsewhere = named is not None and part_of_period(named, frame) != above.part
        return Sense(above.part, above.period if named is None or elsewhere else named), part is not None
    if part == "problem" and above.part == "review":
        return Sense(part, above.period), True
    return Sense(part, named or frame.of(part)), True


def _words(node: Node) -> str:
    if node.heading is None:
        return ""
    text = node.heading.text
    numbering = numbering_at(text)
    return plain_digits(text[numbering.end if numbering else 0 :])


def _others(node: Node, nodes: list[Node], frame: Frame) -> list[Sense]:
    """The further periods that a heading, or the one above it, names: its text is divided by them."""
    at: Node | None = node
    while at is not None:
        found = periods_in(_words(at), frame)
        if len(found) > 1:
            return [Sense(part_of_period(period, frame), period) for period in found]
        at = nodes[at.parent] if at.parent is not None else None
    return []
