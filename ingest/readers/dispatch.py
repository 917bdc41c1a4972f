"""Which reader reads a file: the content decides, the suffix breaks ties."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ingest.readers import faults
from ingest.readers.limits import MAX_FILE_BYTES, MAX_TEXT_BYTES
from ingest.readers.sniff import Content, has_pdf_header, sniff
from ingest.types import Document

_BY_SUFFIX: dict[str, Content] = {
    ".txt": "txt",
    ".md": "txt",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}
_NAMES: dict[Content, str] = {"txt": "纯文本", "html": "网页", "docx": "Word 文档（docx）", "pdf": "PDF"}

SUPPORTED: frozenset[str] = frozenset(_BY_SUFFIX)
"""The suffixes that are read, in lower case with the dot."""


def read_document(path: Path, data: bytes) -> Document:
    """Read the bytes `data` of the file `path` (only its suffix is used).

    A file whose content is another readable format than its suffix says is read as what it is, with a note.
    Raises UnreadableFile, and nothing else, for any file that cannot be read.
    """
    if not data:
        raise faults.empty()
    if len(data) > MAX_FILE_BYTES:
        raise faults.too_large(MAX_FILE_BYTES)
    suffix = path.suffix.lower()
    expected = _BY_SUFFIX.get(suffix)
    found = sniff(data)
    if found is None and (expected == "docx" or (expected == "pdf" and not has_pdf_header(data))):
        raise faults.damaged(_NAMES[expected])
    content = found or expected
    if content is None:
        raise faults.unsupported(suffix)
    document = _read(content, data, markdown=suffix == ".md")
    if not document.blocks:
        raise faults.no_text()
    if document.format != expected:
        note = f"后缀是 {suffix or '空'}，内容实际上是{_NAMES[document.format]}，已按{_NAMES[document.format]}读取"
        return replace(document, notes=(note, *document.notes))
    return document


def _read(content: Content, data: bytes, *, markdown: bool) -> Document:
    if content in {"txt", "html"} and len(data) > MAX_TEXT_BYTES:
        raise faults.too_large(MAX_TEXT_BYTES)
    if content == "pdf":
        from ingest.readers.pdf import read_pdf

        return read_pdf(data)
    if content == "docx":
        from ingest.readers.docx import read_docx

        return read_docx(data)
    if content == "html":
        from ingest.readers.html import read_html

        return read_html(data)
    from ingest.readers.txt import read_txt

    return read_txt(data, markdown=markdown)
