"""Reading again, from the bytes that the archive keeps, what an older version of the pipeline read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.archive import Archive, FileRecord
from ingest.errors import ReportAssistantError
from ingest.intake.outcomes import FileOutcome, Watcher
from ingest.intake.reading import FileReader, Result, read_ahead
from ingest.pipeline import pipeline_version
from ingest.settings import Settings
from ingest.types import ReadFile


def reread(archive: Archive, settings: Settings, reader: FileReader, watch: Watcher) -> list[FileOutcome]:
    """Bring every outdated file up to date; one that can no longer be read keeps what was made of it."""
    version = pipeline_version(settings)
    records = archive.outdated(version)

    def begin(record: FileRecord) -> tuple[FileRecord, Result]:
        try:
            data = archive.file_bytes(record.id)
        except ReportAssistantError as error:
            return record, _raising(error)
        return record, reader.submit(Path(record.path), data, settings, archive.corrections(record.sha256))

    outcomes = []
    for record, result in read_ahead(records, begin, reader, lambda record: record.size):
        outcomes.append(_store(archive, record, result, version))
        watch.file(outcomes[-1])
    return outcomes


def _store(archive: Archive, record: FileRecord, result: Result, version: str) -> FileOutcome:
    try:
        archive.reread(record.id, result(), version)
    except ReportAssistantError as error:
        return FileOutcome(record.name, record.path, "failed", message=str(error))
    reports = archive.reports_of(record.id)
    passages = sum(report.passages for report in reports)
    return FileOutcome(record.name, record.path, "updated", len(reports), passages)


def _raising(error: ReportAssistantError) -> Callable[[], ReadFile]:
    def result() -> ReadFile:
        raise error

    return result
