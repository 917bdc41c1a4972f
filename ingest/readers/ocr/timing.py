"""How long recognising the pictures of a file may take, from its bytes alone: cheap, and safe for any bytes."""

from __future__ import annotations

import re
from importlib.util import find_spec

from ingest.readers.limits import MAX_OCR_PAGES, OCR_SECONDS_PER_PAGE, OCR_START_SECONDS

PICTURE_MAGIC = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
"""First bytes of .png, .jpg and .tif files."""

# The dictionary of a picture always stands in clear in a PDF: no compressed object may hold a stream.
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")


def available() -> bool:
    """Is the extra `ocr` installed?"""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def expected_seconds(data: bytes) -> float:
    """Seconds to allow for character recognition in a PDF or a picture, on top of what reading any file may take.

    An upper bound: a PDF has no more scanned pages than pictures (a logo on each page of a report counts as well). 0.0
    where there is no picture, and where the extra is not installed.
    """
    if not available():
        return 0.0
    if data.startswith(PICTURE_MAGIC):
        return seconds_for(1)
    if b"%PDF-" in data[:1024]:
        return seconds_for(sum(1 for _ in _PICTURE.finditer(data)))
    return 0.0


def seconds_for(pages: int) -> float:
    """Seconds to allow for recognising that many pages."""
    return OCR_START_SECONDS + OCR_SECONDS_PER_PAGE * min(pages, MAX_OCR_PAGES) if pages else 0.0
