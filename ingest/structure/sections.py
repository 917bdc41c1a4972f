"""Outline → sections with passages."""

from __future__ import annotations

from ingest.structure.outline import Node
from ingest.structure.passages import pack
from ingest.structure.periods import NOTHING, Frame
from ingest.structure.senses import Resolved, resolve
from ingest.types import Section


def bare_sections(nodes: list[Node], budget: int) -> tuple[Section, ...]:
    """The sections of what stands beside a report's matter: they have no part and no period."""
    return _sections(
        nodes,
        [Resolved(NOTHING, ((NOTHING, tuple(node.lines)),) if node.lines else (), NOTHING) for node in nodes],
        budget,
    )


def to_sections(nodes: list[Node], frame: Frame, budget: int) -> tuple[Section, ...]:
    """The sections of a report in source order; `budget` is that of a passage in tokens.

    A heading's text becomes several sections of the same path where its sentences turn from one part to another. A
    heading without any text or lower heading is its own passage, so that it can be found.
    """
    return _sections(nodes, resolve(nodes, frame), budget)


def _sections(nodes: list[Node], senses: list[Resolved], budget: int) -> tuple[Section, ...]:
    parents = {node.parent for node in nodes}
    sections: list[Section] = []
    for i, (node, resolved) in enumerate(zip(nodes, senses, strict=True)):
        heading = node.line.span() if node.line is not None else None
        if not resolved.runs and node.line is not None and heading is not None:
            passages = () if i in parents else pack([node.line], budget)
            sections.append(Section(node.path, resolved.own.part, resolved.own.period, *heading, passages))
        for n, (sense, run) in enumerate(resolved.runs):
            spans = [line.span() for line in run] + ([heading] if n == 0 and heading is not None else [])
            start, end = min(start for start, _ in spans), max(end for _, end in spans)
            sections.append(Section(node.path, sense.part, sense.period, start, end, pack(run, budget)))
    return tuple(sections)
