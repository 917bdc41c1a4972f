"""The archive: one directory with the original files, SQLite as the truth, and Chroma for the vectors."""

from ingest.archive.archive import Archive
from ingest.archive.records import (
    Counts,
    FileRecord,
    Finding,
    Hit,
    MarkRecord,
    PassageRecord,
    ReportRecord,
    Scope,
    SectionRecord,
    SourceRecord,
)
from ingest.archive.store import Source
from ingest.archive.terms import Terms, terms

__all__ = [
    "Archive",
    "Counts",
    "FileRecord",
    "Finding",
    "Hit",
    "MarkRecord",
    "PassageRecord",
    "ReportRecord",
    "Scope",
    "SectionRecord",
    "Source",
    "SourceRecord",
    "Terms",
    "terms",
]
