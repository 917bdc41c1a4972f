"""A report to look through: its headings as a tree, its text by the section, marks where it must not be believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.archive import Archive
from ingest.archive.records import PassageRecord, ReportRecord, SectionRecord
from ingest.mapped import MappedText
from ingest.types import MarkKind, Part


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of shown text that is marked, with the reason in Chinese."""

    start: int
    end: int
    kind: MarkKind
    reason: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One passage as it is shown. `page`: where it begins, None where the format has no pages."""

    text: str
    page: int | None
    spans: tuple[Span, ...] = ()


@dataclass(slots=True)
class Node:
    """A heading with what stands under it. `section`: the ordinal of its section, None for a heading without one.

    `characters` and `marks` count the node's own text and that of everything below it.
    """

    title: str
    section: int | None = None
    part: Part | None = None
    period: str | None = None
    own: int = 0
    characters: int = 0
    marks: Counter[MarkKind] = field(default_factory=Counter)
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """A report's headings. `sections`: the ordinals of those with text; `marks`: all in it; `places`: the paths of the
    files that hold it, copies included.
    """

    report: ReportRecord
    nodes: tuple[Node, ...]
    characters: int
    marks: Counter[MarkKind]
    places: tuple[str, ...] = ()
    sections: tuple[int, ...] = ()


def outline(archive: Archive, report_id: int) -> Outline:
    """The headings of a report; raises NotFound."""
    report = archive.report(report_id)
    sections, passages = archive.sections(report_id), archive.report_passages(report_id)
    nodes = tree(sections, passages)
    filled = {one.section_id for one in passages}
    marks: Counter[MarkKind] = Counter()
    for node in nodes:
        marks.update(node.marks)
    places = tuple(one.path for file in archive.leaving(report_id).files for one in file.sources)
    held = tuple(one.ordinal for one in sections if one.id in filled)
    return Outline(report, tuple(nodes), sum(node.characters for node in nodes), marks, places, held)


def section(archive: Archive, report_id: int, ordinal: int) -> tuple[Shown, ...]:
    """The text of one section; empty where there is none."""
    wanted = {one.id for one in archive.sections(report_id) if one.ordinal == ordinal}
    return tuple(shown(one) for one in archive.report_passages(report_id) if one.section_id in wanted)


def tree(sections: Sequence[SectionRecord], passages: Sequence[PassageRecord]) -> list[Node]:
    """The sections under their headings, in reading order; a heading without a section of its own gets a node, too."""
    held: dict[int, list[PassageRecord]] = {}
    for one in passages:
        held.setdefault(one.section_id, []).append(one)
    roots: list[Node] = []
    way: list[Node] = []
    steps: tuple[str, ...] = ()
    for found in sections:
        path = found.path or ("",)
        same = 0
        while same < min(len(steps), len(path) - 1) and steps[same] == path[same]:
            same += 1
        del way[same:]
        for step in path[same:]:
            node = Node(step)
            (way[-1].children if way else roots).append(node)
            way.append(node)
        steps = path
        _fill(way, found, held.get(found.id, []))
    return roots


def _fill(way: Sequence[Node], found: SectionRecord, passages: Sequence[PassageRecord]) -> None:
    node = way[-1]
    node.section, node.part = found.ordinal, found.part
    node.period = None if found.period is None else str(found.period)
    node.own = sum(len(one.text) for one in passages)
    marks = Counter(mark.kind for one in passages for mark in one.marks)
    for above in way:
        above.characters += node.own
        above.marks.update(marks)


def shown(passage: PassageRecord) -> Shown:
    """A passage with its marks where they stand in the shown text."""
    placed = ((_place(passage.text, mark.start, mark.end), mark) for mark in passage.marks)
    spans = [Span(*at, mark.kind, mark.reason) for at, mark in placed if at is not None]
    return Shown(passage.text.text, passage.page, tuple(spans))


def _place(mapped: MappedText, start: int, end: int) -> tuple[int, int] | None:
    """Where the source span stands in the shown text; None where it does not."""
    inside = [i for i in range(len(mapped)) if start < mapped.ends[i] and mapped.starts[i] < end]
    return (inside[0], inside[-1] + 1) if inside else None
