"""An archive to look at: a folder of reports read into an archive home, or a home that is there already."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eval.sources import PLAIN_SUFFIXES, copies_of, folder_texts, merge_texts, possible_texts
from ingest.errors import NotFound, ReportAssistantError
from ingest.settings import Settings, load_settings


class IngestError(ReportAssistantError):
    """The folder gave no report, or not all its vectors."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An archive home with what its quotes are held against.

    texts: file name → texts it may be read as; copies: file name → names of the files that hold the same report.
    """

    settings: Settings
    texts: dict[str, tuple[str, ...]]
    copies: dict[str, frozenset[str]]


@contextmanager
def opened(place: Path, home: Path | None = None) -> Iterator[Opened]:
    """Open `place`: an archive home as it is, a folder of reports by way of `home` (kept, reused) or a temporary one.

    Raises NotFound if there is no such folder, IngestError if it holds no readable report.
    """
    if not place.exists():
        raise NotFound(f"没有 {place}", "请给出报告文件夹或档案目录")
    if (place / "archive.db").is_file():
        yield _looked_at(load_settings(place), None)
        return
    if home is not None:
        yield _ingested(place, home)
        return
    with tempfile.TemporaryDirectory(prefix="report-assistant-eval-") as temporary:
        yield _ingested(place, Path(temporary))


def _ingested(folder: Path, home: Path) -> Opened:
    settings = load_settings(home)
    ingest_whole(settings, folder)
    return _looked_at(settings, folder)


def ingest_whole(settings: Settings, folder: Path) -> None:
    """Ingest a folder, vectors included, by the function behind `report-assistant ingest`; files that cannot be read
    are left out. Raises IngestError where vectors are missing: scores without them would say nothing.
    """
    from ingest.runner import ingest_paths

    summary = ingest_paths(settings, [folder])
    if summary.fault is not None:
        raise IngestError(f"导入 {folder} 没有完成（{summary.fault.rstrip('。')}）", "请先排除这个故障")


def _looked_at(settings: Settings, folder: Path | None) -> Opened:
    """Plain-text files are read from the folder (or from the kept bytes) and decoded here; of the other formats the
    archive's extracted text is the source text by definition.
    """
    from ingest.archive import Archive

    pieces: list[tuple[str, tuple[str, ...]]] = []
    with Archive.create_or_open(settings.home, chroma_url=settings.chroma_url) as archive:
        reports = archive.reports()
        if not reports:
            raise IngestError(f"{folder or settings.home} 里没有读出任何报告", "请检查文件夹里的文件")
        names_of: dict[int, set[str]] = {}
        for report in reports:
            names_of.setdefault(report.file_id, set()).update(report.sources)
        on_disk = {} if folder is None or not folder.is_dir() else folder_texts(folder)
        for record in archive.files():
            if record.status != "ok":
                continue
            for name in {record.name, *names_of.get(record.id, set())} - on_disk.keys():
                if Path(name).suffix.lower() in PLAIN_SUFFIXES:
                    pieces.append((name, possible_texts(archive.file_bytes(record.id))))
                else:
                    pieces.append((name, (archive.file_text(record.id),)))
    texts = {**merge_texts(pieces), **on_disk}
    return Opened(settings, texts, dict(copies_of(report.sources for report in reports)))
