"""The text layer of a PDF: one string for the whole file, and its visual lines with their place on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

_HYPHENS = frozenset({0x02, 0xFFFE})  # how PDFium writes a hyphen at the end of a line
_PRIVATE_USE = range(0xE000, 0xF900)


@dataclass(frozen=True, slots=True)
class Line:
    """A visual line: `start:end` in the file's text, without blanks at its ends; the box in points, y upwards.

    `size` is the height of its characters, as good as the font size for comparing lines.
    """

    text: str
    start: int
    end: int
    page: int
    left: float
    right: float
    bottom: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page, `number` from 1; `text` is its text layer with a newline between lines, `start` its place in the file's
    text; `blank` is True when the page shows nothing at all.
    """

    number: int
    text: str
    start: int
    height: float
    lines: tuple[Line, ...]
    blank: bool

    @property
    def garbled(self) -> bool:
        """Most characters have no meaning: fonts without a character table."""
        marks = [character for character in self.text if not character.isspace()]
        bad = sum(ord(character) in _PRIVATE_USE or character == "\ufffd" for character in marks)
        return bad * 3 > len(marks)


def read_page(page: Any, number: int, start: int) -> Page:
    """The text of a `pypdfium2.PdfPage`; `start` is where it will stand in the file's text."""
    textpage = page.get_textpage()
    try:
        rows = list(_rows(textpage))
    finally:
        textpage.close()
    texts: list[str] = []
    lines: list[Line] = []
    at = start
    for characters, boxes in rows:
        line = _line(characters, boxes, number, at)
        if line is None:
            continue
        lines.append(line)
        texts.append(characters)
        at += len(characters) + 1
    blank = not lines and next(page.get_objects(max_depth=1), None) is None
    return Page(number, "\n".join(texts), start, page.get_height(), tuple(lines), blank)


_Box = tuple[float, float, float, float]


def _rows(textpage: Any) -> Iterator[tuple[str, list[_Box | None]]]:
    """Each line with a box per character, left, right, bottom, top; None for a blank."""
    import pypdfium2.raw as pdfium

    raw, rect = textpage.raw, pdfium.FS_RECTF()
    characters: list[str] = []
    boxes: list[_Box | None] = []
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code == 0x0A:
            yield "".join(characters), boxes
            characters, boxes = [], []
            continue
        character = _character(code, characters)
        if not character:
            continue
        box: _Box | None = None
        if not character.isspace() and pdfium.FPDFText_GetLooseCharBox(raw, index, rect):
            box = (rect.left, rect.right, rect.bottom, rect.top)
        characters.append(character)
        boxes.append(box)
    yield "".join(characters), boxes


def _character(code: int, before: list[str]) -> str:
    """The character of a code; a low surrogate (PDFium counts in UTF-16 on Windows) completes the one before it."""
    if code in _HYPHENS:
        return "-"
    if 0xD800 <= code <= 0xDBFF:
        return chr(code)
    if 0xDC00 <= code <= 0xDFFF:
        high = ord(before[-1]) if before else 0
        if 0xD800 <= high <= 0xDBFF:
            before[-1] = chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00))
        return ""
    return chr(code) if 0x20 <= code <= 0x10FFFF or code == 0x09 else ""


def _line(text: str, boxes: list[_Box | None], page: int, start: int) -> Line | None:
    seen = [box for box in boxes if box is not None]
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    if first >= last or not seen:
        return None
    return Line(
        text[first:last],
        start + first,
        start + last,
        page,
        min(box[0] for box in seen),
        max(box[1] for box in seen),
        median(box[2] for box in seen),
        median(box[3] for box in seen),
        median(box[3] - box[2] for box in seen),
    )
