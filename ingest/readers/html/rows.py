"""Rows of HTML tables as text: every row below a header carries its labels, which are no part of its own source."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from ingest.mapped import MappedText
from ingest.readers.html.inline import Span, inline_text, join_cells
from ingest.readers.html.tree import Element
from ingest.readers.table_header import CELL_GLUE, LABEL_END, Cell, label_rows

_WIDEST = 200
_TALLEST = 1000


def row_texts(source: str, rows: Mapping[Element, Sequence[tuple[Element, list[Span]]]]) -> dict[Element, MappedText]:
    """The text of each data row (`tr`), given its cells with their spans. Labels and the repeated text of cells merged
    over rows map to empty spans, so that a quote of the row is the row.
    """
    tables: dict[Element | None, list[Element]] = {}
    for row in rows:
        tables.setdefault(_table(row), []).append(row)
    found: dict[Element, MappedText] = {}
    for table_rows in tables.values():
        texts = [[inline_text(source, spans) for _, spans in rows[row]] for row in table_rows]
        grid = _grid([[cell for cell, _ in rows[row]] for row in table_rows], texts)
        labelled = label_rows([[cell for cell, _ in row] for row in grid])
        for number, row in enumerate(table_rows):
            if number not in labelled or labelled[number].header:
                found[row] = join_cells(texts[number])
            else:
                found[row] = _joined([(label, *grid[number][at]) for label, at in labelled[number].cells])
    return found


def _table(row: Element) -> Element | None:
    element = row.parent
    while element is not None and element.tag != "table":
        element = element.parent
    return element


_Place = tuple[Cell, MappedText | None]


def _grid(rows: Sequence[Sequence[Element]], texts: Sequence[Sequence[MappedText]]) -> list[list[_Place]]:
    """The cells of each row in their columns, with those that reach in from rows above (these have no own text)."""
    grid: list[list[_Place]] = []
    above: dict[int, tuple[Cell, int]] = {}  # by column: a cell that reaches down, and for how many rows yet
    for elements, row_texts in zip(rows, texts, strict=True):
        row: list[_Place] = []
        reaching: dict[int, tuple[Cell, int]] = {}
        column = 0
        for element, text in zip(elements, row_texts, strict=True):
            column = _go_on(column, above, row, reaching)
            width, height = (_span(element, name) for name in ("colspan", "rowspan"))
            cell = Cell(text.text, column, min(width, _WIDEST), declared=element.tag == "th")
            row.append((cell, text))
            if height > 1:
                reaching[column] = (cell, min(height, _TALLEST) - 1)
            column += cell.width
        _go_on(column, above, row, reaching)
        above = reaching
        grid.append(row)
    return grid


def _go_on(
    column: int, above: dict[int, tuple[Cell, int]], row: list[_Place], reaching: dict[int, tuple[Cell, int]]
) -> int:
    """Put the cells into the row that reach into it from above at this column; returns the next free column."""
    while column in above:
        cell, left = above.pop(column)
        row.append((Cell(cell.text, column, cell.width, continued=True), None))
        if left > 1:
            reaching[column] = (cell, left - 1)
        column += cell.width
    return column


def _span(cell: Element, name: str) -> int:
    value = cell.attributes.get(name, "").strip()
    return max(1, int(value)) if value.isdecimal() and len(value) < 5 else 1


def _joined(cells: Sequence[tuple[str, Cell, MappedText | None]]) -> MappedText:
    own = [text for _, _, text in cells if text is not None and text.text]
    if not own:
        return MappedText.empty()
    anchor = own[0].starts[0]
    pieces: list[MappedText] = []
    for number, (label, cell, text) in enumerate(cells):
        lead = (CELL_GLUE if number else "") + (f"{label}{LABEL_END}" if label else "")
        if text is None:
            pieces.append(_anchored(lead + cell.text, anchor))
            continue
        pieces += [_anchored(lead, text.starts[0] if text.text else anchor), text]
        anchor = text.ends[-1] if text.text else anchor
    return MappedText.join(pieces)


def _anchored(text: str, at: int) -> MappedText:
    return MappedText(text, array("l", [at] * len(text)), array("l", [at] * len(text)))
