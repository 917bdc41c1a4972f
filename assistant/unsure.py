"""What the program is not sure of in a report, for somebody to look at."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ingest.archive.records import ReportRecord
from ingest.corrections import InvalidCorrection
from ingest.types import Changes, Field

_ASKED: tuple[Field, ...] = ("title", "org", "year", "kind")
"""What a report is found by; the day on which it was signed is nice to know, and most do not say it."""


def doubts(report: ReportRecord) -> tuple[Field, ...]:
    """The facts that are a mere guess, and year and body where they are not known and nobody has said so."""
    return tuple(field for field in _ASKED if _is_doubtful(report, field))


def _is_doubtful(report: ReportRecord, field: Field) -> bool:
    sure = report.certainty.get(field)
    return sure == "low" or (field in ("year", "org") and getattr(report, field) is None and sure != "given")


def to_look_at(reports: Iterable[ReportRecord], first: Collection[int] = ()) -> list[int]:
    """The reports with doubts; those of `first` before the others."""
    found = [report.id for report in reports if doubts(report)]
    return sorted(found, key=lambda number: number not in first)


def as_they_are(report: ReportRecord) -> Changes:
    """What the user says who finds that the doubtful facts are right. Raises InvalidCorrection without a doubt."""
    found = doubts(report)
    if not found:
        raise InvalidCorrection("这份报告没有待核对的内容", "需要时可直接修改后保存")
    changes: Changes = {}
    if "title" in found:
        changes["title"] = report.title
    if "org" in found:
        changes["org"] = report.org
    if "year" in found:
        changes["year"] = report.year
    if "kind" in found:
        changes["kind"] = report.kind
    return changes
