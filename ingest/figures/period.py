"""The time that one figure speaks of, where it is another than its section's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.figures.types import Role
from ingest.period import Period
from ingest.structure.periods import five_year_plans
from ingest.types import Part

_YEAR = re.compile(r"((?:19|20)\d\d)\s?年(?!以来|来)(度|上半年|下半年)?")
_SPAN = re.compile(r"((?:19|20)\d\d)\s?年?\s?[-—–~～至到]+\s?((?:19|20)\d\d)\s?年")
_BACK = re.compile(
    r"(?:过去|近|这|前|连续)?([二两三四五])年(?:来|间|年均|平均|累计|共)|(?:过去|近)([二两三四五])年|年均"
)
_COUNTS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_AS_OF = re.compile(r"(?:截至|截止|到|至)(?:目前|今|((?:19|20)\d\d)年)?(?:(\d{1,2})月(?:(\d{1,2})日|底|末|份)?)")
_HALF = re.compile(r"上半年|1[-—至]6月|[一1]至[六6]月")
_LAST = re.compile(r"(?:去年|上年|上一年度?)(?!同期|同比|以来)")
_COMPARED = re.compile(
    r"(?:比|较|同比|是|为)\s?(?:去年|上年|上一年|(?:19|20)\d\d\s?年)[^，。；]{0,4}$|(?:去年|上年)(?:同期)?的?$"
)
_SPEAKS_OF_TIME = re.compile(r"年|月|五[”\"时期以末累]|[-—至]6月")


def period_of(
    sentence: str, near: int, at: int, section: Period | None, part: Part | None, role: Role
) -> tuple[Period | None, str | None]:
    """The period of the figure that begins at `at`, and the date up to which it counts (ISO, as exact as it is given).

    Years named before it in the sentence hold on; 去年 and 上半年 hold only since `near`, where the last number ended.
    `section` is the section's own period: what the sentence does not say is taken from there, and for a baseline the
    year before it.
    """
    lead = sentence[:at]
    own = section
    if _SPEAKS_OF_TIME.search(lead):
        spoken = _COMPARED.sub("", lead)
        own = max(_named(spoken, near, section, part), default=(0, section), key=lambda place: place[0])[1]
    if role == "baseline" and own == section and section is not None and section.first == section.last:
        own = Period(section.first - 1, section.first - 1, section.half)
    return own, _as_of(lead, own)


def _named(spoken: str, near: int, section: Period | None, part: Part | None) -> Iterator[tuple[int, Period]]:
    """Each period named, with where its name ends: the last one holds."""
    for found in _SPAN.finditer(spoken):
        if int(found[1]) < int(found[2]):
            yield found.end(), Period(int(found[1]), int(found[2]))
    for found in _plans().finditer(spoken):
        yield found.end(), Period(*five_year_plans()[found["quoted"] or found["bare"]])
    for found in _YEAR.finditer(spoken):
        year = int(found[1])
        half = {"上半年": 1, "下半年": 2}.get(found[2] or "")
        named = Period(year, year, 1) if half == 1 else Period(year, year, 2) if half == 2 else Period.year(year)
        same = named.half is None and section is not None and section.first == section.last == year
        yield found.end(), section if same and section is not None else named
    if section is None or section.first != section.last:
        return
    if part != "plan":
        for found in _BACK.finditer(spoken):
            count = _COUNTS.get(found[1] or found[2] or "", 5)
            yield found.end(), Period(section.last - count + 1, section.last)
    for found in _LAST.finditer(spoken, near):
        yield found.end(), Period.year(section.first - 1)
    for found in _HALF.finditer(spoken, near):
        yield found.end(), Period(section.first, section.first, 1)


@cache
def _plans() -> re.Pattern[str]:
    """“十四五”, 十四五期间; not “八五”普法, nor the plan itself (规划, 计划), nor its first or last year."""
    names = "|".join(sorted(five_year_plans(), key=len, reverse=True))
    return re.compile(
        rf"(?:[“\"](?P<quoted>{names})[”\"](?!普法)|(?<!十)(?P<bare>{names})(?=时期|期间|以来|累计|年均|末))"
        r"(?:时期|期间|以来|累计|年均|末)?(?!规划|计划|纲要|开局|收官)"
    )


def _as_of(lead: str, period: Period | None) -> str | None:
    found: re.Match[str] | None = None
    for place in _AS_OF.finditer(lead):
        found = place
    if found is None:
        return None
    year = int(found[1]) if found[1] else period.last if period is not None else None
    month = int(found[2])
    if year is None or not 1 <= month <= 12:
        return None
    return f"{year}-{month:02d}" + (f"-{int(found[3]):02d}" if found[3] else "")
