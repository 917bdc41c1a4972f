"""Files that are made to hurt are read or refused in seconds, within the memory of an office PC."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.readers import read_document
from ingest.types import Document
from tests.reader_builders import docx_of, paragraph, workbook_of, xlsx_of, zip_of

SECONDS = 15.0
"""Processor time; each of these takes a fraction of it on an idle machine."""


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < SECONDS


def read(name: str, data: bytes) -> Document | str:
    """The document, or the line of the refusal."""
    try:
        return read_document(Path(name), data)
    except UnreadableFile as error:
        assert "\n" not in str(error)
        return str(error)


def replaced(package: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.namelist():
            target.writestr(entry, content if entry == name else source.read(entry))
    return buffer.getvalue()


def test_a_part_of_a_gigabyte_of_blanks_is_refused() -> None:
    bomb = replaced(docx_of(paragraph("文")), "word/document.xml", b"<document>" + b" " * 80_000_000)
    assert len(bomb) < 200_000
    assert "过大" in str(read("a.docx", bomb))
    assert "过大" in str(read("a.xlsx", replaced(xlsx_of([["文", 1]]), "xl/workbook.xml", b"<x>" + b" " * 80_000_000)))


def test_a_million_nested_elements_are_read_or_refused() -> None:
    depth = 1_000_000
    for element in (b"w:p", b"w:sdt", b"w:r"):
        inner = b"<" + element + b">"
        body = b"<w:body>" + inner * depth + (b"</" + element + b">") * depth + b"</w:body>"
        head = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        data = replaced(docx_of(""), "word/document.xml", head + body + b"</w:document>")
        assert "没有任何文字" in str(read("a.docx", data))


def test_more_elements_than_fit_the_memory_are_refused() -> None:
    body = b"<document><body>" + b"<p/>" * 7_000_000 + b"</body></document>"
    assert "异常庞大" in str(read("a.docx", replaced(docx_of(""), "word/document.xml", body)))
    rows = "<sheetData><row>" + "<c/>" * 7_000_000 + "</row></sheetData>"
    assert "异常庞大" in str(read("a.xlsx", workbook_of({"Sheet1": rows})))


def test_entries_that_overlap_unpack_no_more_than_what_is_read() -> None:
    """Fifield's bomb: many entries of the directory point at one compressed block."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = kernel.compress(b" " * 10_000_000) + kernel.flush()
    names = [b"word/document.xml", *(b"word/%d.xml" % number for number in range(2000))]
    sizes = (zlib.crc32(b" " * 10_000_000), len(block), 10_000_000)
    data = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, *sizes, len(names[0]), 0) + names[0] + block
    heads = (struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 8, 0, 0, *sizes, len(name), *[0] * 6) for name in names)
    directory = b"".join(b"PK\x01\x02" + head + name for head, name in zip(heads, names, strict=True))
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(directory), len(data), 0)
    assert "损坏" in str(read("a.docx", data + directory + end))


def test_a_package_inside_a_package_is_not_unpacked() -> None:
    inner = zip_of({"x": "0" * 50_000_000})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as outer:
        outer.writestr("word/embeddings/inner.zip", inner)
        outer.writestr("word/document.xml", "<document><body><p><r><t>文</t></r></p></body></document>")
    document = read("a.docx", buffer.getvalue())
    assert isinstance(document, Document)
    assert document.text == "文"


@pytest.mark.parametrize(
    ("name", "part"), [("a.docx", "word/document.xml"), ("a.xlsx", "xl/workbook.xml"), ("a.xlsx", "xl/sheet0.xml")]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_wherever_they_stand(name: str, part: str, encoding: str) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]><x>&b;&c;</x>'
    package = docx_of(paragraph("文")) if name == "a.docx" else xlsx_of([["文", 1]])
    assert "不安全" in str(read(name, replaced(package, part, laughs.encode(encoding))))


def test_deeply_nested_html_keeps_its_text() -> None:
    document = read("a.html", ("<html>" + "<div>" * 100_000 + "某县总结" + "</div>" * 100_000).encode())
    assert isinstance(document, Document)
    assert [block.text.text for block in document.blocks] == ["某县总结"]


def test_a_text_of_two_hundred_megabytes_is_refused_at_once() -> None:
    data = bytes(200_000_000)
    started = time.process_time()
    for name in ("a.txt", "a.html", "a.doc", "a.docx"):
        assert "上限" in str(read(name, data))
    assert time.process_time() - started < 1


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.doc", "a.rtf"])
def test_nothing_but_zero_bytes_is_refused(name: str) -> None:
    assert isinstance(read(name, bytes(100_000)), str)


def test_single_zero_bytes_in_a_text_cost_no_text() -> None:
    document = read("a.txt", "全年完成\x00签约3.2万人。".encode())
    assert isinstance(document, Document)
    assert "签约3.2万人。" in document.text


def test_thousands_of_nested_tables_are_read_or_refused() -> None:
    inner = "<w:tbl><w:tr><w:tc>" * 3000 + paragraph("深") + "</w:tc></w:tr></w:tbl>" * 3000
    assert isinstance(read("a.docx", docx_of(paragraph("文") + inner)), Document)
    assert isinstance(read("a.html", ("<html>" + "<table><tr><td>" * 3000 + "某县总结").encode()), Document)
