"""CleanDocument → reports: where each begins, what it is, and its text as dated sections and passages."""

from collections.abc import Sequence
from pathlib import Path

from ingest.types import CleanDocument, Correction, Document, Report

__all__ = ["find_reports"]


def find_reports(
    document: Document, clean: CleanDocument, path: Path, passage_tokens: int, corrections: Sequence[Correction] = ()
) -> tuple[Report, ...]:
    """See `ingest.structure.reports.find_reports`. Imported here, because whoever only wants sentences or tokens would
    wait for its many patterns.
    """
    from ingest.structure import reports

    return reports.find_reports(document, clean, path, passage_tokens, corrections)
