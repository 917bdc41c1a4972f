"""Many files into the archive: what is unchanged is skipped, what fails is told, text first and vectors after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ingest.archive import Archive, Source, SourceRecord
from ingest.archive.queue import PassageEncoder, Progress
from ingest.discover import Found, discover
from ingest.errors import ReportAssistantError
from ingest.loading import BackgroundLoad
from ingest.pipeline import pipeline_version, read_file
from ingest.settings import Settings
from ingest.types import ReadFile

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
    encoder: BackgroundLoad[PassageEncoder] | None
    known: dict[str, SourceRecord]
    failures: set[str]
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
            BackgroundLoad(lambda: load_encoder(settings)) if embed else None,
            archive.sources(),
            {record.path for record in archive.files() if record.status == "failed"},
        )
        found = discover(paths, SUPPORTED, settings.home)
        watch.found(len(found))
        for item in found:
            outcome = _one(run, item)
            run.outcomes.append(outcome)
            watch.file(outcome)
        for path in run.failures - {str(item.path) for item in found}:
            if not Path(path).exists():
                archive.clear_failure(path)
        embedded, fault = _embed(run, watch.embedding)
        return IngestSummary(tuple(run.outcomes), embedded, fault)


def _one(run: _Run, item: Found) -> FileOutcome:
    path = str(item.path)
    if item.fault is not None:
        return FileOutcome(item.path.name, path, "failed", message=item.fault)
    if not item.known_type:
        return FileOutcome(item.path.name, path, "skipped", message="不支持的文件类型")
    known = run.known.get(path)
    if known is not None and _as_before(known, item, run):
        return FileOutcome(item.path.name, path, "unchanged")
    try:
        data = item.path.read_bytes()
    except OSError as error:
        fault = ReportAssistantError(f"文件无法打开（{error.strerror}）", "请检查读取权限，或关闭正在使用它的程序")
        return FileOutcome(item.path.name, path, "failed", message=str(fault))
    try:
        return _take_in(run, item, data, known)
    except ReportAssistantError as error:
        return FileOutcome(item.path.name, path, "failed", message=str(error))


def _as_before(known: SourceRecord, item: Found, run: _Run) -> bool:
    return (known.size, known.mtime_ns, known.pipeline) == (item.size, item.mtime_ns, run.version) and str(
        item.path
    ) not in run.failures


def _take_in(run: _Run, item: Found, data: bytes, known: SourceRecord | None) -> FileOutcome:
    name, path = item.path.name, str(item.path)
    source = Source.of(item.path, data, item.mtime_ns)
    same = run.archive.with_content(source.sha256)
    if same is not None and same.pipeline == run.version:
        run.archive.add_source(source, same.file_id)
        if known is not None and known.file_id == same.file_id:
            return FileOutcome(name, path, "unchanged")
        return _duplicate(run, item, same.file_id)
    try:
        read = run.read(item.path, data, run.settings)
    except ReportAssistantError as error:
        run.archive.add_failed(item.path, data, str(error), run.version)
        raise
    twin = run.archive.with_text(read.document.text, run.version) if read.document.text.strip() else None
    if twin is not None and twin.sha256 != source.sha256:
        run.archive.add_source(source, twin.id)
        return _duplicate(run, item, twin.id)
    file_id = run.archive.add(item.path, data, read, run.version, item.mtime_ns)
    reports = run.archive.reports_of(file_id)
    passages = sum(report.passages for report in reports)
    if passages and run.encoder is not None:
        run.encoder.start()
    return FileOutcome(
        name, path, "new" if known is None else "updated", len(reports), passages, "；".join(read.document.notes)
    )


def _duplicate(run: _Run, item: Found, file_id: int) -> FileOutcome:
    original = run.archive.file(file_id).name
    return FileOutcome(item.path.name, str(item.path), "duplicate", message=f"与 {original} 内容相同，已记为同一份")


def _embed(run: _Run, progress: Progress) -> tuple[int, str | None]:
    if run.encoder is None or not run.archive.unfinished:
        return 0, None
    try:
        return run.archive.embed_pending(run.encoder.result(), progress), None
    except ReportAssistantError as error:
        return 0, str(error)
