"""One page of a PDF with a text layer: its lines and table rows in reading order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ingest.readers.pdf.glyphs import Glyphs, read_glyphs
from ingest.readers.pdf.grid import Grid, grids
from ingest.readers.pdf.layout import arrange
from ingest.readers.pdf.page import Line, Page
from ingest.readers.pdf.rules import merged, strokes_of
from ingest.readers.pdf.tables import Table, ruled_table
from ingest.readers.pdf.text import Bools, Floats, Turn, angle_of, is_light, pieces_of, turn_of, turned

_STRAIGHT = 3.0  # degrees
_SHORT = 2  # characters: a piece may be so short because it is drawn at a slant
_LEVEL = 0.5
_THUMBNAIL = 300  # pixels of the longer side
_LARGE = 1.5  # times the usual size, from which a line is looked at for the colour of a watermark


def read_page(page: Any, number: int) -> Page:
    """The text of a `pypdfium2.PdfPage`; the page is turned so that its text runs from left to right."""
    width, height = _size(page)
    textpage = page.get_textpage()
    try:
        glyphs = read_glyphs(textpage)
        if not len(glyphs.ink):
            return Page(number, width, height, (), pictured=_shows_something(page))
        turn = turn_of(textpage.raw, glyphs)
        strokes = strokes_of(page)
        tables = grids(merged(turned(strokes, turn, width, height))) if len(strokes) else []
        pieces, strays = _pieces(textpage.raw, glyphs, tables, number, turn, (width, height))
    finally:
        textpage.close()
    if turn % 2:
        width, height = height, width
    found, free = _tables(tables, pieces)
    items = tuple(arrange(free, found, width))
    return Page(number, width, height, items, tuple(strays), garbled=glyphs.garbled)


def _shows_something(page: Any) -> bool:
    """Is the page, drawn very small, of more than one colour? Office programs put invisible objects on empty pages."""
    if next(page.get_objects(max_depth=1), None) is None:
        return False
    width, height = page.get_size()
    bitmap = page.render(scale=_THUMBNAIL / max(width, height, 1.0))
    try:
        pixels = bitmap.to_numpy()
        return bool(pixels.min() != pixels.max())
    finally:
        bitmap.close()


def _size(page: Any) -> tuple[float, float]:
    """Width and height in points as the characters' boxes see the page, before it is turned for display."""
    width, height = page.get_size()
    return (height, width) if page.get_rotation() % 180 else (width, height)


def _pieces(
    raw: Any, glyphs: Glyphs, tables: Sequence[Grid], number: int, turn: Turn, size: tuple[float, float]
) -> tuple[list[Line], list[Line]]:
    """The pieces of lines, and apart from them what is drawn at a slant."""
    import pypdfium2.raw as pdfium

    boxes = turned(glyphs.boxes, turn, *size)
    found = pieces_of(
        glyphs,
        boxes,
        number,
        cuts=_cuts(tables) if tables else None,
        generated=lambda index: pdfium.FPDFText_IsGenerated(raw, index) == 1,
        frame=(round(size[turn % 2]),),
    )
    usual = float(np.median([line.size for line, _, _ in found])) if found else 0.0
    straight: list[Line] = []
    strays: list[Line] = []
    before = -2
    for line, first, last in found:
        level = abs(boxes[last, 1] - boxes[first, 1]) < _LEVEL * line.size
        if len(line.text) > _SHORT and line.size < _LARGE * usual and level:
            straight.append(line)
            continue
        light = is_light(raw, first)
        off = angle_of(raw, first) % 90
        if min(off, 90 - off) > _STRAIGHT:
            if strays and first - before <= 3:  # PDFium puts a line break between letters that are not level
                strays[-1] = _chained(strays[-1], line)
            else:
                strays.append(_with_light(line, light))
            before = last
        else:
            straight.append(_with_light(line, light))
    return straight, strays


def _chained(one: Line, other: Line) -> Line:
    return Line(
        one.text + other.text,
        one.page,
        min(one.left, other.left),
        max(one.right, other.right),
        min(one.bottom, other.bottom),
        max(one.top, other.top),
        one.size,
        light=one.light,
    )


def _with_light(line: Line, light: bool) -> Line:
    if not light:
        return line
    return replace(line, light=True)


def _cuts(tables: Sequence[Grid]) -> Callable[[Floats, Floats], Bools]:
    """Where characters that follow each other stand in different cells."""

    def cuts(x: Floats, y: Floats) -> Bools:
        found = np.zeros(len(x), dtype=bool)
        for table in tables:
            cells = table.cells_of(x, y)
            found[1:] |= cells[1:] != cells[:-1]
        return found

    return cuts


def _tables(grids_found: Sequence[Grid], pieces: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """The tables with text in them, and the pieces that stand in none."""
    held: list[list[Line]] = [[] for _ in grids_found]
    free: list[Line] = []
    for piece in pieces:
        for grid, inside in zip(grids_found, held, strict=True):
            if grid.field_at((piece.left + piece.right) / 2, piece.middle) is not None:
                inside.append(piece)
                break
        else:
            free.append(piece)
    return [ruled_table(grid, inside) for grid, inside in zip(grids_found, held, strict=True) if inside], free
