"""Facts out of a workbook (.xlsx), as its sheets show them: merged cells repeated, formulas with their last value."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.drafting.facts import fact_of
from assistant.drafting.facts_table import from_rows
from assistant.drafting.types import Fact
from ingest.errors import BadOrder, UnreadableFile
from ingest.readers.limits import MAX_SHEET_CELLS
from ingest.readers.ooxml import open_parts
from ingest.readers.table_header import Cell
from ingest.readers.xlsx.package import NAME, read_workbook
from ingest.readers.xlsx.sheet import read_sheet


def read_facts(path: Path) -> tuple[Fact, ...]:
    """The facts of every visible sheet, in order. Raises BadOrder (no such file, password, damaged, nothing in it)."""
    if path.suffix.lower() != ".xlsx":
        raise BadOrder(f"指标表 {path.name} 不是 .xlsx 表格", "请用 Excel 或 WPS 另存为 .xlsx 后再用")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadOrder(f"指标表 {path.name} 无法打开", "请检查文件名和所在文件夹是否写对") from error
    found: list[Fact] = []
    try:
        with open_parts(data, NAME) as parts:
            book = read_workbook(parts)
            for sheet in book.sheets:
                if not sheet.hidden:
                    grid = read_sheet(parts, sheet.path, book, MAX_SHEET_CELLS)
                    found += from_rows(_squared([row for row in grid.rows if row]), fact_of)
    except UnreadableFile as error:
        raise BadOrder(f"指标表 {path.name}：{error.fault}", error.remedy) from error
    if not found:
        raise BadOrder(f"指标表 {path.name} 里没有读到指标", "请让表头含有“指标”和“目标”两列，每行写一项")
    return tuple(dict.fromkeys(found))


def _squared(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The rows as texts by grid column; a cell merged over several columns counts in the first of them."""
    width = max((cell.column + cell.width for row in rows for cell in row), default=0)
    squared: list[list[str]] = []
    for row in rows:
        texts = [""] * (width + 1)
        for cell in row:
            texts[cell.column] = cell.text
        squared.append(texts)
    return squared
