"""A figure (指标) as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ingest.period import Period

Role = Literal["target", "result", "completion", "change", "baseline"]
"""What a figure does: 目标·任务数, 完成数, 完成率 (of the task), 同比, or an earlier value given for comparison."""

Status = Literal["ok", "masked", "doubtful"]


AVERAGE = "年均"
"""The scope, or the end of one, of a yearly average of several years: another figure than any year's."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its unit as it stands at `start:end` of a cleaned text.

    `low` and `high` are equal unless it is a range; both None where digits are masked or it is said in words. 万 and 亿
    are multiplied out and not part of `unit` (110万人: 1100000 人); a percentage stays as written (84.2 %).
    `comparator` is the sign word as written (以上, 左右, 不低于), empty where the value is exact.
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: str
    comparator: str = ""
    masked: bool = False

    @property
    def is_rate(self) -> bool:
        """A share of something, which no count can be compared with."""
        return self.unit in ("%", "‰", "百分点", "成", "倍", "番")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `start:end` are source offsets of number and unit, `text` the cleaned characters there.

    `indicator` is the phrase that says what is counted, `named` its source span (None where it is concluded from the
    sentence before or the heading). `growth`: the number is a rate of change, whatever its role. `period` is the time
    it speaks of, which may be another than its section's (五年来, 去年); `as_of` the date up to which it counts
    (2022-11-20 or 2022-11). `scope` is the place or group that it is limited to (其中农村, 城区), or 年均 for an
    average of years; empty for the whole.
    `reason` says in Chinese why a figure is doubtful or masked.
    """

    start: int
    end: int
    text: str
    value: Value
    indicator: str
    named: tuple[int, int] | None
    role: Role
    growth: bool
    period: Period | None
    as_of: str | None = None
    scope: str = ""
    status: Status = "ok"
    reason: str = ""
