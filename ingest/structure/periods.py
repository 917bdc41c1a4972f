"""The period that a heading or an opening phrase speaks of, given what the report reviews and what it plans."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.period import Period
from ingest.structure.digits import plain_digits
from ingest.types import Kind, Part

_YEAR = r"(?<!\d)((?:19|20)\d\d)"
_SPAN = re.compile(rf"{_YEAR}\s*年?\s*(?:[-—–~～－]+|至|到)\s*((?:19|20)\d\d)\s*年")
_YEARS = re.compile(rf"{_YEAR}\s*年(度)?(上半年|下半年)?")
_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "十": 10}
_BACK = re.compile(
    r"(?:过去(?:的|这)?|近|前|这|刚刚过去的|过去一年和(?:过去)?)([两二三四五十])年|([两二三四五十])年(?:以?来|间|发展|的?(?:实践|奋斗))"
)
_ONE_AND_FIVE = re.compile(r"过去一年(?:和|及|与)")
_AHEAD = re.compile(r"(?:今后|未来|往后)的?([两二三四五十])年")


@dataclass(frozen=True, slots=True)
class Sense:
    """What a stretch of text does and when."""

    part: Part | None
    period: Period | None


NOTHING = Sense(None, None)
"""The sense of what reports nothing and plans nothing: greetings, thanks, signatures, glossaries."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a report looks back on and ahead to; everything is None when its year is unknown.

    `speaking` is the year that 今年 means: a government work report of 2024 says 今年 for the year it plans, a bureau's
    summary of 2024 for the year it reviews.
    """

    review: Period | None = None
    plan: Period | None = None
    speaking: int | None = None
    kind: Kind = "其他"

    @property
    def default_part(self) -> Part | None:
        """The part of text that says nothing about itself."""
        if self.kind == "其他":
            return None
        return "plan" if self.kind in ("计划", "工作要点") else "review"

    def of(self, part: Part | None) -> Period | None:
        """The period of a part."""
        if part is None:
            return self.review if self.kind == "其他" else None
        return self.plan if part == "plan" else self.review


def frame_of(kind: Kind, year: int | None, title: str, says: tuple[int, int] | None = None) -> Frame:
    """The frame of a report of that kind and year.

    政府工作报告 of Y: reviews Y-1, plans Y. 半年总结 of Y: Y-H1 and Y-H2. 计划 and 工作要点 of Y plan Y. All others of
    Y review Y and plan Y+1. A title that names a run of years (2019—2021年工作总结, “十四五”规划) has
    that run. `says` are the years that the report itself says it reviews and plans: they win over what its kind means.
    """
    span = next((period for period in periods_in(title, Frame()) if period.single_year is None), None)
    if year is None:
        planned = span if kind in ("计划", "工作要点") else None
        return Frame(None if planned else span, planned, None, kind)
    if span is not None and kind in ("总结", "总结和计划") and span.last in (year, year - 1):
        return Frame(span, Period.year(span.last + 1), year, kind)
    if span is not None and kind == "计划" and span.first in (year, year + 1):
        return Frame(Period.year(span.first - 1), span, year, kind)
    if says is not None and kind != "半年总结":
        return Frame(Period.year(says[0]), Period.year(says[1]), year, kind)
    whole = Period.year(year)
    first, second = Period(year, year, 1), Period(year, year, 2)
    if kind == "政府工作报告":
        return Frame(Period.year(year - 1), whole, year, kind)
    if kind == "半年总结":
        if "下半年" in title and "上半年" not in title:
            return Frame(second, Period.year(year + 1), year, kind)
        return Frame(first, second, year, kind)
    if kind in ("计划", "工作要点"):
        half = "下半年" in title
        return Frame(first if half else Period.year(year - 1), second if half else whole, year, kind)
    return Frame(whole, Period.year(year + 1), year, kind)


def covered(frame: Frame) -> Period | None:
    """What a report as a whole covers: a plan what it plans, any other what it reviews.

    So a government work report of Y covers Y-1, even where it looks back on five years at the change of a government:
    the year is what it has to account for, and the five years are the periods of its sections.
    """
    return frame.plan if frame.kind in ("计划", "工作要点") else frame.review


def periods_in(text: str, frame: Frame) -> list[Period]:
    """The different periods that a heading names, in its order; empty when it names none."""
    text = plain_digits(text)
    if "《" in text:
        text = re.sub(r"《[^》]*》", "", text)
    places: list[tuple[int, Period]] = []
    for found in _SPAN.finditer(text):
        _add(places, found.start(), int(found[1]), int(found[2]))
    for pattern, (first, last) in _plan_patterns() if "五" in text else ():
        found_plan = pattern.search(text)
        if found_plan is not None:
            _add(places, found_plan.start(), first, last)
    for found in _YEARS.finditer(text):
        year = int(found[1])
        half = {"上半年": 1, "下半年": 2}.get(found[3] or "")
        places.append((found.start(), Period(year, year, 1 if half == 1 else 2 if half == 2 else None)))
    if not places:
        places = _relative(text, frame)
    return list(dict.fromkeys(period for _, period in sorted(places, key=lambda place: place[0])))


def _relative(text: str, frame: Frame) -> list[tuple[int, Period]]:
    places: list[tuple[int, Period]] = []
    if frame.review is None or frame.plan is None or frame.speaking is None:
        return places
    back, ahead = _BACK.search(text), _AHEAD.search(text)
    if _ONE_AND_FIVE.search(text):
        places.append((0, frame.review))
    if back is not None:
        last = frame.review.last
        _add(places, back.start(), last - _COUNT[back[1] or back[2]] + 1, last)
    if ahead is not None:
        first = frame.plan.first
        _add(places, ahead.start(), first, first + _COUNT[ahead[1]] - 1)
    for words, period in (
        ("上半年", Period(frame.speaking, frame.speaking, 1)),
        ("下半年", Period(frame.speaking, frame.speaking, 2)),
        ("今年", Period.year(frame.speaking)),
        ("去年", Period.year(frame.speaking - 1)),
        ("明年", Period.year(frame.speaking + 1)),
        ("来年", Period.year(frame.speaking + 1)),
    ):
        at = text.find(words)
        if at >= 0:
            places.append((at, period))
    return places


def _add(places: list[tuple[int, Period]], at: int, first: int, last: int) -> None:
    if first <= last:
        places.append((at, Period(first, last)))


def mentions(text: str, period: Period, frame: Frame) -> bool:
    """Whether the text speaks of a period by name: “十五五”规划, 2025年, 过去五年."""
    if any(
        span == (period.first, period.last) and re.search(rf"(?<!十){name}", text)
        for name, span in five_year_plans().items()
    ):
        return True
    return period in periods_in(text, frame)


def part_of_period(period: Period, frame: Frame) -> Part | None:
    """Whether a period lies behind or ahead for this report; None where that cannot be said."""
    if frame.review is None or frame.plan is None:
        return None
    if period.half is not None and frame.kind == "半年总结":
        return "review" if period == frame.review else "plan"
    if period.last <= frame.review.last and period != frame.plan:
        return "review"
    return "plan" if period.first >= frame.plan.first else None


@cache
def _plan_patterns() -> tuple[tuple[re.Pattern[str], tuple[int, int]], ...]:
    return tuple(
        (re.compile(rf"[“\"']{name}[”\"'](?!规划|计划)|(?<!十){name}(?:时期|期间)"), span)
        for name, span in five_year_plans().items()
    )


@cache
def five_year_plans() -> dict[str, tuple[int, int]]:
    """The five-year plans by short name: 十四五 → (2021, 2025)."""
    table = tomllib.loads(files("ingest.structure").joinpath("five_year_plans.toml").read_text(encoding="utf-8"))
    return {name: (int(span[0]), int(span[1])) for name, span in table.items()}
