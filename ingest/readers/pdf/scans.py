"""Pages of a PDF that are pictures, or whose text layer has no meaning: rendered and recognised, as far as possible."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any

from ingest.readers.limits import MAX_OCR_PAGES
from ingest.readers.ocr.pages import INSTALL, needs_recognition, recognise
from ingest.readers.ocr.timing import available
from ingest.readers.pdf.page import Page

RENDER_DPI = 200
"""Resolution of the picture: characters of 10 points are then 28 pixels high; more makes recognition no better."""

_POINTS_PER_INCH = 72
_MOST_PIXELS = 24_000_000  # an A3 page at 300 dpi; a poster is rendered more coarsely

PDFIUM = Lock()
"""PDFium is not thread-safe, not even for different documents."""


def recognise_pages(document: Any, pages: Sequence[Page], seconds: float) -> tuple[list[Page], list[str]]:
    """The pages of a `pypdfium2.PdfDocument` with the text of its pictures, and notes on what was and was not read.

    After `seconds` no further page is begun. Raises UnreadableFile where no page has text and no picture can be read.
    """
    wanted = [page for page in pages if page.pictured or page.garbled]
    if not wanted:
        return list(pages), []
    if not available():
        if not any(page.items for page in pages):
            raise needs_recognition("PDF 里没有文字层（扫描件或图片）")
        return list(pages), _missed(wanted, f"安装文字识别组件后可以识别（{INSTALL}）")
    done: dict[int, Page] = {}
    end = time.monotonic() + seconds
    for page in wanted[:MAX_OCR_PAGES]:
        if time.monotonic() > end:
            break
        done[page.number] = _recognise(document, page)
    notes = _recognised(list(done.values()))
    notes += _missed([page for page in wanted if page.number not in done], "超出文字识别的页数或时间上限")
    return [done.get(page.number, page) for page in pages], notes


def page_numbers(pages: Iterable[int]) -> str:
    """`3、5—9`."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return "、".join(f"{first}" if first == last else f"{first}—{last}" for first, last in runs)


def _recognise(document: Any, page: Page) -> Page:
    sheet = document[page.number - 1]
    try:
        width, height = sheet.get_size()
        scale = min(RENDER_DPI / _POINTS_PER_INCH, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = sheet.render(scale=scale)
        picture = bitmap.to_numpy().copy()
        bitmap.close()
    finally:
        sheet.close()
    return recognise(picture, page.number, points_per_pixel=1 / scale)


def _recognised(pages: Sequence[Page]) -> list[str]:
    read = [page.number for page in pages if page.items]
    empty = [page.number for page in pages if not page.items]
    notes = [f"第{page_numbers(read)}页是扫描件，文字由识别得来，请与原件核对"] if read else []
    return notes + ([f"第{page_numbers(empty)}页是图片，没有识别出文字"] if empty else [])


def _missed(pages: Sequence[Page], why: str) -> list[str]:
    pictures = [page.number for page in pages if page.pictured]
    garbled = [page.number for page in pages if not page.pictured]
    notes = []
    if pictures:
        notes.append(f"第{page_numbers(pictures)}页没有文字层（扫描件），未读取；{why}")
    if garbled:
        notes.append(f"第{page_numbers(garbled)}页的文字层多为乱码；{why}")
    return notes
