"""The rules that tables are drawn with: straight lines and the edges of boxes among a page's path objects."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingest.readers.pdf.glyphs import Boxes, paths_of

_THIN = 3.0  # points: a filled box of this thickness is a line
_TOUCH = 3.0  # points by which rules that continue each other may miss each other
_SHORTEST = 8.0
_MOST_PATHS = 5_000  # a drawing or a map, not the rules of a table
_MOST_SEGMENTS = 20_000
_MOST_OF_PATH = 2_000
_LINE_TO, _MOVE_TO = 0, 2

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at `at` on one axis, from `start` to `end` on the other, in points."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a page, merged where they continue each other."""

    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]


def strokes_of(page: Any) -> Boxes:
    """The straight lines of a `pypdfium2.PdfPage` as thin boxes, upright or level; none for a page full of drawings."""
    paths = paths_of(page)
    if not paths or len(paths) > _MOST_PATHS:
        return np.empty((0, 4))
    found: list[tuple[float, float, float, float]] = []
    left = _MOST_SEGMENTS
    for path in paths:
        strokes, used = _strokes(ctypes.c_void_p(path), left)
        found += strokes
        left -= used
        if left <= 0:
            return np.empty((0, 4))
    return np.array(found, dtype=np.float64).reshape(-1, 4)


def merged(strokes: Boxes) -> Rules:
    """Rules from thin boxes."""
    horizontal, vertical = [], []
    for left, bottom, right, top in strokes.tolist():
        if right - left >= top - bottom:
            horizontal.append(Rule((bottom + top) / 2, left, right))
        else:
            vertical.append(Rule((left + right) / 2, bottom, top))
    return Rules(tuple(_merge(horizontal)), tuple(_merge(vertical)))


def _merge(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Pieces on one line that meet are one rule; what is then still short (a letter's stroke) is none."""
    bands: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if bands and rule.at - bands[-1][0].at <= _THIN:
            bands[-1].append(rule)
        else:
            bands.append([rule])
    for band in bands:
        band.sort(key=lambda rule: rule.start)
        held = band[0]
        for rule in [*band[1:], Rule(0, float("inf"), float("inf"))]:
            if rule.start <= held.end + _TOUCH:
                held = Rule(held.at, held.start, max(held.end, rule.end))
            else:
                if held.end - held.start >= _SHORTEST:
                    yield held
                held = rule


def _strokes(path: Any, budget: int) -> tuple[list[tuple[float, float, float, float]], int]:
    """The level and upright strokes of one path object, and how many segments were looked at."""
    import pypdfium2.raw as pdfium

    handle = ctypes.cast(path, pdfium.FPDF_PAGEOBJECT)
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(handle, *edges):
        return [], 1
    left, bottom, right, top = (edge.value for edge in edges)
    if min(right - left, top - bottom) <= _THIN:
        return [(left, bottom, right, top)], 1
    count = pdfium.FPDFPath_CountSegments(handle)
    if not 2 <= count <= min(budget, _MOST_OF_PATH):
        return [], max(1, count if count > _MOST_OF_PATH else 1)
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, matrix):
        return [], 1
    found = []
    for (x0, y0), (x1, y1) in _segments(handle, count, matrix):
        if min(abs(x1 - x0), abs(y1 - y0)) <= 1 and max(abs(x1 - x0), abs(y1 - y0)) > _THIN:
            found.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return found, count


def _segments(handle: Any, count: int, matrix: Any) -> Iterator[tuple[_Point, _Point]]:
    """The straight segments of a path, on the page; a subpath that is closed gets its last one."""
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_float(), ctypes.c_float()
    first: _Point | None = None
    here: _Point | None = None
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == _MOVE_TO:
            first = point
        elif kind == _LINE_TO and here is not None:
            yield here, point
        here = point
        if pdfium.FPDFPathSegment_GetClose(segment) and first is not None and here != first:
            yield here, first
