"""A picture file (.png, .jpg, .tif) as a scanned document of as many pages as it has frames."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from io import BytesIO

import numpy as np

from ingest.readers import faults
from ingest.readers.limits import MAX_OCR_PAGES
from ingest.readers.ocr.pages import Picture, needs_recognition, recognise
from ingest.readers.ocr.timing import available, expected_seconds
from ingest.readers.pdf.compose import compose
from ingest.readers.pdf.page import Page
from ingest.types import Document

_MOST_PIXELS = 100_000_000  # an A1 sheet at 300 dpi; unpacked it takes 300 MB
_LONGEST_SIDE = 3_500  # pixels; a page at 300 dpi
_A4_WIDTH, _A4_HEIGHT = 595.0, 842.0


def read_image(data: bytes) -> Document:
    """Recognise the text of a picture. Raises UnreadableFile, also where the extra `ocr` is not installed."""
    if not available():
        raise needs_recognition("文件是图片（扫描件）")
    pages: list[Page] = []
    notes = ["文件是图片，文字由识别得来，请与原件核对"]
    end = time.monotonic() + expected_seconds(data)
    for picture in _frames(data):
        if len(pages) >= MAX_OCR_PAGES or time.monotonic() > end:
            notes.append(f"超出文字识别的页数或时间上限，只识别了前 {len(pages)} 页")
            break
        height, width = picture.shape[:2]
        across = _A4_WIDTH if height >= width else _A4_HEIGHT
        pages.append(recognise(picture, len(pages) + 1, points_per_pixel=across / width))
    made = compose(pages)
    if not made.blocks:
        raise faults.no_text()
    return Document(made.text, tuple(made.blocks), "pdf", notes=tuple(notes), marks=tuple(made.marks))


def _frames(data: bytes) -> Iterator[Picture]:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as image:
                for number in range(getattr(image, "n_frames", 1)):
                    image.seek(number)
                    if image.width * image.height > _MOST_PIXELS:
                        raise faults.damaged("图片（像素过多）")
                    # Transparent parts are paper, and a camera writes into the file which side was up.
                    upright = ImageOps.exif_transpose(image).convert("RGBA")
                    paper = Image.new("RGBA", upright.size, "white")
                    paper.alpha_composite(upright)
                    frame = paper.convert("RGB")
                    frame.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
                    yield np.ascontiguousarray(np.asarray(frame)[:, :, ::-1])
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise faults.damaged("图片") from error
