"""Rows of a table: the first cell names the indicator, the header says what each column does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.figures.types import Role

SEPARATOR = " | "
_COLUMN: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"完成率|完成比例|完成进度|占.*(?:任务|目标|计划)"), "completion"),
    (re.compile(r"增长|增幅|增减|同比|比上年|较上年|±"), "change"),
    (re.compile(r"上年|去年|同期|基数"), "baseline"),
    (re.compile(r"目标|任务|计划|预期|指标值|考核标准"), "target"),
    (re.compile(r"完成|实际|结果|实绩|达到|现状|数值|情况|本年|累计"), "result"),
)
WHOSE = re.compile(
    r"[㐀-鿿]{1,9}(?:镇|乡|街道|县|市|区|州|旗|村|社区|省|卫生院|医院|中心|局|办)$|(?:合计|总计|全[省市县区]|城镇|农村|城区)$"
)
"""A row's head that is somebody, not something counted: then the column's head names what is counted."""

WHOLE = frozenset({"合计", "总计", "全省", "全市", "全县", "全区"})
WHEN = re.compile(r"((?:19|20)\d\d)年?度?$")
_FIRST_HEADS = frozenset(
    {
        "单位",
        "单位名称",
        "地区",
        "乡镇",
        "县区",
        "县市区",
        "机构",
        "机构名称",
        "医院",
        "科室",
        "年度",
        "年份",
        "指标",
        "指标名称",
        "项目",
        "序号",
    }
)
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?")
_IN_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_LABEL = re.compile(r"\s*((?:19|20)\d\d年[^：|\d]{0,30}?|[^：|\d]{1,30}?)\s*：\s*(?=\S)")
_NAMES = re.compile(r"[㐀-鿿]{2,}|(?:19|20)\d\d年")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's span in the row, its header (empty where there is none) and what its column does, where known."""

    start: int
    end: int
    header: str
    role: Role | None

    @property
    def year(self) -> int | None:
        """The year that the column speaks of, where its header names one."""
        found = _YEAR.match(self.header)
        return int(found[1]) if found is not None else None

    @property
    def indicator(self) -> str:
        """What the column counts, where its header names that rather than a role or a year: 建档率（%） → 建档率."""
        name = _IN_BRACKETS.sub("", _YEAR.sub("", self.header)).strip()
        return name if len(name) > 1 and _role(name) is None and not _names_column(name) else ""


@dataclass(slots=True)
class Table:
    """The header of the table being read; a new header row starts another table.

    A reader that knows the header writes it into each row (指标：体检 | 任务数：5500); such rows need no other.
    """

    headers: list[str] = field(default_factory=list)

    def read(self, row: str) -> tuple[str, tuple[int, int], list[Cell]] | None:
        """(indicator, its span, the other cells) of a data row; None for a header row, which is remembered."""
        spans = list(_cells(row))
        labelled = [_labelled(row, *span) for span in spans]
        if sum(label != "" for label, _, _ in labelled) * 2 > len(spans):
            return _data(row, labelled)
        texts = [row[start:end] for start, end in spans]
        silent = not any(char.isdigit() for text in texts[1:] for char in text)
        if silent and (texts[0] in _FIRST_HEADS or sum(map(_names_column, texts)) >= 2):
            self.headers = texts
            return None
        headers = self.headers if len(self.headers) == len(spans) else [""] * len(spans)
        return _data(row, [(header, *span) for header, span in zip(headers, spans, strict=True)])


def _labelled(row: str, start: int, end: int) -> tuple[str, int, int]:
    """(label, span of the value) of a cell; an empty label where it has none."""
    found = _LABEL.match(row, start, end)
    return ("", start, end) if found is None else (found[1], found.end(), end)


def _data(row: str, cells: list[tuple[str, int, int]]) -> tuple[str, tuple[int, int], list[Cell]] | None:
    """The first cell with words names the indicator; a running number and the like do not."""
    named = next((i for i, (_, start, end) in enumerate(cells) if _NAMES.search(row, start, end)), None)
    if named is None:
        return None
    _, start, end = cells[named]
    return row[start:end], (start, end), [Cell(at, to, label, _role(label)) for label, at, to in cells[named + 1 :]]


def _names_column(text: str) -> bool:
    return _role(text) is not None or text in ("指标", "项目", "指标名称", "序号", "单位", "名称", "内容", "备注")


def _role(header: str) -> Role | None:
    return next((role for pattern, role in _COLUMN if pattern.search(header)), None)


def _cells(row: str) -> Iterator[tuple[int, int]]:
    at = 0
    for piece in row.split(SEPARATOR):
        lead = len(piece) - len(piece.lstrip())
        yield at + lead, at + lead + len(piece.strip())
        at += len(piece) + len(SEPARATOR)
