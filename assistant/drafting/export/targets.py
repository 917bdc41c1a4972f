"""The table of targets: what the order's facts say of each indicator, values as written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.drafting.types import Fact, Manuscript, OrderKind

TABLE_NAME = "主要指标目标表"
_NOTHING = "—"
_OWN = "起草单位提供"


@dataclass(frozen=True, slots=True)
class TargetTable:
    """Header and rows of equal length."""

    header: tuple[str, str, str, str]
    rows: tuple[tuple[str, str, str, str], ...]


_COLUMNS: dict[OrderKind, tuple[str, str]] = {
    "总结": ("本年目标", "本年完成"),
    "下半年工作安排": ("已完成", "目标"),
}
"""What the two middle columns are called; the result comes first in a plan and last in a review."""


def target_table(manuscript: Manuscript) -> TargetTable | None:
    """None where no fact holds a target."""
    facts = [fact for fact in manuscript.order.facts if fact.target]
    if not facts:
        return None
    kind = manuscript.order.kind
    first, second = _COLUMNS.get(kind, ("上年完成", "本年目标"))
    rows = []
    for fact in facts:
        result, target = fact.result or _NOTHING, fact.target or _NOTHING
        values = (target, result) if kind == "总结" else (result, target)
        rows.append((fact.indicator or fact.text, *values, _source(manuscript, fact)))
    return TargetTable(("指标", first, second, "来源"), tuple(rows))


def _source(manuscript: Manuscript, fact: Fact) -> str:
    """The report that holds the result, if it is cited, and who gave the target."""
    if fact.result and fact.indicator:
        value = re.compile(rf"(?<![\d.]){re.escape(fact.result)}")
        for citation in manuscript.citations:
            if fact.indicator in citation.quote and value.search(citation.quote):
                return f"完成数见《{citation.report}》；目标由{_OWN}"
    return _OWN
