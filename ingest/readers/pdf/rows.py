"""Rows of a table over page breaks: what a page repeats, what it broke apart, and the header over each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.readers.pdf.page import Row
from ingest.readers.pdf.tables import joined
from ingest.readers.table_header import CELL_GLUE, label_rows, write_row

_SAME_PLACE = 6
"""Points by which the columns of a table may stand apart on two pages."""

_FURTHEST_HEADER = 3


@dataclass(frozen=True, slots=True)
class Written:
    """A row as one line; `is_data` is False where only one of its cells has text."""

    text: str
    page: int
    is_data: bool


def tables(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows that follow each other, parted where the columns change."""
    found: list[list[Row]] = []
    for row in rows:
        if found and _same_columns(found[-1][-1], row):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def joined_over_pages(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of a table without the header that each page repeats, a row broken by the page as one; and what was
    repeated.
    """
    kept: list[Row] = []
    repeated: list[Row] = []
    page, opening = -1, -1  # how many rows of this page repeated the header so far; -1 behind the first other row
    for row in rows:
        if row.page != page:
            page, opening = row.page, 0 if kept else -1
        if 0 <= opening < min(len(kept), _FURTHEST_HEADER) and _texts(row) == _texts(kept[opening]):
            repeated.append(row)
            opening += 1
            continue
        if opening >= 0 and _is_rest(kept[-1], row):
            kept[-1] = _with_rest(kept[-1], row)
        else:
            kept.append(row)
        opening = -1
    return kept, repeated


def written(rows: Sequence[Row]) -> list[Written]:
    """One line for each row, with the header over it; without a header an empty cell keeps its place."""
    labelled = label_rows([row.cells for row in rows])
    found: list[Written] = []
    for number, row in enumerate(rows):
        own = [cell for cell in row.cells if cell.text and not cell.continued]
        if len(own) < 2:
            found += [Written(cell.text, row.page, False) for cell in own]
        elif number in labelled:
            pairs = ((label, row.cells[at].text) for label, at in labelled[number].cells)
            found.append(Written(write_row(pairs), row.page, True))
        else:
            texts = ("" if cell.continued else cell.text for cell in row.cells)
            found.append(Written(CELL_GLUE.join(texts), row.page, True))
    return found


def _same_columns(one: Row, other: Row) -> bool:
    return len(one.edges) == len(other.edges) and all(
        abs(edge - place) <= _SAME_PLACE for edge, place in zip(one.edges, other.edges, strict=True)
    )


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]


def _is_rest(above: Row, row: Row) -> bool:
    """What did not fit on the page above: nothing in the first cell, few cells, each below one with text."""
    if row.cells[0].text:
        return False
    columns = {cell.column for cell in above.cells if cell.text}
    own = [cell for cell in row.cells if cell.text and not cell.continued]
    return 0 < len(own) * 2 <= len(row.cells) and all(cell.column in columns for cell in own)


def _with_rest(above: Row, row: Row) -> Row:
    rest = {cell.column: cell.text for cell in row.cells if cell.text and not cell.continued}
    cells = (
        replace(cell, text=joined([cell.text, rest[cell.column]])) if cell.column in rest else cell
        for cell in above.cells
    )
    return replace(above, cells=tuple(cells))
