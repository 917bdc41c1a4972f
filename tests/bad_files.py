"""Files that no reader can read, made by hand, with a word of what the clerk is told about each."""

from __future__ import annotations

import io
import struct
import zipfile

from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _encrypted_pdf() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0))
    canvas.drawString(72, 720, "text")
    canvas.save()
    return stream.getvalue()


def _zip(**entries: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in entries.items():
            package.writestr(name, text)
    return stream.getvalue()


def _compound(stream: str) -> bytes:
    """The smallest compound file: a header, a table of sectors, and a directory with one empty stream."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = _OLE2 + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9L", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109L", 0, *[free] * 108)
    sectors = struct.pack("<128L", table, end, *[free] * 126)
    root, only = _entry("Root Entry", 5, child=1), _entry(stream, 2)
    return header + sectors + root + only + _entry("", 0) * 2


def _entry(name: str, kind: int, child: int = 0xFFFFFFFF) -> bytes:
    none = 0xFFFFFFFF
    size = 2 * len(name) + 2 if name else 0
    start = struct.pack("<HBB3L", size, kind, 1, none, none, child)
    return name.encode("utf-16-le").ljust(64, b"\0") + start + bytes(36) + struct.pack("<LQ", 0xFFFFFFFE, 0)


BAD_FILES: dict[str, tuple[bytes, str]] = {
    "空.txt": (b"", "空的"),
    "空.docx": (b"", "空的"),
    "旧版改名.docx": (_OLE2 + bytes(600), "旧版 Office 文档已损坏"),
    "加密.docx": (_compound("EncryptedPackage"), "密码"),
    "加密.pdf": (_encrypted_pdf(), "密码"),
    "照片改名.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200), "图片"),
    "乱码.txt": (bytes(range(256)) * 20, "编码"),
    "压缩包改名.docx": (_zip(a="x"), "压缩包"),
    "下载了一半.docx": (_zip(**{"word/document.xml": "<w:document/>"})[:60], "损坏"),
    "下载了一半.pdf": (b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", "损坏"),
}
"""name -> (content, what the line must say)."""
