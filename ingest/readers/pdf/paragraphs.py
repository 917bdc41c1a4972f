"""Visual lines of a PDF to paragraphs: a PDF knows no paragraphs, only where its lines begin and end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from ingest.readers.pdf.page import CELL_FRAME, Frame, Line

_ENUMERATOR = re.compile(
    r"第?[一二三四五六七八九十百]+[、章节篇部]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、．]|\d{1,2}\.(?!\d)|[①-⑳]"
)
_CLOSED = tuple("。！？；：…”）)!?;:")
_UNSPLIT = re.compile(r"[!-~‰％]{1,24}")
_WIDE = 0.6  # a line of this share of the widest is running text: its ends show the margins
_SHORT_BY = (
    2.2  # characters by which a full line may miss the margin (no line begins with punctuation or splits a number)
)
_INDENT = 1.2  # characters from which a line counts as indented (the rule is two)
_FARTHEST_START = 7  # characters from the left margin by which running text has begun (an item in a nested list)
_PARAGRAPH_GAP = 1.6  # line pitches from which a gap separates paragraphs
_SAME_SIZE = 0.2
_CLEARLY = 2
_LARGE = 1.15  # times the usual size, from which a centred line is a title
_RIGHT = 10_000  # see `pdf_columns.columns`
_OPEN = tuple("，、,（(“—")  # a sentence that broke before a number: 完成⏎12. or 在⏎一、二期


@dataclass(frozen=True, slots=True)
class Column:
    """Where the lines of a column of running text begin and end, in points."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Style:
    """How a text is set: the usual size, the distance between lines, and whether paragraphs begin with an indent."""

    size: float
    pitch: float
    opens_indented: bool


@dataclass(frozen=True, slots=True)
class _Placed:
    line: Line
    column: Column


def paragraphs(stretches: Sequence[Sequence[Line]]) -> list[list[list[Line]]]:
    """Group each stretch of lines (reading order, page furniture already left out) into paragraphs, over page breaks as
    well. A stretch ends where a table stands; all of them share their margins.
    """
    lines = [line for stretch in stretches for line in stretch]
    columns = _columns(lines)
    alone = _half_filled(lines, columns)
    pitch = _pitch(lines)
    placed = [
        [_Placed(line, columns[alone.get((line.page, line.frame), line.frame)]) for line in stretch]
        for stretch in stretches
    ]
    size = median(line.size for line in lines) if lines else 0.0
    style = _Style(size, pitch, _opens_indented([here for stretch in placed for here in stretch]))
    return [_grouped(stretch, style) for stretch in placed]


def _opens_indented(placed: Sequence[_Placed]) -> bool:
    """Whether paragraphs begin with an indent, as in official documents: an indented full line whose sentence is open
    is then followed by a line at the margin; in a text of hanging indents, by one as far in as itself.
    """
    flush = hanging = 0
    for upper, lower in pairwise(placed):
        if _is_indented(upper) and _is_full(upper, lower.line) and not upper.line.text.endswith(_CLOSED):
            flush += not _is_indented(lower)
            hanging += _is_indented(lower)
    return flush >= _CLEARLY * max(1, hanging)


def _is_indented(placed: _Placed) -> bool:
    return placed.line.left > placed.column.left + _INDENT * placed.line.size


def _grouped(placed: Sequence[_Placed], style: _Style) -> list[list[Line]]:
    found: list[list[Line]] = []
    for index, here in enumerate(placed):
        if index and _continues(placed[index - 1], here, style):
            found[-1].append(here.line)
        else:
            found.append([here.line])
    return found


