"""Plain text and Markdown: one block per line that is not blank."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.mapped import MappedText
from ingest.readers.decoding import decode
from ingest.types import Block, BlockKind, Document

# Word's "save as text" writes a soft line break as \v and a page break as \f, so these end a line as well.
_LINE = re.compile("[^\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(?=[^#\s])")
_LIST_ITEM = re.compile(r"[-*+][ \t]+(?=\S)")
_RULE = frozenset("|-: \t")


def read_txt(data: bytes, *, markdown: bool = False) -> Document:
    """Read text in any of the usual encodings; `markdown` also reads list and table marks. Raises UnreadableFile."""
    decoded = decode(data)
    blocks = tuple(_blocks(decoded.text, markdown))
    title = next((block.text.text for block in blocks if block.level == 1), None)
    notes = () if decoded.note is None else (decoded.note,)
    return Document(decoded.text, blocks, "txt", title, decoded.encoding, notes)


def _blocks(text: str, markdown: bool) -> Iterator[Block]:
    whole = MappedText.identity(text)
    for found in _LINE.finditer(text):
        line = whole[found.start() : found.end()].strip()
        if line.text:
            yield from _block(line, markdown)


def _block(line: MappedText, markdown: bool) -> Iterator[Block]:
    """Zero or one block: a heading where the line has the hashes of one (text files are often saved Markdown)."""
    heading = _HEADING.match(line.text)
    if heading is not None:
        yield Block(_without_closing_hashes(line[heading.end() :]), "heading", len(heading[1]))
        return
    kind: BlockKind = "paragraph"
    if markdown:
        item = _LIST_ITEM.match(line.text)
        if "-" in line.text and _RULE.issuperset(line.text):
            return
        if item is not None:
            kind, line = "list_item", line[item.end() :]
        elif len(line) > 2 and line.text[0] == line.text[-1] == "|":
            kind, line = "table_row", line[1:-1].strip()
    if line.text:
        yield Block(line, kind)


def _without_closing_hashes(words: MappedText) -> MappedText:
    size = len(words.text.rstrip("#"))
    return words[:size].strip() if words.text[size - 1].isspace() else words
