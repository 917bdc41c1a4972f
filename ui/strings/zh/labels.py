"""Words for what the archive and the assistant name in codes, and lines made of several parts."""

from __future__ import annotations

from typing import Final, get_args

from assistant.answer import WarningKind
from assistant.drafting.types import OrderKind
from ingest.period import Period
from ingest.types import Kind, Part
from ui.strings.zh.chat import ANSWERING, UNKNOWN_YEAR

PARTS: Final[dict[Part, str]] = {"review": "总结", "problem": "问题", "plan": "计划"}

KINDS: Final[dict[Kind, str]] = {kind: kind for kind in get_args(Kind)}

ORDER_KINDS: Final[dict[OrderKind, str]] = {kind: kind for kind in get_args(OrderKind)}

WARNINGS: Final[dict[WarningKind, str]] = {
    "masked_figure": "数字已隐去",
    "doubtful_figure": "数字存疑",
    "unsupported": "依据不足",
    "other_year": "年份不同",
    "truncated_report": "原件不全",
}


def period_label(period: str | None) -> str:
    """A period in its stored form as a clerk writes it: `2022-H1` → 2022年上半年; None → 年份不详."""
    if period is None:
        return UNKNOWN_YEAR
    parsed = Period.parse(period)
    if parsed.half is not None:
        return f"{parsed.first}年{'上' if parsed.half == 1 else '下'}半年"
    return f"{parsed.first}年" if parsed.first == parsed.last else f"{parsed.first}—{parsed.last}年"


def year_label(year: int) -> str:
    """2022 → 2022年."""
    return f"{year}年"


def years_label(first: int, last: int) -> str:
    """A run of years."""
    return f"{first}—{last}年"


def plot_title(who: str, name: str, unit: str) -> str:
    """What a plot of one indicator shows."""
    return f"{who}{name}历年情况（{unit}）"


def plot_key(has_targets: bool) -> str:
    """How to read a plot."""
    return "图中为结果，短横线为目标" if has_targets else "图中为结果"


def page_label(page: int) -> str:
    """3 → 第3页."""
    return f"第{page}页"


def holdings_label(reports: int, orgs: int, years: list[int]) -> str:
    """What the archive holds, in one line."""
    if not reports:
        return ""
    span = "" if not years else f" · {years[-1]}年" if len(years) == 1 else f" · {years[-1]}—{years[0]}年"
    return f"{reports}份报告 · {orgs}个单位{span}"


def deleted_label(title: str) -> str:
    """What stands above the list after a conversation was deleted."""
    return f"已删除“{title}”"


def model_label(name: str, where: str) -> str:
    """Which language model answers and where it runs; the name may not be known before it is asked."""
    named = f"语言模型 {name}" if name and name not in where else "语言模型"
    return f"{named} · {where} · {ANSWERING}"


def more_label(count: int) -> str:
    """The fold over the citations that are not shown at once."""
    return f"另有{count}条依据"