def _continues(before: _Placed, here: _Placed, style: _Style) -> bool:
    upper, lower = before.line, here.line
    if upper.frame != lower.frame and CELL_FRAME in (upper.frame[:1] + lower.frame[:1]):
        return False
    if abs(upper.size - lower.size) > _SAME_SIZE * max(upper.size, lower.size):
        return False
    indented = _is_indented(here)
    if _ENUMERATOR.match(lower.text):
        open_sentence = upper.text.endswith(_OPEN) or (
            style.opens_indented and not indented and not upper.text.endswith(_CLOSED)
        )
        return open_sentence and _is_full(before, lower)
    below = upper.page == lower.page and lower.bottom < upper.bottom
    if below and upper.bottom - lower.bottom > _PARAGRAPH_GAP * max(style.pitch, upper.size):
        return False
    if upper.size > _LARGE * style.size and _is_centred(here) and _is_full(before, lower):
        return below and not upper.text.endswith(_CLOSED)  # a title whose first line fills the width
    if _is_centred(before) and _is_centred(here):
        return below and not upper.text.endswith(_CLOSED) and upper.size > 0 and _is_title_like(before)
    if not _is_full(before, lower):
        return False
    # An indented line opens a paragraph, unless the sentence before it is still open (a hanging indent).
    return not indented or (not style.opens_indented and not upper.text.endswith(_CLOSED))


def _is_full(placed: _Placed, following: Line) -> bool:
    """The line ends where it had to: what begins the next line would not have fitted behind it (a figure is not split).

    It must also begin near the left margin, which a signature at the right margin does not.
    """
    line, column = placed.line, placed.column
    if line.left > column.left + _FARTHEST_START * line.size:
        return False
    unsplit = _UNSPLIT.match(following.text)
    width = 0.5 * len(unsplit[0]) if unsplit is not None and not line.text.endswith(_CLOSED) else 0.0
    return line.right >= column.right - (_SHORT_BY + width) * line.size


def _is_centred(placed: _Placed) -> bool:
    left = placed.line.left - placed.column.left
    right = placed.column.right - placed.line.right
    return left > 2.5 * placed.line.size and abs(left - right) < 2 * placed.line.size


def _is_title_like(placed: _Placed) -> bool:
    """A centred line wide enough that the title had to go on in the next line."""
    width = placed.column.right - placed.column.left
    return placed.line.right - placed.line.left > 0.3 * width


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance between two lines of running text."""
    steps = [
        upper.bottom - lower.bottom
        for upper, lower in pairwise(lines)
        if upper.page == lower.page and 0 < upper.bottom - lower.bottom < 4 * upper.size
    ]
    return median(steps) if steps else 0.0


def _columns(lines: Sequence[Line]) -> dict[Frame, Column]:
    """The margins of each frame."""
    by_frame: dict[Frame, list[Line]] = {}
    for line in lines:
        by_frame.setdefault(line.frame, []).append(line)
    return {frame: _column(held) for frame, held in by_frame.items()}


def _half_filled(lines: Sequence[Line], columns: Mapping[Frame, Column]) -> dict[tuple[int, Frame], Frame]:
    """The last page of a text in columns may have text in the first only: page and frame → the frame of that column."""
    found: dict[tuple[int, Frame], Frame] = {}
    first = {frame[0]: frame for frame in columns if len(frame) == 2 and frame[0] != CELL_FRAME and frame[1] < _RIGHT}
    pages: dict[tuple[int, Frame], list[Line]] = {}
    for line in lines if first else ():
        if len(line.frame) == 1 and line.frame[0] in first:
            pages.setdefault((line.page, line.frame), []).append(line)
    for place, held in pages.items():
        column = columns[first[place[1][0]]]
        if len(held) > 1 and all(line.right <= column.right + 2 * line.size for line in held):
            found[place] = first[place[1][0]]
    return found


def _column(lines: Sequence[Line]) -> Column:
    """The margins that most wide lines share; an indented first line and a short last line are the minority."""
    widest = max(line.right - line.left for line in lines)
    wide = [line for line in lines if line.right - line.left >= _WIDE * widest]
    lefts = [line.left for line in wide]
    left = quantiles(lefts, n=5)[0] if len(lefts) > 1 else lefts[0]
    return Column(left, median(line.right for line in wide))
