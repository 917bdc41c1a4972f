"""A report as it is read on the page: paragraphs with the cited quote highlighted, a long report in parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.conversations.sources import locate
from assistant.copies import Copy, copies
from ingest.archive import Archive
from ingest.archive.records import FileRecord, PassageRecord, ReportRecord
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
    """A report around one citation: all of its paragraphs, or some in a row.

    `first`: how many stand before those shown; `total`: how many there are, None when all are shown; `before`: the one
    above the first, whose headings need not be said again; `file`: the file that the report is read from; `copies`: all
    files that hold it.
    """

    report: ReportRecord
    paragraphs: tuple[Paragraph, ...]
    first: int = 0
    total: int | None = None
    before: Paragraph | None = None
    file: FileRecord | None = None
    copies: tuple[Copy, ...] = ()

    @property
    def count(self) -> int:
        """How many paragraphs the report has."""
        return len(self.paragraphs) if self.total is None else self.total


def view(archive: Archive, citation: Citation, around: int | None = None) -> PassageView:
    """The report that `citation` comes from, its quote highlighted; with `around`, no more than so many paragraphs on
    either side of it.

    Raises NotFound when the archive holds its source no longer (an answer may be older than what is held now).
    """
    found = locate(archive, citation)
    if found is None:
        raise NotFound("这段原文已不在档案中（来源已删除，或文件已改动）", "请重新提问")
    passages = archive.report_passages(found.report_id)
    at = next((place for place, item in enumerate(passages) if item.id == found.passage_id), 0)
    first, last = window(at, len(passages), around)
    report = archive.report(found.report_id)
    file = archive.file(report.file_id)
    return _part(report, passages, first, last, found, file, copies(archive, report))


def part(archive: Archive, report_id: int, first: int, last: int) -> PassageView:
    """The paragraphs `first:last` of a report, nothing highlighted; raises NotFound."""
    report = archive.report(report_id)
    passages = archive.report_passages(report_id)
    first = min(max(0, first), len(passages))
    return _part(report, passages, first, min(max(first, last), len(passages)))


def window(at: int, count: int, around: int | None) -> tuple[int, int]:
    """Which of `count` paragraphs are shown at first, from and up to: those around the one at `at`, all for None."""
    return (0, count) if around is None else (max(0, at - around), min(count, at + around + 1))


def _part(
    report: ReportRecord,
    passages: Sequence[PassageRecord],
    first: int,
    last: int,
    citation: Citation | None = None,
    file: FileRecord | None = None,
    held: tuple[Copy, ...] = (),
) -> PassageView:
    shown = tuple(_paragraph(item, citation) for item in passages[first:last])
    before = _paragraph(passages[first - 1], None) if first else None
    return PassageView(report, shown, first, len(passages), before, file, held)


def _paragraph(passage: PassageRecord, citation: Citation | None) -> Paragraph:
    mapped = passage.text
    is_cited = citation is not None and passage.id == citation.passage_id
    quoted = _place(mapped, citation.start, citation.end) if citation is not None and is_cited else None
    highlight = () if quoted is None else (quoted,)
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
