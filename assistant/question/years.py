"""Years, half-years and relative dates in a question."""

from __future__ import annotations

import re

from assistant.question.types import Half, YearMention

_RANGE = re.compile(r"((?:19|20)\d\d)\s*年?\s*(?:-|—|－|–|~|～|至|到)\s*((?:19|20)\d\d)\s*年?度?")
_FULL = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?![\d.])\s*(?:年度|年)?")
_SHORT_RANGE = re.compile(
    r"(?<![\d.])([0-49]\d)\s*年?\s*(?:-|—|至|到)\s*([0-49]\d)(?:\s*年|(?=这[两三四五六七八九]年))"
)
_SHORT_LIST = re.compile(r"(?<![\d.])([0-4]\d)年?(?:[、,，和与跟])(?=[0-4]\d年)")
_SHORT = re.compile(r"(?<![\d.第近前这过])([0-4]\d)\s*年(?![来间龄])度?")
_LAST_CENTURY = re.compile(r"(?:^|(?<=[\s，,。、和与跟从到在比]))([5-9]\d)\s*年(?![来间龄代])度?")
"""Only where a phrase begins: 建院60年 is an age."""

_HAN = re.compile(r"([一二][〇零○0九一二三四五六七八]{3})\s*年")
_RELATIVE = {
    "大前年": -3, "前年": -2, "去年": -1, "上年": -1, "上一年": -1, "前一年": -1, "今年": 0, "本年": 0, "当年": 0,
    "明年": 1, "来年": 1, "下一年": 1, "下年": 1, "后年": 2,
}  # fmt: skip
_RELATIVE_FORM = re.compile("(?:" + "|".join(sorted(_RELATIVE, key=len, reverse=True)) + ")度?")
_MASKED = re.compile(r"(?:20|19)[xX×＊*_]{1,2}年(?:度)?|20\d[xX×_]年(?:度)?|[xX×]{2,4}年(?:度)?|那一年|哪一?年")
_RECENT = re.compile(r"(?:近|最近|这|过去|前)\s*(两|二|三|四|五|六|几|[2-9])\s*年(?:来|间)?")
_HALF = {"上半年": 1, "下半年": 2, "半年": 1}
_HALF_FORM = re.compile("上半年|下半年|半年")
_SINCE = re.compile(r"((?:19|20)\d\d)年?以来")
_MULTI = re.compile(r"以来|[“\"]?十[一二三四五六]?五[”\"]?(?:时期|期间|规划)?|五年|年均|累计|历年累计")
_WRITTEN_IN = re.compile(
    r"((?:19|20)?\d\d)年?(?:底|年底|末|年终|的?(?:年终)?总结|的?(?:政府)?(?:工作)?报告)[^，。？?\d]{0,8}?(?=(?:19|20)?\d\d年)|((?:19|20)?\d\d)年(?:底|末)(?:写|给|定)"
)
_TOLD_IN = re.compile(
    r"(?<!\d)((?:(?:19|20)\d\d|[0-4]\d))年?(?:初|的)*[^，。？?\d年]{0,6}?(?:政府)?(?:工作)?报告(?:里|中|上|提|说|讲|指|强调|点|怎|对|认为|给出|列)"
)
_BEFORE = r"(?:上一?|去|前一)年度?(?:同期)?"
_AGAINST, _AND, _COMPARED = r"(?:相?比|相?较)[于起]?", "[和与跟同]", "(?:相比|对比|比较|比起来|比)"
_GROWS = re.compile("[增涨升降减]|提高|下滑|[多少](?=了?(?:多少|几))")
_BASE = re.compile(rf"{_AGAINST}{_BEFORE}(?=[^，。？?]{{0,4}}(?:{_GROWS.pattern}))")
_AGAINST_BEFORE = re.compile(rf"{_AGAINST}{_BEFORE}|{_AND}{_BEFORE}{_COMPARED}")
_AGAINST_YEAR = re.compile(rf"{_AGAINST}((?:19|20)\d\d)年(?:同期)?|{_AND}((?:19|20)\d\d)年(?:同期)?{_COMPARED}")
_NEXT_CENTURY = 50
_DIGITS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "几": 3}
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def told_in(text: str) -> int | None:
    """The year of the report whose words a question asks for (22年政府工作报告提到的三重压力, 24年初的报告里怎么说)."""
    found = _TOLD_IN.search(text)
    return None if found is None else _in_full(found[1])


