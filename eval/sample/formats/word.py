"""Word documents, with the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from eval.sample.draft import Block

_EPOCH = (2024, 1, 1, 0, 0, 0)


def docx_of(blocks: Sequence[Block], *, headings: bool) -> bytes:
    """The report; `headings` uses Word's heading styles, else every line is an ordinary paragraph."""
    from docx import Document

    document = Document()
    properties = document.core_properties
    properties.title, properties.author = (blocks[0].text if headings else ""), ""
    properties.created = properties.modified = datetime(*_EPOCH)
    rows: list[list[str]] = []
    for block in blocks:
        if block.kind == "row":
            rows.append(block.text.split("\t"))
            continue
        if rows:
            _add_table(document, rows)
            rows = []
        _add(document, block, headings)
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _add(document: Any, block: Block, headings: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if block.kind == "title":
        paragraph = document.add_heading(block.text, 0) if headings else document.add_paragraph(block.text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif block.kind == "heading" and headings:
        document.add_heading(block.text, block.level)
    elif block.kind == "sign":
        document.add_paragraph(block.text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        document.add_paragraph(block.text)


def _add_table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _with_fixed_times(data: bytes) -> bytes:
    """The same package with every entry dated alike, because a zip file carries the time of writing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return buffer.getvalue()
