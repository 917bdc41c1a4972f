"""The reading order of a page: tables and columns in their places, each row of the rest one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from ingest.readers.pdf.columns import columns
from ingest.readers.pdf.page import Frame, Line, Row
from ingest.readers.pdf.tables import Table, joined, rows_of
from ingest.readers.pdf.text import join_pieces
from ingest.readers.table_header import Cell

_COLUMN_GAP = 1.0  # full-width characters of white between the columns of a table without rules
_FEWEST_ROWS = 3
_ROW_PITCH = 2.6  # characters of height from row to row of one table
_LONGEST_CELL = 30
_NEARER = 0.85
_FIGURE = re.compile(r"[\d一二三四五六七八九十百〇零XxＸ×*—－/+<>≥≤≈±≤.,，．%％‰ -]*\d[\d.,，．%％‰]*\D{0,6}|[—－/\-]+")


def arrange(pieces: Sequence[Line], tables: Sequence[Table], width: float) -> list[Line | Row]:
    """Lines and table rows in reading order. `pieces` stand in no table; `width` is that of the page in points."""
    arranged: list[Line | Row] = []
    placed: list[Line | Table] = [*pieces, *tables]
    for path, found in columns(placed):
        arranged += _area(found, (round(width), *path))
    return arranged


def _area(found: Sequence[Line | Table], frame: Frame) -> list[Line | Row]:
    """One column, or the whole width."""
    lines = [item for item in found if isinstance(item, Line)]
    items: list[tuple[float, list[Line | Row]]] = [
        (item.top, list(item.content)) for item in found if isinstance(item, Table)
    ]
    # A table without rules must not reach over a ruled one.
    edges = sorted((top for top, _ in items), reverse=True)
    stretches: list[list[list[Line]]] = [[] for _ in range(len(edges) + 1)]
    for row in rows_of(lines):
        stretches[sum(row[0].middle < edge for edge in edges)].append(row)
    for rows in stretches:
        at = 0
        while at < len(rows):
            end = _table_end(rows, at)
            if end > at:
                items.append((rows[at][0].top, list(_aligned_rows(rows[at:end]))))
                at = end
            else:
                line = join_pieces(rows[at])
                items.append((line.top, [line if line.frame == frame else replace(line, frame=frame)]))
                at += 1
    items.sort(key=lambda item: -item[0])
    return [part for _, parts in items for part in parts]


def _table_end(rows: Sequence[Sequence[Line]], first: int) -> int:
    """Where a table of aligned columns that begins at row `first` ends; `first` itself where none begins there."""
    if len(rows[first]) < 2:
        return first
    whites = _whites(rows[first])
    end, count, longest = first, 0, first
    while end < len(rows):
        row = rows[end]
        if end > first and rows[end - 1][0].middle - row[0].middle > _ROW_PITCH * row[0].size:
            break
        if any(len(piece.text) > _LONGEST_CELL for piece in row):
            break
        kept = [white for white in (_narrowed(white, row) for white in whites) if white is not None]
        if not kept or (len(row) < 2 and len(kept) < len(whites)):
            break
        if len(row) > 1:
            count += 1
            longest = end + 1
        elif end - longest >= 2:
            break
        whites = kept
        end += 1
    body = [row for row in rows[first:longest] if len(row) > 1]
    return longest if count >= _FEWEST_ROWS and _is_table(body, whites) else first


def _is_table(body: Sequence[Sequence[Line]], whites: Sequence[tuple[float, float]]) -> bool:
    """Figures in most rows behind the first cell, or three columns and more in most rows."""
    with_figures = sum(any(_FIGURE.fullmatch(piece.text) for piece in row[1:]) for row in body)
    full = sum(len(row) > len(whites) for row in body)
    return with_figures * 2 > len(body) or (len(whites) >= 2 and full * 2 > len(body))


def _whites(row: Sequence[Line]) -> list[tuple[float, float]]:
    return [
        (before.right, after.left)
        for before, after in pairwise(row)
        if after.left - before.right >= _COLUMN_GAP * max(before.size, after.size)
    ]


def _narrowed(white: tuple[float, float], row: Sequence[Line]) -> tuple[float, float] | None:
    """What a further row leaves of the white between two columns, None where it leaves too little."""
    start, end = white
    for piece in row:
        if piece.left < end and piece.right > start:
            if piece.left + piece.right < start + end:
                start = piece.right
            else:
                end = piece.left
    return (start, end) if end - start >= _COLUMN_GAP * row[0].size else None


def _aligned_rows(rows: Sequence[Sequence[Line]]) -> list[Row]:
    """The rows of a table without rules; a row of one cell that stands close below goes on with the one before."""
    whites = _whites(rows[0])
    for row in rows[1:]:
        whites = [white for white in (_narrowed(white, row) for white in whites) if white is not None]
    edges = [(start + end) / 2 for start, end in whites]
    found: list[list[list[str]]] = []
    opened = False  # the last row so far is the beginning of the next
    for index, row in enumerate(rows):
        cells: list[list[str]] = [[] for _ in range(len(edges) + 1)]
        for piece in row:
            cells[sum(edge < (piece.left + piece.right) / 2 for edge in edges)].append(piece.text)
        side = _belongs(rows, index) if len(row) == 1 else 0
        if found and (opened or side < 0):
            for held, more in zip(found[-1], cells, strict=True):
                held += more
        else:
            found.append(cells)
        opened = side > 0
    places = tuple(round(edge) for edge in edges)
    return [
        Row(tuple(Cell(joined(cell), column) for column, cell in enumerate(cells)), rows[0][0].page, places)
        for cells in found
    ]


def _belongs(rows: Sequence[Sequence[Line]], index: int) -> int:
    """Whether a row with one cell goes on with the row above (-1) or begins the one below (1), by which is nearer."""
    here = rows[index][0].middle
    above = rows[index - 1][0].middle - here if index else inf
    below = here - rows[index + 1][0].middle if index + 1 < len(rows) else inf
    if above < _NEARER * below:
        return -1
    return 1 if below < _NEARER * above else 0
