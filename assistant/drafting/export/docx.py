"""A manuscript as an official document in Word, after GB/T 9704-2012."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.conversations.export import printable
from assistant.drafting.export import form, ooxml, styles
from assistant.drafting.export.lines import Line, section_lines
from assistant.drafting.export.sources import section_sources
from assistant.drafting.export.targets import TABLE_NAME, TargetTable, target_table
from assistant.drafting.types import Manuscript
from ingest.errors import UnwritableFile

_COLUMNS = (2700, 1700, 1700, 2744)
"""Widths of the table of targets in twentieths of a point; they fill the line."""

_KEPT_WHOLE = 112
"""Characters (four lines) of a last paragraph that may go to the next page with what follows it; some programs move it
as a whole."""


def write_docx(manuscript: Manuscript, path: Path, *, with_sources: bool = True) -> None:
    """Write the document to `path`; `with_sources` appends 来源说明. Raises UnwritableFile."""
    data = to_docx(manuscript, with_sources=with_sources)
    try:
        path.write_bytes(data)
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        fault = (error.strerror if isinstance(error, OSError) else None) or error
        raise UnwritableFile(f"写不了文件 {path}（{fault}）", "请检查路径、权限和磁盘空间后重试") from error


def to_docx(manuscript: Manuscript, *, with_sources: bool = True) -> bytes:
    """The document's bytes."""
    document = styles.new_document()
    _properties(document, manuscript.title)
    _page_numbers(document)
    order = manuscript.order
    _title(document, manuscript.title, order.org)
    _add(document, "", styles.BODY)
    if addressee := form.addressee_line(order):
        _add(document, addressee, styles.ADDRESSEE)
    for lines in section_lines(manuscript.sections):
        for line in lines:
            _line(document, line)
    names = form.attachments(manuscript, with_sources=with_sources)
    _attachment_note(document, names)
    body = len(document.paragraphs) - max(len(names), 1)
    _signature(document, form.signature(order))
    for paragraph in document.paragraphs[body:-1]:  # no page with a signature alone: the note or the text goes with it
        paragraph.paragraph_format.keep_with_next = len(paragraph.text) <= _KEPT_WHOLE
    for number, name in enumerate(names, start=1):
        _add(document, form.attachment_label(number, len(names)), styles.LABEL)
        _add(document, "", styles.BODY)
        _title(document, name, "")
        _add(document, "", styles.BODY)
        table = target_table(manuscript)
        if name == TABLE_NAME and table is not None:
            _table(document, table)
        else:
            _sources(document, manuscript)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add(document: Any, text: str, style: str) -> Any:
    paragraph = document.add_paragraph(style=style)
    ooxml.add_text(paragraph, text)
    return paragraph


def _title(document: Any, title: str, org: str) -> None:
    paragraph = document.add_paragraph(style=styles.TITLE)
    for n, line in enumerate(form.title_lines(" ".join(title.split()), org)):
        if n:
            paragraph.add_run().add_break()
        ooxml.add_text(paragraph, line)


def _line(document: Any, line: Line) -> None:
    """A heading that stands alone has its level's style; one that goes on is body text with a beginning in its font."""
    if line.head and not line.rest:
        _add(document, line.head, styles.LEVELS[line.level])
        return
    paragraph = document.add_paragraph(style=styles.BODY)
    ooxml.add_text(paragraph, line.head, styles.RUN_IN[line.level])
    ooxml.add_text(paragraph, line.rest)


def _attachment_note(document: Any, names: Sequence[str]) -> None:
    lines = form.attachment_note(names)
    if lines:
        _add(document, "", styles.BODY)
    for n, text in enumerate(lines):
        paragraph = _add(document, text, styles.NOTE)
        if n:
            ooxml.indent(paragraph, left=5, firstLine=0)  # under the first name, after 附件：


def _signature(document: Any, signed: form.Signature | None) -> None:
    """The date four characters in from the right, the body centred above it; a body too long for that pushes it in."""
    if signed is None:
        return
    _add(document, "", styles.BODY)
    _add(document, "", styles.BODY)
    org = _add(document, signed.org, styles.ORG)
    date = _add(document, signed.date, styles.DATE)
    room = 4 + (form.width(signed.date) - form.width(signed.org)) / 2
    ooxml.indent(org, right=max(room, 0))
    if room < 0:
        ooxml.indent(date, right=4 - room)


def _table(document: Any, table: TargetTable) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT

    grid = document.add_table(rows=0, cols=len(_COLUMNS), style=styles.TABLE)
    grid.autofit, grid.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for n, texts in enumerate((table.header, *table.rows)):
        row = grid.add_row()
        ooxml.keep_whole(row)
        if n == 0:
            ooxml.repeat_as_header(row)
        for cell, text, width in zip(row.cells, texts, _COLUMNS, strict=True):
            cell.width = width * 635
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            cell.paragraphs[0].style = styles.CELL if n else styles.HEAD_CELL
            ooxml.add_text(cell.paragraphs[0], " ".join(text.split()))
    for column, width in zip(grid.columns, _COLUMNS, strict=True):
        column.width = width * 635


def _sources(document: Any, manuscript: Manuscript) -> None:
    for section in section_sources(manuscript):
        _add(document, section.heading, styles.LEVELS[1])
        for text in section.lines:
            _add(document, text, styles.SOURCE)


def _page_numbers(document: Any) -> None:
    """Odd pages right, even pages left, one character in."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = styles.PAGE_NUMBER if side == "right" else styles.PAGE_NUMBER_EVEN
        ooxml.add_page_number(paragraph)


def _properties(document: Any, title: str) -> None:
    """The title, and nobody's name."""
    core = document.core_properties
    core.title, core.language = printable(title), "zh-CN"
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    core.revision = 1
