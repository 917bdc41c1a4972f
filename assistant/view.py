"""A report as it is read on the page: paragraphs with the cited quote highlighted."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Citation
from assistant.conversations.sources import locate
from ingest.archive import Archive
from ingest.archive.records import PassageRecord, ReportRecord
from ingest.errors import NotFound
from ingest.mapped import MappedText
from ingest.types import Part


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One passage as shown text. `highlight`: spans of `text` that belong to the quote; `current`: holds the quote.

    `addressed`: spans of `text` that speak to a program and are no evidence.
    """

    text: str
    path: tuple[str, ...]
    part: Part | None
    period: str | None
    page: int | None
    current: bool
    highlight: tuple[tuple[int, int], ...]
    addressed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PassageView:
    """A whole report around one citation."""

    report: ReportRecord
    paragraphs: tuple[Paragraph, ...]


def view(archive: Archive, citation: Citation) -> PassageView:
    """The report that `citation` comes from, its quote highlighted.

    Raises NotFound when the archive holds its source no longer (an answer may be older than what is held now).
    """
    found = locate(archive, citation)
    if found is None:
        raise NotFound("这段原文已不在档案中（来源已删除，或文件已改动）", "请重新提问")
    passages = archive.report_passages(found.report_id)
    return PassageView(archive.report(found.report_id), tuple(_paragraph(item, found) for item in passages))


def _paragraph(passage: PassageRecord, citation: Citation) -> Paragraph:
    mapped = passage.text
    quoted = _place(mapped, citation.start, citation.end)
    highlight = (quoted,) if quoted is not None and passage.id == citation.passage_id else ()
    marked = (_place(mapped, mark.start, mark.end) for mark in passage.marks if mark.kind == "addressed")
    return Paragraph(
        text=mapped.text,
        path=passage.path,
        part=passage.part,
        period=None if passage.period is None else str(passage.period),
        page=passage.page,
        current=bool(highlight),
        highlight=highlight,
        addressed=tuple(span for span in marked if span is not None),
    )


def _place(mapped: MappedText, start: int, end: int) -> tuple[int, int] | None:
    """Where the source span `start:end` stands in the shown text; None where it does not."""
    inside = [
        i
        for i in range(len(mapped))
        if mapped.starts[i] < end and mapped.ends[i] > start and mapped.starts[i] < mapped.ends[i]
    ]
    return (inside[0], inside[-1] + 1) if inside else None
