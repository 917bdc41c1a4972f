"""Small builders for the tests of the report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.metrics.citations import Hits
from eval.metrics.score import Score
from eval.report.kept import Figure
from eval.report.measured import Measured, Saved, Store
from eval.report.parts import Part, Row

MACHINE = {"cores": 2, "memory_gb": 16, "processor": "x86_64", "features": ["avx2"]}


def figure(key: str = "right", value: float | None = 0.9, **more: Any) -> Figure:
    """A share without an interval unless more is said."""
    made = Figure(key, key, value, "share", "higher")
    return replace(made, **more)


def measured(*figures: Figure, **more: Any) -> Measured:
    """A run with these figures."""
    made = Measured("2026-03-01", "python -m eval x", 3.0, MACHINE, "abc", 0.1, tuple(figures))
    return replace(made, **more)


def part(name: str = "one", *rows: Row, **more: Any) -> Part:
    """A part with these rows."""
    made = Part(name, "quality", f"Title of {name}", "标题", ("x",), rows=rows)
    return replace(made, **more)


def store(folder: Path, **saved: Saved) -> Store:
    """A store that holds these."""
    made = Store(folder)
    for name, one in saved.items():
        made.save(name, one)
    return made


def score(name: str, wrong: tuple[str, ...] = ()) -> Score:
    """One question's score with two figures, a quote and its evidence."""
    return Score(
        name, "fact", None, "问", "答", 0.1, False, False, wrong, 2, (), 1, (), (), Hits(1, 1, 1, 1), 1, ()
    )  # fmt: skip
