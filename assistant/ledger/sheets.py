"""The ledger as a file for a spreadsheet: CSV that Excel opens, and a workbook."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from assistant.ledger.render import COLUMNS, Cite, columns, measure_name, sources
from assistant.ledger.types import LedgerRow

_HEADER = (*COLUMNS, "类别", "原文叫法", "出处")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that a workbook cannot hold."""

_LONGEST = 32_000
"""Excel cuts a cell at 32767 characters."""

_WIDTHS = {"指标": 34, "目标": 18, "结果": 18, "单位": 22, "说明": 28, "原文叫法": 34, "出处": 80}


def write_csv(path: Path, rows: Sequence[LedgerRow], cite: Cite) -> None:
    """UTF-8 with a byte order mark, so that Excel knows it. Raises OSError when the file cannot be written."""
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADER)
        writer.writerows([safe(text) for text in _line(row, cite)] for row in rows)


def write_xlsx(path: Path, rows: Sequence[LedgerRow], cite: Cite) -> None:
    """A workbook with one sheet, its header frozen and filterable. Raises OSError when it cannot be written."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "指标台账"
    sheet.append(_HEADER)
    for row in rows:
        sheet.append([_CONTROL.sub("", text)[:_LONGEST] for text in _line(row, cite)])
    for place, name in enumerate(_HEADER, 1):
        sheet.cell(row=1, column=place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 12)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.data_type = "s"  # a text even where it begins with =
            cell.quotePrefix = str(cell.value or "").startswith(_FORMULA)  # and stays one when it is edited
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    book.save(path)


def safe(text: str) -> str:
    """A text of a CSV file that no spreadsheet takes for a formula: an apostrophe before a leading = + - @ or tab."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line(row: LedgerRow, cite: Cite) -> tuple[str, ...]:
    return (*columns(row), measure_name(row), "；".join(row.phrases), sources(row, cite))
