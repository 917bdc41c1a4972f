"""The run as one table: a row for each figure, a column for each composer over each archive."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from eval.drafting.report import Part
from eval.reading.measure import Measure


def show_table(console: Console, parts: Sequence[Part]) -> None:
    """What was asked of every composer side by side, then what is asked of the outline alone; a mark at what falls
    short. Nothing where nothing was measured.
    """
    alone = [measure for part in parts if not part.column for measure in part.measures]
    columns = [part for part in parts if part.column]
    rows = _rows(columns)
    if not alone and not rows:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("", max_width=52)
    table.add_column("demand", no_wrap=True)
    for part in columns:
        table.add_column(part.column.replace(", ", "\n", 1), justify="right", overflow="fold")
    if not columns:
        table.add_column("", justify="right")
    for name in rows:
        found = [next((one for one in part.measures if one.name == name), None) for part in columns]
        demand = next((text for one in found if one is not None and (text := one.demand)), "")
        table.add_row(name, demand, *(_cell(one) for one in found))
    if columns:
        table.add_row(
            "manuscripts", "", *(part.title.rpartition(", ")[2].removesuffix(" manuscripts") for part in columns)
        )
    for measure in alone:
        table.add_row(measure.name, measure.demand, _cell(measure), *[""] * max(0, len(columns) - 1))
    console.print(table)


def _rows(columns: Sequence[Part]) -> list[str]:
    """The names of all figures; one that a column lacks stands behind what it stands behind in another."""
    rows: list[str] = []
    for part in columns:
        at = 0
        for measure in part.measures:
            if measure.name not in rows:
                rows.insert(at, measure.name)
            at = rows.index(measure.name) + 1
    return rows


def _cell(measure: Measure | None) -> str:
    return "" if measure is None else f"{measure.shown}{'' if measure.kept else ' ✗'}"
