"""What the isolated process does with a PDF for the page: draw a page, or find the place of a quote.

The file comes from anywhere, so PDFium never opens it in the process that serves everybody (see `ingest.isolation`).
Answers are made of plain tuples, numbers, strings and bytes: nothing else gets through to the parent.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from assistant.pages import Box, Sheet, SourceLine, quoted
from ingest.errors import UnreadableFile

WIDTHS = (1000, 2000)
"""Pixels of a page's width: for reading, and looked at closely."""

_MOST_PIXELS = 12_000_000
_MOST_POINTS = 100_000
_OVERLEAF = 2
"""Pages after the one that a passage begins on that its quote may stand on."""
_FINE = 1_000_000
"""PDFium tells places in whole units of the picture: of one so large that nothing is lost."""


def work(path: Path, data: bytes, settings: object, asked: Sequence[Any]) -> object:
    """One request: ("image", page, width) gives a PNG; ("marks", page, lines) gives the number of pages, whether the
    page has text, and for each page with a mark its number, width, height and rectangles. None where there is no such
    page.

    Raises UnreadableFile.
    """
    import pypdfium2 as pdfium

    del path, settings
    kind, number, given = asked
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
        if not 1 <= number <= count:
            return None
        if kind == "image":
            return _image(document[number - 1], given)
        lines = [SourceLine(*line) for line in given]
        sheets = [_sheet(document[at - 1], at) for at in range(number, min(count, number + _OVERLEAF) + 1)]
    except pdfium.PdfiumError as error:
        raise UnreadableFile("这一页已损坏", "请下载原件查看") from error
    has_text = sheets[0] is not None
    found = quoted(lines, [sheet for sheet in sheets if sheet is not None])
    return count, has_text, [(each.number, each.width, each.height, each.rectangles) for each in found]


def _image(page: Any, width: int) -> bytes:
    """The page as a PNG of `width` pixels, of fewer where it is very long."""
    across, down = (min(max(1.0, side), _MOST_POINTS) for side in page.get_size())
    scale = min(width / across, (_MOST_PIXELS / (across * down)) ** 0.5)
    picture = page.render(scale=scale).to_pil()
    if picture.mode != "L" and _is_grey(picture):
        picture = picture.convert("L")
    stream = BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def _is_grey(picture: Any) -> bool:
    """Whether it has no colours: it is a third of the size without them."""
    import numpy as np

    pixels = np.asarray(picture.convert("RGB"))
    return bool((pixels.max(axis=2) == pixels.min(axis=2)).all())


def _sheet(page: Any, number: int) -> Sheet | None:
    """The characters of a page; None where it has none, or none with a meaning."""
    import numpy as np

    from ingest.readers.pdf.glyphs import read_glyphs
    from ingest.readers.pdf.text import drawn_once

    textpage = page.get_textpage()
    try:
        glyphs = read_glyphs(textpage)
    finally:
        textpage.close()
    if not len(glyphs.ink) or glyphs.garbled:
        return None
    seen = glyphs.ink[drawn_once(glyphs.codes[glyphs.ink].astype(np.int64), glyphs.boxes[glyphs.ink])]
    width, height = page.get_size()
    boxes = tuple(_shown(page, box, width, height) for box in glyphs.boxes[seen].tolist())
    return Sheet(number, width, height, "".join(glyphs.text[index] for index in seen.tolist()), boxes)


def _shown(page: Any, box: Sequence[float], width: float, height: float) -> Box:
    """A box of the page's own coordinates on the page as it is shown: cropped and turned."""
    (x0, y0), (x1, y1) = (_point(page, x, y) for x, y in (box[:2], box[2:]))
    return min(x0, x1) * width, min(y0, y1) * height, max(x0, x1) * width, max(y0, y1) * height


def _point(page: Any, x: float, y: float) -> tuple[float, float]:
    import ctypes

    import pypdfium2.raw as raw

    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _FINE, _FINE, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE
