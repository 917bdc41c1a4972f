"""What a plot of an indicator over the years shows: targets beside results, where there is something to compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ledger.query import Ledger
from assistant.ledger.types import Cell, LedgerRow

FEWEST = 2
"""Years with a value from which on a plot is worth drawing."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Every year of the run with its target and its result, None where none is stated; `unit` of all of them.

    `counts`: amounts, whose size tells; rates otherwise, whose differences tell.
    """

    years: tuple[int, ...]
    targets: tuple[Cell | None, ...]
    results: tuple[Cell | None, ...]
    unit: str
    counts: bool


def chart_of(ledger: Ledger, row: LedgerRow) -> Chart | None:
    """Targets and results of the row's indicator, year by year; None where there is nothing to compare.

    Neither a masked nor a doubtful value is drawn.
    """
    series = {} if row.org is None else ledger.series(row.org, row.name, row.measure, row.scope)
    points = {point.year: point for point in series.get((row.body, row.key, row.measure, row.unit), [])}
    if not points:
        return None
    years = tuple(range(min(points), max(points) + 1))
    targets = tuple(_drawn(points[year].target) if year in points else None for year in years)
    results = tuple(_drawn(points[year].result) if year in points else None for year in years)
    told = sum(one is not None or other is not None for one, other in zip(targets, results, strict=True))
    if told < FEWEST and not (_any(targets) and _any(results)):
        return None
    return Chart(years, targets, results, row.unit, row.measure == "level")


def number_of(cell: Cell | None) -> float | None:
    """The value to draw; of a range its lower end."""
    low = None if cell is None else cell.record.figure.value.low
    return None if low is None else float(low)


def _drawn(cell: Cell | None) -> Cell | None:
    return cell if cell is not None and cell.status == "ok" and number_of(cell) is not None else None


def _any(cells: Sequence[Cell | None]) -> bool:
    return any(cell is not None for cell in cells)
