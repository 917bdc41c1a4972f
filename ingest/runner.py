"""Many files into the archive: what is unchanged is skipped, what fails is told, text first and vectors after."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ingest.archive import Archive, Source, SourceRecord
from ingest.archive.queue import PassageEncoder, Progress
from ingest.discover import Found, discover
from ingest.errors import ReportAssistantError, UnreadableFile
from ingest.pipeline import pipeline_version, read_file
from ingest.settings import Settings
from ingest.types import ReadFile

logger = logging.getLogger(__name__)

Status = Literal["new", "updated", "unchanged", "duplicate", "skipped", "failed"]
Reader = Callable[[Path, bytes, Settings], ReadFile]
EncoderLoader = Callable[[Settings], PassageEncoder]


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file. `message` is a Chinese line where there is something to say."""

    name: str
    path: str
    status: Status
    reports: int = 0
    passages: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """All outcomes; `embedded` texts were encoded; `fault` says why embedding did not finish, None when it did."""

    outcomes: tuple[FileOutcome, ...]
    embedded: int = 0
    fault: str | None = None

    @property
    def failed(self) -> bool:
        """Whether anything did not work (the command's exit code)."""
        return self.fault is not None or any(outcome.status == "failed" for outcome in self.outcomes)


def bundled_encoder(settings: Settings) -> PassageEncoder:
    """The encoder that the settings name."""
    from ingest.embed import load_encoder

    return load_encoder(settings)


def _ignore(*_: object) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who wants to see the work go on. `found`: number of files; `file`: one is done; `embedding`: (done, total)."""

    found: Callable[[int], None] = _ignore
    file: Callable[[FileOutcome], None] = _ignore
    embedding: Progress = _ignore


@dataclass(slots=True)
class _Run:
    """One ingest: the open archive and what is known before the first file."""

    archive: Archive
    settings: Settings
    read: Reader
    version: str
    load_encoder: EncoderLoader | None
    known: dict[str, SourceRecord]
    failures: set[str]
    sizes: dict[int, tuple[int, int]]
    outcomes: list[FileOutcome] = field(default_factory=list)


def ingest_paths(
    settings: Settings,
    paths: Sequence[Path],
    *,
    watcher: Watcher | None = None,
    embed: bool = True,
    read: Reader = read_file,
    load_encoder: EncoderLoader = bundled_encoder,
) -> IngestSummary:
    """Take files and folders into the archive at `settings.home`; every file's text is searchable before any vector.

    A file that fails does not stop the others. `read` and `load_encoder` stand in for the real ones in tests and
    tools. Raises ArchiveBusy, ArchiveUnusable, ArchiveDamaged when the archive itself cannot be used.
    """
    from ingest.readers import SUPPORTED

    watch = watcher or Watcher()
    with Archive.create_or_open(settings.home, write=True) as archive:
        run = _Run(
            archive,
            settings,
            read,
            pipeline_version(settings),
            load_encoder if embed else None,
            archive.sources(),
            {record.path for record in archive.files() if record.status == "failed"},
            archive.sizes(),
        )
        found = discover(paths, SUPPORTED, settings.home)
        watch.found(len(found))
        for item in found:
            outcome = _one(run, item)
            run.outcomes.append(outcome)
            watch.file(outcome)
        for path in run.failures - {str(item.shown) for item in found}:
            if not Path(path).exists():
                archive.clear_failure(path)
        embedded, fault = _embed(run, watch.embedding)
        return IngestSummary(tuple(run.outcomes), embedded, fault)


def _one(run: _Run, item: Found) -> FileOutcome:
    from ingest.readers import faults

    name, path = item.shown.name, str(item.shown)
    if item.fault is not None:
        return FileOutcome(name, path, "failed", message=item.fault)
    if not item.known_type:
        return FileOutcome(name, path, "skipped", message=str(faults.unsupported(item.shown.suffix.lower())))
    known = run.known.get(path)
    if known is not None and _as_before(known, item, run):
        return FileOutcome(name, path, "unchanged", *run.sizes.get(known.file_id, (0, 0)))
    try:
        return _take_in(run, item, _bytes(item), known)
    except ReportAssistantError as error:
        return FileOutcome(name, path, "failed", message=str(error))


def _as_before(known: SourceRecord, item: Found, run: _Run) -> bool:
    same = (known.size, known.mtime_ns, known.pipeline) == (item.size, item.mtime_ns, run.version)
    return same and known.path not in run.failures


def _bytes(item: Found) -> bytes:
    """The file's bytes, or a little more of them than any reader takes; raises UnreadableFile."""
    from ingest.readers.limits import MAX_FILE_BYTES

    try:
        with item.path.open("rb") as stream:
            return stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(
            f"文件无法打开（{error.strerror}）", "请检查读取权限，或关闭正在使用它的程序后重试"
        ) from error


def _take_in(run: _Run, item: Found, data: bytes, known: SourceRecord | None) -> FileOutcome:
    name, path = item.shown.name, str(item.shown)
    source = Source.of(item.shown, data, item.mtime_ns)
    same = run.archive.with_content(source.sha256)
    if same is not None and same.pipeline == run.version:
        run.archive.add_source(source, same.file_id)
        if known is not None and known.file_id == same.file_id:
            return FileOutcome(name, path, "unchanged", *_size(run, same.file_id))
        return _duplicate(run, item, same.file_id)
    try:
        read = read_guarded(run.read, item.shown, data, run.settings)
    except UnreadableFile as error:
        run.archive.add_failed(item.shown, data, str(error), run.version)
        raise
    twin = run.archive.with_text(read.document.text, run.version) if read.document.text.strip() else None
    if twin is not None and twin.sha256 != source.sha256:
        run.archive.add_source(source, twin.id)
        return _duplicate(run, item, twin.id)
    file_id = run.archive.add(item.shown, data, read, run.version, item.mtime_ns)
    reports, passages = _size(run, file_id)
    status: Status = "new" if known is None else "updated"
    return FileOutcome(name, path, status, reports, passages, "；".join(read.document.notes))


def read_guarded(read: Reader, path: Path, data: bytes, settings: Settings) -> ReadFile:
    """Read the file. A fault of ours in one odd file must not cost the user all the others, so it is logged."""
    try:
        return read(path, data, settings)
    except ReportAssistantError:
        raise
    except Exception as error:
        logger.exception("reading %s failed", path)
        raise UnreadableFile(
            f"处理该文件时程序出错（{type(error).__name__}: {error}）", "请另存为其他格式后重试，并把此文件反馈给开发者"
        ) from error


def _duplicate(run: _Run, item: Found, file_id: int) -> FileOutcome:
    message = f"与 {run.archive.file(file_id).name} 内容相同，已记为同一份"
    return FileOutcome(item.shown.name, str(item.shown), "duplicate", *_size(run, file_id), message)


def _size(run: _Run, file_id: int) -> tuple[int, int]:
    reports = run.archive.reports_of(file_id)
    return len(reports), sum(report.passages for report in reports)


def _embed(run: _Run, progress: Progress) -> tuple[int, str | None]:
    """Vectors after all text: loading the model beside the reading would only hold the reading up (one interpreter)."""
    if run.load_encoder is None or not run.archive.unfinished:
        return 0, None
    try:
        return run.archive.embed_pending(run.load_encoder(run.settings), progress), None
    except ReportAssistantError as error:
        return 0, str(error)
