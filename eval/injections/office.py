"""Word documents and workbooks with a command in a place of their own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from eval.injections.report import Block, Injection

_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def docx_of(blocks: Sequence[Block], one: Injection) -> bytes:
    """Places: `comment`, `vanish`, `white`, `properties`, `header`, `footer`, `footnote`."""
    from docx import Document

    document = Document()
    if one.place == "properties":
        document.core_properties.title = document.core_properties.subject = one.text
    elif one.place in ("header", "footer"):
        section = document.sections[0]
        (section.header if one.place == "header" else section.footer).paragraphs[0].text = one.text
    rows: list[list[str]] = []
    for block in blocks:
        if block.kind == "row":
            rows.append(block.text.split("\t"))
            continue
        if rows:
            _table(document, rows)
            rows = []
        if block.kind == "text":
            _paragraph(document, block.text, one)
        else:
            document.add_heading(block.text, 0 if block.kind == "title" else 1)
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_footnote(buffer.getvalue(), one.text) if one.place == "footnote" else buffer.getvalue()


def _paragraph(document: Any, text: str, one: Injection) -> None:
    from docx.shared import RGBColor

    paragraph = document.add_paragraph(text)
    if not text.startswith("（一）"):
        return
    if one.place == "comment":
        document.add_comment(paragraph.runs, text=one.text, author="")
    elif one.place in ("vanish", "white"):
        run = paragraph.add_run(one.text) if one.place == "vanish" else document.add_paragraph().add_run(one.text)
        run.font.hidden = True if one.place == "vanish" else None
        run.font.color.rgb = RGBColor(255, 255, 255)
    elif one.place == "footnote":
        from docx.oxml import parse_xml

        paragraph._p.append(parse_xml(f'<w:r {_NAMES}><w:footnoteReference w:id="2"/></w:r>'))


def _table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _with_footnote(data: bytes, text: str) -> bytes:
    """The package with the part that python-docx does not write."""
    part = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {_NAMES}><w:footnote w:id="2"><w:p>'
        f"<w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    added = {
        "[Content_Types].xml": ("</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{_PART}"/>'),
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rIdNotes" Type="{_TYPE}" Target="footnotes.xml"/>',
        ),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name in added:
                end, entry = added[name]
                content = content.decode().replace(end, entry + end).encode()
            target.writestr(name, content)
        target.writestr("word/footnotes.xml", part)
    return buffer.getvalue()


def xlsx_of(blocks: Sequence[Block], one: Injection) -> bytes:
    """Places: `comment`, `sheet` and `column` (hidden), `row` (of its own)."""
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    book = Workbook()
    sheet = book.active or book.create_sheet()
    for block in blocks:
        sheet.append(block.text.split("\t"))
        if block.text.startswith("（一）"):
            if one.place == "comment":
                sheet.cell(sheet.max_row, 1).comment = Comment(one.text, "")
            elif one.place == "column":
                sheet.cell(sheet.max_row, 5).value = one.text
                sheet.column_dimensions["E"].hidden = True
            elif one.place == "row":
                sheet.append([one.text])
    if one.place == "sheet":
        other = book.create_sheet("备用")
        other.append([one.text])
        other.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