def written_in(text: str) -> int | None:
    """The year of the report that a question points to beside the year it asks about: 2023年底给2024年定的目标."""
    found = _WRITTEN_IN.search(text)
    if found is None:
        return None
    year = int(found[1] or found[2])
    return year if year > 100 else _in_full(f"{year:02}")


def without_comparison(text: str) -> str:
    """A follow-up without the year that it only compares with (比上年增长多少, 与2021年相比)."""
    return _AGAINST_YEAR.sub("", _AGAINST_BEFORE.sub("", text))


def compared(text: str, years: tuple[int, ...], said: str) -> str:
    """A follow-up to a question about `years` (in words: `said`) that compares with another year, with both in words.

    A growth stays a question about those years alone: it is counted from the year before.
    """
    if (found := _AGAINST_YEAR.search(text)) is not None:
        return f"{text[: found.start()]}{said}和{found[1] or found[2]}年{text[found.end() :]}"
    rest = _AGAINST_BEFORE.sub("", text)
    if rest == text or _GROWS.search(rest) or len(years) != 1:
        return rest
    return f"{years[0] - 1}年和{years[0]}年{rest}"


def _in_full(year: str) -> int:
    return int(year) if len(year) == 4 else int(year) + (2000 if int(year) < _NEXT_CENTURY else 1900)


def read_years(text: str) -> YearMention:
    """Everything `text` says about time; two-digit years are of this century up to 49 (25年), else of the last."""
    years: list[int] = []
    offsets: list[int] = []
    spans: list[tuple[int, int]] = []

    def free(found: re.Match[str]) -> bool:
        return all(found.end() <= start or found.start() >= end for start, end in spans)

    spans.extend(found.span() for found in _SINCE.finditer(text))
    for pattern in (_RANGE, _SHORT_RANGE):
        for found in pattern.finditer(text):
            if free(found):
                first, last = _in_full(found[1]), _in_full(found[2])
                if first <= last <= first + 30:
                    years.extend(range(first, last + 1))
                    spans.append(found.span())
    for pattern in (_FULL, _SHORT_LIST, _SHORT, _LAST_CENTURY):
        for found in pattern.finditer(text):
            if free(found):
                years.append(_in_full(found[1]))
                spans.append(found.span())
    for found in _HAN.finditer(text):
        if free(found):
            years.append(int(found[1].translate(_HAN_DIGITS)))
            spans.append(found.span())
    bases = [found.span() for found in _BASE.finditer(text)] if years else []
    for found in _RELATIVE_FORM.finditer(text):
        if free(found) and not any(start <= found.start() < end for start, end in bases):
            offsets.append(_RELATIVE[found[0].removesuffix("度")])
            spans.append(found.span())
    spans.extend(found.span() for found in _MASKED.finditer(text) if free(found))
    recent = None
    if not years and (near := _RECENT.search(text)) and free(near):
        recent = _DIGITS.get(near[1]) or int(near[1])
        spans.append(near.span())
    half: Half | None = None
    for found in _HALF_FORM.finditer(text):
        half = 2 if _HALF[found[0]] == 2 else 1
        if free(found):
            spans.append(found.span())
    multi = _MULTI.search(text) is not None
    found_years, found_offsets = tuple(dict.fromkeys(years)), tuple(dict.fromkeys(offsets))
    return YearMention(found_years, found_offsets, recent, half, multi, tuple(sorted(spans)), tuple(bases))
