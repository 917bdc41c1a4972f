"""Excel workbooks (.xlsx): tables of indicators, every row with its header, every number as the sheet shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.errors import UnreadableFile
from ingest.mapped import MappedText
from ingest.readers import faults
from ingest.readers.limits import MAX_SHEET_CELLS
from ingest.readers.ooxml import open_parts
from ingest.readers.table_header import CELL_GLUE, filled, label_rows, write_row
from ingest.readers.xlsx.package import NAME, read_workbook
from ingest.readers.xlsx.sheet import Grid, read_sheet
from ingest.types import Block, BlockKind, Document

_EMPTY_NAME = re.compile(r"(?:sheet|工作表|表|图表|chart)?\s*[(（]?\d*[)）]?", re.I)

_Line = tuple[str, BlockKind, int | None]


def read_xlsx(data: bytes) -> Document:
    """Read the visible sheets; `text` is the blocks joined by newlines. Raises UnreadableFile.

    A sheet's name is a heading when it says anything; a row with one cell is a paragraph (the table's title, a remark);
    every other row is a `table_row`, written with the labels of its header where one is recognised. Formulas count with
    the value that was last calculated; hidden sheets, rows and columns are left out and named in the notes.
    """
    lines: list[_Line] = []
    grids: list[Grid] = []
    broken: list[str] = []
    with open_parts(data, NAME) as parts:
        book = read_workbook(parts)
        for sheet in book.sheets:
            if sheet.hidden:
                continue
            try:
                grid = read_sheet(parts, sheet.path, book, MAX_SHEET_CELLS - sum(grid.cells for grid in grids))
            except UnreadableFile:
                if len(book.sheets) == 1:
                    raise
                broken.append(sheet.name)
                continue
            grids.append(grid)
            lines += _lines(sheet.name, grid)
        hidden = sum(sheet.hidden for sheet in book.sheets)
        if not book.sheets or (broken and not lines):
            raise faults.damaged(NAME)
    text, blocks = _placed(lines)
    return Document(text, blocks, "xlsx", book.title, notes=tuple(_notes(grids, hidden, broken)))


def _lines(name: str, grid: Grid) -> Iterator[_Line]:
    rows = [row for row in grid.rows if row]
    if not rows:
        return
    title = rows[0][0].text if filled(rows[0]) == 1 else ""
    if not _EMPTY_NAME.fullmatch(name.strip()) and name.strip() not in title:
        yield name.strip(), "heading", 1
    labelled = label_rows(grid.rows)
    for number, row in enumerate(grid.rows):
        if filled(row) == 1 and not any(cell.continued for cell in row):
            yield row[0].text, "paragraph", None
        elif number in labelled:
            pairs = ((label, row[at].text) for label, at in labelled[number].cells)
            yield write_row(pairs), "table_row", None
        elif row:
            yield CELL_GLUE.join(cell.text for cell in row if not cell.continued), "table_row", None


def _placed(lines: list[_Line]) -> tuple[str, tuple[Block, ...]]:
    blocks: list[Block] = []
    at = 0
    for text, kind, level in lines:
        blocks.append(Block(MappedText.identity(text, at), kind, level))
        at += len(text) + 1
    return "\n".join(text for text, _, _ in lines), tuple(blocks)


def _notes(grids: list[Grid], hidden: int, broken: list[str]) -> Iterator[str]:
    if hidden:
        yield f"有 {hidden} 个隐藏的工作表未读取"
    rows, columns = (sum(getattr(grid, name) for grid in grids) for name in ("hidden_rows", "hidden_columns"))
    if rows or columns:
        counts = [f"{count} {unit}" for count, unit in ((rows, "行"), (columns, "列")) if count]
        yield f"有隐藏的{'、'.join(counts)}未读取"
    unread = sum(grid.unread for grid in grids)
    if unread:
        yield f"有 {unread} 个公式没有保存计算结果，未读取，请用 Excel 或 WPS 打开并保存后重新导入"
    if broken:
        yield f"工作表{'、'.join(broken)}已损坏，未读取"
    if any(grid.truncated for grid in grids):
        yield "表格过大或不完整，只读取了前面的部分"
