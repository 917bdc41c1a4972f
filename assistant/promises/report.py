"""A comparison as the command line prints it: one line of the table per measure, and JSON with citations."""

from __future__ import annotations

from typing import Any

from assistant.answer import Citation
from assistant.promises.find import Comparison
from assistant.promises.types import SHOWN, Evidence, Measure, Promise
from ingest.archive.reader import ArchiveReader
from ingest.archive.records import ReportRecord


def to_json(archive: ArchiveReader, found: Comparison) -> dict[str, Any]:
    """The comparison with every passage as a citation object of the contract; `n` counts through all of them."""
    citer = Citer(archive, (*found.plans, *found.reviews))
    return {
        "org": found.org,
        "year": found.year,
        "plans": [_named(report) for report in found.plans],
        "reviews": [_named(report) for report in found.reviews],
        "counts": counts(found),
        "notes": list(found.notes),
        "promises": [_promise(citer, promise) for promise in found.promises],
    }


def counts(found: Comparison) -> dict[str, int]:
    """How many measures have each verdict, by its Chinese name."""
    return {shown: sum(p.verdict == verdict for p in found.promises) for verdict, shown in SHOWN.items()}


class Citer:
    """Cuts quotes from the sources, each source read once."""

    def __init__(self, archive: ArchiveReader, reports: tuple[ReportRecord, ...]) -> None:
        self._archive = archive
        self._reports = {report.id: report for report in reports}
        self._texts: dict[int, str] = {}
        self._count = 0

    def cite(self, place: Measure | Evidence) -> Citation:
        """The citation of a measure or of evidence, numbered in the order of the calls."""
        self._count += 1
        passage = place.passage
        report = self._reports[passage.report_id]
        if passage.file_id not in self._texts:
            self._texts[passage.file_id] = self._archive.file_text(passage.file_id)
        start, end = place.source
        return Citation(
            n=self._count,
            report=report.title,
            org=report.org,
            year=report.year,
            part=passage.part,
            period=None if passage.period is None else str(passage.period),
            section=passage.path,
            source_file=report.sources[0],
            quote=self._texts[passage.file_id][start:end],
            start=start,
            end=end,
            page=passage.page,
            passage_id=passage.id,
            report_id=report.id,
        )


def _promise(citer: Citer, promise: Promise) -> dict[str, Any]:
    return {
        "measure": promise.measure.text,
        "verdict": promise.verdict,
        "shown": SHOWN[promise.verdict],
        "score": round(promise.score, 3),
        "reason": promise.reason,
        "plan": citer.cite(promise.measure).to_json(),
        "evidence": [{**citer.cite(item).to_json(), "score": round(item.score, 3)} for item in promise.evidence],
    }


def _named(report: ReportRecord) -> dict[str, Any]:
    return {"title": report.title, "year": report.year, "kind": report.kind, "source_file": report.sources[0]}
