"""PDF: the text layer through PDFium; pages that are pictures through character recognition, where it is installed."""

from __future__ import annotations

import re
from typing import Any

from ingest.errors import UnreadableFile
from ingest.readers import faults
from ingest.readers.limits import MAX_PDF_PAGES
from ingest.readers.ocr.timing import expected_seconds
from ingest.readers.pdf.compose import compose
from ingest.readers.pdf.page import Page
from ingest.readers.pdf.pages import read_page
from ingest.readers.pdf.scans import PDFIUM, page_numbers, recognise_pages
from ingest.types import Document

_NAME = "PDF 文件"
_OCR_SECONDS = 10.0
"""For pages of outlines, which hold no picture to count beforehand."""

_PRINTER = re.compile(r"^Microsoft Word - |\.(?:docx?|wps)$", re.I)


def read_pdf(data: bytes) -> Document:
    """Read all pages. The blocks are paragraphs and table rows, without running lines and page numbers.

    Raises UnreadableFile, also for a file of pictures only where character recognition is not installed.
    """
    with PDFIUM:
        pages, title, notes = _extract(data)
    if not pages:
        raise faults.damaged(_NAME)
    made = compose(pages)
    return Document(made.text, tuple(made.blocks), "pdf", title, notes=tuple(notes), marks=tuple(made.marks))


def _extract(data: bytes) -> tuple[list[Page], str | None, list[str]]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _open_fault(error.err_code) from error
    try:
        pages, notes = _pages(document)
        pages, more = recognise_pages(document, pages, max(_OCR_SECONDS, expected_seconds(data)))
        title = _title(document.get_metadata_value("Title"))
    finally:
        document.close()
    return pages, title, [*notes, *more]


def _pages(document: Any) -> tuple[list[Page], list[str]]:
    import pypdfium2 as pdfium

    count = len(document)
    notes = [f"共 {count} 页，只读取了前 {MAX_PDF_PAGES} 页"] if count > MAX_PDF_PAGES else []
    pages: list[Page] = []
    broken: list[int] = []
    for index in range(min(count, MAX_PDF_PAGES)):
        try:
            sheet = document[index]
            try:
                pages.append(read_page(sheet, index + 1))
            finally:
                sheet.close()
        except pdfium.PdfiumError:
            broken.append(index + 1)
    if broken and pages:
        notes.append(f"第{page_numbers(broken)}页已损坏，未读取")
    return pages, notes


def _open_fault(code: int | None) -> UnreadableFile:
    import pypdfium2.raw as raw

    if code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
        return faults.encrypted(_NAME)
    return faults.damaged(_NAME)


def _title(written: str) -> str | None:
    """The title property without what Word's printer puts around it; None where it is empty or mangled."""
    title = _PRINTER.sub("", written.strip())
    return title if title.isprintable() and title.lower() not in {"", "untitled"} else None
