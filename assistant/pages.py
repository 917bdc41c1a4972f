"""Where a quote stands on the pages of a PDF: its lines found again among the characters of the page. Pure functions.

The text of a PDF is put together from whole lines (see `ingest.readers.pdf.compose`), in an order that only the whole
file tells. So a quote's lines are looked for in the characters of the page as they follow each other in it, without
white space; what stands there more than once is told apart by the lines around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

Box = tuple[float, float, float, float]
"""left, top, right, bottom; x to the right, y downwards from the upper left corner of the page as it is shown."""

AROUND = 3
"""Lines of the source text on either side of a quote that help to tell two places apart."""

LONGEST_QUOTE = 4000
_CONTEXT = 200
_LEAST = 4
"""Characters that a piece of a broken line must have to be looked for anywhere; a shorter one belongs near others."""
_NEAR = 200
_SAME_LINE = 0.5
_WIDEST_GAP = 1.5


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source text; `start:end` of it is quoted, nothing where they are equal."""

    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The characters of a page that are no white space, in the order of its content, with their boxes in points."""

    number: int
    width: float
    height: float
    text: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """The rectangles of a quote on one page, as shares of its width and height."""

    number: int
    width: float
    height: float
    rectangles: tuple[Box, ...]


def lines_of(text: str, start: int, end: int) -> tuple[SourceLine, ...]:
    """The lines of `text` that hold `start:end`, and a few before and behind them."""
    end = min(end, start + LONGEST_QUOTE)
    first = _line_start(text, start, AROUND)
    last = end
    for _ in range(AROUND + 1):
        last = _line_end(text, last + 1) if last < len(text) else last
    lines = []
    at = first
    for line in text[first:last].split("\n"):
        left, right = max(start - at, 0), min(end - at, len(line))
        lines.append(SourceLine(line, left, right) if left < right else SourceLine(line))
        at += len(line) + 1
    return tuple(lines)


def quoted(lines: Sequence[SourceLine], sheets: Sequence[Sheet]) -> tuple[Marked, ...]:
    """The pages that the quote stands on with its rectangles, in their order; none where it is not found."""
    if not sheets:
        return ()
    # A break that no line holds keeps a find from running on from one page to the next.
    text = "\n".join(sheet.text for sheet in sheets)
    begins = list(accumulate((len(sheet.text) + 1 for sheet in sheets), initial=0))
    found: dict[int, list[Box]] = {}
    behind = 0
    for number, line in enumerate(lines):
        ink, wanted = _ink(line)
        if not wanted:
            continue
        before = "".join(_ink(one)[0] for one in lines[:number])[-_CONTEXT:]
        after = "".join(_ink(one)[0] for one in lines[number + 1 :])[:_CONTEXT]
        places = _places(ink, text, before, after, behind)
        held = [place for index, place in enumerate(places) if place is not None and index in wanted]
        behind = max((place for place in places if place is not None), default=behind - 1) + 1
        for index, sheet in enumerate(sheets):
            own = [sheet.boxes[place - begins[index]] for place in held if begins[index] <= place < begins[index + 1]]
            found.setdefault(index, []).extend(joined(own))
    return tuple(
        Marked(sheet.number, sheet.width, sheet.height, tuple(_share(box, sheet) for box in found[index]))
        for index, sheet in enumerate(sheets)
        if found.get(index)
    )


def joined(boxes: Sequence[Box]) -> list[Box]:
    """Boxes of characters that follow each other as boxes of lines, whether the text runs across or down the page."""
    if not boxes:
        return []
    if _runs_down(boxes):
        return [_swapped(box) for box in _joined([_swapped(box) for box in boxes])]
    return _joined(boxes)


def _joined(boxes: Sequence[Box]) -> list[Box]:
    found = [boxes[0]]
    for box in boxes[1:]:
        left, top, right, bottom = found[-1]
        height, size = bottom - top, box[3] - box[1]
        level = min(bottom, box[3]) - max(top, box[1]) >= _SAME_LINE * min(height, size)
        em = max(height, size)
        gap = max(box[0] - right, left - box[2])  # text that is upside down runs to the left
        if level and gap <= _WIDEST_GAP * em:
            found[-1] = (min(left, box[0]), min(top, box[1]), max(right, box[2]), max(bottom, box[3]))
        else:
            found.append(box)
    return found


def _runs_down(boxes: Sequence[Box]) -> bool:
    steps = [(abs(b[0] + b[2] - a[0] - a[2]), abs(b[1] + b[3] - a[1] - a[3])) for a, b in pairwise(boxes)]
    return sum(1 if down > across else -1 for across, down in steps) > 0


def _swapped(box: Box) -> Box:
    return box[1], box[0], box[3], box[2]


def _share(box: Box, sheet: Sheet) -> Box:
    """A box as shares of the page, cut off at its edges."""
    left, top, right, bottom = box
    width, height = max(sheet.width, 1e-6), max(sheet.height, 1e-6)
    shares = (left / width, top / height, right / width, bottom / height)
    x0, y0, x1, y1 = (min(1.0, max(0.0, share)) for share in shares)
    return x0, y0, x1, y1


def _ink(line: SourceLine) -> tuple[str, frozenset[int]]:
    """The line without white space, and which of what is left is quoted."""
    kept = [index for index, char in enumerate(line.text) if not char.isspace()]
    wanted = frozenset(at for at, index in enumerate(kept) if line.start <= index < line.end)
    return "".join(line.text[index] for index in kept), wanted


def _places(ink: str, text: str, before: str, after: str, behind: int) -> list[int | None]:
    """Where each character of a line stands in `text`; None for one that stands nowhere (a glue between cells)."""
    whole = _occurrences(ink, text)
    if whole:
        best = max(whole, key=lambda at: (*_fits(text, at, at + len(ink), before, after), at >= behind, -at))
        return list(range(best, best + len(ink)))
    return _pieces(ink, text, behind)


def _pieces(ink: str, text: str, behind: int) -> list[int | None]:
    """A line that is no run of characters of the page: fields of a table, pieces on both sides of a wide blank."""
    places: list[int | None] = [None] * len(ink)
    short: list[tuple[int, int]] = []
    used: set[int] = set()
    at = 0
    while at < len(ink):
        length = _longest(ink, at, text)
        if length >= _LEAST or (length and text.count(ink[at : at + length]) == 1):
            _put(places, used, at, length, _nearest(_occurrences(ink[at : at + length], text), behind))
        elif length:
            short.append((at, length))
        at += max(1, length)
    known = [place for place in places if place is not None]
    for first, length in short:
        near = next((place for place in reversed(places[:first]) if place is not None), min(known, default=behind))
        free = [
            place
            for place in _occurrences(ink[first : first + length], text)
            if abs(place - near) < _NEAR and used.isdisjoint(range(place, place + length))
        ]
        if free:
            _put(places, used, first, length, _nearest(free, near))
    return places


def _put(places: list[int | None], used: set[int], first: int, length: int, place: int) -> None:
    places[first : first + length] = range(place, place + length)
    used.update(range(place, place + length))


def _nearest(places: Sequence[int], behind: int) -> int:
    return min(places, key=lambda place: (place < behind, abs(place - behind)))


def _longest(ink: str, at: int, text: str) -> int:
    """How much of `ink` from `at` on stands in `text` in one piece."""
    low, high = 0, len(ink) - at
    while low < high:
        middle = (low + high + 1) // 2
        if ink[at : at + middle] in text:
            low = middle
        else:
            high = middle - 1
    return low


def _occurrences(wanted: str, text: str) -> list[int]:
    found: list[int] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + 1)
    return found


def _fits(text: str, start: int, end: int, before: str, after: str) -> tuple[int]:
    """How many characters around a place are those around the line."""
    return (
        _common(text[max(0, start - len(before)) : start][::-1], before[::-1])
        + _common(text[end : end + len(after)], after),
    )


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _line_start(text: str, at: int, more: int) -> int:
    for _ in range(more + 1):
        at = text.rfind("\n", 0, max(0, at)) if at > 0 else -1
        if at < 0:
            return 0
    return at + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
