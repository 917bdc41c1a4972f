"""The way through this room: lines → reports → title, kind, year, body → outline → sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest.structure.body import Body, find_body
from ingest.structure.kind import find_kind
from ingest.structure.lines import to_lines
from ingest.structure.outline import Node, outline
from ingest.structure.periods import frame_of
from ingest.structure.sections import to_sections
from ingest.structure.split import Chunk, split
from ingest.structure.title import Title, find_title
from ingest.structure.year import find_year
from ingest.types import CleanDocument, Correction, Document, Kind, Report


def find_reports(
    document: Document, clean: CleanDocument, path: Path, passage_tokens: int, corrections: Sequence[Correction] = ()
) -> tuple[Report, ...]:
    """The reports of one file in source order; none only when the file has no text at all.

    `path` is where the file lies: its name and folder are asked where the text is silent. `passage_tokens` is the
    budget of a passage in cl100k_base tokens. A truncated file makes its last report a truncated one.
    """
    lines = to_lines(clean.blocks)
    if not lines:
        return ()
    furniture = "\n".join(document.text[piece.start : piece.end] for piece in clean.furniture)
    chunks = split(lines)
    last = len(chunks) - 1
    return tuple(
        _report(chunk, document.title, path, furniture, passage_tokens, truncated=clean.truncated and i == last)
        for i, chunk in enumerate(chunks)
    )


def _report(chunk: Chunk, declared: str | None, path: Path, furniture: str, budget: int, *, truncated: bool) -> Report:
    title = (
        Title(chunk.marker, "标题行", frozenset({0}), in_text=True)
        if chunk.marker
        else find_title(chunk.lines, declared, path)
    )
    body = title.without(chunk.lines)
    if not body:  # a title and nothing else: the title is the text
        body, title = list(chunk.lines), Title(title.text, title.reason)
    strings = [line.string for line in body]
    nodes = outline(body)
    opening = "\n".join(strings[:12])
    kind, why_kind = find_kind(title, opening, _heads(nodes, 1), series=chunk.series)
    year, why_year = find_year(title, kind, _heads(nodes, 2), "\n".join(strings), path, furniture)
    found = find_body(title, kind, strings, path)
    title = _spelt_out(title, kind, year, found)
    sections = to_sections(nodes, frame_of(kind, year, title.text), budget)
    if chunk.series and kind == "总结和计划" and all(section.part != "plan" for section in sections):
        kind, why_kind = "总结", "正文无计划部分"
    spans = [line.text.span() for line in chunk.lines]
    return Report(
        title=title.text,
        org=found.org,
        region=found.region,
        level=found.level,
        year=year,
        kind=kind,
        start=min(start for start, _ in spans),
        end=max(end for _, end in spans),
        truncated=truncated,
        sections=sections,
        reasons={"title": title.reason, "org": found.reason, "year": why_year, "kind": why_kind},
    )


def _spelt_out(title: Title, kind: Kind, year: int | None, body: Body) -> Title:
    """The title to show, where the one found says too much or too little.

    A headline's year is not shown where the report masks its own. A government report in a file that is
    only called 云州 becomes 2024年云州市政府工作报告.
    """
    if year is None and title.again is not None:
        return replace(title, text=title.again)
    if title.reason != "文件名" or kind != "政府工作报告" or "报告" in title.text or year is None or body.org is None:
        return title
    name = body.region if body.region not in (None, "全国") else body.org
    return Title(f"{year}年{name}政府工作报告", f"原文无标题，按正文和文件名“{title.text}”拟定")


def _heads(nodes: list[Node], depth: int) -> list[str]:
    """The headings of the upper levels; two levels where a report's title may stand as its only top heading."""
    return [node.heading.text for node in nodes if node.heading is not None and len(node.path) <= depth]
