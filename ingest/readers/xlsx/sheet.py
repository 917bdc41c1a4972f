"""One sheet of an .xlsx as a grid of what it shows: hidden rows and columns left out, merged cells told."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ingest.readers import faults
from ingest.readers.limits import MAX_SHEET_COLUMNS
from ingest.readers.ooxml import Parts, attribute, child, local
from ingest.readers.table_header import Cell
from ingest.readers.xlsx.formats import GENERAL, show
from ingest.readers.xlsx.package import NAME, Workbook, text_of

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_MOST_MERGES = 5_000


@dataclass(slots=True)
class Grid:
    """`rows` are the rows that show something, each a list of cells; an empty list stands for a gap between rows.

    `unread` counts formulas that were never calculated; `truncated`: the sheet has more than was read.
    """

    rows: list[list[Cell]] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0
    unread: int = 0
    cells: int = 0
    truncated: bool = False


@dataclass(slots=True)
class _Raw:
    """The sheet as written: texts by row and column, columns that are hidden, merged ranges."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    last_row: int = 0
    unread: int = 0
    cells: int = 0
    truncated: bool = False


def read_sheet(parts: Parts, path: str, book: Workbook, most_cells: int) -> Grid:
    """At most `most_cells` cells of the sheet. Raises UnreadableFile."""
    data = parts.bytes(path)
    if data is None:
        raise faults.damaged(NAME)
    parts.refuse_unsafe(data)
    raw = _Raw()
    try:
        for element in _elements(data):
            _take(element, raw, book, most_cells)
    except ElementTree.ParseError as error:
        if not raw.rows:
            raise faults.damaged(NAME) from error
        raw.truncated = True
    return _grid(raw)


def _elements(data: bytes) -> Iterator[Element]:
    """Rows and the parts around them, one after another; the cells of a row are let go before the next."""
    for _, element in ElementTree.iterparse(io.BytesIO(data)):
        name = local(element.tag)
        if name in {"row", "cols", "mergeCells"}:
            yield element
            element.clear()


def _take(element: Element, raw: _Raw, book: Workbook, most_cells: int) -> None:
    name = local(element.tag)
    if name == "cols":
        for column in element:
            if attribute(column, "hidden") in {"1", "true"}:
                first, last = _integer(attribute(column, "min")), _integer(attribute(column, "max"))
                raw.hidden_columns.update(range(first, min(last, MAX_SHEET_COLUMNS) + 1))
    elif name == "mergeCells":
        for merge in element:
            references = (attribute(merge, "ref") or "").split(":")
            corner, opposite = _place(references[0]), _place(references[-1])
            if corner and opposite and len(raw.merges) < _MOST_MERGES:
                raw.merges.append((*corner, *opposite))
    elif raw.cells >= most_cells:
        raw.truncated = True
    else:
        _take_row(element, raw, book)


def _take_row(row: Element, raw: _Raw, book: Workbook) -> None:
    raw.last_row = number = _integer(attribute(row, "r")) or raw.last_row + 1
    column = 0
    texts: dict[int, str] = {}
    for cell in row:
        if local(cell.tag) != "c":
            continue
        column = _column(cell.get("r")) or column + 1
        text = _shown(cell, raw, book)
        if not text.isprintable() or "  " in text:
            text = " ".join(text.split())
        if text and column > MAX_SHEET_COLUMNS:
            raw.truncated = True
        elif text:
            texts[column] = text
    if texts:
        raw.cells += len(texts)
        raw.rows[number] = texts
        if attribute(row, "hidden") in {"1", "true"}:
            raw.hidden_rows.add(number)


def _shown(cell: Element, raw: _Raw, book: Workbook) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inline = child(cell, "is")
        return text_of(inline) if inline is not None else ""
    value = child(cell, "v")
    if value is None or value.text is None:
        raw.unread += child(cell, "f") is not None
        return ""
    if kind == "s":
        index = _integer(value.text)
        return book.strings[index] if index < len(book.strings) else ""
    if kind == "b":
        return "是" if value.text == "1" else "否"
    if kind != "n":
        return value.text
    style = _integer(cell.get("s"))
    code = book.formats[style] if style < len(book.formats) else GENERAL
    return show(value.text.strip(), code, from_1904=book.from_1904)


def _grid(raw: _Raw) -> Grid:
    used = {column for texts in raw.rows.values() for column in texts}
    hidden = used & raw.hidden_columns
    visible = {column: index for index, column in enumerate(sorted(used - hidden))}
    wide, tall = _spans(raw, visible)
    grid = Grid(
        hidden_rows=len(raw.hidden_rows),
        hidden_columns=len(hidden),
        unread=raw.unread,
        cells=raw.cells,
        truncated=raw.truncated,
    )
    last = 0
    for number in sorted(raw.rows.keys() - raw.hidden_rows):
        texts = {column: text for column, text in raw.rows[number].items() if column in visible}
        cells = [Cell(text, visible[column], wide.get((number, column), 1)) for column, text in texts.items()]
        for column, text, width in tall.get(number, ()):
            if column not in {cell.column for cell in cells}:
                cells.append(Cell(text, column, width, continued=True))
        if not texts:
            continue
        if grid.rows and number > last + 1 and not raw.hidden_rows.intersection(range(last + 1, number)):
            grid.rows.append([])
        grid.rows.append(sorted(cells, key=lambda cell: cell.column))
        last = number
    return grid


def _spans(
    raw: _Raw, visible: dict[int, int]
) -> tuple[dict[tuple[int, int], int], dict[int, list[tuple[int, str, int]]]]:
    """Merged cells: how many visible columns a cell covers, and which texts from above go on in which row."""
    wide: dict[tuple[int, int], int] = {}
    tall: dict[int, list[tuple[int, str, int]]] = {}
    for top, left, bottom, right in raw.merges:
        text = raw.rows.get(top, {}).get(left)
        if text is None or left not in visible:
            continue
        width = sum(column in visible for column in range(left, min(right, MAX_SHEET_COLUMNS) + 1))
        wide[top, left] = width
        if bottom - top < len(raw.rows) * 2:
            for row in range(top + 1, bottom + 1):
                if row in raw.rows:
                    tall.setdefault(row, []).append((visible[left], text, width))
    return wide, tall


def _place(reference: str) -> tuple[int, int] | None:
    """(row, column), both from 1, of a reference such as B3."""
    match = _PLACE.fullmatch(reference)
    return (int(match[2]), _number_of(match[1].upper())) if match is not None else None


def _column(reference: str | None) -> int:
    """The column of a reference, from 1; 0 where it is none."""
    return _number_of(reference.rstrip("0123456789")) if reference is not None else 0


@lru_cache(maxsize=1000)
def _number_of(letters: str) -> int:
    """A is 1, Z is 26, AA is 27; 0 for anything but one to three letters."""
    if not 1 <= len(letters) <= 3 or not all("A" <= letter <= "Z" for letter in letters):
        return 0
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _integer(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else 0
