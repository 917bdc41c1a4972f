"""Visual lines of a PDF to paragraphs: a PDF knows no paragraphs, only where its lines begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from ingest.readers.pdf_text import Line

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


@dataclass(frozen=True, slots=True)
class Column:
    """Where the lines of a column of running text begin and end, in points."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Placed:
    line: Line
    column: Column


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Group `lines` (reading order, page furniture already left out) into paragraphs, over page breaks as well."""
    placed = _place(lines)
    pitch = _pitch(lines)
    found: list[list[Line]] = []
    for index, here in enumerate(placed):
        if index and _continues(placed[index - 1], here, pitch):
            found[-1].append(here.line)
        else:
            found.append([here.line])
    return found


def _continues(before: _Placed, here: _Placed, pitch: float) -> bool:
    upper, lower = before.line, here.line
    if abs(upper.size - lower.size) > _SAME_SIZE * max(upper.size, lower.size) or _ENUMERATOR.match(lower.text):
        return _is_split_enumerator(upper, lower) and _is_full(before, lower)
    below = upper.page == lower.page and lower.bottom < upper.bottom
    if below and upper.bottom - lower.bottom > _PARAGRAPH_GAP * max(pitch, upper.size):
        return False
    if _is_centred(before) and _is_centred(here):
        return below and not upper.text.endswith(_CLOSED) and upper.size > 0 and _is_title_like(before)
    if not _is_full(before, lower):
        return False
    indented = lower.left > here.column.left + _INDENT * lower.size
    # An indented line opens a paragraph, unless the sentence before it is still open (a hanging indent).
    return not indented or not upper.text.endswith(_CLOSED)


def _is_split_enumerator(upper: Line, lower: Line) -> bool:
    """A line that only looks like a new item, because a sentence broke before a number: 完成⏎12. or 在⏎一、二期."""
    same_size = abs(upper.size - lower.size) <= _SAME_SIZE * max(upper.size, lower.size)
    return same_size and upper.text.endswith(tuple("，、,（(“—"))


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


def _place(lines: Sequence[Line]) -> list[_Placed]:
    """Give each line its column: one per page size as a rule, two where a page is set in two columns."""
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    single = [line for page in by_page.values() if _middle(page) is None for line in page]
    whole = _column(single) if single else Column(0.0, 0.0)
    columns: dict[Line, Column] = dict.fromkeys(single, whole)
    for page in by_page.values():
        middle = _middle(page)
        if middle is not None:
            left = [line for line in page if line.right <= middle + line.size]
            right = [line for line in page if line.left >= middle - line.size]
            columns |= dict.fromkeys(page, _column(page))
            columns |= dict.fromkeys(left, _column(left)) | dict.fromkeys(right, _column(right))
    return [_Placed(line, columns[line]) for line in lines]


def _column(lines: Sequence[Line]) -> Column:
    """The margins that most wide lines share; an indented first line and a short last line are the minority."""
    widest = max(line.right - line.left for line in lines)
    wide = [line for line in lines if line.right - line.left >= _WIDE * widest]
    lefts = [line.left for line in wide]
    left = quantiles(lefts, n=5)[0] if len(lefts) > 1 else lefts[0]
    return Column(left, median(line.right for line in wide))


def _middle(page: Sequence[Line]) -> float | None:
    """The x between two columns of text, None for a page in one column."""
    middle = (min(line.left for line in page) + max(line.right for line in page)) / 2
    left = sum(line.right <= middle + line.size for line in page)
    right = sum(line.left >= middle - line.size for line in page)
    crossing = len(page) - left - right
    return middle if min(left, right) >= 5 and crossing <= 0.2 * len(page) else None
