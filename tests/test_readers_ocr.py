"""Pictures of pages are recognised where the extra is installed, and marked; where it is not, the file says so."""

from __future__ import annotations

import importlib.util
import socket
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import UnreadableFile
from ingest.readers.limits import OCR_SECONDS_PER_PAGE
from ingest.readers.ocr import timing as ocr_time
from ingest.readers.ocr.image import read_image
from ingest.readers.ocr.timing import expected_seconds
from ingest.readers.pdf import scans as pdf_scans
from ingest.readers.pdf.reader import read_pdf
from ingest.types import Document
from tests.pdf_builders import OTHER, SENTENCE, Draw, drawn, running, text

INSTALLED = importlib.util.find_spec("rapidocr") is not None
recognising = [
    pytest.mark.model,
    pytest.mark.skipif(not INSTALLED, reason='the extra is not installed: pip install "report-assistant[ocr]"'),
]
PAGE = [
    text(150, 760, "某县卫生健康局工作总结", size=22),
    *running(SENTENCE + "，签约服务完成12345人，完成率96.7%。", x=90, y=700, width=28),
    *running(OTHER + "。", x=90, y=600, width=28),
]
SAID = "某县卫生健康局工作总结" + SENTENCE + "，签约服务完成12345人，完成率96.7%。" + OTHER + "。"


def pictures(*pages: list[Draw], quarters: int = 0) -> list[object]:
    """The pages as a scanner sees them."""
    import pypdfium2

    with pypdfium2.PdfDocument(drawn(*pages)) as document:
        return [
            page.render(scale=150 / 72).to_pil().convert("L").rotate(90 * quarters, expand=True) for page in document
        ]


def saved(images: list[object], kind: str) -> bytes:
    buffer = BytesIO()
    first, *rest = images
    more = {"save_all": True, "append_images": rest} if kind in {"PDF", "TIFF"} else {}
    first.save(buffer, kind, resolution=150, **more)  # type: ignore[attr-defined]
    return buffer.getvalue()


def mixed(scan: bytes) -> bytes:
    """A PDF with a page of text before the scanned one."""
    import pypdfium2

    whole = pypdfium2.PdfDocument(drawn(running(SENTENCE * 2 + "。", x=90, y=700, width=28)))
    with pypdfium2.PdfDocument(scan) as document:
        whole.import_pages(document)
    buffer = BytesIO()
    whole.save(buffer)
    return buffer.getvalue()


def accuracy(document: Document, expected: str) -> float:
    """Share of the expected characters that were found, in order."""
    from difflib import SequenceMatcher

    found = "".join(block.text.text for block in document.blocks)
    blocks = SequenceMatcher(None, expected, found, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(len(expected), len(found))


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no network in this test")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_scans, "available", lambda: False)
    monkeypatch.setattr("ingest.readers.ocr.image.available", lambda: False)
    monkeypatch.setattr(ocr_time, "available", lambda: False)


class TestRecognition:
    pytestmark = recognising

    def test_a_scanned_page_gives_its_paragraphs_marked_and_noted_without_a_network(self, offline: None) -> None:
        document = read_pdf(saved(pictures(PAGE), "PDF"))
        assert accuracy(document, SAID) > 0.97
        assert "12345人" in document.blocks[1].text.text and "96.7%" in document.blocks[1].text.text
        assert len(document.blocks) == 3
        assert [(mark.kind, mark.reason) for mark in document.marks] == [
            ("ocr", "扫描件文字识别所得，请与原件核对")
        ] * 3
        assert [(mark.start, mark.end) for mark in document.marks] == [block.text.span() for block in document.blocks]
        assert document.notes == ("第1页是扫描件，文字由识别得来，请与原件核对",)

    @pytest.mark.parametrize("quarters", [1, 2])
    def test_a_page_on_its_side_or_on_its_head_is_turned(self, quarters: int) -> None:
        assert accuracy(read_pdf(saved(pictures(PAGE, quarters=quarters), "PDF")), SAID) > 0.97

    def test_only_the_scanned_page_of_a_mixed_file_is_marked(self) -> None:
        document = read_pdf(mixed(saved(pictures(PAGE), "PDF")))
        assert document.blocks[0].text.text == SENTENCE * 2 + "。"
        assert {block.page for block in document.blocks} == {1, 2}
        assert all(mark.start >= document.blocks[1].text.span()[0] for mark in document.marks)
        assert document.notes == ("第2页是扫描件，文字由识别得来，请与原件核对",)

    def test_a_picture_file_is_a_scanned_document_of_as_many_pages_as_it_has_frames(self) -> None:
        document = read_image(saved(pictures(PAGE, [text(90, 700, OTHER[:20])]), "TIFF"))
        assert accuracy(document, SAID + OTHER[:20]) > 0.97
        assert [block.page for block in document.blocks] == [1, 1, 1, 2]
        assert len(document.marks) == 4

    def test_pages_beyond_the_time_are_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf_scans, "MAX_OCR_PAGES", 1)
        document = read_pdf(saved(pictures(PAGE, [text(90, 700, OTHER[:20])]), "PDF"))
        assert any(note.startswith("第2页没有文字层（扫描件），未读取；超出") for note in document.notes)

    def test_a_picture_without_text_says_so(self) -> None:
        with pytest.raises(UnreadableFile, match="没有任何文字"):
            read_image(saved(pictures([]), "PNG"))


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, b"\xff\xd8\xff\xe0rubbish", b"II*\x00\x08\x00"])
def test_a_damaged_picture_is_one_clear_line(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PIL")
    monkeypatch.setattr("ingest.readers.ocr.image.available", lambda: True)
    with pytest.raises(UnreadableFile, match="图片已损坏"):
        read_image(data)


def test_a_scanned_file_without_the_extra_names_the_remedy(without_extra: None) -> None:
    scan = saved(pictures(PAGE), "PDF")
    with pytest.raises(UnreadableFile, match="没有文字层") as caught:
        read_pdf(scan)
    assert 'pip install "report-assistant[ocr]"' in caught.value.remedy
    with pytest.raises(UnreadableFile, match="图片") as caught:
        read_image(saved(pictures(PAGE), "PNG"))
    assert 'pip install "report-assistant[ocr]"' in caught.value.remedy


def test_a_scanned_page_without_the_extra_is_named_in_a_note(without_extra: None) -> None:
    document = read_pdf(mixed(saved(pictures(PAGE), "PDF")))
    assert document.notes == (
        '第2页没有文字层（扫描件），未读取；安装文字识别组件后可以识别（pip install "report-assistant[ocr]"）',
    )
    assert document.marks == ()


def test_an_empty_page_is_not_taken_for_a_scan(without_extra: None) -> None:
    def white_box(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        canvas.rect(50, 50, 400, 600, stroke=0, fill=1)

    assert read_pdf(drawn(running(SENTENCE * 2 + "。", x=90, y=700, width=28), [white_box], [])).notes == ()


def test_the_time_to_allow_grows_with_the_pictures_and_is_none_without_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_time, "available", lambda: True)
    one, three = (expected_seconds(saved(pictures(*[PAGE] * n), "PDF")) for n in (1, 3))
    assert three - one == 2 * OCR_SECONDS_PER_PAGE
    assert expected_seconds(drawn(PAGE)) == 0.0
    assert expected_seconds("文字".encode()) == 0.0
    assert expected_seconds(saved(pictures(PAGE), "PNG")) == one


def test_no_time_is_allowed_where_nothing_can_be_recognised(without_extra: None) -> None:
    assert expected_seconds(saved(pictures(PAGE), "PDF")) == 0.0
