"""Many files into the archive: what is unchanged is skipped, what fails is told, text first and vectors after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.archive import Archive
from ingest.archive.queue import PassageEncoder, Progress
from ingest.errors import ReportAssistantError
from ingest.finding.discover import Found, discover, place_of
from ingest.finding.loading import Contents
from ingest.intake.file import Intake
from ingest.intake.gone import gone, refuse_when_empty, settled
from ingest.intake.outcomes import FileOutcome, IngestSummary, Status, Watcher
from ingest.intake.reading import FileReader, Reader, file_reader, read_ahead
from ingest.intake.rereading import reread
from ingest.settings import Settings

__all__ = ["EncoderLoader", "FileOutcome", "IngestSummary", "Reader", "Status", "Watcher", "ingest_paths"]

EncoderLoader = Callable[[Settings], PassageEncoder]


def bundled_encoder(settings: Settings) -> PassageEncoder:
    """The encoder that the settings name."""
    from ingest.embed import load_encoder

    return load_encoder(settings)


def ingest_paths(
    settings: Settings,
    paths: Sequence[Path],
    *,
    watcher: Watcher | None = None,
    embed: bool = True,
    prune: bool = False,
    allow_empty: bool = False,
    reread_outdated: bool = False,
    read: Reader | None = None,
    load_encoder: EncoderLoader = bundled_encoder,
) -> IngestSummary:
    """Take files and folders into the archive at `settings.home`; every file's text is searchable before any vector.

    A file that fails does not stop the others. Files are read in a process of their own, unless `read` is given to
    stand in for `ingest.pipeline.read_file` here; `load_encoder` stands in for the real one.

    prune: also take out of the archive what lay under `paths` and is gone; PruneRefused where all of it seems to be
    gone, unless `allow_empty`. reread_outdated: also read again, from the kept bytes, whatever an older version of the
    pipeline read, and try again what failed for good.
    Raises ArchiveBusy, ArchiveUnusable, ArchiveDamaged when the archive itself cannot be used.
    """
    from ingest.readers import SUPPORTED

    watch = watcher or Watcher()
    with Archive.create_or_open(settings.home, write=True, chroma_url=settings.chroma_url) as archive:
        found = discover(paths, SUPPORTED, settings.home)
        if prune and not allow_empty:
            refuse_when_empty(paths, found)
        elif prune:
            found = [item for item in found if item.fault is None or item.path.exists() or not _named(item, paths)]
        with file_reader(read) as reader, Contents() as contents:
            intake = Intake(archive, settings, reader, contents, retry=reread_outdated)
            outcomes = _take_in(intake, found, watch, reader)
            if reread_outdated:
                outcomes += reread(archive, settings, reader, watch)
        left = gone(paths, intake.known.keys(), found)
        if prune and left:
            archive.remove_sources(left)
            outcomes += _removed(left, watch)
        for path in settled(intake.failures.keys(), found):
            archive.clear_failure(path)
        embedded, fault = _embed(archive, settings, load_encoder if embed else None, watch.embedding)
        return IngestSummary(tuple(outcomes), embedded, fault, () if prune else left)


def _take_in(intake: Intake, found: Sequence[Found], watch: Watcher, reader: FileReader) -> list[FileOutcome]:
    watch.found(len(found))
    weights = [0 if intake.is_unchanged(item) else item.size for item in found]
    total, done = sum(weights), 0
    outcomes = []
    begun_ones = read_ahead(found, intake.begin, reader, lambda item: item.size)
    for weight, begun in zip(weights, begun_ones, strict=True):
        outcome = intake.finish(begun)
        outcomes.append(outcome)
        done += weight
        watch.reading(done, total)
        watch.file(outcome)
    return outcomes


def _removed(paths: Sequence[str], watch: Watcher) -> list[FileOutcome]:
    outcomes = [FileOutcome(Path(path).name, path, "removed", message="磁盘上已不存在") for path in paths]
    for outcome in outcomes:
        watch.file(outcome)
    return outcomes


def _named(item: Found, paths: Sequence[Path]) -> bool:
    return item.path in [place_of(path) for path in paths]


def _embed(
    archive: Archive, settings: Settings, load_encoder: EncoderLoader | None, progress: Progress
) -> tuple[int, str | None]:
    """Vectors after all text: loading the model beside the reading would only hold the reading up."""
    if load_encoder is None or not archive.unfinished:
        return 0, None
    try:
        return archive.embed_pending(load_encoder(settings), progress), None
    except ReportAssistantError as error:
        return 0, str(error)
