"""Targets that are files: every reader, and the whole way from bytes to figures."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from eval.fuzz.broken import Broken, check_document, check_read
from eval.fuzz.target import Run, Target, answered, plain, samples

_NAME = Path("某县卫生健康局2022年工作总结.txt")
_NUMBERING = (
    b'<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum '
    b'w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    b'<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    b"</w:numbering>"
)
_PRINT = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> "
    b"/Contents [7 0 R 6 0 R] >>",
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
    b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 0 >> /DW 1000 >>",
    b"<< /Length 49 >>\nstream\nBT /F1 14 Tf 70 40 Td <4e248c6e7b5b67e5> Tj ET     \nendstream",
)
"""The objects of a PDF of one page but for its content, which is the seventh; some text, so that it is no scan."""


def file_targets() -> tuple[Target, ...]:
    """All of them."""
    return (
        plain("txt", _reader(".txt"), lambda: samples(".txt")),
        plain("html", _reader(".html"), lambda: samples(".html")),
        plain("mhtml", _reader(".mht"), _mails),
        plain("docx", _part(".docx", "word/document.xml"), lambda: _inner(_document(), "word/document.xml")),
        plain("numbering", _part(".docx", "word/numbering.xml"), lambda: [_NUMBERING]),
        plain(
            "xlsx",
            _part(".xlsx", "xl/worksheets/sheet1.xml"),
            lambda: _inner(_workbook(), "xl/worksheets/sheet1.xml"),
        ),
        plain("formats", _part(".xlsx", "xl/styles.xml"), lambda: _inner(_workbook(), "xl/styles.xml")),
        plain("package", _reader(".docx"), lambda: [_document(), _workbook()]),
        plain("print", _print, _pages),
        plain("pdf", _reader(".pdf"), lambda: samples(".pdf")[:3]),
        plain("compound", _compound, _compounds),
        plain("zip", _members, _zips),
        plain("whole", _whole, lambda: [data[:6000] for data in samples(".txt")]),
    )


def _reader(suffix: str) -> Run:
    name = Path(f"a{suffix}")

    def read(data: bytes) -> None:
        from ingest.readers import read_document

        check_document(read_document(name, data))

    return lambda data: answered(lambda: read(data))


def _part(suffix: str, part: str) -> Run:
    """The reader of a package of which one part is the input: mutated zips are mostly no zips any more."""
    read = _reader(suffix)

    def run(data: bytes) -> bool:
        return read(_with_part(_document() if suffix == ".docx" else _workbook(), part, data))

    return run


def _with_part(package: bytes, part: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w") as new:
        for name in dict.fromkeys([*old.namelist(), part]):
            new.writestr(name, data if name == part else old.read(name))
    return made.getvalue()


@cache
def _document() -> bytes:
    """A small document with a heading, a list, runs, a table with merged cells."""
    import docx

    made = docx.Document()
    made.add_heading("云岭县卫生健康局2022年工作总结", 1)
    made.add_paragraph("全年完成两癌筛查10500人，完成率105%。").add_run("加粗").bold = True
    made.add_paragraph("健全制度", style="List Number")
    table = made.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "指标"
    table.cell(1, 2).text = "78.5%"
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


@cache
def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["2022年主要指标", "目标", "完成"], ["两癌筛查（人）", 10000, 10500], ["签约率", 0.75, 0.785]):
        sheet.append(row)
    sheet["C3"].number_format = "0.0%"
    sheet.merge_cells("A5:C5")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _inner(package: bytes, part: str) -> Sequence[bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return [opened.read(part)]


def _mails() -> Sequence[bytes]:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    kind = b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return [head + kind + data[:4000] + b"\r\n--b--\r\n" for data in samples(".html")[:4]]


def _print(data: bytes) -> bool:
    """A page whose content is the input, in a PDF that is whole around it: mutated PDFs are mostly no PDFs any more."""
    objects = (*_PRINT, b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data))
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, inner in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, inner)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(made),
    )
    return _reader(".pdf")(bytes(made))


def _pages() -> Sequence[bytes]:
    """Contents of pages: running text, a table with rules, text at an angle."""
    said = "全年完成两癌筛查10500人，完成率105%。".encode("utf-16-be").hex()
    rows = "".join(f"BT /F1 10 Tf {70 + 90 * n} 600 Td <{said[: 8 + 4 * n]}> Tj ET " for n in range(4))
    rules = "".join(f"70 {590 + 20 * n} m 430 {590 + 20 * n} l S " for n in range(3))
    return [
        f"BT /F1 14 Tf 70 760 Td 28 TL <{said}> Tj T* <{said}> Tj ET".encode(),
        f"0.5 w {rules} 70 590 m 70 630 l S {rows}".encode(),
        f"q 0.7 0.7 -0.7 0.7 100 200 cm BT /F1 20 Tf 1 Tr <{said}> Tj ET Q 10 10 100 50 re f".encode(),
    ]


def _compound(data: bytes) -> bool:
    from ingest.readers.office.compound import SIGNATURE, kind_of

    return answered(lambda: kind_of(SIGNATURE + data[len(SIGNATURE) :]))


def _compounds() -> Sequence[bytes]:
    """The smallest compound file with a stream called WordDocument."""
    import struct

    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9L", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109L", 0, *[free] * 108)

    def entry(name: str, kind: int, child: int = free) -> bytes:
        size = 2 * len(name) + 2 if name else 0
        start = struct.pack("<HBB3L", size, kind, 1, free, free, child)
        return name.encode("utf-16-le").ljust(64, b"\0") + start + bytes(36) + struct.pack("<LQ", end, 0)

    directory = entry("Root Entry", 5, 1) + entry("WordDocument", 2) + entry("", 0) * 2
    return [header + struct.pack("<128L", table, end, *[free] * 126) + directory]


def _zips() -> Sequence[bytes]:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("2022/总结.txt", samples(".txt")[0][:500])
        package.writestr("a.docx", b"x" * 40)
    return [made.getvalue()]


def _members(data: bytes) -> bool:
    from ingest.finding.members import MemberReader, list_members

    def read() -> None:
        for member in list_members(path, frozenset({".txt", ".docx"})) or ():
            if member.fault is None:
                reader.read(path, member.way)

    reader = MemberReader()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.zip")
        path.write_bytes(data)
        try:
            return answered(read)
        finally:
            reader.close()


def _whole(data: bytes) -> bool:
    """From bytes to figures, twice: the same both times."""
    from ingest.pipeline import read_file
    from ingest.settings import Settings

    settings = Settings(Path())

    def read() -> None:
        found = read_file(_NAME, data, settings)
        check_read(found)
        if found != read_file(_NAME, data, settings):
            raise Broken("the same file was read in two ways")

    return answered(read)
