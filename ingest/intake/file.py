"""One file's way into the archive: is it known, has it moved, is it a copy, what does it hold?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.archive import Archive, Source, SourceRecord, fulltext
from ingest.archive.originals import digest
from ingest.archive.relocate import Failure
from ingest.errors import ReportAssistantError, UnreadableFile
from ingest.finding.discover import Found
from ingest.finding.filenames import on_disk
from ingest.finding.loading import Contents
from ingest.intake.outcomes import FileOutcome, Status
from ingest.intake.reading import FileReader, Result
from ingest.isolation.faults import LASTING
from ingest.pipeline import pipeline_version
from ingest.settings import Settings
from ingest.types import ReadFile

_NOT_TRIED = "（内容没有变，这次没有再试；要再试请加 --reread）"


@dataclass(slots=True)
class Pending:
    """A file whose bytes are here. `result`: its reading, where that has been begun."""

    item: Found
    data: bytes
    source: Source
    known: SourceRecord | None
    result: Result | None = None


Begun = FileOutcome | Pending


class Intake:
    """Takes files into an archive that is open for writing. `retry`: also try again what failed for good."""

    def __init__(
        self, archive: Archive, settings: Settings, reader: FileReader, contents: Contents, *, retry: bool = False
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._reader = reader
        self._contents = contents
        self._version = pipeline_version(settings)
        self.known = archive.sources()
        self.failures = archive.failures()
        self._sizes = archive.sizes()
        self._paths: dict[str, list[str]] = {}
        for path, record in self.known.items():
            self._paths.setdefault(record.sha256, []).append(path)
        self._hopeless: dict[str, str] = {}
        for failure in () if retry else self.failures.values():
            self._note_hopeless(failure)
        self._reading: set[str] = set()
        self._is_ready = False

    def is_unchanged(self, item: Found) -> bool:
        """Whether the directory alone says that nothing need be done."""
        known = self.known.get(str(item.shown))
        if known is None or known.path in self.failures:
            return False
        return (known.size, known.mtime_ns, known.pipeline) == (item.size, item.mtime_ns, self._version)

    def begin(self, item: Found) -> Begun:
        """Decide what can be decided; for a file that must be read, load it and begin to read."""
        path = str(item.shown)
        if item.fault is not None:
            if item.zipped:
                self._note_failure(item.shown, b"", item.fault)
            return _outcome(item, "failed", message=item.fault)
        if item.aside is not None:
            return _outcome(item, "skipped", message=item.aside)
        known = self.known.get(path)
        if known is not None and self.is_unchanged(item):
            return _outcome(item, "unchanged", self._sizes.get(known.file_id, (0, 0)))
        try:
            data = self._contents.load(item)
        except UnreadableFile as error:
            if item.zipped:
                self._note_failure(item.shown, b"", str(error))
            return _outcome(item, "failed", message=str(error))
        pending = Pending(item, data, Source.of(item.shown, data, item.mtime_ns), known)
        sha256 = pending.source.sha256
        if sha256 not in self._reading and sha256 not in self._hopeless and self._current(sha256) is None:
            pending.result = self._submit(pending)
            self._reading.add(sha256)
        return pending

    def finish(self, begun: Begun) -> FileOutcome:
        """Store what was read; a file that fails leaves nothing but its failure."""
        if isinstance(begun, FileOutcome):
            return begun
        try:
            if begun.result is not None:
                self._get_ready()
            return self._take_in(begun)
        except UnreadableFile as error:
            line = str(error)
            self._note_failure(begun.item.shown, begun.data, line)
            return _outcome(begun.item, "failed", message=line)
        except ReportAssistantError as error:
            return _outcome(begun.item, "failed", message=str(error))
        finally:
            if begun.result is not None:
                self._reading.discard(begun.source.sha256)

    def _take_in(self, pending: Pending) -> FileOutcome:
        item, source, known = pending.item, pending.source, pending.known
        gone = self._moved_from(source)
        same = self._current(source.sha256)
        if same is not None:
            if gone is not None:
                return self._moved(pending, gone, same.file_id)
            self._archive.add_source(source, same.file_id)
            if known is not None and known.file_id == same.file_id:
                return _outcome(item, "unchanged", self._size(same.file_id))
            return self._duplicate(item, same.file_id)
        if source.sha256 in self._hopeless:
            line = self._hopeless[source.sha256]
            self._note_failure(item.shown, pending.data, line)
            return _outcome(item, "failed", message=line + _NOT_TRIED)
        read = self._read(pending)
        twin = self._archive.with_text(read.document.text, self._version) if read.document.text.strip() else None
        if twin is not None and twin.sha256 != source.sha256:
            self._archive.add_source(source, twin.id)
            return self._duplicate(item, twin.id)
        file_id = self._archive.add(item.shown, pending.data, read, self._version, item.mtime_ns)
        if gone is not None:
            return self._moved(pending, gone, file_id)
        size, copies = self._size(file_id), self._archive.copies_told(file_id)
        status: Status = "duplicate" if copies and not size[0] else "new" if known is None else "updated"
        return _outcome(item, status, size, "；".join((*read.document.notes, *copies)))

    def _read(self, pending: Pending) -> ReadFile:
        """What the file says, with what the user has said of it, or of what lay at its path before."""
        shown, known, source = pending.item.shown, pending.known, pending.source
        read = (pending.result or self._submit(pending))()
        if known is not None and known.sha256 != source.sha256 and not self._archive.corrections(source.sha256):
            said = self._archive.carried(source.path, read)
            if said:
                read = self._reader.submit(shown, pending.data, self._settings, said)()
        return read

    def _submit(self, pending: Pending) -> Result:
        said = self._archive.corrections(pending.source.sha256)
        return self._reader.submit(pending.item.shown, pending.data, self._settings, said)

    def _get_ready(self) -> None:
        """Load what storing needs while the first file is being read elsewhere: cutting words takes a dictionary."""
        if not self._is_ready:
            fulltext.row("准备", ())
            self._is_ready = True

    def _current(self, sha256: str) -> SourceRecord | None:
        """The content, if this version of the pipeline has read it."""
        same = self._archive.with_content(sha256)
        return same if same is not None and same.pipeline == self._version else None

    def _moved_from(self, source: Source) -> str | None:
        """The path that held the same bytes and is gone, if that is how this one came to be."""
        known = self.known.get(source.path)
        if known is not None and known.sha256 == source.sha256:
            return None
        others = [path for path in self._paths.get(source.sha256, ()) if path != source.path and path in self.known]
        others.sort(key=lambda path: Path(path).name != source.name)
        return next((path for path in others if not on_disk(path)), None)

    def _moved(self, pending: Pending, gone: str, file_id: int) -> FileOutcome:
        self._archive.move_source(gone, pending.source, file_id)
        del self.known[gone]
        return _outcome(pending.item, "moved", self._size(file_id), f"原为 {gone}")

    def _duplicate(self, item: Found, file_id: int) -> FileOutcome:
        message = f"与 {self._archive.file(file_id).name} 内容相同，已记为同一份"
        return _outcome(item, "duplicate", self._size(file_id), message)

    def _note_failure(self, path: Path, data: bytes, line: str) -> None:
        """Note it once: a failure that is known changes nothing."""
        failure = Failure(digest(data), line, self._version)
        if self.failures.get(str(path)) != failure:
            self._archive.add_failed(path, data, line, self._version)
            self.failures[str(path)] = failure
        self._note_hopeless(failure)

    def _note_hopeless(self, failure: Failure) -> None:
        if failure.error.startswith(LASTING) and failure.pipeline == self._version:
            self._hopeless[failure.sha256] = failure.error

    def _size(self, file_id: int) -> tuple[int, int]:
        reports = self._archive.reports_of(file_id)
        return len(reports), sum(report.passages for report in reports)


def _outcome(item: Found, status: Status, size: tuple[int, int] = (0, 0), message: str = "") -> FileOutcome:
    return FileOutcome(item.shown.name, str(item.shown), status, *size, message)
