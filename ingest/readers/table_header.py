"""Which rows of a table are its header, and what each row below says under which heading.

A row of figures means nothing without its header, and a passage, a search hit or a quote is often just one row. So
every row below a header is written with it: `指标：健康体检 | 任务数：5500人 | 完成数：5600人`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CELL_GLUE = " | "
LABEL_END = "："

_LONGEST_LABEL = 30
_DEEPEST_HEADER = 3
_LONGEST_REPEAT = 40
"""Characters up to which the text of a cell merged over rows is repeated in each of them."""

_VALUE = re.compile(
    r"(?!(?:19|20)\d\d\s*年|\d{1,2}\s*月)"
    r"[≥≤＞＜><=约近超]*[-+−]?(?:\d[\d,，.]*|[xX×]+)\s*[%％‰]?(?:\s*[^\W\d]{1,3})?(?:/[^\W\d]{1,3})?"
)
_TIME = re.compile(r"(?:(?:19|20)\d\d\s*年?度?|\d{1,2}月份?|(?:20\d\d年)?\d{1,2}(?:[-—~至]\d{1,2})?月份?)")
_SENTENCE = re.compile("[。；！？]")
_BLANK = re.compile(r"[-—–/\\\s、*无]*")
_HEADING = re.compile(
    r"(?:序号|编号|项目|指标|名称|单位|部门|科室|机构|地区|县区|区县|乡镇|街道|年份|年度|时间|日期|时限|期限|进度|任务|目标|计划|内容"
    r"|措施|举措|要求|标准|责任|负责|牵头|配合|完成|实际|结果|数量|数|量|率|值|额|比|比例|占比|情况|类别|类型|分类|合计|总计"
    r"|同比|增长|增幅|排名|得分|分值|备注|说明|姓名|职务|电话|级别|等级|人数|人次|金额|资金|预算|成效|问题|年|月|季度|半年"
    r"|人|性别|工作|事项|领域|方面|对象|来源|依据)(?:[（(].*[)）])?"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in its place: `column` and `width` in grid columns, `text` in one line.

    `continued`: it is merged with the cell above, whose text it repeats. `declared`: the format calls it a header.
    """

    text: str
    column: int
    width: int = 1
    continued: bool = False
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """Row `row` of the table: each pair is a label (empty where the header is) and the index of a cell in that row."""

    row: int
    cells: tuple[tuple[str, int], ...]
    header: bool = False


def label_rows(rows: Sequence[Sequence[Cell]]) -> dict[int, Labelled]:
    """The data rows that stand under a header with the labels of their cells, and the header rows, by row index.

    Rows above a header, and all rows of a table in which none is recognised, are left out: they stand as they are.
    """
    found: dict[int, Labelled] = {}
    labels: dict[int, str] = {}
    at = 0
    while at < len(rows):
        depth = _header_depth(rows, at) if not labels or _begins_again(rows, at) else 0
        if depth:
            labels = _labels(rows[at : at + depth])
            for row in range(at, at + depth):
                cells = tuple(("", number) for number, cell in enumerate(rows[row]) if cell.text and not cell.continued)
                found[row] = Labelled(row, cells, header=True)
            at += depth
            continue
        if labels and rows[at]:
            found[at] = Labelled(at, _under(rows[at], labels))
        at += 1
    return found


def write_row(cells: Iterable[tuple[str, str]]) -> str:
    """One line for a row of (label, text) pairs."""
    return CELL_GLUE.join(f"{label}{LABEL_END}{text}" if label else text for label, text in cells)


def filled(row: Sequence[Cell]) -> int:
    """How many cells of a row have text of their own."""
    return sum(bool(cell.text) and not cell.continued for cell in row)


def _begins_again(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    """A new header stands behind a gap or a line of its own across the table, or is declared by the format."""
    behind_title = at > 0 and filled(rows[at - 1]) <= 1 and len(rows[at]) > 1
    return behind_title or any(cell.declared for cell in rows[at])


def _header_depth(rows: Sequence[Sequence[Cell]], at: int) -> int:
    """How many rows from `at` on are a header; 0 when this row is none."""
    if filled(rows[at]) < 2 or not _may_be_header(rows[at]):
        return 0
    depth = 1
    while depth < _DEEPEST_HEADER and at + depth < len(rows) and _goes_on(rows[at + depth - 1], rows[at + depth]):
        depth += 1
    below = [row for row in rows[at + depth :] if filled(row) >= 2]
    if not below:
        return 0
    if all(cell.declared for cell in rows[at] if cell.text):
        return depth
    cells = [cell for row in rows[at : at + depth] for cell in row if cell.text and not cell.continued]
    headings = [_is_heading(cell.text) for cell in cells]
    is_form = len(cells) > 2 and all(headings[::2]) and not any(headings[1::2])  # 姓名 | 张三 | 性别 | 男
    if sum(headings) * 2 >= len(cells) and sum(headings) >= 2 and not is_form:
        return depth
    return depth if _has_figures_below(rows[at + depth - 1], below) else 0


def _may_be_header(row: Sequence[Cell]) -> bool:
    texts = [cell.text for cell in row if cell.text]
    return all(
        len(text) <= _LONGEST_LABEL and not _SENTENCE.search(text) and (_TIME.fullmatch(text) or not _is_value(text))
        for text in texts
    )


def _goes_on(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """The row below a header row belongs to it when it parts a wide cell of it, and leaves the others alone."""
    if not any(cell.width > 1 and cell.text for cell in above) or not _may_be_header(row):
        return False
    wide = {column for cell in above if cell.width > 1 and cell.text for column in _columns(cell)}
    own = [cell for cell in row if cell.text and not cell.continued]
    return len(own) >= 2 and all(wide.issuperset(_columns(cell)) for cell in own)


def _has_figures_below(header: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> bool:
    """Words above figures, in at least two rows and in most of the columns but the first."""
    if len(below) < 2:
        return False
    columns = [cell for cell in header if cell.text][1:]
    if not columns:
        return False
    numeric = 0
    for heading in columns:
        texts = [cell.text for row in below for cell in row if cell.column == heading.column and cell.text]
        numeric += len(texts) >= 2 and all(_is_value(text) or _BLANK.fullmatch(text) for text in texts)
    return numeric * 2 >= len(columns)


def _is_value(text: str) -> bool:
    return _VALUE.fullmatch(text) is not None


def _is_heading(text: str) -> bool:
    compact = "".join(text.split())
    if _TIME.fullmatch(compact):
        return True
    plain = re.sub(r"[（(][^（）()]*[)）]$", "", compact)
    return any(_HEADING.fullmatch(plain, start) for start in range(max(0, len(plain) - 4), len(plain)))


def _labels(header: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """The label of each column: what stands above it in the header rows, from the top down."""
    labels: dict[int, str] = {}
    for row in header:
        for cell in row:
            text = "".join(cell.text.split()) if not cell.text.isascii() else cell.text
            if not text or cell.continued:
                continue
            for column in _columns(cell):
                labels[column] = _joined(labels.get(column, ""), text)
    return labels


def _joined(above: str, below: str) -> str:
    """`2022年` over `任务数` is 2022年任务数; figures never run together."""
    if not above or above == below:
        return below
    return f"{above} {below}" if above[-1].isascii() or below[0].isascii() else above + below


def _columns(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.width)


def _under(row: Sequence[Cell], labels: dict[int, str]) -> tuple[tuple[str, int], ...]:
    return tuple(
        (labels.get(cell.column, ""), number)
        for number, cell in enumerate(row)
        if cell.text and (not cell.continued or len(cell.text) <= _LONGEST_REPEAT)
    )
