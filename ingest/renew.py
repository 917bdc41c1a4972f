"""Making the archive's derived parts again from what it keeps: reading, indexes and, on request, vectors."""

from __future__ import annotations

from pathlib import Path

from ingest.archive import Archive, FileRecord
from ingest.errors import ReportAssistantError
from ingest.pipeline import pipeline_version, read_file
from ingest.runner import (
    EncoderLoader,
    FileOutcome,
    IngestSummary,
    Reader,
    Watcher,
    bundled_encoder,
    read_guarded,
)
from ingest.settings import Settings


def rebuild(
    settings: Settings,
    *,
    embed: bool = False,
    watcher: Watcher | None = None,
    read: Reader = read_file,
    load_encoder: EncoderLoader = bundled_encoder,
) -> IngestSummary:
    """Read again, from the kept bytes, the files that an older pipeline read; make the full-text index and Chroma anew.

    With `embed` the vectors are made with the configured model: all of them when it is another than before, else those
    that are missing. Without it nothing is embedded. A file that can no longer be read keeps what was made of it.
    Raises NotFound where there is no archive.
    """
    watch = watcher or Watcher()
    version = pipeline_version(settings)
    with Archive.create_or_open(settings.home, write=True, create=False) as archive:
        outdated = archive.outdated(version)
        watch.found(len(outdated))
        outcomes = []
        for record in outdated:
            outcomes.append(_reread(archive, record, settings, read, version))
            watch.file(outcomes[-1])
        archive.rebuild(watch.embedding if not embed else None)
        embedded = 0
        if embed:
            encoder = load_encoder(settings)
            archive.change_model(encoder)
            embedded = archive.embed_pending(encoder, watch.embedding)
        return IngestSummary(tuple(outcomes), embedded)


def _reread(archive: Archive, record: FileRecord, settings: Settings, read: Reader, version: str) -> FileOutcome:
    try:
        made = read_guarded(read, Path(record.path), archive.file_bytes(record.id), settings)
        archive.reread(record.id, made, version)
    except ReportAssistantError as error:
        return FileOutcome(record.name, record.path, "failed", message=str(error))
    reports = archive.reports_of(record.id)
    passages = sum(report.passages for report in reports)
    return FileOutcome(record.name, record.path, "updated", len(reports), passages)
