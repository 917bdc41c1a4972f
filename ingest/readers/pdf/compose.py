"""Pages to a document: one text, and the paragraphs and table rows in it.

What belongs to the pages and not to the report (headers, page numbers, watermarks) stands behind all of it, the
footnotes before that: so a paragraph that goes on overleaf is in one place of the text, and can be quoted whole.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.mapped import MappedText
from ingest.readers.pdf.footnotes import footnotes
from ingest.readers.pdf.furniture import running_lines, watermarks
from ingest.readers.pdf.page import Line, Page, Row, needs_blank
from ingest.readers.pdf.paragraphs import paragraphs
from ingest.readers.pdf.rows import Written, joined_over_pages, tables, written
from ingest.types import Block, Mark

_OCR_REASON = "扫描件文字识别所得，请与原件核对"

_Item = list[Line] | Written


@dataclass(slots=True)
class Composed:
    """The text of a file, its blocks in reading order, and the marks of what was recognised from pictures."""

    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def compose(pages: Sequence[Page]) -> Composed:
    """Join the pages; every character is in exactly one block, but for page furniture, which is in none."""
    dropped = running_lines(pages) | watermarks(pages)
    body: list[Line | Row] = []
    notes: list[Line] = []
    for page in pages:
        kept = [item for item in page.items if item not in dropped]
        below = footnotes([item for item in kept if isinstance(item, Line)], page.height)
        notes += below
        body += [item for item in kept if item not in below]
        body += [line for line in page.strays if line not in dropped]
    recognised = {page.number for page in pages if page.recognised}
    writer = _Writer(recognised)
    items, repeated = _items(body)
    for item in (*items, *_items(notes)[0]):
        writer.add(item)
    for page in pages:
        for line in (*page.lines, *page.strays):
            if line in dropped:
                writer.append(line.text)
    for row in repeated:
        writer.append(row.text)
    return writer.result()


def _items(body: Sequence[Line | Row]) -> tuple[list[_Item], list[Written]]:
    """Paragraphs and rows in order; and the rows that only repeat a header."""
    stretches: list[list[Line]] = [[]]
    between: list[list[Row]] = []
    for item in body:
        if isinstance(item, Line):
            stretches[-1].append(item)
        elif between and not stretches[-1]:
            between[-1].append(item)
        else:
            between.append([item])
            stretches.append([])
    found: list[_Item] = []
    repeated: list[Written] = []
    for number, stretch in enumerate(paragraphs(stretches)):
        found += stretch
        for table in tables(between[number]) if number < len(between) else ():
            kept, again = joined_over_pages(table)
            found += written(kept)
            repeated += written(again)
    return found, repeated


class _Writer:
    """Writes the text line by line and keeps count of the place."""

    def __init__(self, recognised: set[int]) -> None:
        self._recognised = recognised
        self._texts: list[str] = []
        self._at = 0
        self._made = Composed()

    def append(self, text: str) -> int:
        """A line of text; returns where it stands."""
        start = self._at
        self._texts.append(text)
        self._at += len(text) + 1
        return start

    def add(self, item: _Item) -> None:
        """A paragraph of lines, or a table row."""
        if isinstance(item, Written):
            page = item.page
            text = MappedText.identity(item.text, self.append(item.text))
            block = Block(text, "table_row" if item.is_data else "paragraph", page=page)
        else:
            page = item[0].page
            block = Block(self._paragraph(item), page=page)
        self._made.blocks.append(block)
        if page in self._recognised:
            self._made.marks.append(Mark(*block.text.span(), "ocr", _OCR_REASON))

    def _paragraph(self, lines: Sequence[Line]) -> MappedText:
        if len(lines) == 1:
            return MappedText.identity(lines[0].text, self.append(lines[0].text))
        text, starts, ends = "", array("l"), array("l")
        for line in lines:
            start = self.append(line.text)
            if text and needs_blank(text[-1], line.text[0]):
                text += " "
                starts.append(start - 1)
                ends.append(start)
            text += line.text
            starts.extend(range(start, self._at - 1))
            ends.extend(range(start + 1, self._at))
        return MappedText(text, starts, ends)

    def result(self) -> Composed:
        """Everything that was written."""
        self._made.text = "\n".join(self._texts)
        return self._made
