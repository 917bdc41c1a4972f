"""What a file is, is told by its content; what cannot be read is refused in one Chinese line with a way out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.readers import SUPPORTED, dispatch, ooxml, read_document
from ingest.readers.office import reader as office
from tests.reader_builders import docx_of, paragraph, pdf_of, typeset, xlsx_of, zip_of

DOCX = docx_of(paragraph("某县卫生健康局工作总结"))
PDF = pdf_of(typeset(["某县卫生健康局工作总结"]))
HTML = "<!DOCTYPE html>\n<html><body><p>某县卫生健康局工作总结</p></body></html>".encode()
TEXT = "某县卫生健康局工作总结".encode()
XLSX = xlsx_of([["某县卫生健康局工作总结"], ["指标", "完成数"], ["签约", 3]])
MHTML = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n" + (
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + HTML + b"\r\n--b--\r\n"
)
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.txt", TEXT, "txt"),
        ("a.MD", TEXT, "txt"),
        ("a.html", HTML, "html"),
        ("a.HTM", HTML, "html"),
        ("a.docx", DOCX, "docx"),
        ("a.Pdf", PDF, "pdf"),
        ("a.docm", DOCX, "docx"),
        ("a.dotx", DOCX, "docx"),
        ("a.wps", DOCX, "docx"),
        ("a.xlsx", XLSX, "xlsx"),
        ("a.et", XLSX, "xlsx"),
        ("a.mht", MHTML, "html"),
    ],
)
def test_each_supported_format_is_read_without_a_note(name: str, data: bytes, form: str) -> None:
    document = read_document(Path(name), data)
    assert document.format == form
    assert document.notes == ()
    assert "某县卫生健康局工作总结" in [block.text.text for block in document.blocks]
    assert Path(name).suffix.lower() in SUPPORTED


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.docx", PDF, "pdf"),
        ("a.pdf", DOCX, "docx"),
        ("a.txt", DOCX, "docx"),
        ("a.txt", HTML, "html"),
        ("a.docx", HTML, "html"),
        ("a.doc", DOCX, "docx"),
        ("a.doc", HTML, "html"),
        ("a.doc", MHTML, "html"),
        ("a.doc", TEXT, "txt"),
        ("a.xls", HTML, "html"),
        ("a.docx", XLSX, "xlsx"),
        ("a", PDF, "pdf"),
    ],
)
def test_a_wrong_suffix_is_noted_and_the_content_read(name: str, data: bytes, form: str) -> None:
    document = read_document(Path(name), data)
    assert document.format == form
    assert "内容实际上是" in document.notes[0]


def test_rubbish_before_the_header_of_a_pdf_is_leapt_over() -> None:
    assert read_document(Path("a.pdf"), b"HTTP/1.1 200 OK\r\n\r\n" + PDF).format == "pdf"


def test_a_text_that_speaks_of_pdf_is_a_text() -> None:
    assert read_document(Path("a.txt"), "文件头是 %PDF-1.4 的就是 PDF".encode()).format == "txt"


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.txt", b"", "0 字节"),
        ("a.docx", b"", "0 字节"),
        ("a.wps", OLE2, "损坏"),
        ("a.docx", OLE2, "损坏"),
        ("a.doc", bytes(range(256)) * 9, "损坏"),
        ("a.docx", TEXT, "损坏"),
        ("a.pdf", TEXT, "损坏"),
        ("a.docx", DOCX[: len(DOCX) // 2], "损坏"),
        ("a.pdf", PDF[:60], "损坏"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "图片"),
        ("a.docx", zip_of({"xl/workbook.xml": "<workbook/>"}), "Excel"),
        ("a.xlsx", zip_of({"xl/workbook.xml": "<document/>"}), "别的 Office 文件"),
        ("a.txt", zip_of({"notes.txt": "文"}), "压缩包"),
        ("a.docx", b"PK\x05\x06" + bytes(18), "压缩包"),
        ("a.xyz", TEXT, "暂不支持 .xyz"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_and_with_a_remedy(name: str, data: bytes, fault: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_document(Path(name), data)
    assert fault in caught.value.fault
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_an_old_word_file_is_told_how_to_become_readable_where_there_is_no_program_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(office, "converter", lambda: None)
    with pytest.raises(UnreadableFile) as caught:
        read_document(Path("a.rtf"), rb"{\rtf1\ansi}")
    assert "LibreOffice" in caught.value.fault
    assert "安装 LibreOffice" in caught.value.remedy
    assert ".docx" in caught.value.remedy


def test_a_file_above_the_limit_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "MAX_FILE_BYTES", 10)
    with pytest.raises(UnreadableFile, match="上限"):
        read_document(Path("a.docx"), DOCX)


def test_text_has_a_lower_limit_than_documents_with_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "MAX_TEXT_BYTES", 10)
    assert read_document(Path("a.docx"), DOCX).blocks
    with pytest.raises(UnreadableFile, match="上限"):
        read_document(Path("a.txt"), TEXT)


def test_entities_are_never_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "文文文文"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    files = {
        "_rels/.rels": "<x/>",
        "word/document.xml": f"{bomb}<document><body><p><r><t>&b;&c;</t></r></p></body></document>",
    }
    with pytest.raises(UnreadableFile, match="不安全"):
        read_document(Path("a.docx"), zip_of(files))


def test_a_part_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml, "MAX_XML_BYTES", 100_000)
    with pytest.raises(UnreadableFile, match="过大"):
        read_document(Path("a.docx"), docx_of(paragraph("文" * 200_000)))


def test_a_bomb_in_a_part_that_no_reader_needs_is_never_unpacked() -> None:
    files = {
        "word/media/bomb.bin": "0" * 30_000_000,
        "word/document.xml": "<document><body><p><r><t>文</t></r></p></body></document>",
    }
    assert read_document(Path("a.docx"), zip_of(files)).text == "文"


def test_a_package_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml, "MAX_ZIP_ENTRIES", 3)
    with pytest.raises(UnreadableFile, match="过多"):
        read_document(Path("a.docx"), DOCX)


@pytest.mark.parametrize("part", ["styles", "numbering", "footnotes"])
def test_a_broken_part_beside_the_text_does_not_cost_the_text(part: str) -> None:
    assert read_document(Path("a.docx"), docx_of(paragraph("正文"), **{part: "<broken"})).text == "正文"


def test_a_package_with_a_damaged_checksum_is_refused() -> None:
    files = {"word/document.xml": "<document><body><p><r><t>某县卫生健康局</t></r></p></body></document>"}
    data = bytearray(zip_of(files, zipfile.ZIP_STORED))
    data[data.find("某县".encode())] ^= 1
    with pytest.raises(UnreadableFile, match="损坏"):
        read_document(Path("a.docx"), bytes(data))


@given(
    st.sampled_from([DOCX, PDF, HTML, TEXT]),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(min_size=1, max_size=4)), max_size=6),
    st.integers(0, 400),
    st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "a.doc"]),
)
def test_a_damaged_file_gives_a_document_or_a_refusal_and_nothing_else(
    data: bytes, damage: list[tuple[int, bytes]], cut: int, name: str
) -> None:
    broken = bytearray(data)
    for at, patch in damage:
        broken[at % len(data) : at % len(data) + len(patch)] = patch
    try:
        document = read_document(Path(name), bytes(broken[: len(broken) - cut]))
    except UnreadableFile as error:
        assert error.remedy
        return
    for block in document.blocks:
        start, end = block.text.span()
        assert 0 <= start < end <= len(document.text)
