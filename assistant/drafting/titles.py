"""The title of a draft, in the body's own habit where its earlier titles show one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.drafting.types import Order, OrderKind
from ingest.archive.records import ReportRecord
from ingest.clean import normalise

_DEFAULT: dict[OrderKind, str] = {
    "全年工作计划": "年工作计划",
    "下半年工作安排": "年下半年工作安排",
    "工作要点": "年工作要点",
    "总结": "年工作总结",
}
_HABIT: dict[OrderKind, re.Pattern[str]] = {
    "全年工作计划": re.compile(r"(?:19|20)\d\d(年度?(?:卫生健康|卫生)?工作(?:计划|打算))$"),
    "下半年工作安排": re.compile(r"(?:19|20)\d\d(年下半年(?:工作)?(?:安排|计划|打算))$"),
    "工作要点": re.compile(r"(?:19|20)\d\d(年度?(?:卫生健康|卫生)?工作要点)$"),
    "总结": re.compile(r"(?:19|20)\d\d(年度?(?:卫生健康|卫生)?工作总结)$"),
}


def title_of(order: Order, own: Iterable[ReportRecord]) -> str:
    """青禾县卫生健康局2026年工作计划; `own`: the body's own reports."""
    latest = sorted(own, key=lambda report: -(report.year or 0))
    found = [match for report in latest if (match := _HABIT[order.kind].search(normalise(report.title).strip()))]
    return f"{order.org}{order.year}{found[0][1] if found else _DEFAULT[order.kind]}"
