"""PDF with a command in a place of its own."""

from __future__ import annotations

import io
from collections.abc import Sequence

from eval.injections.report import Block, Injection

_FONT = "STSong-Light"
_WIDTH = 30
_NOT_FIRST = "，。；：、！？）》”%"
_INVISIBLE = 3
"""The text rendering mode that paints nothing (ISO 32000-1, 9.3.6)."""


def pdf_of(blocks: Sequence[Block], one: Injection) -> bytes:
    """Places: `unseen` (painted with nothing), `white`, `tiny`, `header`, `properties`."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    if one.place == "properties":
        canvas.setTitle(one.text)
        canvas.setSubject(one.text)
    if one.place == "header":
        canvas.setFont(_FONT, 9)
        canvas.drawString(80, 815, one.text)
    height = 770.0
    for block in blocks:
        size = 18 if block.kind == "title" else 14
        for place, line in enumerate(_wrapped(block.text.replace("\t", "　"))):
            canvas.setFont(_FONT, size)
            canvas.drawString(108 if block.kind == "text" and not place else 80, height, line)
            height -= 26
        if block.text.startswith("（一）") and one.place in ("unseen", "white", "tiny"):
            text = canvas.beginText(108, height)
            text.setFont(_FONT, 1 if one.place == "tiny" else 14)
            text.setTextRenderMode(_INVISIBLE if one.place == "unseen" else 0)
            text.setFillColorRGB(*((1, 1, 1) if one.place == "white" else (0, 0, 0)))
            text.textLine(one.text)
            text.setTextRenderMode(0)
            text.setFillColorRGB(0, 0, 0)
            canvas.drawText(text)
            height -= 26
    canvas.save()
    return buffer.getvalue()


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for char in text:
        if len(lines[-1]) >= _WIDTH and char not in _NOT_FIRST and not (char.isdigit() and lines[-1][-1].isdigit()):
            lines.append("")
        lines[-1] += char
    return lines
