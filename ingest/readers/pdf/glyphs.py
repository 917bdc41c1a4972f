"""The characters of a PDF page with their boxes, read from PDFium in as few calls as it allows.

PDFium gives a box per character and call. Called one by one through pypdfium2's checked bindings, those calls cost
more than PDFium's own work; here one string and one block of memory take a whole page.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float64]
"""(n, 4): left, bottom, right, top in points, y upwards."""

_HYPHENS = {0x02: "-", 0xFFFE: "-"}  # how PDFium writes a hyphen at the end of a line
_UNSEEN = dict.fromkeys([*range(0x09), *range(0x0B, 0x0D), *range(0x0E, 0x20)], "\ufffd") | _HYPHENS
_SELDOM = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]")
_NO_MEANING = 0xFFFD
_PRIVATE_USE = range(0xE000, 0xF900)
_BOX_BYTES = 16
_PATH_OBJECT = 2


@dataclass(frozen=True, slots=True, eq=False)
class Glyphs:
    """The text layer in content order: `boxes[i]` is the box of `text[i]`; of a blank or a line break it means nothing.

    `codes` are the characters' numbers, `ink` the places of those that are no white space. A character without a
    meaning (a font without a character table) is U+FFFD.
    """

    text: str
    boxes: Boxes
    codes: NDArray[np.uint32]
    ink: NDArray[np.intp]

    @property
    def garbled(self) -> bool:
        """Most characters have no meaning."""
        marks = self.codes[self.ink]
        bad = (marks == _NO_MEANING) | ((marks >= _PRIVATE_USE.start) & (marks < _PRIVATE_USE.stop))
        return int(bad.sum()) * 3 > len(marks)


def read_glyphs(textpage: Any) -> Glyphs:
    """All characters of a `pypdfium2.PdfTextPage`."""
    count = max(0, textpage.count_chars())
    text, places = _text(textpage.raw, count) if count else ("", np.arange(0))
    boxes = _boxes(textpage.raw, count)[places] if count else np.empty((0, 4))
    text = text.translate(_UNSEEN) if _SELDOM.search(text) else text
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    blank = (codes <= 0x20) | (codes == 0xA0) | (codes == 0x3000) | ((codes >= 0x2000) & (codes <= 0x200B))
    return Glyphs(text, boxes, codes, np.flatnonzero(~blank))


def paths_of(page: Any) -> list[int]:
    """The handles of the page's path objects: lines, boxes, and the outlines that some programs draw letters with."""
    find, kind = _calls()[1:]
    handle = _handle(page.raw)
    import pypdfium2.raw as pdfium

    found = list(map(find, repeat(handle), range(max(0, pdfium.FPDFPage_CountObjects(page.raw)))))
    kinds = bytes(map(kind, found))
    return (
        [each for each, what in zip(found, kinds, strict=True) if what == _PATH_OBJECT] if _PATH_OBJECT in kinds else []
    )


def _text(raw: Any, count: int) -> tuple[str, NDArray[np.intp]]:
    """The page's string, and for each of its characters the number by which PDFium knows it."""
    import pypdfium2.raw as pdfium

    buffer = (ctypes.c_ushort * (2 * count + 1))()
    written = pdfium.FPDFText_GetText(raw, 0, count, buffer) - 1
    units = np.frombuffer(bytes(buffer), dtype=np.uint16)[: max(0, written)]
    text = units.tobytes().decode("utf-16-le", "replace")
    if len(text) == count:
        return text, np.arange(count)
    if len(units) == count:  # PDFium counts in UTF-16 where the system's wide characters have two bytes
        return text, np.flatnonzero((units < 0xDC00) | (units > 0xDFFF))[: len(text)]
    codes = [pdfium.FPDFText_GetUnicode(raw, index) for index in range(count)]
    return "".join(chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes), (
        np.arange(count)
    )


def _boxes(raw: Any, count: int) -> Boxes:
    memory = bytearray(_BOX_BYTES * count)
    first = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    addresses = range(first, first + _BOX_BYTES * count, _BOX_BYTES)
    deque(map(_calls()[0], repeat(_handle(raw)), range(count), addresses), maxlen=0)
    boxes = np.frombuffer(memory, dtype=np.float32).reshape(-1, 4).astype(np.float64)
    return boxes[:, [0, 3, 2, 1]]  # PDFium's order is left, top, right, bottom


def _handle(raw: Any) -> int | None:
    return ctypes.cast(raw, ctypes.c_void_p).value


@cache
def _calls() -> tuple[Any, Any, Any]:
    """Three of PDFium's functions without pypdfium2's checks of every argument: a third of their time per call."""
    import pypdfium2.raw as pdfium

    pointer, number = ctypes.c_void_p, ctypes.c_int
    box = ctypes.CFUNCTYPE(number, pointer, number, pointer)
    find = ctypes.CFUNCTYPE(pointer, pointer, number)
    kind = ctypes.CFUNCTYPE(number, pointer)
    address = (
        ctypes.cast(function, pointer).value or 0
        for function in (pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType)
    )
    return box(next(address)), find(next(address)), kind(next(address))
