"""The report's own year. A wrong year is worse than none: a masked year (20xx年) is never filled in from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ingest.structure.digits import plain_digits
from ingest.structure.parts import part_title
from ingest.structure.title import Title
from ingest.types import Kind

_MASKED = re.compile(
    r"(?:(?<![\dA-Za-z])(?:19|20)\s?[\dxX×Ｘ*＊_＿○〇◯□?？]{0,2}[xX×Ｘ*＊_＿○〇◯□]|(?<![A-Za-zxX])[xX×Ｘ*＊_＿○◯□]{2,4})\s*年(?!级)"
)
_YEAR = r"(?<![\d.])((?:19|20)\d\d)\s*年"
_RANGE = re.compile(r"((?:19|20)\d\d)\s*年?\s*[-—–~～－至到]+\s*((?:19|20)\d\d)\s*年?")
_BARE_YEAR = re.compile(r"(?<![\dA-Za-z])((?:19|20)\d\d)(?![\dA-Za-z])")
_DATE = re.compile(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?")
_CONGRESS = re.compile(
    r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*\d{1,2}\s*日[^。]{0,12}?在[^。]{2,40}?(?:会议|大会|全会)"
)
_OPENING = (
    re.compile(rf"现[将就把][^。；]{{0,20}}?{_YEAR}"),
    re.compile(
        rf"^[^。；]{{0,12}}?{_YEAR}(?:度|以来|上半年|下半年|来)?(?:[，,是]|全[县市区省镇乡局委院州国]|[^。]{{0,12}}?工作)"
    ),
    re.compile(rf"{_YEAR}度?[^。；，]{{0,16}}?工作(?:情况)?(?:总结|汇报|报告)"),
    re.compile(rf"{_YEAR}[^。]{{0,10}}?(?:是|，)[^。]{{0,40}}?(?:之年|的一年|关键年|攻坚年)"),
)
_HALF = re.compile(rf"{_YEAR}\s*(?:上半年|下半年|1\s*[-—–~～至到]\s*6\s*月)")
_AS_OF = re.compile(rf"截[至止]到?\s*{_YEAR}\s*(?:[6-9]|1[012])\s*月")
_ANNOUNCES = re.compile(
    rf"{_YEAR}[^。；]{{0,24}}?(?:总结|情况|回顾|完成)[^。；]{{0,6}}?(?:和|及|与|、|以及){_YEAR}[^。；]{{0,16}}?(?:计划|安排|打算|思路|任务|重点工作)"
)
_PUBLISHED = re.compile(r"(?:发布|发文|成文|印发)(?:时间|日期)?\s*[:：]\s*((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})")
_PLANS: tuple[Kind, ...] = ("计划", "工作要点", "政府工作报告")


def find_year(
    title: Title,
    kind: Kind,
    headings: Sequence[str],
    text: str,
    path: Path,
    furniture: str = "",
) -> tuple[int | None, str]:
    """The year and its reason.

    In this order: the report's own title, its top headings, its opening words and dates, and, only where none of
    these shows a masked year, the declared title, the file's name, its folder and an official publication date.
    """
    text = plain_digits(text)
    opening = text[:700]
    own_title = plain_digits(title.text) if title.in_text else ""
    heads = [plain_digits(heading) for heading in headings]
    by_heads = _by_headings(heads, kind)
    by_opening = _by_opening(opening, kind)
    by_title = _by_title(own_title, kind)
    masked = _MASKED.search(own_title) or any(_MASKED.search(head) for head in heads) or _MASKED.search(opening)
    if masked and by_heads is None and by_opening is None:
        return None, "原文年份已隐去"
    for year, reason in ((by_title, "标题"), (by_heads, "小标题"), (by_opening, "正文")):
        if year is not None:
            return year, reason
    if len(_MASKED.findall(text)) > 0:
        return None, "原文年份已隐去"
    by_count = {int(year) for year in _AS_OF.findall(text)}
    if len(by_count) == 1 and kind in ("总结", "总结和计划", "半年总结"):
        return by_count.pop(), "正文截止日期"
    by_date = _by_signature(text[-160:], kind)
    if by_date is not None:
        return by_date, "落款日期"
    for name, reason in _elsewhere(title, path):
        year = year_of_name(name, kind)
        if year is not None:
            return year, reason
    published = _PUBLISHED.search(plain_digits(furniture))
    if published is not None and kind != "其他":
        return _spoken(int(published[1]), int(published[2]), kind), "发布日期"
    return None, "未写明年份"


def _elsewhere(title: Title, path: Path) -> list[tuple[str, str]]:
    declared = [] if title.in_text else [(plain_digits(title.text), title.reason)]
    return [*declared, (path.stem, "文件名"), (path.parent.name, "文件夹名")]


def _by_title(title: str, kind: Kind) -> int | None:
    """2022年工作总结和2023年工作计划 → 2022; 2021—2023年总结 → 2023."""
    span = _RANGE.search(title)
    if span is not None:
        return int(span[2])
    years = [int(year) for year in re.findall(_YEAR, title)]
    if not years and kind != "其他":
        years = [int(year) for year in _BARE_YEAR.findall(title)]
    return years[0] if years else None


def _by_headings(headings: Sequence[str], kind: Kind) -> int | None:
    """From headings such as 2023年工作回顾 and 2024年工作安排, read in the way of this kind of report."""
    votes: list[int] = []
    named: list[int] = []
    for heading in headings:
        heading = re.sub(r"《[^》]*》", "", heading)
        years = [int(year) for year in re.findall(_YEAR, heading)]
        if not years or _RANGE.search(heading):
            continue
        named.append(years[0])
        part = part_title(heading)
        if part == "plan":
            votes.append(years[0] if kind in _PLANS else years[0] - 1)
        elif part in ("review", "problem"):
            votes.append(years[0] + 1 if kind in _PLANS else years[0])
    if votes:
        return max(set(votes), key=lambda year: (votes.count(year), -votes.index(year)))
    if kind == "政府工作报告" and named:
        return max(named) if len(set(named)) > 1 else None
    return None


def _by_opening(opening: str, kind: Kind) -> int | None:
    if kind == "政府工作报告":
        congress = _CONGRESS.search(opening)
        if congress is None:
            return None
        return int(congress[1]) + (1 if int(congress[2]) >= 11 else 0)
    if kind == "其他":
        return None
    patterns = (_HALF, *_OPENING) if kind == "半年总结" else _OPENING
    for paragraph in opening.split("\n")[:4]:
        for pattern in patterns:
            found = pattern.search(paragraph)
            if found is not None:
                return int(found[1])
    return None


def _by_signature(ending: str, kind: Kind) -> int | None:
    dates = _DATE.findall(ending)
    if not dates or kind == "其他":
        return None
    year, month, _ = dates[-1]
    return _spoken(int(year), int(month), kind)


def _spoken(year: int, month: int, kind: Kind) -> int:
    """The year that a report dated so speaks of: summaries are written up to March, plans from November on."""
    if kind in _PLANS:
        return year + 1 if month >= 11 else year
    return year - 1 if month <= 3 else year


def year_of_name(name: str, kind: Kind) -> int | None:
    """The year that a file's or a folder's name says."""
    name = plain_digits(name)
    found = _BARE_YEAR.search(name)
    return _by_title(name, kind) or (int(found[1]) if found is not None else None)


def years_said(headings: Sequence[str], lines: Sequence[str]) -> tuple[int, int] | None:
    """The years that a report says it reviews and plans: 2023年工作回顾 … 2024年工作安排, 2023年总结和2024年计划.

    None unless both are said and the one follows the other.
    """
    reviews, plans = set[int](), set[int]()
    for heading in headings:
        heading = re.sub(r"《[^》]*》", "", plain_digits(heading))
        years = {int(year) for year in re.findall(_YEAR, heading)}
        part = part_title(heading)
        if len(years) == 1 and not _RANGE.search(heading) and part in ("review", "plan"):
            (reviews if part == "review" else plans).update(years)
    if not reviews or not plans:
        announced = _ANNOUNCES.search(plain_digits("\n".join(lines[:6]))[:1200])
        if announced is not None:
            reviews, plans = {int(announced[1])}, {int(announced[2])}
    said = (min(reviews), max(plans)) if len(reviews) == len(plans) == 1 else None
    return said if said is not None and said[1] == said[0] + 1 else None
