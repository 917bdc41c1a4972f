"""Values beside each other: whether two are the same number, and how each is written in a calculation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.ledger.reading import Reading
from assistant.ledger.types import Cell
from ingest.clean import normalise
from ingest.figures.types import Figure, Value

FLOOR = frozenset(
    [
        "以上",
        "不低于",
        "不少于",
        "不小于",
        "至少",
        "高于",
        "多于",
        "大于",
        "超过",
        "突破",
        "逾",
        "超",
        "≥",
        ">",
        "＞",
        "开外",
    ]
)
CEILING = frozenset(
    [
        "以下",
        "以内",
        "之内",
        "不高于",
        "不超过",
        "不超",
        "不多于",
        "不大于",
        "最多",
        "低于",
        "少于",
        "小于",
        "控制在",
        "≤",
        "<",
        "＜",
    ]
)
ABOUT = frozenset(["左右", "上下", "约", "约为", "大约", "近", "接近", "将近", "余", "多", "几"])

_PRINTED = re.compile(r"(?P<number>\d[\d,]*(?:\.(?P<places>\d+))?)\s?(?P<scale>万亿|[万亿千百]*)")
_FACTORS = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_ROUGH = Decimal("0.05")


def cells(readings: Sequence[Reading]) -> tuple[Cell, ...]:
    """The values as cells, equal ones as one, in the order of reading."""
    if not readings:
        return ()
    groups: list[list[Reading]] = []
    for one in readings:
        for group in groups:
            if same(group[0].figure, one.figure):
                group.append(one)
                break
        else:
            groups.append([one])
    return tuple(_cell(group) for group in groups)


def _cell(group: list[Reading]) -> Cell:
    """The most telling value of equal ones: named, with a comparator, in the longest number."""
    if len(group) == 1:
        return cell(group[0])
    best = max(group, key=lambda one: (bool(one.figure.value.comparator), _digits(one.figure), one.figure.as_of or ""))
    same = tuple(cell(one) for one in group if one is not best)
    return replace(cell(best), same=same)


def cell(one: Reading) -> Cell:
    """A single value as a cell."""
    return Cell(one.record, one.report.title, one.report.org, one.report.year)


def same(one: Figure, other: Figure) -> bool:
    """Whether two values of one row are the same number, as far as each is rounded (4.2万 and 41800)."""
    if one.status != other.status:
        return False
    a, b = one.value, other.value
    if a.low is None or b.low is None or a.high is None or b.high is None:
        return a.low == b.low and (a.masked == b.masked) and (a.masked or one.text == other.text)
    if one.status == "doubtful":
        return one.text == other.text
    slack = max(_rounding(one), _rounding(other))
    return abs(a.low - b.low) <= slack and abs(a.high - b.high) <= slack


def printed(figure: Figure) -> str | None:
    """The number as a calculation shows it, 万 and 亿 as in the source (26.72万); None for Chinese numerals."""
    found = _PRINTED.search(normalise(figure.text))
    if found is None or figure.value.low != figure.value.high:
        return None
    return found["number"].replace(",", "") + found["scale"]


def is_exact(value: Value, *, bounded: bool = False) -> bool:
    """Whether a calculation may use the value: one number, not said to be about; a bound only with `bounded`."""
    allowed = FLOOR | CEILING if bounded else frozenset[str]()
    return value.low is not None and value.low == value.high and (not value.comparator or value.comparator in allowed)


def _digits(figure: Figure) -> int:
    return sum(char.isdigit() for char in figure.text)


def _rounding(figure: Figure) -> Decimal:
    """How far the true number may be from the printed one, for values that are printed rounded."""
    value = figure.value
    if value.low is None:
        return Decimal(0)
    if value.comparator in ABOUT - {"左右", "上下"}:
        return abs(value.low) * _ROUGH
    found = _PRINTED.search(normalise(figure.text))
    if found is None or not found["scale"]:
        return Decimal(0)
    unit = Decimal(1)
    for char in found["scale"]:
        unit *= _FACTORS[char]
    return unit.scaleb(-len(found["places"] or "")) / 2
