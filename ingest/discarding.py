"""Taking a report out of the archive so that it can be taken back, and taking it back."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from ingest.archive import Archive, originals
from ingest.archive.leaving import LeftFile
from ingest.intake.reading import FileReader, Reader, file_reader
from ingest.pipeline import pipeline_version
from ingest.settings import Settings
from ingest.trash import Discarded, Trash

UPLOADS = "uploads"
"""The folder, in the archive directory, of files that came in through the page."""


def discard(settings: Settings, report_id: int) -> Discarded:
    """Take a report with all its copies out of the archive and put it into the trash.

    Files that lie in `uploads/` and hold nothing else go with it; a file anywhere else is the user's and stays.
    Raises NotFound, ArchiveBusy, ArchiveUnusable, ArchiveDamaged.
    """
    trash = Trash(settings.home)
    with Archive.create_or_open(settings.home, write=True, create=False, chroma_url=settings.chroma_url) as archive:
        left = archive.leaving(report_id)
        kept = trash.put(left, lambda sha256: originals.load(settings.home, sha256))
        try:
            archive.forget(str(report_id))
        except BaseException:
            trash.drop(kept.id)
            raise
    for file in left.files:
        for source in file.sources if file.whole else ():
            if _is_upload(settings.home, Path(source.path)):
                with contextlib.suppress(OSError):
                    Path(source.path).unlink()
    trash.sweep()
    return kept


def restore(settings: Settings, name: str, read: Reader | None = None) -> Discarded:
    """Read a report of the trash into the archive again, under the names that its files had and with what the user had
    said of it; its vectors are for the next `embed_pending`. Returns what was in the trash.

    Raises NotFound, UnreadableFile (then it stays in the trash), ArchiveBusy, ArchiveUnusable, ArchiveDamaged.
    """
    trash = Trash(settings.home)
    entry = trash.get(name)
    with (
        Archive.create_or_open(settings.home, write=True, chroma_url=settings.chroma_url) as archive,
        file_reader(read) as reader,
    ):
        for file in entry.left.files:
            _take_back(archive, settings, reader, file, trash.load(name, file.sha256))
        archive.sync_vectors()
    trash.drop(name)
    return entry


def _take_back(archive: Archive, settings: Settings, reader: FileReader, left: LeftFile, data: bytes) -> None:
    version = pipeline_version(settings)
    file_id = archive.allow(left)
    first = Path(left.sources[0].path)
    made = reader.submit(first, data, settings, archive.corrections(left.sha256))()
    if file_id is not None:
        archive.reread(file_id, made, version)
    else:
        known = next((one for one in left.sources if one.sha256 == left.sha256), left.sources[0])
        file_id = archive.add(Path(known.path), data, made, version, known.mtime_ns)
        gone = {
            report.id for report in archive.reports_of(file_id) for start, end in left.forgotten
            if start <= report.start < end
        }  # fmt: skip
        for report_id in gone:
            archive.forget(str(report_id))
    here = archive.sources()
    for source in left.sources:
        if source.path not in here:
            archive.add_source(source, file_id)
    for source in left.sources:
        path = Path(source.path)
        if source.sha256 == left.sha256 and _is_upload(settings.home, path) and not path.exists():
            with contextlib.suppress(OSError):  # the archive keeps the bytes itself
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                if source.mtime_ns is not None:
                    os.utime(path, ns=(source.mtime_ns, source.mtime_ns))


def _is_upload(home: Path, path: Path) -> bool:
    return path.is_relative_to((home / UPLOADS).absolute())
