"""A page's characters to pieces of lines: what stands side by side, no wide blank and no rule of a table between."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.readers.pdf.glyphs import Boxes, Glyphs
from ingest.readers.pdf.page import Frame, Line

WIDE_GAP = 1.1
"""Full-width characters of white between two characters from which they are in different pieces of a line."""

_WIDE = 0x2E80  # from here on characters fill a square
_BACK = 0.5
_OFF_LINE = 0.7
_SAME_PLACE = 0.2
_ROTATED = 0.6  # share of the characters looked at that are drawn at one angle
_LOOKED_AT = 50
_LIGHT, _FAINT = 160, 160  # of 255
_EM_OF_HEIGHT = 0.8

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Turn = int
"""Quarter turns, counter-clockwise, that the characters of a page are drawn in."""


def turn_of(raw: Any, glyphs: Glyphs) -> Turn:
    """How most of the page's text runs: 0 left to right, 1 upwards, 2 upside down, 3 downwards."""
    looked = glyphs.ink[:: max(1, len(glyphs.ink) // _LOOKED_AT)].tolist()
    counts = Counter(round(angle_of(raw, index) / 90) % 4 for index in looked)
    turn, count = counts.most_common(1)[0]
    return turn if count > _ROTATED * len(looked) else 0


def angle_of(raw: Any, index: int) -> float:
    """The angle at which a character is drawn, in degrees counter-clockwise."""
    import pypdfium2.raw as pdfium

    return -math.degrees(pdfium.FPDFText_GetCharAngle(raw, index)) % 360


def turned(boxes: Boxes, turn: Turn, width: float, height: float) -> Boxes:
    """The boxes on a page of `width` and `height` that is turned so that the text runs from left to right."""
    left, bottom, right, top = boxes.T
    if turn == 1:
        return np.stack([bottom, width - right, top, width - left], axis=1)
    if turn == 2:
        return np.stack([width - right, height - top, width - left, height - bottom], axis=1)
    if turn == 3:
        return np.stack([height - top, left, height - bottom, right], axis=1)
    return boxes


def pieces_of(
    glyphs: Glyphs,
    boxes: Boxes,
    page: int,
    *,
    cuts: Callable[[Floats, Floats], Bools] | None,
    generated: Callable[[int], bool],
    frame: Frame = (),
) -> list[tuple[Line, int, int]]:
    """The pieces in content order, each with the numbers of its first and last character.

    `boxes` are those of the glyphs, turned. `cuts(x, y)` says for n places whether a rule of a table stands between
    each and the one before it; `generated(i)` whether PDFium put blank number i there to stand for a gap.
    """
    text, seen = glyphs.text, glyphs.ink
    if not len(seen):
        return []
    seen = seen[drawn_once(glyphs.codes[seen].astype(np.int64), boxes[seen])]
    x0, y0, x1, y1 = boxes[seen].T
    wide = glyphs.codes[seen] >= _WIDE
    em = _em(x1 - x0, y1 - y0, wide)
    breaks = np.ones(len(seen), dtype=bool)
    line_numbers = np.cumsum(glyphs.codes == 0x0A)[seen]
    larger = np.maximum(em[1:], em[:-1])
    middle = (y0 + y1) / 2
    gap = x0[1:] - x1[:-1]
    breaks[1:] = (
        (np.diff(line_numbers) > 0)
        | (gap > WIDE_GAP * larger)
        | (np.diff(x0) < -_BACK * larger)
        | (np.abs(np.diff(middle)) > _OFF_LINE * larger)
    )
    if cuts is not None:
        breaks |= cuts((x0 + x1) / 2, middle)
    firsts = np.flatnonzero(breaks)
    lasts = np.append(firsts[1:], len(seen)) - 1
    counts = lasts - firsts + 1
    left = np.minimum.reduceat(x0, firsts)
    right = np.maximum.reduceat(x1, firsts)
    bottom = np.add.reduceat(y0, firsts) / counts
    top = np.add.reduceat(y1, firsts) / counts
    size = np.add.reduceat(em, firsts) / counts
    plain = seen[lasts] - seen[firsts] == lasts - firsts  # no blank and no second drawing between
    found: list[tuple[Line, int, int]] = []
    places = np.stack([left, right, bottom, top, size], axis=1).tolist()
    for first, last, is_plain, (x, to_x, y, to_y, width) in zip(
        firsts.tolist(), lasts.tolist(), plain.tolist(), places, strict=True
    ):
        start, end = int(seen[first]), int(seen[last])
        if is_plain:
            string = text[start : end + 1]
        else:
            string = _with_blanks(text, seen[first : last + 1].tolist(), wide[first : last + 1].tolist(), generated)
        found.append((Line(string, page, x, to_x, y, to_y, width, frame), start, end))
    return found


def join_pieces(pieces: Sequence[Line]) -> Line:
    """Pieces of one row, from left to right, as one line; a wide gap, and any gap in Latin text, reads as a blank."""
    if len(pieces) == 1:
        return pieces[0]
    text = pieces[0].text
    for before, after in pairwise(pieces):
        gap, size = after.left - before.right, max(before.size, after.size)
        latin = text[-1].isascii() and after.text[0].isascii() and gap > 0.15 * size
        text += (" " if gap > WIDE_GAP * size or latin else "") + after.text
    total = sum(len(piece.text) for piece in pieces)
    return Line(
        text,
        pieces[0].page,
        min(piece.left for piece in pieces),
        max(piece.right for piece in pieces),
        sum(piece.bottom * len(piece.text) for piece in pieces) / total,
        sum(piece.top * len(piece.text) for piece in pieces) / total,
        sum(piece.size * len(piece.text) for piece in pieces) / total,
        pieces[0].frame,
        all(piece.light for piece in pieces),
    )


def _em(widths: Floats, heights: Floats, wide: Bools) -> Floats:
    """The size of each character: its width where it fills a square, else what its height tells on this page."""
    sound = wide & (heights > 0)
    ratio = float(np.median(widths[sound] / heights[sound])) if sound.any() else _EM_OF_HEIGHT
    return np.maximum(np.where(wide, widths, heights * min(1.5, max(0.4, ratio))), 0.1)


def drawn_once(codes: NDArray[np.int64], boxes: Boxes) -> Bools:
    """False for a character that stands where the same one stood before: bold letters made by drawing them twice."""
    left, bottom = boxes[:, 0], boxes[:, 1]
    kept = np.ones(len(codes), dtype=bool)
    if not _goes_back(boxes):
        return kept
    reach = np.maximum(_SAME_PLACE * (boxes[:, 3] - boxes[:, 1]), 0.05)
    for shift in (0.0, 0.5):  # two ways to round, so that no pair is parted by both
        bands = np.floor(bottom / (4 * np.median(reach)) + shift).astype(np.int64)
        order = np.lexsort((left, (codes << 20) + bands))
        here, before = order[1:], order[:-1]
        near = (codes[here] == codes[before]) & (bands[here] == bands[before])
        near &= np.abs(left[here] - left[before]) < reach[here]
        here, before = here[near], before[near]
        same = np.abs(bottom[here] - bottom[before]) < reach[here]
        # One glyph for two characters (a long dash, fi) gives both the same box.
        same &= (np.abs(here - before) > 1) | (boxes[here] != boxes[before]).any(axis=1)
        kept[np.maximum(here[same], before[same])] = False
    return kept


def _goes_back(boxes: Boxes) -> bool:
    """Is any character drawn over the one before it, to the left of it in its line, or above it?"""
    left, bottom, right, top = boxes.T
    up, step = np.diff(bottom), np.diff(left)
    half_height, half_width = (top - bottom)[1:] / 2, (right - left)[:-1] / 2
    return bool(((up > half_height) | ((np.abs(up) <= half_height) & (step < half_width) & (step != 0))).any())


def _with_blanks(text: str, seen: Sequence[int], wide: Sequence[bool], generated: Callable[[int], bool]) -> str:
    """The characters at `seen` with the blanks between them, but not those that only stand for stretched Chinese."""
    parts = [text[seen[0]]]
    for index in range(1, len(seen)):
        between = text[seen[index - 1] + 1 : seen[index]]
        if between and between.isspace():
            stretched = (wide[index - 1] or wide[index]) and generated(seen[index] - 1)
            parts.append("" if stretched else between)
        elif between:
            blanks = "".join(character for character in between if character.isspace())
            parts.append(blanks[:1] if not (wide[index - 1] or wide[index]) else "")
        parts.append(text[seen[index]])
    return "".join(parts)


def is_light(raw: Any, index: int) -> bool:
    """Whether a character is drawn in a light or transparent colour."""
    import pypdfium2.raw as pdfium

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFText_GetFillColor(raw, index, red, green, blue, alpha):
        return False
    luminance = 0.299 * red.value + 0.587 * green.value + 0.114 * blue.value
    return luminance > _LIGHT or alpha.value < _FAINT
