"""Ingest without the real reader: a folder of two reports, and a reader that takes every line for a passage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest import pipeline
from ingest.archive import Archive
from ingest.errors import UnreadableFile
from ingest.intake.reading import DirectReader
from ingest.runner import IngestSummary, Watcher, ingest_paths
from ingest.settings import Settings
from ingest.types import ReadFile
from tests.archive_builders import FakeEncoder, read_file, section

ENCODER = FakeEncoder()


def read(path: Path, data: bytes, settings: Settings) -> ReadFile:
    """Every line a passage; a file that says 坏 cannot be read."""
    text = data.decode()
    if "坏" in text:
        raise UnreadableFile("文件已损坏", "请换一份")
    return read_file(section(*text.splitlines()), title=path.stem)


def never(path: Path, data: bytes, settings: Settings) -> ReadFile:
    raise AssertionError(f"{path} was read")


def two_reports(place: Path) -> Path:
    """The folder with a.txt and 2022/b.txt."""
    (place / "2022").mkdir(parents=True)
    (place / "a.txt").write_text("甲县新建医院。")
    (place / "2022" / "b.txt").write_text("乙县扩建医院。\n乙县培训医生。")
    return place


def ingest(settings: Settings, *paths: Path, watcher: Watcher | None = None, embed: bool = True) -> IngestSummary:
    return ingest_paths(settings, paths, watcher=watcher, embed=embed, read=read, load_encoder=lambda _: ENCODER)


def statuses(summary: IngestSummary) -> dict[str, str]:
    return {outcome.name: outcome.status for outcome in summary.outcomes}


def found(settings: Settings, word: str) -> set[str]:
    with Archive.create_or_open(settings.home) as archive:
        return {item.text.text for item in archive.passages([hit.passage_id for hit in archive.search_text([word])])}


@contextmanager
def read_here(_: object = None) -> Iterator[DirectReader]:
    """Stands in for `file_reader` where a test puts something else in the place of a part of the real reader."""
    yield DirectReader(pipeline.read_file)
