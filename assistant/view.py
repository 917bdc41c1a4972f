"""A report as it is read on the page: paragraphs with the cited quote highlighted."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Citation
from ingest.archive import Archive
from ingest.archive.records import PassageRecord, ReportRecord
from ingest.types import Part


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One passage as shown text. `highlight`: spans of `text` that belong to the quote; `current`: holds the quote."""

    text: str
    path: tuple[str, ...]
    part: Part | None
    period: str | None
    page: int | None
    current: bool
    highlight: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PassageView:
    """A whole report around one citation."""

    report: ReportRecord
    paragraphs: tuple[Paragraph, ...]


def view(archive: Archive, citation: Citation) -> PassageView:
    """The report that `citation` comes from, its quote highlighted."""
    passages = archive.report_passages(citation.report_id)
    return PassageView(archive.report(citation.report_id), tuple(_paragraph(item, citation) for item in passages))


def _paragraph(passage: PassageRecord, citation: Citation) -> Paragraph:
    mapped = passage.text
    inside = [
        i
        for i in range(len(mapped))
        if mapped.starts[i] < citation.end and mapped.ends[i] > citation.start and mapped.starts[i] < mapped.ends[i]
    ]
    highlight = ((inside[0], inside[-1] + 1),) if inside and passage.id == citation.passage_id else ()
    return Paragraph(
        text=mapped.text,
        path=passage.path,
        part=passage.part,
        period=None if passage.period is None else str(passage.period),
        page=passage.page,
        current=bool(highlight),
        highlight=highlight,
    )
