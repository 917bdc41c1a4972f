"""The files that hold a report, as they were ingested, to be taken away."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath, PureWindowsPath

from ingest.archive import Archive, originals
from ingest.archive.records import ReportRecord, SourceRecord
from ingest.errors import NotFound


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that holds a report. `key`: what it is asked for by; `kept`: whether the archive has its bytes.

    Of files with the same text only one is kept.
    """

    key: str
    name: str
    kept: bool


def copies(archive: Archive, report: ReportRecord) -> tuple[Copy, ...]:
    """The files that hold `report`, the one it is read from first."""
    files = [report.file_id, *(archive.report(other).file_id for other in report.duplicates)]
    found = [source for source in archive.sources().values() if source.file_id in files]
    read = archive.file(report.file_id)
    found.sort(key=lambda item: (files.index(item.file_id), item.path != read.path, item.path))
    return tuple(Copy(_key(item), _name(item), originals.place(archive.home, item.sha256).is_file()) for item in found)


def copy(archive: Archive, key: str) -> tuple[str, bytes]:
    """Name and bytes of the file with this key. Raises NotFound, ArchiveDamaged."""
    for source in archive.sources().values():
        if _key(source) == key:
            if not originals.place(archive.home, source.sha256).is_file():
                raise NotFound("档案里没有单独保存这份文件", "请下载同一份报告的另一份文件")
            return _name(source), originals.load(archive.home, source.sha256)
    raise NotFound("档案里没有这份文件", "请从引文里下载")


def _key(source: SourceRecord) -> str:
    """Says nothing of where the file lies, and leads nowhere but to what the archive knows."""
    return hashlib.sha256(source.path.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _name(source: SourceRecord) -> str:
    return (PureWindowsPath(source.path) if "\\" in source.path else PurePath(source.path)).name
