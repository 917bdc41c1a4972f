"""The tables of a .docx: rows of data as lines that keep their header, page layout as the paragraphs of its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.readers.limits import MAX_NESTING
from ingest.readers.ooxml import attribute, child, is_on, local
from ingest.readers.table_header import CELL_GLUE, Cell, Labelled, filled, label_rows, write_row
from ingest.types import BlockKind

_LONG_CELL = 200
"""Characters from which a cell of several paragraphs is an article that was put into a table, not a table cell."""
_WIDEST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A block before it has its place in the text; `contents` marks a line of the table of contents, `note` one of a
    footnote, `joins_next` a paragraph whose end mark is deleted.
    """

    text: str
    kind: BlockKind = "paragraph"
    level: int | None = None
    contents: bool = False
    joins_next: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells in their places, what stands in them, and the footnotes that belong behind the row."""

    cells: tuple[Cell, ...]
    lines: tuple[tuple[Line, ...], ...]
    notes: tuple[Line, ...]
    layout: bool


def table_lines(table: Element, read: Callable[[Element, int], Iterator[Line]], depth: int) -> Iterator[Line]:
    """The lines of a `w:tbl`; `read` gives the lines of a cell."""
    rows: list[_Row] = []
    for element in _parts(table, "tr", depth):
        rows.append(_row(element, rows[-1].cells if rows else (), read, depth))
    labelled = label_rows([() if row.layout else row.cells for row in rows])
    for number, row in enumerate(rows):
        if row.layout or filled(row.cells) < 2:
            for lines in row.lines:
                yield from lines
        else:
            yield Line(_written(row, labelled.get(number)), "table_row")
        yield from row.notes


def _written(row: _Row, labelled: Labelled | None) -> str:
    if labelled is None:
        # Without a header an empty cell keeps its place, so that the cells stay countable.
        return CELL_GLUE.join("" if cell.continued else cell.text for cell in row.cells)
    return write_row((label, row.cells[number].text) for label, number in labelled.cells)


def _row(row: Element, above: tuple[Cell, ...], read: Callable[[Element, int], Iterator[Line]], depth: int) -> _Row:
    properties = child(row, "trPr")
    declared = is_on(child(properties, "tblHeader"))
    column = _number(attribute(child(properties, "gridBefore"), "val"), 0)
    upper = {cell.column: cell for cell in above}
    cells: list[Cell] = []
    held: list[tuple[Line, ...]] = []
    notes: list[Line] = []
    layout = False
    # A cell merged over columns is one element; one merged over rows has an element in each, with text in the first.
    for element in _parts(row, "tc", depth):
        found = list(read(element, depth + 1))
        notes += [line for line in found if line.note]
        lines = tuple(line for line in found if not line.note)
        width = _number(attribute(child(element, "tcPr", "gridSpan"), "val"), 1)
        merge = child(element, "tcPr", "vMerge")
        continued = merge is not None and attribute(merge, "val") != "restart" and not lines and column in upper
        text = upper[column].text if continued else " ".join(line.text.replace("\n", " ") for line in lines)
        cells.append(Cell(text, column, width, continued, declared))
        held.append(lines)
        layout |= _is_layout(lines, element)
        column += width
    return _Row(tuple(cells), tuple(held), tuple(notes), layout)


def _parts(element: Element, name: str, depth: int) -> Iterator[Element]:
    """Children of that name, also inside content controls; a row that is a tracked deletion is left out."""
    if depth > MAX_NESTING:
        return
    for inner in element:
        tag = local(inner.tag)
        if tag == name and child(inner, "trPr", "del") is None:
            yield inner
        elif tag in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            yield from _parts(inner, name, depth + 1)


def _is_layout(lines: tuple[Line, ...], cell: Element) -> bool:
    if child(cell, "tbl") is not None or any(line.kind == "heading" for line in lines):
        return True
    return len(lines) > 1 and sum(len(line.text) for line in lines) > _LONG_CELL


def _number(value: str | None, default: int) -> int:
    return min(int(value), _WIDEST) if value is not None and value.isdecimal() and len(value) < 6 else default
