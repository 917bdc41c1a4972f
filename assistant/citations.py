"""From a span of a passage to a citation: the source's own characters."""

from __future__ import annotations

from assistant.answer import Citation
from ingest.archive import Archive
from ingest.archive.records import PassageRecord


def cite(archive: Archive, passage: PassageRecord, start: int, end: int, n: int) -> Citation:
    """The citation of `passage.text[start:end]` (cleaned offsets); its quote is cut from the stored source text."""
    report = archive.report(passage.report_id)
    first, last = passage.text.span(start, end)
    return Citation(
        n=n,
        report=report.title,
        org=report.org,
        year=report.year,
        part=passage.part,
        period=None if passage.period is None else str(passage.period),
        section=passage.path,
        source_file=report.sources[0],
        quote=archive.file_text(passage.file_id)[first:last],
        start=first,
        end=last,
        page=passage.page,
        passage_id=passage.id,
        report_id=report.id,
    )
