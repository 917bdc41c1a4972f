"""What a file really is, by its first bytes: suffixes lie, because people rename files to make them open."""

from __future__ import annotations

import re
from typing import Literal

from ingest.readers import faults
from ingest.readers.ocr.timing import PICTURE_MAGIC
from ingest.readers.office import compound

Content = Literal["txt", "html", "mhtml", "docx", "xlsx", "pdf", "doc", "works", "rtf", "wordml", "xls", "image"]
"""From `doc` to `xls` by way of LibreOffice; `works` is Microsoft Works, not Kingsoft's WPS."""

_PDF = b"%PDF-"
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
# Headers of a mail message, one of which says that pages follow.
_MHTML_START = re.compile(
    rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type:\s*(?:multipart/related|text/html)\b", re.I
)
_OTHER_IMAGES = (b"GIF87a", b"GIF89a", b"BM")
_PACKAGES: tuple[tuple[bytes, Content], ...] = ((b"word/", "docx"), (b"xl/", "xlsx"))
_FOREIGN_PACKAGES = (
    (b"ppt/", "幻灯片"),
    (b"OFD.xml", "OFD 版式文件"),
    (b"mimetypeapplication/vnd.oasis", "OpenDocument 文档"),
)


def sniff(data: bytes) -> Content | None:
    """The format that the content declares, None where it declares none (plain text, HTML without a head).

    Raises UnreadableFile for content of a known format that no reader reads.
    """
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(_PDF):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(data)
    if data.startswith(compound.SIGNATURE):
        return compound.kind_of(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(PICTURE_MAGIC):
        return "image"
    if data.startswith(_OTHER_IMAGES) and b"\x00" in data[:64]:
        raise faults.other_format("图片", "请先做文字识别（OCR），再导入识别出的文字")
    if data.startswith((b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")):
        raise faults.other_format("压缩包", "请先解压，再导入里面的文件")
    if _MHTML_START.match(data[:4096].lstrip()):
        return "mhtml"
    if b"schemas.microsoft.com/office/word/2003/wordml" in data[:4096] or b"office/2006/xmlPackage" in data[:4096]:
        return "wordml"
    return "html" if _HTML_START.match(data[:4096].lstrip(b"\xef\xbb\xbf")) else None


def has_pdf_header(data: bytes) -> bool:
    """Is the header of a PDF somewhere in the first kilobyte? Readers accept rubbish before it."""
    return _PDF in data[:1024]


def _package(data: bytes) -> Content:
    """A zip archive: entry names stand in clear in its local headers and again in its directory at the end."""
    edges = data[:65536] + data[-65536:]
    for name, content in _PACKAGES:
        if name in edges:
            return content
    for name, what in _FOREIGN_PACKAGES:
        if name in edges:
            raise faults.other_format(what, "请另存为 .docx 或 .pdf 后再导入")
    if b"[Content_Types].xml" in edges or b"_rels/" in edges:
        return "docx"
    raise faults.other_format("压缩包", "请先解压，再导入里面的文件")
