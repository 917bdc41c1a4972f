"""Word documents (.docx): paragraphs and tables in their order, as a person sees them with all changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from ingest.mapped import MappedText
from ingest.readers.docx_numbering import Numbering
from ingest.readers.docx_package import Package, attribute, child, local, open_package
from ingest.readers.docx_runs import read_runs
from ingest.readers.docx_styles import Styles
from ingest.readers.limits import MAX_NESTING
from ingest.types import Block, BlockKind, Document

_CELL_GLUE = " | "
_LONG_CELL = 200
"""Characters from which a cell of several paragraphs is an article that was put into a table, not a table cell."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A block before it has its place in the text; `contents` marks a line of the table of contents."""

    text: str
    kind: BlockKind = "paragraph"
    level: int | None = None
    contents: bool = False
    joins_next: bool = False


def read_docx(data: bytes) -> Document:
    """Read the body, then footnotes and endnotes; `text` is the blocks joined by newlines. Raises UnreadableFile.

    The lines of an automatic table of contents repeat the headings: they stay in `text` but are no blocks.
    """
    package = open_package(data)
    body = _Body(Styles(package.styles), Numbering(package.numbering))
    lines = [*body.read(child(package.document, "body")), *_notes(package, body)]
    texts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for line in _joined(lines):
        for number, part in enumerate(line.text.split("\n")):
            if not part.strip():
                continue
            # A row keeps the blank of an empty first cell, so that its cells stay countable.
            text = part if line.kind == "table_row" else part.strip()
            if not line.contents:
                kind = line.kind if line.kind != "list_item" or number == 0 else "paragraph"
                blocks.append(Block(MappedText.identity(text, at), kind, line.level))
            texts.append(text)
            at += len(text) + 1
    return Document("\n".join(texts), tuple(blocks), "docx", _title(package), notes=_remarks(package))


def _joined(lines: list[_Line]) -> Iterator[_Line]:
    """A paragraph whose end mark is a tracked deletion runs on into the next."""
    held: _Line | None = None
    for line in lines:
        current = line if held is None else replace(held, text=held.text + line.text, joins_next=line.joins_next)
        held = current if current.joins_next else None
        if held is None:
            yield current
    if held is not None:
        yield held


def _notes(package: Package, body: _Body) -> Iterator[_Line]:
    for root in (package.footnotes, package.endnotes):
        for note in root if root is not None else ():
            if attribute(note, "type") in {None, "normal"}:  # the others are separator lines
                yield from body.read(note)


def _title(package: Package) -> str | None:
    text = child(package.core, "title")
    return text.text.strip() or None if text is not None and text.text else None


def _remarks(package: Package) -> tuple[str, ...]:
    if child(package.document, "body", "altChunk") is not None:
        return ("文档嵌入了外部内容（altChunk），这一部分未读取",)
    return ()


class _Body:
    """Walks block containers: the body, cells, text boxes, notes."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def read(self, container: Element | None, depth: int = 0) -> Iterator[_Line]:
        """The lines of a container; content controls, custom XML and tracked insertions are seen through."""
        if container is None or depth > MAX_NESTING:
            return
        for element in container:
            name = local(element.tag)
            if name == "p":
                yield from self._paragraph(element, depth)
            elif name == "tbl":
                for row in _rows(element, depth):
                    yield from self._row(row, depth)
            elif name in {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice"}:
                yield from self.read(element, depth + 1)

    def _paragraph(self, element: Element, depth: int) -> Iterator[_Line]:
        properties = child(element, "pPr")
        style = self._styles.of(properties)
        found = read_runs(element)
        joins_next = child(properties, "rPr", "del") is not None
        kind: BlockKind = "heading" if style.level is not None else "paragraph"
        label = ""
        if style.numbering is not None:
            label = self._numbering.label(*style.numbering)
            kind = "list_item" if kind == "paragraph" else kind
        text = found.text.strip()
        if text or joins_next:
            yield _Line(label + text, kind, style.level, style.contents, joins_next)
        for box in found.boxes:
            yield from self.read(box, depth + 1)

    def _row(self, row: Element, depth: int) -> Iterator[_Line]:
        """A row of data is one line; a row that is page layout gives the paragraphs of its cells."""
        cells = [(list(self.read(cell, depth + 1)), cell) for cell in _cells(row, depth)]
        filled = [lines for lines, _ in cells if lines]
        if len(filled) < 2 or any(_is_layout(lines, cell) for lines, cell in cells):
            for lines in filled:
                yield from lines
            return
        texts = (" ".join(line.text.replace("\n", " ") for line in lines) for lines, _ in cells)
        yield _Line(_CELL_GLUE.join(texts), "table_row")


def _rows(table: Element, depth: int) -> Iterator[Element]:
    yield from _parts(table, "tr", depth)


def _cells(row: Element, depth: int) -> Iterator[Element]:
    """The cells of a row. A cell merged over columns is one element, a cell merged over rows has text in the first."""
    yield from _parts(row, "tc", depth)


def _parts(element: Element, name: str, depth: int) -> Iterator[Element]:
    """Children of that name, also inside content controls; a row that is a tracked deletion is left out."""
    if depth > MAX_NESTING:
        return
    for inner in element:
        tag = local(inner.tag)
        if tag == name and child(inner, "trPr", "del") is None:
            yield inner
        elif tag in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            yield from _parts(inner, name, depth + 1)


def _is_layout(lines: list[_Line], cell: Element) -> bool:
    if child(cell, "tbl") is not None or any(line.kind == "heading" for line in lines):
        return True
    return len(lines) > 1 and sum(len(line.text) for line in lines) > _LONG_CELL
