"""The plain data of a PDF page between its characters and its paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.readers.table_header import Cell

Frame = tuple[int, ...]
"""Which column a line stands in: the page's width, then the way down through the columns of the page. Lines of one
frame share their margins, on whichever page they are.
"""


CELL_FRAME = -1
"""First number of the frame of a field of a table; no paragraph goes on from one field to the next."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A visual line, or a piece of one between wide blanks; box in points, y upwards, `page` from 1.

    `size` is the width of a full-width character: the unit in which indents and gaps are measured. Every line is
    itself only: two lines of the same text at the same place are two. `light` marks the colour of a watermark.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    size: float
    frame: Frame = ()
    light: bool = False

    @property
    def middle(self) -> float:
        """Half the height, where lines of different sizes in one row meet best."""
        return (self.bottom + self.top) / 2

    @property
    def width(self) -> float:
        """In points."""
        return self.right - self.left


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row of a table; `edges` are the places of its columns in points, the same in every row of a table."""

    cells: tuple[Cell, ...]
    page: int
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One page: its lines and table rows in reading order, and text drawn at a slant (`strays`).

    `pictured` is True for a page that shows something but has no text, `garbled` where the text has no meaning,
    `recognised` where the text was read off the picture of the page.
    """

    number: int
    width: float
    height: float
    items: tuple[Line | Row, ...]
    strays: tuple[Line, ...] = ()
    pictured: bool = False
    garbled: bool = False
    recognised: bool = False

    @property
    def lines(self) -> list[Line]:
        """The lines without the table rows."""
        return [item for item in self.items if isinstance(item, Line)]


def needs_blank(before: str, after: str) -> bool:
    """Whether a line break between these characters stands for a blank: between Latin words, not in Chinese.

    Never at a digit, which a converter may have cut off from its number.
    """
    return before.isascii() and after.isascii() and (before.isalpha() or before in ",;") and after.isalpha()
