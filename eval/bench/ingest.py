"""Ingest side by side with the textbook pipeline: same files, same model, fresh processes, one after the other."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.bench.children import module_result


@dataclass(frozen=True, slots=True)
class IngestBench:
    """Medians over `runs` runs, in seconds from the end of the imports; the model's loading is part of them.

    characters: of the text that the textbook pipeline reads; both rates count these, so that only time differs.
    unchanged: a second run of ours, in a fresh process, over the same files and archive.
    """

    runs: int
    characters: int
    ours_imports: float
    ours_searchable: float
    ours_complete: float
    unchanged: float
    textbook_imports: float
    textbook_complete: float

    @property
    def ratio(self) -> float:
        """How many times as fast as the textbook everything is embedded."""
        return self.textbook_complete / self.ours_complete

    @property
    def searchable_ratio(self) -> float:
        """How many times sooner everything is searchable; in the textbook pipeline, when all is embedded."""
        return self.textbook_complete / self.ours_searchable

    @property
    def unchanged_ratio(self) -> float:
        """How many times as fast as the first the second run over unchanged files is."""
        return self.ours_complete / self.unchanged

    def to_json(self) -> dict[str, Any]:
        """All figures, for `--json`."""
        return {
            **asdict(self),
            "ours_characters_per_second": self.characters / self.ours_complete,
            "textbook_characters_per_second": self.characters / self.textbook_complete,
            "ratio": self.ratio,
            "searchable_ratio": self.searchable_ratio,
            "unchanged_ratio": self.unchanged_ratio,
        }

    def lines(self) -> tuple[str, ...]:
        """For people."""
        return (
            f"{self.characters} characters, median of {self.runs}",
            f"textbook   {self.characters / self.textbook_complete:8.0f} characters/s"
            f"  searchable after {self.textbook_complete:7.2f}s  imports {self.textbook_imports:.2f}s",
            f"ours       {self.characters / self.ours_complete:8.0f} characters/s"
            f"  searchable after {self.ours_searchable:7.2f}s  imports {self.ours_imports:.2f}s",
            f"unchanged  {self.unchanged:.3f}s",
            f"ratio {self.ratio:.2f}x  searchable {self.searchable_ratio:.1f}x  unchanged {self.unchanged_ratio:.0f}x",
        )


def bench_ingest(folder: Path, model: Path, runs: int, told: Callable[[str], None]) -> IngestBench:
    """Run both pipelines alternately. model: what `HuggingFaceEmbeddings(model_name=…)` is to load."""
    ours: list[dict[str, Any]] = []
    again: list[dict[str, Any]] = []
    textbook: list[dict[str, Any]] = []
    for number in range(runs):
        with tempfile.TemporaryDirectory(prefix="report-assistant-bench-") as temporary:
            home, store = Path(temporary) / "home", Path(temporary) / "store"
            told(f"{number + 1}/{runs}: ours")
            ours.append(module_result("eval.bench.ours", [str(folder), str(home)]))
            again.append(module_result("eval.bench.ours", [str(folder), str(home)]))
            told(f"{number + 1}/{runs}: textbook")
            textbook.append(module_result("eval.bench.textbook", [str(folder), str(store), str(model)]))
    return IngestBench(
        runs=runs,
        characters=int(textbook[0]["characters"]),
        ours_imports=_median(ours, "imports"),
        ours_searchable=_median(ours, "searchable"),
        ours_complete=_median(ours, "complete"),
        unchanged=_median(again, "complete"),
        textbook_imports=_median(textbook, "imports"),
        textbook_complete=_median(textbook, "complete"),
    )


def _median(results: Sequence[dict[str, Any]], key: str) -> float:
    return statistics.median(float(result[key]) for result in results)
