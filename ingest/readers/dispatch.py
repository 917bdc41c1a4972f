"""Which reader reads a file: the content decides, the suffix breaks ties."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ingest.errors import UnreadableFile
from ingest.readers import faults
from ingest.readers.limits import MAX_FILE_BYTES, MAX_TEXT_BYTES
from ingest.readers.ocr.timing import available
from ingest.readers.sniff import Content, has_pdf_header, sniff
from ingest.types import Document, Format

_WORD, _SHEET = frozenset({"docx", "doc", "works", "rtf", "wordml"}), frozenset({"xlsx", "xls"})
_TEXT, _PAGE, _PRINT = frozenset({"txt"}), frozenset({"html", "mhtml"}), frozenset({"pdf"})
_PICTURE: frozenset[Content] = frozenset({"image"})
# What a file of that suffix may hold without a word about it. Word writes web pages, mail and RTF under .doc.
_BY_SUFFIX: dict[str, frozenset[str]] = {
    ".txt": _TEXT,
    ".md": _TEXT,
    ".html": _PAGE,
    ".htm": _PAGE,
    ".mht": _PAGE,
    ".mhtml": _PAGE,
    ".docx": frozenset({"docx"}),
    ".docm": frozenset({"docx"}),
    ".dotx": frozenset({"docx"}),
    ".doc": _WORD - {"docx"},
    ".dot": _WORD - {"docx"},
    ".wps": _WORD,
    ".wpt": _WORD,
    ".rtf": frozenset({"rtf"}),
    ".xlsx": frozenset({"xlsx"}),
    ".xlsm": frozenset({"xlsx"}),
    ".xls": frozenset({"xls"}),
    ".et": _SHEET,
    ".pdf": _PRINT,
    ".png": _PICTURE,
    ".jpg": _PICTURE,
    ".jpeg": _PICTURE,
    ".tif": _PICTURE,
    ".tiff": _PICTURE,
}
_READ_AS_TEXT = frozenset({".txt", ".md", ".html", ".htm"})
_NAMES: dict[Format, str] = {
    "txt": "纯文本",
    "html": "网页",
    "docx": "Word 文档（docx）",
    "pdf": "PDF",
    "xlsx": "Excel 表格（xlsx）",
    "doc": "旧版 Office 文档",
}

SUPPORTED: frozenset[str] = frozenset(
    suffix for suffix, contents in _BY_SUFFIX.items() if contents is not _PICTURE or available()
)
"""The suffixes that are read in a folder, in lower case with the dot; pictures only where text recognition is there."""


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
    expected = _BY_SUFFIX.get(suffix, frozenset())
    content = sniff(data) or _undeclared(suffix, data)
    document = _read(content, data, markdown=suffix == ".md")
    if not document.blocks:
        raise faults.no_text()
    if content not in expected:
        name = _NAMES[document.format]
        note = f"后缀是 {suffix or '空'}，内容实际上是{name}，已按{name}读取"
        return replace(document, notes=(note, *document.notes))
    return document


def _undeclared(suffix: str, data: bytes) -> Content:
    """What content that does not say what it is may be: text, and a PDF with rubbish before it."""
    if suffix == ".pdf" and has_pdf_header(data):
        return "pdf"
    if suffix in _READ_AS_TEXT:
        return "html" if _BY_SUFFIX[suffix] is _PAGE else "txt"
    if suffix not in SUPPORTED:
        raise faults.unsupported(suffix)
    if _BY_SUFFIX[suffix] & {"doc", "xls", "rtf", "mhtml"} and _is_text(data):
        return "txt"
    raise faults.damaged(f"{suffix} 文件")


def _is_text(data: bytes) -> bool:
    """Plain text that somebody named .doc; damaged binary files have bytes that no text has."""
    from ingest.readers.decoding import decode

    try:
        return len(data) <= MAX_TEXT_BYTES and decode(data).note is None
    except UnreadableFile:
        return False


def _read(content: Content, data: bytes, *, markdown: bool) -> Document:
    if content in {"txt", "html", "mhtml"} and len(data) > MAX_TEXT_BYTES:
        raise faults.too_large(MAX_TEXT_BYTES)
    if content == "pdf":
        from ingest.readers.pdf.reader import read_pdf

        return read_pdf(data)
    if content == "image":
        from ingest.readers.ocr.image import read_image

        return read_image(data)
    if content == "docx":
        from ingest.readers.docx.reader import read_docx

        return read_docx(data)
    if content == "xlsx":
        from ingest.readers.xlsx.reader import read_xlsx

        return read_xlsx(data)
    if content == "html":
        from ingest.readers.html.reader import read_html

        return read_html(data)
    if content == "mhtml":
        from ingest.readers.html.mhtml import read_mhtml

        return read_mhtml(data)
    if content == "txt":
        from ingest.readers.txt import read_txt

        return read_txt(data, markdown=markdown)
    from ingest.readers.office.reader import read_office

    return read_office(data, content)
