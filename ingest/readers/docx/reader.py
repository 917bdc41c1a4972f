"""Word documents (.docx): paragraphs and tables in their order, as a person sees them with all changes accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from ingest.mapped import MappedText
from ingest.readers.docx.chunks import Unread, chunk_lines
from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.package import Package, open_package
from ingest.readers.docx.runs import Reference, read_runs
from ingest.readers.docx.styles import Styles
from ingest.readers.docx.tables import Line, table_lines
from ingest.readers.limits import MAX_NESTING
from ingest.readers.ooxml import attribute, child, local
from ingest.types import Block, BlockKind, Document

_NOTE = "注："
"""Stands before a footnote, read where the text refers to it; instead of its number, which would look like a figure."""
_TRANSPARENT = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice"})
_DEEPEST_CHUNK = 2


def read_docx(data: bytes) -> Document:
    """Read the body; `text` is the blocks joined by newlines. Raises UnreadableFile.

    A footnote or endnote is a paragraph of its own behind the paragraph or table row that refers to it. Headers,
    footers, comments, hidden text and field codes are left out. The lines of an automatic table of contents repeat the
    headings: they stay in `text` but are no blocks.
    """
    package = open_package(data)
    body = _Body(package)
    texts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for line in _joined(body.everything()):
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
    notes = (f"文档嵌入的 {body.unread} 处外部内容（altChunk）未读取",) if body.unread else ()
    return Document("\n".join(texts), tuple(blocks), "docx", _title(package), notes=notes)


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """A paragraph whose end mark is a tracked deletion runs on into the next; its notes wait until it has ended."""
    held: Line | None = None
    notes: list[Line] = []
    for line in lines:
        if held is not None and line.note:
            notes.append(line)
            continue
        current = line if held is None else replace(held, text=held.text + line.text, joins_next=line.joins_next)
        held = current if current.joins_next else None
        if held is None:
            yield current
            yield from notes
            notes = []
    if held is not None:
        yield held
    yield from notes


def _title(package: Package) -> str | None:
    text = child(package.core, "title")
    return text.text.strip() or None if text is not None and text.text else None


class _Body:
    """Walks block containers: the body, cells, text boxes, notes. `unread` counts embedded parts that were not read."""

    def __init__(self, package: Package, chunk_depth: int = 0) -> None:
        self._package = package
        self._styles = Styles(package.styles)
        self._numbering = Numbering(package.numbering)
        self._notes: dict[Reference, Element] = {}
        for kind, root in (("footnote", package.footnotes), ("endnote", package.endnotes)):
            for note in root if root is not None else ():
                if attribute(note, "type") in {None, "normal"}:  # the others are separator lines
                    self._notes.setdefault(Reference(kind, attribute(note, "id") or ""), note)
        self._chunk_depth = chunk_depth
        self.unread = 0

    def everything(self) -> Iterator[Line]:
        """The body with its notes, then the notes that nothing refers to (not even deleted text)."""
        for part in self._package.document:  # a broken merge may have left several bodies
            if local(part.tag) == "body":
                yield from self.read(part)
        if self._notes:
            for element in self._package.document.iter():
                if local(element.tag) in {"footnoteReference", "endnoteReference"}:
                    self._notes.pop(Reference.of(element), None)
        for reference in list(self._notes):
            yield from self._note(reference)

    def read(self, container: Element | None, depth: int = 0) -> Iterator[Line]:
        """The lines of a container; content controls, custom XML and tracked insertions are seen through."""
        if container is None or depth > MAX_NESTING:
            return
        for element in container:
            name = local(element.tag)
            if name == "p":
                yield from self._paragraph(element, depth)
            elif name == "tbl":
                yield from table_lines(element, self.read, depth)
            elif name == "altChunk":
                yield from self._chunk(attribute(element, "id"))
            elif name in _TRANSPARENT:
                yield from self.read(element, depth + 1)

    def _paragraph(self, element: Element, depth: int) -> Iterator[Line]:
        properties = child(element, "pPr")
        style = self._styles.of(properties)
        found = read_runs(element, self._styles.hidden)
        joins_next = child(properties, "rPr", "del") is not None
        kind: BlockKind = "heading" if style.level is not None else "paragraph"
        label = ""
        if style.numbering is not None:
            label = self._numbering.label(*style.numbering)
            kind = "list_item" if kind == "paragraph" else kind
        text = found.text.strip()
        if text or joins_next:
            yield Line(label + text, kind, style.level, style.contents, joins_next)
        for box in found.boxes:
            yield from self.read(box, depth + 1)
        for reference in found.references:
            yield from self._note(reference)

    def _note(self, reference: Reference) -> Iterator[Line]:
        """A note, once: a broken file may refer to it from within itself."""
        note = self._notes.pop(reference, None)
        for number, line in enumerate(self.read(note)):
            text = line.text if number else f"{_NOTE}{line.text.removeprefix(_NOTE)}"
            yield replace(line, text=text, kind="paragraph", level=None, joins_next=False, note=True)

    def _chunk(self, relation: str | None) -> Iterator[Line]:
        try:
            if self._chunk_depth >= _DEEPEST_CHUNK:
                raise Unread
            yield from chunk_lines(self._package.chunks.get(relation or ""), self._embedded)
        except Unread:
            self.unread += 1

    def _embedded(self, package: Package) -> Iterator[Line]:
        body = _Body(package, self._chunk_depth + 1)
        yield from body.everything()
        self.unread += body.unread
