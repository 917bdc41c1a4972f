"""Character recognition of pictures of pages, through the optional extra `ocr` (rapidocr carries its models along)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import UnreadableFile
from ingest.readers.pdf.layout import arrange
from ingest.readers.pdf.page import Line, Page

Picture = NDArray[np.uint8]
"""(height, width, 3): blue, green, red."""

INSTALL = 'pip install "report-assistant[ocr]"'
_EM_OF_HEIGHT = 0.85  # a recognised line's box is a little higher than its characters
_LATIN_WIDTH = 0.5
_UNSURE = 0.8  # mean score of the lines, below which the page may stand on its head
_UPRIGHT = 1.5  # times as high as wide, from which the box of a word stands on end


def needs_recognition(what: str) -> UnreadableFile:
    """A file of pictures (`what` in words) on a machine without the extra."""
    return UnreadableFile(what, f"请安装文字识别组件后重新导入：{INSTALL}")


def recognise(picture: Picture, number: int, *, points_per_pixel: float) -> Page:
    """The text of page `number` as seen on its picture, laid out like a page with a text layer.

    A page that lies on its side or stands on its head is turned first. Raises nothing for a picture without text.
    """
    found = _read(picture)
    if found.on_its_side:
        found = max((_read(_turned(picture, quarters)) for quarters in (1, 3)), key=lambda each: each.certainty)
    elif found.texts and found.certainty / len(found.texts) < _UNSURE:
        found = max((found, _read(_turned(picture, 2))), key=lambda each: each.certainty)
    lines = list(_lines(found, number, points_per_pixel))
    items = tuple(arrange(lines, (), found.width * points_per_pixel))
    width, height = found.width * points_per_pixel, found.height * points_per_pixel
    return Page(number, width, height, items, pictured=not items, recognised=bool(items))


@dataclass(frozen=True, slots=True)
class _Found:
    """What the engine saw: texts, their corners (4 points each, clockwise from the upper left, in pixels)."""

    texts: tuple[str, ...]
    corners: NDArray[np.float64]
    certainty: float
    width: int
    height: int

    @property
    def on_its_side(self) -> bool:
        """Most texts are higher than wide."""
        sides = [
            np.ptp(corners, axis=0) for corners, text in zip(self.corners, self.texts, strict=True) if len(text) > 2
        ]
        return sum(bool(high > _UPRIGHT * wide) for wide, high in sides) * 2 > len(sides)


def _read(picture: Picture) -> _Found:
    # Without `use_cls`: it would turn single lines that stand on their head and so hide that the whole page does.
    found = _engine()(picture, use_cls=False)
    height, width = picture.shape[:2]
    if not found.txts:
        return _Found((), np.empty((0, 4, 2)), 0.0, width, height)
    corners = np.asarray(found.boxes, dtype=np.float64)
    return _Found(tuple(found.txts), corners, float(sum(found.scores)), width, height)


def _turned(picture: Picture, quarters: int) -> Picture:
    return np.ascontiguousarray(np.rot90(picture, quarters))


def _lines(found: _Found, number: int, scale: float) -> Iterator[Line]:
    for corners, written in zip(found.corners, found.texts, strict=True):
        text = " ".join(written.split())
        if not text:
            continue
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners.tolist()
        left, right = (x0 + x3) / 2 * scale, (x1 + x2) / 2 * scale
        top, bottom = (found.height - (y0 + y1) / 2) * scale, (found.height - (y2 + y3) / 2) * scale
        yield Line(text, number, left, right, bottom, top, _size(text, right - left, top - bottom))


def _size(text: str, width: float, height: float) -> float:
    """The width of a full-width character; of a short text the box's height tells it better than its width."""
    characters = sum(_LATIN_WIDTH if character.isascii() else 1.0 for character in text)
    by_height = _EM_OF_HEIGHT * height
    return width / characters if characters >= 4 and width < 2 * by_height * characters else by_height


@cache
def _engine() -> Any:
    """The recognition engine, once per process: its models take a second or two to load."""
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})
