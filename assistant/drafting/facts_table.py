"""Facts out of a table: which column names the indicator, which its target, which what was reached."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.drafting.types import Fact
from ingest.figures.lexer import values

Row = Sequence[str]
Make = Callable[[str, str | None, str | None, str], Fact]

_INDICATOR = re.compile(r"指标|项目名?|名称|任务名|事项|工作内容|内容|措施|项目")
_TARGET = re.compile(r"目标|任务|计划|预期|指标值|数值|要求")
_RESULT = re.compile(r"完成|实际|结果|实绩|达到|上年|去年|现状")
_UNIT = re.compile(r"^(?:计量)?单位(?:[（(].*[)）])?$")
_NUMBER = re.compile(r"^(?:序号|编号|No\.?|#)$", re.I)
_OTHER = re.compile(r"备注|说明|责任|牵头|配合|时限|期限|进度|完成时间|完成时限|完成日期|完成率")
_BARE = re.compile(r"[≥≤><约]?\d[\d,，.]*")
_ORDINAL = re.compile(r"\d{1,3}[.、]?")
_VALUES = re.compile(
    r"(?:(?:20\d\d年?|今年|明年|去年|上年|本年|年度|全年|上半年|下半年)的?)*(?:工作|实际)?(?:目标|任务|计划|预期|完成|实际|结果|指标值|数值|要求)"
    r"(?:任务|目标|值|数|量|情况|结果|完成)*(?:[（(].*[)）])?"
)
"""A column of values by its label: 目标, 2025年任务数（人）, 去年完成情况."""


def from_rows(rows: Sequence[Row], make: Make) -> list[Fact]:
    """The facts of a table's rows; a header may stand below a title, and another one further down begins a new table.

    A row without figures under a header is a fact in words.
    """
    found: list[Fact] = []
    columns: _Columns | None = None
    headed = any(_is_header(row) for row in rows)
    group = ""
    for row in rows:
        if _is_header(row):
            columns, group = _columns(row), ""
        elif columns is not None:
            cell = [*row, *[""] * (len(columns.labels) - len(row))]
            group = _tight(cell[columns.name]) or group
            fact = _labelled(group, cell, columns, make)
            found += [fact] if fact is not None else []
        elif not headed and (fact := _unlabelled(row, make)) is not None:
            found.append(fact)
    return found


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a header says that name, target, result and unit stand."""

    labels: tuple[str, ...]
    name: int
    target: int | None
    result: int | None
    unit: int | None


def _columns(header: Row) -> _Columns:
    labels = tuple(_tight(label) for label in header)
    name = _column(labels, _INDICATOR, ())
    result = _column(labels, _RESULT, (name,))
    target = _column(labels, _TARGET, (name, result))
    unit = next((number for number, label in enumerate(labels) if _UNIT.search(label)), None)
    if name is None:  # 任务 | 目标值: the first column that is neither number nor value names the thing
        taken = (target, result, unit)
        name = next((i for i, label in enumerate(labels) if label and i not in taken and not _NUMBER.match(label)), 0)
    return _Columns(labels, name, target, result, unit)


def _labelled(indicator: str, cell: Sequence[str], columns: _Columns, make: Make) -> Fact | None:
    unit = _tight(cell[columns.unit]) if columns.unit is not None else ""
    for place in (columns.target, columns.result):
        unit = unit or (_bracketed(columns.labels[place]) if place is not None else "")
    unit = unit or _bracketed(indicator)
    aim = _with_unit(cell[columns.target], unit) if columns.target is not None else None
    done = _with_unit(cell[columns.result], unit) if columns.result is not None else None
    if len(indicator) < 2 or indicator in columns.labels:
        return None
    name = re.sub(r"[（(][^（）()]{1,4}[)）]$", "", indicator) if _bracketed(indicator) == unit else indicator
    return make(name, aim, done, "") if aim or done else Fact(indicator)


def _bracketed(label: str) -> str:
    """The unit in brackets at a label's end, empty where there is none: 目标（人）, 管理率（%）."""
    found = re.search(r"[（(](?:单位[:：])?([^\d（）()]{1,4})[)）]$", label)
    return found[1] if found is not None else ""


def _is_header(row: Row) -> bool:
    """A row of short labels one of which is a column of values, another a column of names (or of values too)."""
    cells = [_tight(cell) for cell in row if cell]
    if len(set(cells)) < 2 or any(len(cell) > 16 for cell in cells):
        return False
    of_values = sum(_VALUES.fullmatch(cell) is not None for cell in cells)
    return of_values > 1 or (of_values == 1 and any(_INDICATOR.search(cell) for cell in cells))


def _column(labels: Sequence[str], sort: re.Pattern[str], taken: Sequence[int | None]) -> int | None:
    """The column of a sort; of several the one that names it last (去年完成 | 今年目标), never notes or dates."""
    free = [i for i, label in enumerate(labels) if i not in taken and sort.search(label)]
    if sort is _INDICATOR:
        free = [i for i in free if not re.search(r"值|目标|完成|实际", labels[i])]
    free = [i for i in free if not _OTHER.search(labels[i]) and not _NUMBER.match(labels[i])]
    return (free[0] if sort is _INDICATOR else free[-1]) if free else None


def _unlabelled(row: Row, make: Make) -> Fact | None:
    """A row without a header: a name and behind it a value."""
    cells = [_tight(cell) for cell in row if cell]
    if len(cells) > 2 and _ORDINAL.fullmatch(cells[0]):
        cells = cells[1:]
    if not cells:
        return None
    value = next((cell for cell in cells[1:] if values(cell) or _BARE.fullmatch(cell)), None)
    return make(cells[0], value, None, "") if value is not None else Fact("，".join(cells))


def _with_unit(value: str, unit: str) -> str | None:
    value = _tight(value)
    if not value or value in "-—/无":
        return None
    return value + unit if unit and _BARE.fullmatch(value) else value


def _tight(text: str) -> str:
    return re.sub(r"\s+", "", text)
