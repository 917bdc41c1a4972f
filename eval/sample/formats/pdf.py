"""PDF with a text layer, in a font that every PDF reader brings along."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from eval.sample.draft import Block

_FONT = "STSong-Light"
_WIDTH, _LINES = 30, 26
_NOT_FIRST = "，。；：、！？）》”%‰"
_TOKEN = re.compile("[\U000f0000-\U0010ffff]|[0-9A-Za-z.,%‰]+|.")


def pdf_lines(blocks: Iterable[Block]) -> list[tuple[Block, str, bool]]:
    """Every printed line with its block, and whether it is the block's first. Figures are not broken."""
    lines = []
    for block in blocks:
        for place, line in enumerate(_wrap(block.text.replace("\t", "　"))):
            lines.append((block, line, place == 0))
    return lines


def pdf_of(lines: Sequence[tuple[Block, str, bool]]) -> bytes:
    """Print the lines on A4 pages with page numbers."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    pages = [lines[start : start + _LINES] for start in range(0, len(lines), _LINES)]
    for number, page in enumerate(pages, 1):
        for row, (block, line, first) in enumerate(page):
            height = 770 - 26 * row
            canvas.setFont(_FONT, 18 if block.kind == "title" else 14)
            if block.kind == "title":
                canvas.drawCentredString(297, height, line)
            elif block.kind == "sign":
                canvas.drawRightString(490, height, line)
            else:
                canvas.drawString(108 if first else 80, height, line)
        canvas.setFont(_FONT, 11)
        canvas.drawCentredString(297, 50, f"— {number} —")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _wrap(text: str) -> list[str]:
    lines, line, size = [], "", 2.0
    for token in _TOKEN.findall(text):
        width = sum(0.0 if char >= "\U000f0000" else 0.5 if char.isascii() else 1.0 for char in token)
        if size + width > _WIDTH and token[0] not in _NOT_FIRST and width:
            lines.append(line)
            line, size = "", 0.0
        line += token
        size += width
    return [*lines, line]
