"""Where the source of a kept citation stands now: the archive goes on changing after an answer was given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.answer import Answer, Citation
from ingest.archive import Archive
from ingest.archive.records import PassageRecord, ReportRecord
from ingest.errors import NotFound

Held = frozenset[tuple[str | int, str]]
"""What the archive holds: each report's title and each report's number, with the name of each file it comes from."""


def held_by(reports: Iterable[ReportRecord]) -> Held:
    """What `reports` are known by."""
    return frozenset((name, source) for item in reports for source in item.sources for name in (item.title, item.id))


def gone(answer: Answer, held: Held) -> frozenset[int]:
    """The numbers of those citations whose report the archive holds no longer."""
    return frozenset(
        item.n
        for item in answer.citations
        if not held & {(item.report, item.source_file), (item.report_id, item.source_file)}
    )


def locate(archive: Archive, citation: Citation) -> Citation | None:
    """`citation` with the passage and report that hold its quote today; None when none does.

    Numbers of passages change when a file is read anew, and a number may come to mean another report.
    """
    try:
        if _holds(archive, archive.passage(citation.passage_id), citation):
            return citation
    except NotFound:
        pass
    for report in archive.reports():
        if _is_source(citation, report):
            for passage in archive.report_passages(report.id):
                if _holds(archive, passage, citation):
                    return replace(citation, report_id=report.id, passage_id=passage.id)
    return None


def _holds(archive: Archive, passage: PassageRecord, citation: Citation) -> bool:
    """Whether the passage covers the citation's span and the source still has the quote's very words there."""
    if not passage.text.text:
        return False
    first, last = passage.text.span()
    if not (first <= citation.start and citation.end <= last):
        return False
    if archive.file_text(passage.file_id)[citation.start : citation.end] != citation.quote:
        return False
    return citation.source_file in archive.report(passage.report_id).sources


def _is_source(citation: Citation, report: ReportRecord) -> bool:
    return citation.source_file in report.sources
