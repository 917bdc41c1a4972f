"""Small builders shared by tests."""

from __future__ import annotations

from ingest.archive.records import PassageRecord, ReportRecord
from ingest.mapped import MappedText
from ingest.period import Period
from ingest.types import Part


def report(
    number: int, org: str | None, region: str | None, level: str | None, year: int | None, title: str | None = None
) -> ReportRecord:
    """A report as the archive lists it."""
    return ReportRecord(
        id=number,
        file_id=number,
        title=title or f"{org}{year}年工作总结",
        org=org,
        region=region,
        level=level,
        year=year,
        kind="总结",
        truncated=False,
        start=0,
        end=100,
        sources=(f"{number}.txt",),
        passages=3,
    )


def passage(
    number: int,
    report_id: int,
    text: str,
    *,
    path: tuple[str, ...] = (),
    part: Part | None = "review",
    period: str | None = "2022",
) -> PassageRecord:
    """A passage whose cleaned text stands in the source as it is, at offset 0."""
    return PassageRecord(
        id=number,
        report_id=report_id,
        file_id=report_id,
        section_id=number,
        ordinal=number,
        text=MappedText.identity(text),
        path=path,
        part=part,
        period=None if period is None else Period.parse(period),
        page=None,
    )
