"""PDF with a text layer, through PDFium."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from threading import Lock

from ingest.errors import UnreadableFile
from ingest.mapped import MappedText
from ingest.readers import faults
from ingest.readers.limits import MAX_PDF_PAGES
from ingest.readers.pdf_furniture import running_lines
from ingest.readers.pdf_paragraphs import paragraphs
from ingest.readers.pdf_text import Line, Page, read_page
from ingest.types import Block, Document

_NAME = "PDF 文件"
_PRINTER = re.compile(r"^Microsoft Word - |\.(?:docx?|wps)$", re.I)
_PDFIUM = Lock()  # PDFium is not thread-safe, not even for different documents


def read_pdf(data: bytes) -> Document:
    """Read the text layer: `text` is all of it, the blocks are paragraphs without running lines and page numbers.

    Raises UnreadableFile, also for a file of pictures only.
    """
    with _PDFIUM:
        pages, title, notes = _extract(data)
    if not pages:
        raise faults.damaged(_NAME)
    if not any(page.lines for page in pages):
        raise faults.scanned()
    text = "\n".join(page.text for page in pages)
    running = running_lines([page for page in pages if page.lines])
    lines = [line for page in pages for line in page.lines if line not in running]
    blocks = tuple(Block(_join(paragraph), page=paragraph[0].page) for paragraph in paragraphs(lines))
    return Document(text, blocks, "pdf", title, notes=(*notes, *_page_notes(pages)))


def _extract(data: bytes) -> tuple[list[Page], str | None, list[str]]:
    import pypdfium2 as pdfium

    notes: list[str] = []
    pages: list[Page] = []
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _open_fault(error.err_code) from error
    try:
        count = len(document)
        if count > MAX_PDF_PAGES:
            notes.append(f"共 {count} 页，只读取了前 {MAX_PDF_PAGES} 页")
        at = 0
        for index in range(min(count, MAX_PDF_PAGES)):
            try:
                sheet = document[index]
                page = read_page(sheet, index + 1, at)
                sheet.close()
            except pdfium.PdfiumError:
                notes.append(f"第{index + 1}页已损坏，未读取")
                continue
            pages.append(page)
            at += len(page.text) + 1
        title = _title(document.get_metadata_value("Title"))
    finally:
        document.close()
    return pages, title, notes


def _open_fault(code: int | None) -> UnreadableFile:
    import pypdfium2.raw as raw

    if code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
        return faults.encrypted(_NAME)
    return faults.damaged(_NAME)


def _title(written: str) -> str | None:
    """The title property without what Word's printer puts around it; None where it is empty or mangled."""
    title = _PRINTER.sub("", written.strip())
    return title if title.isprintable() and title.lower() not in {"", "untitled"} else None


def _page_notes(pages: Sequence[Page]) -> list[str]:
    pictures = [page.number for page in pages if not page.lines and not page.blank]
    garbled = [page.number for page in pages if page.lines and page.garbled]
    notes = []
    if pictures:
        notes.append(f"第{_numbers(pictures)}页没有文字层（扫描件），未读取")
    if garbled:
        notes.append(f"第{_numbers(garbled)}页的文字层多为乱码，建议重新做文字识别（OCR）")
    return notes


def _numbers(pages: Sequence[int]) -> str:
    """`3、5—9`."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return "、".join(f"{first}" if first == last else f"{first}—{last}" for first, last in runs)


def _join(lines: Sequence[Line]) -> MappedText:
    """The lines as one text. Between Latin words the line break stands for a blank, between Chinese for nothing."""
    pieces: list[MappedText] = []
    for line in lines:
        if pieces and _needs_blank(pieces[-1].text[-1], line.text[0]):
            end = pieces[-1].ends[-1]
            pieces.append(MappedText(" ", array("l", [end]), array("l", [end + 1])))
        pieces.append(MappedText.identity(line.text, line.start))
    return MappedText.join(pieces)


def _needs_blank(before: str, after: str) -> bool:
    """Between two Latin letters; never at a digit, which a converter may have cut off from its number."""
    return before.isascii() and after.isascii() and (before.isalpha() or before in ",;") and after.isalpha()
