"""Table rows: from the pieces of lines in the fields of a ruled table, and from pieces aligned in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.readers.pdf.grid import Grid
from ingest.readers.pdf.page import CELL_FRAME, Line, Row, needs_blank
from ingest.readers.pdf.text import join_pieces
from ingest.readers.table_header import Cell

_LONG_CELL = 200
"""Characters from which a cell of several paragraphs is an article that was put into a table, not a table cell."""

_SAME_ROW = 0.5
_SPACIOUS = 3
"""Lines of a cell from which rows without rules between them are told by their lines."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A ruled table in its place on the page: rows, or lines where a row is page layout."""

    content: tuple[Row | Line, ...]
    left: float
    right: float
    bottom: float
    top: float
    size: float

    @property
    def middle(self) -> float:
        """Half the height."""
        return (self.bottom + self.top) / 2


def rows_of(pieces: Sequence[Line]) -> list[list[Line]]:
    """Pieces of lines grouped into visual rows, from the top down, each from left to right."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        if rows and rows[-1][0].middle - piece.middle <= _SAME_ROW * max(rows[-1][0].size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        if len(row) > 1:
            row.sort(key=lambda piece: piece.left)
    return rows


def joined(lines: Sequence[str]) -> str:
    """The lines of a cell as one text."""
    text = ""
    for line in lines:
        text += (" " if text and needs_blank(text[-1], line[0]) else "") + line
    return text


def ruled_table(grid: Grid, pieces: Sequence[Line]) -> Table:
    """The table of a grid, given the pieces that stand in it."""
    held: dict[int, list[Line]] = {}
    for piece in pieces:
        field = grid.field_at((piece.left + piece.right) / 2, piece.middle)
        if field is not None:
            held.setdefault(int(grid.cell[field]), []).append(piece)
    lines = {number: [join_pieces(row) for row in rows_of(found)] for number, found in held.items()}
    content: list[Row | Line] = []
    done: set[int] = set()
    edges = tuple(round(x) for x in grid.xs)
    for numbers in grid.cell.tolist():
        fields = [
            _Field(number, numbers.index(number), numbers.count(number), lines.get(number, []), number in done)
            for number in dict.fromkeys(numbers)
        ]
        done.update(numbers)
        content += _row(fields, pieces[0].page, edges, loose=len(grid.cell) <= 2)
    return Table(
        tuple(content),
        float(grid.xs[0]),
        float(grid.xs[-1]),
        float(grid.ys[-1]),
        float(grid.ys[0]),
        max(piece.size for piece in pieces),
    )


@dataclass(frozen=True, slots=True)
class _Field:
    """A cell as one row sees it; `continued` where it began in a row above."""

    number: int
    column: int
    width: int
    lines: Sequence[Line]
    continued: bool

    @property
    def own(self) -> Sequence[Line]:
        return () if self.continued else self.lines

    def cell(self, line: int | None = None) -> Cell:
        """The whole of it, or one line."""
        texts = [each.text for each in self.lines]
        text = joined(texts) if line is None else texts[line] if line < len(texts) else ""
        return Cell(text, self.column, self.width, self.continued)


def _row(fields: Sequence[_Field], page: int, edges: tuple[int, ...], *, loose: bool) -> list[Row | Line]:
    """A row of data; the lines of its cells where it is page layout; several rows where no rules part them."""
    filled = [field.own for field in fields if field.own]
    if not filled:
        return []
    if any(_is_layout(lines) for lines in filled):
        return [replace(line, frame=(CELL_FRAME, field.number)) for field in fields for line in field.own]
    if loose and len(filled) > 1 and _are_rows(filled):
        count = len(filled[0])
        return [Row(tuple(field.cell(line) for field in fields), page, edges) for line in range(count)]
    return [Row(tuple(field.cell() for field in fields), page, edges)]


def _is_layout(cell: Sequence[Line]) -> bool:
    """A long text whose lines do not all run on."""
    if sum(len(line.text) for line in cell) <= _LONG_CELL:
        return False
    right = max(line.right for line in cell)
    return any(line.right < right - 3 * line.size for line in cell[:-1])


def _are_rows(filled: Sequence[Sequence[Line]]) -> bool:
    """Every cell has the same lines at the same heights."""
    count = len(filled[0])
    return count >= _SPACIOUS and all(
        len(cell) == count
        and all(
            abs(one.middle - other.middle) < _SAME_ROW * one.size for one, other in zip(filled[0], cell, strict=True)
        )
        for cell in filled[1:]
    )
