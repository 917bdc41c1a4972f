"""The figures about figures: extraction against the table of facts and against labels made by reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eval.figures.match import Scored, Tally
from eval.reading.measure import Measure
from ingest.settings import Settings

SAMPLE_VALUE, SAMPLE_USE = 0.97, 0.93
REAL_VALUE, REAL_USE = 0.93, 0.85


def measures(data: Path, settings: Settings) -> Iterator[tuple[str, list[Measure] | str]]:
    """(topic, its measures, or the word why there are none). `data`: the folder that holds `archive`."""
    from eval.figures.labelled import score_labelled
    from eval.figures.sample import score_sample

    yield "sample", _told("sample", score_sample(settings), "indicator, role and period", SAMPLE_VALUE, SAMPLE_USE)
    archive = data / "archive"
    if not (archive / "seeds").is_dir():
        yield "labelled", f"skipped: {archive} is not there"
        return
    yield "labelled", _told("real reports", score_labelled(archive), "role and period", REAL_VALUE, REAL_USE)


def _told(name: str, scored: Scored, use: str, value_least: float, use_least: float) -> list[Measure]:
    return [
        f1(f"{name}: F1 of value and unit", scored.value, value_least, scored.faults),
        f1(f"{name}: F1 with {use}", scored.use, use_least),
    ]


def f1(name: str, tally: Tally, least: float, faults: tuple[str, ...] = ()) -> Measure:
    """F1 as a measure; `right` and `total` are twice the right ones over wanted plus found."""
    return Measure(name, tally.f1, "share", 2 * tally.right, tally.wanted + tally.found, least=least, faults=faults)
