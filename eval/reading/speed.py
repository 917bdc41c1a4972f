"""What reading costs beside embedding, and what a second run over unchanged files costs."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from eval.bench.children import product, seconds_of
from eval.reading.measure import Measure
from ingest.archive import Archive
from ingest.embed import load_encoder
from ingest.errors import UnreadableFile
from ingest.pipeline import pipeline_version, read_file, with_figures
from ingest.runner import ingest_paths
from ingest.settings import Settings, load_settings

READING_SHARE = 0.05
FIGURES_SHARE = 0.10
UNCHANGED_SECONDS = 2.0
UNCHANGED_FILES = 1000


def measure_cost(files: Sequence[Path]) -> list[Measure]:
    """Reading, cleaning, segmenting and full-text indexing on one core, beside embedding the same text on all cores.

    Both with their imports and models loaded before the clock starts, and dictionaries read. Extracting figures, which
    is part of reading a file, is timed apart: made once more for each report and taken off the time of reading.
    """
    with tempfile.TemporaryDirectory(prefix="report-assistant-eval-") as temporary:
        settings = load_settings(Path(temporary) / "home")
        encoder = load_encoder(settings)
        encoder.encode_passages(["预热"])
        readable = [(path, path.read_bytes()) for path in files]
        _warm(readable[:1], settings)
        with Archive.create_or_open(settings.home, write=True) as archive:
            begun = time.perf_counter()
            for path, data in readable:
                try:
                    archive.add(path, data, read_file(path, data, settings), pipeline_version(settings))
                except UnreadableFile:
                    continue
            whole = time.perf_counter() - begun
            figures = _extracting(readable, settings)
            read = whole - figures
            characters = archive.counts().characters
            begun = time.perf_counter()
            archive.embed_pending(encoder)
            embedded = time.perf_counter() - begun
    return [
        Measure(
            f"reading and indexing / embedding, {characters} characters",
            read / embedded,
            right=round(read * 1000),
            total=round(embedded * 1000),
            most=READING_SHARE,
        ),
        Measure(
            "extracting figures / ingest",
            figures / (whole + embedded),
            most=FIGURES_SHARE,
            right=round(figures * 1000),
            total=round((whole + embedded) * 1000),
        ),
        Measure("reading and indexing, characters per second", round(characters / read), "count"),
        Measure("embedding, characters per second", round(characters / embedded), "count"),
    ]


def _extracting(files: Sequence[tuple[Path, bytes]], settings: Settings) -> float:
    """Seconds that the figures of all files take."""
    seconds = 0.0
    for path, data in files:
        try:
            read = read_file(path, data, settings)
        except UnreadableFile:
            continue
        begun = time.perf_counter()
        for report in read.reports:
            with_figures(report, read.clean)
        seconds += time.perf_counter() - begun
    return seconds


def _warm(files: Sequence[tuple[Path, bytes]], settings: Settings) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="report-assistant-eval-") as temporary,
        Archive.create_or_open(Path(temporary), write=True) as archive,
    ):
        for path, data in files:
            archive.add(path, data, read_file(path, data, settings), pipeline_version(settings))


def measure_unchanged(count: int = UNCHANGED_FILES) -> list[Measure]:
    """The whole command over a folder of which nothing changed, start-up included, in a fresh process.

    Raises BenchError where the command fails.
    """
    with _many(count) as folder, tempfile.TemporaryDirectory(prefix="report-assistant-eval-") as temporary:
        home = Path(temporary) / "home"
        ingest_paths(load_settings(home), [folder])
        seconds = seconds_of(product("ingest", str(folder)), {"REPORT_ASSISTANT_HOME": str(home)})
    return [Measure(f"second run over {count} unchanged files", seconds, "seconds", most=UNCHANGED_SECONDS)]


@contextmanager
def _many(count: int) -> Iterator[Path]:
    """A folder of short reports, each different."""
    with tempfile.TemporaryDirectory(prefix="report-assistant-eval-") as temporary:
        folder = Path(temporary)
        for number in range(count):
            text = f"青禾县卫生健康局2022年工作总结\n一、主要工作\n全年完成第{number}项任务，服务群众{number}人次。\n"
            (folder / f"{number:04d}.txt").write_text(text, encoding="utf-8")
        yield folder
