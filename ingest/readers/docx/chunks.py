"""Documents inside a .docx (`w:altChunk`): the page or document that a generator left for Word to take in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ingest.errors import UnreadableFile
from ingest.readers.docx.package import Package, open_package
from ingest.readers.docx.tables import Line
from ingest.readers.sniff import sniff
from ingest.types import Document


class Unread(Exception):
    """A part in a format that is not read here, or a damaged one."""


def chunk_lines(data: bytes | None, body: Callable[[Package], Iterator[Line]]) -> list[Line]:
    """The lines of an embedded part; `body` reads one that is a .docx itself. Raises Unread."""
    if data is None:
        raise Unread
    try:
        content = sniff(data) or "txt"
        if content == "docx":
            return list(body(open_package(data)))
        return [Line(block.text.text, block.kind, block.level) for block in _document(content, data).blocks]
    except UnreadableFile as error:
        raise Unread from error


def _document(content: str, data: bytes) -> Document:
    if content == "mhtml":
        from ingest.readers.html.mhtml import read_mhtml

        return read_mhtml(data)
    if content == "html":
        from ingest.readers.html.reader import read_html

        return read_html(data)
    if content == "txt":
        from ingest.readers.txt import read_txt

        return read_txt(data)
    raise Unread
