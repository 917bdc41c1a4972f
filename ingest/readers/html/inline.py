"""The running text of one HTML block: white space collapsed, character references resolved, every character mapped."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from html import unescape
from html.entities import html5

from ingest.mapped import MappedText
from ingest.readers.table_header import CELL_GLUE

Span = tuple[int, int]

_SPECIAL = re.compile(r"[ \t\n\r\f]+|&(?:#[xX][0-9a-fA-F]{1,8};?|#[0-9]{1,10};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_COLLAPSING = " \t\n\r\f"
_WIDE_PUNCTUATION = "“”‘’…—·"


class _Collapser:
    """Gathers characters with their source spans; white space waits until it is known what follows it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.starts, self.ends = array("l"), array("l")
        self.space: Span | None = None
        self.line_break = False

    def add_space(self, start: int, end: int, line_break: bool) -> None:
        self.space = (start, end) if self.space is None else self.space
        self.line_break |= line_break

    def add(self, text: str, starts: Iterable[int], ends: Iterable[int]) -> None:
        if self.space is not None:
            # CSS Text: a line break between two wide characters is no space (Chinese wrapped in the source).
            if self.texts and not (self.line_break and _wide(self.texts[-1][-1]) and _wide(text[0])):
                self.texts.append(" ")
                self.starts.append(self.space[0])
                self.ends.append(self.space[1])
            self.space, self.line_break = None, False
        self.texts.append(text)
        self.starts.extend(starts)
        self.ends.extend(ends)


def inline_text(source: str, spans: Iterable[Span]) -> MappedText:
    """The text of the source spans as a browser shows it in one line; an empty span stands for a blank.

    Every character maps to what it was made from: itself, a run of white space, or a whole character reference.
    """
    out = _Collapser()
    for start, end in spans:
        if start == end:
            out.add_space(start, end, line_break=False)
        at = start
        for special in _SPECIAL.finditer(source, start, end):
            if special.start() > at:
                out.add(source[at : special.start()], range(at, special.start()), range(at + 1, special.start() + 1))
            at = _add_special(out, special[0], special.start())
        if at < end:
            out.add(source[at:end], range(at, end), range(at + 1, end + 1))
    return MappedText("".join(out.texts), out.starts, out.ends).strip()


def _add_special(out: _Collapser, written: str, start: int) -> int:
    """Add white space or a character reference; returns the source offset behind what was used of it."""
    used, meant = (len(written), " ") if written[0] != "&" else _reference(written)
    if meant and all(character in _COLLAPSING for character in meant):
        out.add_space(start, start + used, line_break="\n" in written)
    else:
        out.add(meant, [start] * len(meant), [start + used] * len(meant))
    return start + used


def _reference(written: str) -> tuple[int, str]:
    """How many characters of `written` (`&` and what may follow) are a reference, and what it means; without its
    semicolon a name counts only as far as the standard's list of such names goes (`&copy2022` is ©2022).
    """
    if written[1] == "#" or written[1:] in html5:
        return len(written), unescape(written) or "\ufffd"
    for size in range(len(written), 2, -1):
        if written[1:size] in html5:
            return size, html5[written[1:size]]
    return 1, "&"


def join_cells(cells: Sequence[MappedText]) -> MappedText:
    """A table row: the cells with glue between them (empty ones keep their place); the glue maps to empty spans."""
    first = next((cell.starts[0] for cell in cells if cell.text), 0)
    pieces: list[MappedText] = []
    anchor = first
    for index, cell in enumerate(cells):
        if index:
            pieces.append(MappedText(CELL_GLUE, array("l", [anchor] * 3), array("l", [anchor] * 3)))
        pieces.append(cell)
        anchor = cell.ends[-1] if cell.text else anchor
    return MappedText.join(pieces)


def _wide(character: str) -> bool:
    return character >= "\u2e80" or character in _WIDE_PUNCTUATION
