"""Which figures a reader must doubt, and why: marked damage, impossible rates, rates that contradict their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.figures.types import Figure
from ingest.types import Mark

_BOUNDED = re.compile(
    r"(?:覆盖率|建档率|签约率|管理率|合格率|达标率|满意度|满意率|普及率|入学率|接种率|知晓率|报告率|及格率|治愈率|病死率|死亡率|发生率|参保率|使用率|利用率|控制率|检出率|住院分娩率|系统管理率|筛查率|随访率|上报率|及时率|完整率|优良率|绿化率|化验率|城镇化率|失业率|占比|比重|比例)$"
)
"""Shares of a whole: above 100 % they are impossible. A completion rate is none of them."""

_FAR = Decimal(1000)
_SLACK = Decimal("0.011")
"""What rounding to the last printed place may make of a percentage with two decimals."""

_TELLING = 2
"""Decimal places from which on a rate that two numbers make is hardly theirs by chance."""


def with_marks(figure: Figure, marks: Sequence[Mark]) -> Figure:
    """The figure with the status of the marks that touch its span."""
    touching = [mark for mark in marks if mark.start < figure.end and figure.start < mark.end]
    masked = figure.value.masked or any(mark.kind == "masked" for mark in touching)
    doubts = [mark.reason for mark in touching if mark.kind in ("doubtful", "damaged", "ocr")]
    if masked:  # damage beside it makes no number of it
        return replace(figure, status="masked", reason="；".join(dict.fromkeys(("原文此处数字已隐去", *doubts))))
    if doubts:
        return replace(figure, status="doubtful", reason="；".join(dict.fromkeys(doubts)))
    return figure


def impossible(figure: Figure) -> Figure:
    """Doubt a share above 100 %, and any rate beyond a thousand percent."""
    low = figure.value.low
    if figure.status != "ok" or figure.value.unit != "%" or low is None or figure.growth:
        return figure
    if low > 100 and figure.role != "completion" and _BOUNDED.search(figure.indicator):
        return replace(figure, status="doubtful", reason=f"{figure.indicator}不可能超过100%")
    if low > _FAR:
        return replace(figure, status="doubtful", reason="百分比大得不合常理")
    return figure


def completions(figures: Sequence[Figure]) -> list[Figure]:
    """Call a rate a completion rate where it is what target and result of its own indicator make, whatever its name.

    篩查率102.28% beside 任务4380人 and 完成4480人 is how much of the task was done. `figures`: those of one sentence.
    """
    found: list[Figure] = []
    for place, figure in enumerate(figures):
        rate = figure.value.low
        if figure.role == "result" and figure.value.unit == "%" and rate is not None and not figure.growth:
            for told in (figures, _just_before(figures, place) if _places(rate) >= _TELLING else ()):
                pair = _pair(figure if told is figures else replace(figure, named=None), told)
                if pair is not None and _agrees(rate, *pair):
                    task = next(one for one in told if one.role == "target" and one.value.low == pair[0])
                    figure = replace(figure, role="completion", indicator=task.indicator)
                    break
        found.append(figure)
    return found


def _just_before(figures: Sequence[Figure], place: int) -> Sequence[Figure]:
    """The two figures before, where both are of one indicator (应加强…人，已加强…人，占比…%)."""
    near = figures[max(0, place - 2) : place]
    return near if len({one.indicator for one in near}) == 1 else ()


def contradicted(figures: Sequence[Figure]) -> list[Figure]:
    """Doubt a completion rate that is not what its own target and result in the same sentence make.

    `figures`: those of one sentence in order. result / target is compared with the rate to its printed places.
    """
    checked: list[Figure] = []
    for figure in figures:
        pair = _pair(figure, figures) if figure.role == "completion" and figure.status == "ok" else None
        rate = figure.value.low
        if pair is not None and rate is not None and not _agrees(rate, *pair):
            target, result = pair
            reason = f"与同句两数不符：{_plain(result)}÷{_plain(target)}={_percent(result, target)}%"
            figure = replace(figure, status="doubtful", reason=reason)
        checked.append(figure)
    return checked


def _pair(rate: Figure, figures: Sequence[Figure]) -> tuple[Decimal, Decimal] | None:
    """Target and result of the rate's own indicator, exact and with one unit; None where either is missing."""
    own = [one for one in figures if _of_one(one, rate) and one.status == "ok" and not one.value.is_rate]
    targets = [one for one in own if one.role == "target" and one.value.low == one.value.high]
    results = [one for one in own if one.role == "result" and one.value.low == one.value.high]
    if len(targets) != 1 or len(results) != 1 or targets[0].value.unit != results[0].value.unit:
        return None
    target, result = targets[0].value.low, results[0].value.low
    if not target or result is None or targets[0].value.comparator or results[0].value.comparator:
        return None
    return target, result


def _of_one(figure: Figure, rate: Figure) -> bool:
    """Of one indicator: equal phrases, or the rate's phrase names the rate of the other (两癌筛查, 筛查率)."""
    stem = rate.indicator.removesuffix("率").removesuffix("完成")
    return figure.indicator == rate.indicator or (len(stem) >= 2 and stem in figure.indicator) or rate.named is None


def _agrees(rate: Decimal, target: Decimal, result: Decimal) -> bool:
    return abs(result / target * 100 - rate) <= Decimal(1).scaleb(-_places(rate)) + _SLACK - Decimal("0.01")


def _places(rate: Decimal) -> int:
    """Printed decimal places."""
    exponent = rate.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _percent(result: Decimal, target: Decimal) -> str:
    return _plain((result / target * 100).quantize(Decimal("0.01")))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
