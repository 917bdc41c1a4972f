"""Words for what the archive and the assistant name in codes, and lines made of several parts."""

from __future__ import annotations

from typing import Final

from assistant.answer import WarningKind
from assistant.drafting.types import OrderKind
from ingest.period import Period
from ingest.types import Kind, Part
from ui.strings.en.chat import ANSWERING, UNKNOWN_YEAR
from ui.strings.en.settings import SET_WHERES

PARTS: Final[dict[Part, str]] = {"review": "Review", "problem": "Problems", "plan": "Plan"}

KINDS: Final[dict[Kind, str]] = {
    "总结": "Review",
    "计划": "Plan",
    "总结和计划": "Review and plan",
    "半年总结": "Half-year review",
    "工作要点": "Work priorities",
    "政府工作报告": "Government report",
    "其他": "Other",
}

ORDER_KINDS: Final[dict[OrderKind, str]] = {
    "全年工作计划": "Plan of the year",
    "下半年工作安排": "Plan of the second half",
    "工作要点": "Work priorities",
    "总结": "Review",
}

WARNINGS: Final[dict[WarningKind, str]] = {
    "masked_figure": "Figure masked",
    "doubtful_figure": "Figure doubtful",
    "unsupported": "Not supported",
    "other_year": "Another year",
    "truncated_report": "Incomplete original",
}


def period_label(period: str | None) -> str:
    """A period in its stored form in words: `2022-H1` → first half of 2022; None → Year unknown."""
    if period is None:
        return UNKNOWN_YEAR
    parsed = Period.parse(period)
    if parsed.half is not None:
        return f"{'first' if parsed.half == 1 else 'second'} half of {parsed.first}"
    return str(parsed.first) if parsed.first == parsed.last else f"{parsed.first}–{parsed.last}"


def year_label(year: int) -> str:
    """2022 → 2022."""
    return str(year)


def years_label(first: int, last: int) -> str:
    """A run of years."""
    return f"{first}–{last}"


def plot_title(who: str, name: str, unit: str) -> str:
    """What a plot of one indicator shows."""
    return f"{who} {name}, by year ({unit})"


def plot_key(has_targets: bool) -> str:
    """How to read a plot."""
    return "Results; a short line is the target" if has_targets else "Results"


def page_label(page: int) -> str:
    """3 → page 3."""
    return f"page {page}"


def holdings_label(reports: int, orgs: int, years: list[int]) -> str:
    """What the archive holds, in one line."""
    if not reports:
        return ""
    span = "" if not years else f" · {years[-1]}" if len(years) == 1 else f" · {years[-1]}–{years[0]}"
    return f"{reports} reports · {orgs} bodies{span}"


def deleted_label(title: str) -> str:
    """What stands above the list after a conversation was deleted."""
    return f"“{title}” is deleted"


def model_label(name: str, where: str) -> str:
    """Which language model answers and where it runs; the name may not be known before it is asked."""
    named = f"Language model {name}" if name and name not in where else "Language model"
    kind, _, place = where.partition(" ")
    return f"{named} · {SET_WHERES.get(kind, kind)} {place} · {ANSWERING}"


def more_label(count: int) -> str:
    """The fold over the citations that are not shown at once."""
    return f"{count} more sources"
