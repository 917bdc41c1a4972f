"""The way through this room: lines → reports → title, kind, year, body → outline → sections."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.structure.ceremony import enclose
from ingest.structure.certainty import certainty_of
from ingest.structure.corrections import changes_by_report
from ingest.structure.identity import Evidence, identify, without_plan
from ingest.structure.lines import Line, to_lines
from ingest.structure.outline import Node, outline
from ingest.structure.periods import covered, frame_of
from ingest.structure.sections import bare_sections, to_sections
from ingest.structure.split import Chunk, split
from ingest.structure.title import Title, find_title
from ingest.structure.year import years_said
from ingest.types import Changes, CleanDocument, Correction, Document, Report


def find_reports(
    document: Document, clean: CleanDocument, path: Path, passage_tokens: int, corrections: Sequence[Correction] = ()
) -> tuple[Report, ...]:
    """The reports of one file in source order; none only when the file has no text at all.

    `path` is where the file lies: its name and folder are asked where the text is silent. `passage_tokens` is the
    budget of a passage in cl100k_base tokens. A truncated file makes its last report a truncated one. What the user
    has said (`corrections`, by source offsets) replaces what would be concluded, and all that follows from it.
    """
    lines = to_lines(clean.blocks)
    if not lines:
        return ()
    furniture = "\n".join(document.text[piece.start : piece.end] for piece in clean.furniture)
    chunks = split(lines)
    changes: list[Changes] = [{} for _ in chunks]
    if corrections:
        changes = changes_by_report([_span(chunk.lines) for chunk in chunks], corrections)
    last = len(chunks) - 1
    return tuple(
        _report(chunk, document.title, path, furniture, passage_tokens, said, clean.truncated and i == last)
        for i, (chunk, said) in enumerate(zip(chunks, changes, strict=True))
    )


def _report(
    chunk: Chunk,
    declared: str | None,
    path: Path,
    furniture: str,
    budget: int,
    changes: Changes,
    truncated: bool,
) -> Report:
    title = (
        Title(chunk.marker, "标题行", frozenset({0}), in_text=True)
        if chunk.marker
        else find_title(chunk.lines, declared, path)
    )
    body = title.without(chunk.lines)
    if not body:  # a title and nothing else: the title is the text
        body, title = list(chunk.lines), Title(title.text, title.reason)
    framed = enclose(body)
    nodes = outline(framed.matter)
    strings = [line.string for line in body]
    evidence = Evidence(title, strings, _heads(nodes, 1), _heads(nodes, 2), path, furniture, chunk.series)
    found = identify(evidence, changes)
    frame = frame_of(found.kind, found.year, found.title.text, years_said(evidence.lower_headings, strings))
    sections = (
        *bare_sections(outline(framed.front), budget),
        *to_sections(nodes, frame, budget),
        *bare_sections(outline(framed.tail), budget),
    )
    if chunk.series:
        found = without_plan(found, sections)
    spans = [*((section.start, section.end) for section in sections), *_title_spans(chunk.lines, title)]
    return Report(
        title=found.title.text,
        org=found.body.org,
        region=found.body.region,
        level=found.body.level,
        year=found.year,
        kind=found.kind,
        start=min(start for start, _ in spans),
        end=max(end for _, end in spans),
        truncated=truncated,
        sections=sections,
        reasons=found.reasons,
        period=covered(frame),
        published=found.published,
        certainty={field: certainty_of(reason) for field, reason in found.reasons.items()},
    )


def _title_spans(lines: list[Line], title: Title) -> list[tuple[int, int]]:
    return [lines[i].span() for i in title.lines]


def _span(lines: list[Line]) -> tuple[int, int]:
    spans = [line.span() for line in lines]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _heads(nodes: list[Node], depth: int) -> list[str]:
    """The headings of the upper levels; two levels where a report's title may stand as its only top heading."""
    return [node.heading.text for node in nodes if node.heading is not None and len(node.path) <= depth]
