"""Writes the report's files from what is saved."""

from __future__ import annotations

from pathlib import Path

from eval.report.markdown import PLOTS, markdown
from eval.report.page import page
from eval.report.plots import drawings
from eval.report.svg import standalone
from eval.report.told import Told
from eval.writing import writing

MEASURED = "measured"
"""The folder of the saved measurements in the report's folder."""


def made(told: Told) -> dict[str, str]:
    """Every file of the report by its name in the report's folder."""
    drawn = {section.part.name: drawings(section.part, section.figures) for section in told.sections}
    names = {part: [f"{part}-{number}.svg" for number, _ in enumerate(each, 1)] for part, each in drawn.items()}
    plots = {
        f"{PLOTS}/{name}": standalone(drawing)
        for part, each in drawn.items()
        for name, drawing in zip(names[part], each, strict=True)
    }
    return {"README.md": markdown(told, names), "index.html": page(told, drawn), **plots}


def write_report(told: Told, folder: Path) -> None:
    """Write them all and drop drawings that are no longer made. Raises OutputError."""
    with writing(folder):
        (folder / PLOTS).mkdir(parents=True, exist_ok=True)
        files = made(told)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        for old in (folder / PLOTS).glob("*.svg"):
            if f"{PLOTS}/{old.name}" not in files:
                old.unlink()
