"""What a file really is, by its first bytes: suffixes lie, because people rename files to make them open."""

from __future__ import annotations

import re
from typing import Literal

from ingest.errors import UnreadableFile
from ingest.readers import faults

Content = Literal["txt", "html", "docx", "pdf"]

_PDF = b"%PDF-"
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
_IMAGE_MAGIC = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM")
_PACKAGES = (
    (b"word/", "docx"),
    (b"xl/", "Excel 表格"),
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
    if data.startswith(_OLE2):
        raise _compound_file(data)
    if data.startswith(b"{\\rtf"):
        raise faults.other_format("RTF 文档", faults.SAVE_AS_DOCX)
    if data.startswith(_IMAGE_MAGIC) and b"\x00" in data[:64]:
        raise faults.other_format("图片", "请先做文字识别（OCR），再导入识别出的文字")
    if data.startswith((b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")):
        raise faults.other_format("压缩包", "请先解压，再导入里面的文件")
    if b"schemas.microsoft.com/office/word/2003/wordml" in data[:4096] or b"office/2006/xmlPackage" in data[:4096]:
        raise faults.other_format("Word XML 文档", faults.SAVE_AS_DOCX)
    return "html" if _HTML_START.match(data[:4096].lstrip(b"\xef\xbb\xbf")) else None


def has_pdf_header(data: bytes) -> bool:
    """Is the header of a PDF somewhere in the first kilobyte? Readers accept rubbish before it."""
    return _PDF in data[:1024]


def _package(data: bytes) -> Content:
    """A zip archive: entry names stand in clear in its local headers and again in its directory at the end."""
    edges = data[:65536] + data[-65536:]
    for name, what in _PACKAGES:
        if name in edges:
            if what == "docx":
                return "docx"
            raise faults.other_format(what, "请另存为 .docx 或 .pdf 后再导入")
    if b"[Content_Types].xml" in edges or b"_rels/" in edges:
        return "docx"
    raise faults.other_format("压缩包", "请先解压，再导入里面的文件")


def _compound_file(data: bytes) -> UnreadableFile:
    """An OLE2 file is an old binary .doc, or the wrapper that Word puts around an encrypted .docx."""
    if _ENCRYPTED_STREAM in data:
        return faults.encrypted("Word 文档")
    return UnreadableFile("暂不支持旧版 Word（.doc）格式的内容", faults.SAVE_AS_DOCX)
