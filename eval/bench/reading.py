"""How soon the text of a folder can be searched, and where the time goes: each stage of reading on its own."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from eval.bench.children import module_result
from ingest.archive import Archive
from ingest.errors import UnreadableFile
from ingest.finding.discover import Found, discover
from ingest.finding.loading import Contents
from ingest.pipeline import pipeline_version, storable, with_figures
from ingest.settings import Settings, load_settings
from ingest.types import ReadFile

STAGES = ("read", "clean", "structure", "figures", "store")


@dataclass(frozen=True, slots=True)
class ReadingBench:
    """`searchable`: seconds until the last file can be found by full text, in a fresh process that starts its readers.

    `stages`: seconds of CPU of this one process for each stage over all files, everything loaded before: what the work
    itself costs. Characters are those of the text as read.
    """

    files: int
    failed: int
    characters: int
    searchable: float
    stages: dict[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """All figures, for `--json`."""
        return {
            **asdict(self),
            "characters_per_second": self.characters / self.searchable,
            "stage_characters_per_second": {name: self.characters / max(s, 1e-9) for name, s in self.stages.items()},
        }

    def lines(self) -> tuple[str, ...]:
        """For people."""
        rate = self.characters / self.searchable
        whole = sum(self.stages.values())
        return (
            f"{self.files} files ({self.failed} failed), {self.characters} characters",
            f"searchable after {self.searchable:.2f}s  {rate:.0f} characters/s",
            *(f"{name:<10}{seconds:7.2f}s of CPU  {seconds / whole:4.0%}" for name, seconds in self.stages.items()),
        )


def bench_reading(folder: Path, told: Callable[[str], None]) -> ReadingBench:
    """Measure both. Raises BenchError where the ingest fails."""
    with tempfile.TemporaryDirectory(prefix="report-assistant-bench-") as temporary:
        told("ingest, text only")
        whole = module_result("eval.bench.ours", [str(folder), str(Path(temporary) / "home"), "text"])
        settings = load_settings(Path(temporary) / "stages")
        found = discover([folder], _supported(), settings.home)
        usable = [item for item in found if item.fault is None and item.aside is None]
        told("stages")
        _staged(usable[:1], settings, settings.home.with_name("warm"))
        stages, characters = _staged(usable, settings, settings.home)
    return ReadingBench(int(whole["files"]), int(whole["failed"]), characters, float(whole["searchable"]), stages)


def _staged(found: list[Found], settings: Settings, home: Path) -> tuple[dict[str, float], int]:
    """Seconds of CPU for each stage, and the characters read."""
    from ingest.clean import clean
    from ingest.readers import read_document
    from ingest.structure import find_reports
    from ingest.structure.labels import with_safe_labels

    stages = dict.fromkeys(STAGES, 0.0)
    characters = 0

    @contextmanager
    def timed(stage: str) -> Iterator[None]:
        begun = time.process_time()
        yield
        stages[stage] += time.process_time() - begun

    with Archive.create_or_open(home, write=True) as archive, Contents() as contents:
        for item in found:
            try:
                data = contents.load(item)
                with timed("read"):
                    document = storable(read_document(item.shown, data))
            except UnreadableFile:
                continue
            with timed("clean"):
                cleaned = clean(document)
            with timed("structure"):
                reports = find_reports(document, cleaned, item.shown, settings.passage_tokens)
                reports = tuple(with_safe_labels(report, item.shown.stem) for report in reports)
            with timed("figures"):
                reports = tuple(with_figures(report, cleaned) for report in reports)
            with timed("store"):
                read = ReadFile(document, cleaned, reports)
                archive.add(item.shown, data, read, pipeline_version(settings), item.mtime_ns)
            characters += len(document.text)
    return stages, characters


def _supported() -> frozenset[str]:
    from ingest.readers import SUPPORTED

    return SUPPORTED
