"""CleanDocument → reports: where each begins, what it is, and its text as dated sections and passages."""

from ingest.structure.reports import find_reports

__all__ = ["find_reports"]
