"""What a row comes to: completion, gap and status, from the cells alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant.answer import Computed
from assistant.ledger.names import Direction
from assistant.ledger.types import Cell, Measure, RowStatus
from assistant.ledger.values import ABOUT, CEILING, FLOOR, is_exact, printed
from ingest.figures.types import Figure, Value
from ingest.period import Period

_SHORT = Decimal("0.9")
"""A target said with 左右 counts as nearly reached from here on."""

_SEVERAL = 3

_HELD_AT = "控制在"
"""Says no more than 达到 of what should be much (规范管理率控制在90%)."""

_CLOSED_FROM = 11
"""A result counted up to this month or later is taken for the year's."""


def latest_first(results: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Results by the date they count up to, the latest first; one without a date counts to the end of the period.

    Within one report two values are a contradiction, whatever their dates; of two reports the later date stands.
    What is said in words only (居全省第三位) stands behind the numbers.
    """
    if len(results) < 2:
        return results
    ordered = sorted(
        results, key=lambda cell: (not _in_words(cell), cell.as_of or "9999", cell.year or 0), reverse=True
    )
    first = ordered[0]
    newest = [first] + [
        cell for cell in ordered[1:] if cell.report_id == first.report_id or _date(cell) == _date(first)
    ]
    older = [replace(cell, superseded=True) for cell in ordered if cell not in newest]
    return (*newest, *older)


def completion(target: Figure, result: Figure, measure: Measure) -> Computed | None:
    """result / target in percent to two places, for counts and amounts that are exact."""
    quotient = _operands(target, result)
    if measure != "level" or quotient is None or not target.value.low or result.value.low is None:
        return None
    share = (result.value.low / target.value.low * 100).quantize(Decimal("0.01"))
    return Computed(f"{_plain(share)}%", f"{quotient[1]}/{quotient[0]}")


def gap(target: Figure, result: Figure, unit: str) -> Computed | None:
    """result - target with its sign, in the unit of both (percentage points for rates)."""
    operands = _operands(target, result)
    if operands is None or target.value.low is None or result.value.low is None:
        return None
    difference = result.value.low - target.value.low
    shown = {"%": "个百分点", "‰": "个千分点"}.get(unit, unit)
    sign = "+" if difference > 0 else ""
    return Computed(f"{sign}{_scaled(difference, target, result)}{shown}", f"{operands[1]}-{operands[0]}")


def status(
    targets: tuple[Cell, ...],
    results: tuple[Cell, ...],
    completions: tuple[Cell, ...],
    *,
    measure: Measure,
    period: Period | None,
    better: Direction | None,
    reviewed: bool,
    loose: bool = False,
) -> tuple[RowStatus, str]:
    """The status of a row, and why in Chinese where that needs saying.

    `loose`: the name is so general (发放资金) that several values rather speak of several things.
    """
    current = tuple(cell for cell in results if not cell.superseded)
    if (stated := _by_completion(targets, current, completions)) is not None:
        return stated
    if targets and not current:
        return ("not_reported", "该期总结中未见这一指标") if reviewed else ("awaiting", "")
    for cells in (_numbers(targets), _numbers(current)):
        if len(cells) > 1 and measure != "words":
            if period is not None and period.single_year is None:
                return "mixed", "多个数值，可能是累计数与年均数"
            if measure == "level" and _may_be_total(cells):
                return "mixed", "同一报告中数值相差数倍，可能一为全年数、一为累计数：" + "、".join(map(_dated, cells))
            if loose:
                return "mixed", "名称笼统，多个数值可能说的是不同的事：" + "、".join(map(_dated, cells))
            if len({_stable(cell) for cell in cells}) > 1:
                return "conflict", "原文数值不一致：" + "、".join(_dated(cell) for cell in cells)
    for wanted in ("doubtful", "masked"):
        for cell in (*targets[:1], *current[:1]):
            if cell.status == wanted:
                return ("doubtful" if wanted == "doubtful" else "masked"), cell.reason
    if not targets:
        return "no_target", ""
    if (doubt := _contradiction(targets[0], current[0], completions, measure)) is not None:
        return "doubtful", doubt
    return _compared(targets[0], current[0].record.figure, measure, period, better)


def _contradiction(target: Cell, result: Cell, completions: tuple[Cell, ...], measure: Measure) -> str | None:
    """A completion rate that the report states and that its own two numbers do not make, to the place it is printed."""
    made = completion(target.record.figure, result.record.figure, measure)
    for cell in completions:
        rate = cell.record.figure.value.low
        if made is None or rate is None or cell.status != "ok" or cell.report_id != result.report_id:
            continue
        exponent = rate.as_tuple().exponent
        step = Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0)
        if abs(Decimal(made.value.rstrip("%")) - rate) > step:
            return f"原文写完成率{cell.text}，按原文两数计算为{made.value}，请核对原件"
    return None


def _by_completion(
    targets: tuple[Cell, ...], results: tuple[Cell, ...], completions: tuple[Cell, ...]
) -> tuple[RowStatus, str] | None:
    """Where a side is missing or hidden, a completion rate says it alone."""
    sound = [cell for cell in completions if cell.status == "ok" and cell.record.figure.value.low is not None]
    hidden = [cell for cell in (*targets, *results) if cell.status != "ok"]
    if not completions or (targets and results) or hidden:
        return None
    if not sound:
        return ("masked" if completions[0].status == "masked" else "doubtful"), completions[0].reason
    rate = sound[0].record.figure.value.low
    return ("met" if rate is not None and rate >= 100 else "missed"), "按完成率"


def _compared(
    target: Cell, result: Figure, measure: Measure, period: Period | None, better: Direction | None
) -> tuple[RowStatus, str]:
    wanted, reached = target.record.figure.value, result.value
    if wanted.low is None or wanted.high is None:
        return "worded", "目标是文字，不作数值比较"
    if reached.low is None or reached.high is None:
        return "worded", "结果是文字，不作数值比较"
    sign = "" if target.sign == _HELD_AT and better is not None else target.sign
    if (sign in CEILING and better == "more") or (sign in FLOOR and better == "less"):
        return "unclear", f"目标写作“{sign}”，与该指标的方向不合，只列数值"
    if sign in FLOOR:
        met = reached.high >= wanted.low
    elif sign in CEILING:
        met = reached.low <= wanted.high
    elif better == "more" or (better is None and measure == "level"):
        met = reached.high >= wanted.low
        better = "more"
    elif better == "less":
        met = reached.low <= wanted.high
    elif reached.low == wanted.low:
        return "met", ""
    else:
        return "unclear", "不知道该指标以高为好还是以低为好，只列数值"
    if met:
        return "met", ""
    if _is_open(period, result):
        return "under_way", "期末之前的数" if result.as_of is None else f"截至{result.as_of}"
    if sign in ABOUT and _is_near(wanted, reached, better):
        return "near", f"目标为“{sign}”"
    return "missed", "" if result.as_of is None else f"截至{result.as_of}"


def _may_be_total(cells: tuple[Cell, ...]) -> bool:
    """Whether one report states a year's number several times over: one of the two is a total of several years."""
    lows = [cell.record.figure.value.low for cell in cells if cell.report_id == cells[0].report_id]
    known = [low for low in lows if low is not None and low > 0]
    return len(known) > 1 and max(known) >= _SEVERAL * min(known)


def _is_near(wanted: Value, reached: Value, better: Direction | None) -> bool:
    if wanted.low is None or wanted.high is None or reached.low is None or reached.high is None:
        return False
    return reached.low * _SHORT <= wanted.high if better == "less" else reached.high >= wanted.low * _SHORT


def _is_open(period: Period | None, result: Figure) -> bool:
    """Whether the result was counted before the period that the target is for had ended.

    Targets in a half-year report are the year's as a rule.
    """
    if period is not None and period.half == 1:
        return True
    month = int(result.as_of[5:7]) if result.as_of is not None and len(result.as_of) >= 7 else 12
    return month < _CLOSED_FROM


def _operands(target: Figure, result: Figure) -> tuple[str, str] | None:
    """Both numbers as printed; None where the two cannot be calculated with."""
    if target.status != "ok" or result.status != "ok" or target.value.unit != result.value.unit:
        return None
    if not is_exact(target.value, bounded=True) or not is_exact(result.value):
        return None
    first, second = printed(target), printed(result)
    return None if first is None or second is None else (first, second)


def _in_words(cell: Cell) -> bool:
    value = cell.record.figure.value
    return value.low is None and not value.masked and cell.status == "ok"


def _numbers(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Words beside a number contradict nothing."""
    return tuple(cell for cell in cells if not _in_words(cell))


def _date(cell: Cell) -> str:
    return cell.as_of or "9999"


def _stable(cell: Cell) -> tuple[object, ...]:
    value = cell.record.figure.value
    return (value.low, value.high, cell.status, None if value.low is not None else cell.text)


def _dated(cell: Cell) -> str:
    return cell.text + (f"（截至{cell.as_of}）" if cell.as_of else "")


def _scaled(difference: Decimal, target: Figure, result: Figure) -> str:
    """In 万 or 亿 where both numbers are printed so (1.72万)."""
    for scale, factor in (("亿", 10**8), ("万", 10**4)):
        if all((printed(one) or "").endswith(scale) for one in (target, result)):
            return _plain(difference / factor) + scale
    return _plain(difference)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}" if number else "0"
