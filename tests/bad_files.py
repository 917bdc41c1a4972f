"""Files that no reader can read, made by hand, with a word of what the clerk is told about each."""

from __future__ import annotations

import io
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


BAD_FILES: dict[str, tuple[bytes, str]] = {
    "空.txt": (b"", "空的"),
    "空.docx": (b"", "空的"),
    "旧版改名.docx": (_OLE2 + bytes(600), "旧版 Word"),
    "加密.docx": (_OLE2 + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "加密.pdf": (_encrypted_pdf(), "密码"),
    "照片改名.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200), "图片"),
    "乱码.txt": (bytes(range(256)) * 20, "编码"),
    "压缩包改名.docx": (_zip(a="x"), "压缩包"),
    "下载了一半.docx": (_zip(**{"word/document.xml": "<w:document/>"})[:60], "损坏"),
    "下载了一半.pdf": (b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", "损坏"),
}
"""name -> (content, what the line must say)."""
