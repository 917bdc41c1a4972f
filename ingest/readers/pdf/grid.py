"""Ruled tables: which rules make up a grid, and which of its fields are merged into one cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.readers.pdf.rules import Rule, Rules

_TOUCH = 4.0
"""Points by which rules that meet may miss each other."""

_OPEN_SIDE = 10.0  # points by which level rules stick out of a table without rules at its sides
_MOST_CROSSINGS = 250_000  # more would be a drawing on squared paper
_MOST_FIELDS = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A ruled table: `xs` ascending and `ys` descending are the places of its rules, in points.

    `cell[r, c]` is the number of the cell that the field in row r and column c belongs to.
    """

    xs: NDArray[np.float64]
    ys: NDArray[np.float64]
    cell: NDArray[np.intp]

    def field_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the field at a place, None outside the table."""
        column = int(np.searchsorted(self.xs, x)) - 1
        row = int(np.searchsorted(-self.ys, -y)) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return (row, column) if inside else None

    def cells_of(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.intp]:
        """The cell number at each place, -1 outside the table."""
        column = np.searchsorted(self.xs, x) - 1
        row = np.searchsorted(-self.ys, -y) - 1
        inside = (column >= 0) & (column < len(self.xs) - 1) & (row >= 0) & (row < len(self.ys) - 1)
        found = np.full(len(x), -1, dtype=np.intp)
        found[inside] = self.cell[row[inside], column[inside]]
        return found


def grids(rules: Rules) -> list[Grid]:
    """The tables of a page, each with at least two cells side by side; a single frame around text is none."""
    if not rules.vertical or not rules.horizontal or len(rules.vertical) * len(rules.horizontal) > _MOST_CROSSINGS:
        return []
    found = [_grid(level, upright) for level, upright in _connected(rules)]
    return [grid for grid in found if grid is not None]


def _connected(rules: Rules) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """The rules in groups of those that touch."""
    level, upright = _array(rules.horizontal), _array(rules.vertical)
    touch = (
        (level[:, None, 1] <= upright[None, :, 0] + _TOUCH)
        & (level[:, None, 2] >= upright[None, :, 0] - _TOUCH)
        & (upright[None, :, 1] <= level[:, None, 0] + _TOUCH)
        & (upright[None, :, 2] >= level[:, None, 0] - _TOUCH)
    )
    left = set(range(len(level)))
    while left:
        rows, columns = np.zeros(len(level), dtype=bool), np.zeros(len(upright), dtype=bool)
        rows[min(left)] = True
        while True:
            more = np.asarray(touch[rows].any(axis=0), dtype=bool)
            rows_more = rows | np.asarray(touch[:, more].any(axis=1), dtype=bool)
            if (more == columns).all() and (rows_more == rows).all():
                break
            rows, columns = rows_more, more
        left -= set(np.flatnonzero(rows).tolist())
        if columns.any():
            yield (
                [rules.horizontal[i] for i in np.flatnonzero(rows)],
                [rules.vertical[i] for i in np.flatnonzero(columns)],
            )


def _grid(level: Sequence[Rule], upright: Sequence[Rule]) -> Grid | None:
    sides = [min(rule.start for rule in level), max(rule.end for rule in level)]
    ends = [min(rule.start for rule in upright), max(rule.end for rule in upright)]
    xs = _places([rule.at for rule in upright], sides)
    ys = _places([rule.at for rule in level], ends)[::-1]
    rows, columns = len(ys) - 1, len(xs) - 1
    if columns < 2 or rows < 1 or rows * columns > _MOST_FIELDS:
        return None
    row_middles, column_middles = (ys[1:] + ys[:-1]) / 2, (xs[1:] + xs[:-1]) / 2
    right = np.zeros((rows, columns + 1), dtype=bool)
    for rule in upright:
        place = int(np.abs(xs - rule.at).argmin())
        right[(rule.start <= row_middles) & (row_middles <= rule.end), place] = True
    below = np.zeros((rows + 1, columns), dtype=bool)
    for rule in level:
        place = int(np.abs(ys - rule.at).argmin())
        below[place, (rule.start <= column_middles) & (column_middles <= rule.end)] = True
    cell = _merged_fields(right, below, rows, columns)
    # Without a single row of two cells it is a frame or a list, not a table.
    return Grid(xs, ys, cell) if any(len(set(row)) > 1 for row in cell.tolist()) else None


def _merged_fields(right: NDArray[np.bool_], below: NDArray[np.bool_], rows: int, columns: int) -> NDArray[np.intp]:
    """Fields without a rule between them are one cell; its number is that of its first field."""
    cell = np.full((rows, columns), -1, dtype=np.intp)
    for row in range(rows):
        for column in range(columns):
            if cell[row, column] >= 0:
                continue
            number, todo = row * columns + column, [(row, column)]
            cell[row, column] = number
            while todo:
                r, c = todo.pop()
                around = (
                    (r, c + 1, c + 1 < columns and not right[r, c + 1]),
                    (r, c - 1, c > 0 and not right[r, c]),
                    (r + 1, c, r + 1 < rows and not below[r + 1, c]),
                    (r - 1, c, r > 0 and not below[r, c]),
                )
                for near_row, near_column, is_open in around:
                    if is_open and cell[near_row, near_column] < 0:
                        cell[near_row, near_column] = number
                        todo.append((near_row, near_column))
    return cell


def _places(at: Sequence[float], ends: Sequence[float]) -> NDArray[np.float64]:
    """Where the rules stand, those within a touch as one; and the ends of the crossing rules that stick out."""
    outside = [end for end in ends if end < min(at) - _OPEN_SIDE or end > max(at) + _OPEN_SIDE]
    places: list[list[float]] = []
    for place in sorted([*at, *outside]):
        if places and place - places[-1][-1] <= _TOUCH:
            places[-1].append(place)
        else:
            places.append([place])
    return np.array([sum(group) / len(group) for group in places])


def _array(rules: Sequence[Rule]) -> NDArray[np.float64]:
    return np.array([(rule.at, rule.start, rule.end) for rule in rules])
