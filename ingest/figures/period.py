"""The time that one figure speaks of, where it is another than its section's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.figures.numerals import chinese_number
from ingest.figures.types import Role
from ingest.period import Period
from ingest.structure.periods import five_year_plans
from ingest.types import Part

_YEAR = re.compile(r"((?:19|20)\d\d)\s?年(?!以来|来)(度|上半年|下半年)?")
_SPAN = re.compile(r"((?:19|20)\d\d)\s?年?\s?[-—–~～至到]+\s?((?:19|20)\d\d)\s?年")
_BACK = re.compile(
    r"(?:过去|近|这|前|连续)?(?<![\d.第])(?P<n>[一二两三四五六七八九十]{1,3}|\d{1,2})年(?:来(?!首|最|新|第一|未)|间|里|年均|平均|累计|共|新?增|连跨|跨越|翻)|(?:过去|近|这)的?(?P<near>[二两三四五六七八九十]|(?<!\d)\d)年"
    r"|年均(?!浓度|气温)|(?<!\d)年平均(?!浓度|气温)|平均每年"
)
_AHEAD = re.compile(r"(?:今后|未来)(?P<n>[二两三四五])年")
_SINCE = re.compile(r"((?:19|20)\d\d)\s?年(?:以来|来)")
_FROM_TO = re.compile(
    r"(?:从|由)[^，。；]{0,8}?((?:19|20)\d\d)\s?年[^。；]*?(?:到|至|为)[^，。；]{0,6}?((?:19|20)\d\d)\s?年"
)
"""从2020年的…增长到2025年的…: of one clause, whose years say nothing of the next one."""

_RISEN_FROM = re.compile(
    r"(?:从|由)[^，。；]{0,8}?(?:19|20)\d\d\s?年"
    r"(?=[^。；，]{1,24}?(?:[增升提扩跃降减缩涨]|提高|扩大|下降|减少)[^，。；]{0,2}(?:到|至))"
)
"""由2020年的3亿元增加到…: what it has risen to is of the present year."""

_BESIDE = re.compile(r"(?:与|和|同)(?:19|20)\d\d\s?年[末底]?相比|(?:比|较)[“\"]?十[一二三四五]?五[”\"]?(?:时期|期)?末")
_TOTAL = re.compile(r"累计(?![^，。；]*全年)")
_VERSUS = re.compile(
    r"(?:比|较)\s?((?:19|20)\d\d)\s?年[^，。；]{0,12}$|(?:与|和|同|较)((?:19|20)\d\d)\s?年[末底]?相比[，,]?[^，。；]{0,16}$"
    r"|(?:比|较|与)(?P<ago>[二两三四五])年前[^，。；]{0,12}$"
    r"|(?:比|较)[“\"]?(?P<plan>十[一二三四五]?五)[”\"]?(?:时期|期)?末[^，。；]{0,12}$"
)
_MOVES_ON = re.compile(r"今年|去年|上年|[本全当]年|年内|一年来|过去一年|(?:19|20)\d\d\s?年|半年|季度|目前|截至")
_AS_OF = re.compile(r"(?:截至|截止|到|至)(?:目前|今|((?:19|20)\d\d)年)?(?:(\d{1,2})月(?:(\d{1,2})日|底|末|份)?)")
_HALF = re.compile(r"上半年|1[-—至]6月|[一1]至[六6]月")
_LAST = re.compile(r"(?:去年|上年|上一年度?)(?!同期|同比|以来)")
_COMPARED = re.compile(
    r"(?:比|较|同比|是|为)\s?(?:去年|上年|上一年|(?:19|20)\d\d\s?年)[^，。；]{0,4}$|(?:去年|上年)(?:同期)?的?$"
)
_FIVE = 5
_OPENING = re.compile(
    r"(?P<head>[^，,；;：:。]{2,15})(?:[，,]|(?<=年)是)"
    r"|(?=[^，,；;。]{0,40}(?:目标|如下|成就|变化|成效)[^，,；;：:。]{0,4}[：:])(?P<aims>[^，,；;：:。]{2,44})[：:]"
)
"""五年来，; 过去五年是…; 今后五年的主要目标是："""


_SPEAKS_OF_TIME = re.compile(r"年|月|五[”\"时期以末累]|[-—至]6月")


def period_of(
    sentence: str,
    near: int,
    at: int,
    section: Period | None,
    part: Part | None,
    role: Role,
    *,
    growth: bool = False,
    average: bool = False,
) -> tuple[Period | None, str | None]:
    """The period of the figure that begins at `at`, and the date up to which it counts (ISO, as exact as it is given).

    Years named before it in the sentence hold on; 去年 and 上半年 hold only since `near`, where the last number ended.
    `section` is the section's own period, or the run of years its paragraph speaks of: what the sentence does not say
    is taken from there, and for a baseline the year before it. A change since an earlier year (比2020年增长) and an
    `average` of years are of the whole run of years.
    """
    lead = sentence[:at]
    own = section
    if _SPEAKS_OF_TIME.search(lead):
        plain = _COMPARED.sub("", lead)
        spoken = _FROM_TO.sub(lambda found: _blank(found) if "，" in plain[found.end() :] else found[0], plain)
        spoken = _BESIDE.sub(_blank, _RISEN_FROM.sub(_blank, spoken))
        named = list(_named(spoken, near, section, part))
        if _TOTAL.search(lead, near):  # 五年来，…，到2025年累计…
            named = [place for place in named if place[1].single_year is None] or named
        own = max(named, default=(0, section), key=lambda place: place[0])[1]
    if role == "baseline" and own == section and section is not None and section.first == section.last:
        own = Period(section.first - 1, section.first - 1, section.half)
    as_of = _as_of(lead, own)
    if growth and own is not None:
        own = _since_earlier(lead, own)
    if average and own is not None and own.first == own.last:
        own = _around(own, section, part)
    return own, as_of


def opened_run(sentence: str, section: Period | None, part: Part | None) -> Period | None:
    """The run of years that the beginning of a sentence (五年来，) sets for its paragraph; None where it sets none."""
    found = _OPENING.match(sentence)
    if found is None or section is None:
        return None
    head = found["head"] or found["aims"]
    if not _SPEAKS_OF_TIME.search(head):
        return None
    runs = [(end, period) for end, period in _named(head, 0, section, part) if period.single_year is None]
    end, period = max(runs, default=(0, None), key=lambda place: place[0])
    return period if period is not None and not _MOVES_ON.search(head[end:]) else None


def years_ahead(section: Period | None) -> Period | None:
    """The years that an average in a plan is of where it does not say."""
    if section is None or section.single_year is None:
        return section
    return Period(section.first, section.first + _FIVE - 1)


def _blank(found: re.Match[str]) -> str:
    """As many characters that say nothing, so that places stay where they were."""
    return "　" * len(found[0])


def moves_on(sentence: str) -> bool:
    """Whether a sentence names a time of its own, which ends what its paragraph began with."""
    return _MOVES_ON.search(sentence) is not None


def _since_earlier(lead: str, own: Period) -> Period:
    """The years from the one that a change is told against, where that is not just the year before."""
    versus = _VERSUS.search(lead)
    if versus is not None:
        year = own.last - (chinese_number(versus["ago"]) or 0) if versus["ago"] else 0
        year = year or (five_year_plans()[versus["plan"]][1] if versus["plan"] else int(versus[1] or versus[2]))
        return Period(year, own.last) if year < own.last - 1 else own
    for found in _FROM_TO.finditer(lead):
        first, last = int(found[1]), int(found[2])
        if own == Period.year(last) and first < last - 1 and not re.search("同比|上年|去年", lead[found.end() :]):
            return Period(first, last)
    return own


def _around(own: Period, section: Period | None, part: Part | None) -> Period:
    """The years that an average told beside a single one is of: those up to it; in a plan those from now on."""
    if section is not None and section.first < section.last:
        return section
    if part == "plan" and section is not None:
        return Period(section.first, own.last if own.last > section.first else own.last + _FIVE - 1)
    return Period(own.last - _FIVE + 1, own.last)


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
    for found in _AHEAD.finditer(spoken):
        yield found.end(), Period(section.first, section.first + (chinese_number(found["n"]) or _FIVE) - 1)
    if part != "plan":
        for found in _BACK.finditer(spoken):
            count = _count(found["n"] or found["near"])
            if count > 1:
                yield found.end(), Period(section.last - count + 1, section.last)
        for found in _SINCE.finditer(spoken):
            if int(found[1]) < section.last:
                yield found.end(), Period(int(found[1]), section.last)
    for found in _LAST.finditer(spoken, near):
        yield found.end(), Period.year(section.first - 1)
    for found in _HALF.finditer(spoken, near):
        yield found.end(), Period(section.first, section.first, 1)


def _count(written: str | None) -> int:
    """How many years; an average that does not say is of five."""
    if written is None:
        return _FIVE
    return int(written) if written.isdigit() else chinese_number(written) or 0


@cache
def _plans() -> re.Pattern[str]:
    """“十四五”, 十四五期间; not “八五”普法, nor the plan itself (规划, 计划), nor its first or last year."""
    names = "|".join(sorted(five_year_plans(), key=len, reverse=True))
    return re.compile(
        rf"(?:[“\"](?P<quoted>{names})[”\"](?!普法)|(?<!十)(?P<bare>{names})(?=时期|期间|以来|累计|年均|末))"
        r"(?:时期|期间|以来|累计|年均|末)?(?!规划|计划|纲要|[^，。；]{0,4}(?:开局|收官|起步|开门红))"
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
