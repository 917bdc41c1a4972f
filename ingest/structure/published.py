"""When a report was signed, published or given: from its signature, the page's publication line, or the congress."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure.digits import plain_digits

_DAY = r"((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})\s*(?:[-月/.]\s*(\d{1,2})\s*日?|月)?"
_SIGNED = re.compile(rf"[（(]?\s*{_DAY}\s*[）)]?$")
_MASKED = re.compile(r"[（(]?(?:(?:19|20)[\dxX×_*○]{0,2}[xX×_*○]|[xX×_*]{2,4})\s*年\s*[\dxX×]{1,2}\s*月")
_LINE = re.compile(rf"(?:发布|发文|成文|印发|公开|生成|发稿)(?:时间|日期)?\s*[:：]\s*{_DAY}")
_TIME = re.compile(rf"^(?:时间|日期)\s*[:：]\s*{_DAY}")
_CONGRESS = re.compile(rf"{_DAY}[^。；]{{0,16}}?在?[^。；]{{2,40}}?(?:会议|大会|全会|全体会议)")
_CHINESE_DAY = re.compile(r"(?<=[年月])([一二三]?十?[一二三四五六七八九十])([月日])")
_DIGITS = "零一二三四五六七八九"
_OPENING = 16
_ENDING = 4


def find_published(lines: Sequence[str], furniture: str) -> tuple[str | None, str]:
    """`(2023-01-15, reason)`, as far as day and month are known; None with its reason where nothing says it.

    `lines` are the report's, title included; `furniture` is what the web page had around it. When somebody uploaded a
    copy to a sharing site (上传时间) says nothing of the report.
    """
    texts = [_plain(line.strip()) for line in (*lines[:_OPENING], *lines[_OPENING:][-_ENDING:])]
    for text in reversed(texts[-_ENDING:]):
        signed = _SIGNED.fullmatch(text)
        if signed is not None and _day(signed) is not None:
            return _day(signed), "落款日期"
        if len(text) < 20 and _MASKED.match(text):
            return None, "落款日期已隐去"
    opening = texts[:_OPENING]
    for pattern, source, reason in (
        (_LINE, [*opening, plain_digits(furniture)], "发布日期"),
        (_CONGRESS, [text for text in opening if len(text) <= 80], "会议日期"),
        (_TIME, opening, "正文开头日期"),
    ):
        for text in source:
            found = pattern.search(text)
            if found is not None and _day(found) is not None:
                return _day(found), reason
    return None, "未写明日期"


def _plain(text: str) -> str:
    """二〇二六年一月二十七日 → 2026年1月27日."""
    return _CHINESE_DAY.sub(lambda found: f"{_number(found[1])}{found[2]}", plain_digits(text))


def _number(digits: str) -> int:
    """A Chinese number below a hundred."""
    tens, ten, units = digits.rpartition("十")
    return (_DIGITS.index(tens) if tens else int(bool(ten))) * 10 + (_DIGITS.index(units) if units else 0)


def _day(found: re.Match[str]) -> str | None:
    """The ISO form; None for what is no day of a calendar (2023年13月)."""
    year, month, day = found[1], found[2], found[3]
    if not 1 <= int(month) <= 12 or (day is not None and not 1 <= int(day) <= 31):
        return None
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day is not None else "")
