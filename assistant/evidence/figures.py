"""Numbers as they stand in a text: enough to tell whether a sentence holds the figure asked for, and to verify one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.clean import normalise

_NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SIGN = re.compile(r"(万|亿|%|‰|年|月|日)")
_MASKED = re.compile(
    r"(?<![A-Za-z])[xX×＊*]{1,8}(?:\.[xX×＊*]+)?(?=\s*(?:%|％|万|亿|余|多|人|名|例|件|起|个|家|所|张|条|份|场|次|元|户|项|支|月|日|年|岁|倍|平方|㎡|亩|袋|种|类|批|台|辆|间|位|号|床|分))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS_ON = re.compile(r"[-—–－～~至]+\s*(?:19|20)\d\d(?:年|$|[^\d人名例件个])")
_YEARS_BEFORE = re.compile(r"(?:19|20)\d\d年?[-—–－～~至]+$")
_HAN_NUMBER = re.compile(
    r"[〇零一二三四五六七八九十百千两]+(?:[.点][一二三四五六七八九零]+)?(?=万|亿|余|多|个|人|名|家|所|件|项|次|起|成|倍|月|级|类|张|条|批|场|种|支|户|例|座|处|台)"
)
_PEOPLE = re.compile(r"(?:人口|人员|人数|人群|患者|职工|学生)(?:为|达|达到|约|有|近|超|超过|突破)?\s*$")
_MEASURED = re.compile(r"[\u4e00-\u9fff%％‰]")
"""Persons need no measure word behind their name: 参合人口8.14亿，."""

_SAME = [
    {"人", "名", "例", "位", "人次", "人份", "对", "户"},
    {"人次", "人", "次", "例"},
    {"个", "家", "所", "项", "处", "座", "支", "类", "种", "名", "批", "件"},
    {"份", "人", "人份"},
    {"件", "起", "项", "个", "份", "条", "宗"},
    {"家", "所", "个", "户", "间"},
    {"户次", "户", "家次", "次", "家"},
    {"针次", "剂次", "剂", "针"},
    {"次", "场", "期", "场次", "批", "人次", "批次", "轮"},
    {"份", "张", "条", "人份", "册"},
]


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A number in a text: its written form, span, and what stands around it. `masked`: x in place of digits.

    `before` ends and `after` begins at the number: the unit follows it (4380人) or names it (签约人数2031万).
    """

    text: str
    start: int
    end: int
    before: str
    after: str
    masked: bool


def mentions(text: str) -> list[FigureMention]:
    """Every number of `text`, Arabic, Chinese (before a measure word) or masked, in order."""
    found = []
    for pattern, masked in ((_NUMBER, False), (_HAN_NUMBER, False), (_MASKED, True)):
        for match in pattern.finditer(text):
            start, end = match.span()
            found.append(
                FigureMention(match[0], start, end, text[max(0, start - 6) : start], text[end : end + 6], masked)
            )
    return sorted(found, key=lambda mention: mention.start)


def holds_figure(text: str) -> bool:
    """Whether `text` holds a figure that may answer 多少: dates, ordinals and the 一 of 一批 or 一件事 are none."""
    return any(not _is_none(mention) for mention in mentions(text))


def _is_none(mention: FigureMention) -> bool:
    before, after = mention.before.rstrip(), mention.after.lstrip()
    if before.endswith("第") or after.startswith(("月", "日", "届")) or (mention.masked and after.startswith("年")):
        return True
    if mention.text == "一":
        return after.startswith(("批", "件", "个", "项", "种", "类", "次", "系列", "条"))
    if _YEAR.fullmatch(mention.text) is None:
        return False
    return after.startswith("年") or bool(_YEARS_ON.match(after)) or bool(_YEARS_BEFORE.search(before))


def is_countable(unit: str) -> bool:
    """Whether a measure word can be demanded of an answer; a rank (几级) or a month may be put in other words."""
    return unit in ("%", "元", "亿", "万") or any(unit in group for group in _SAME)


def has_unit(text: str, unit: str) -> bool:
    """Whether `text` holds a figure (masked or not) with the measure word `unit` or one that counts the same things."""
    return any(fits(mention, unit) for mention in mentions(text))


def fits(mention: FigureMention, unit: str) -> bool:
    """Whether one figure has the measure word `unit`."""
    after = re.sub(r"^\s*(?:余|多|来|几|左右|以上)?(?:万|亿|千|百)?(?:余|多)?", "", mention.after)
    whole = mention.after.lstrip()
    if unit == "%":
        return whole.startswith(("%", "％", "个百分点", "‰")) or after.startswith(("成", "倍"))
    if whole.startswith(("%", "％")):
        return False
    if unit == "元":
        return after.startswith(("元", "美元", "欧元")) or whole.startswith(("万元", "亿元"))
    if unit in ("亿", "万"):
        return whole.startswith(unit)
    if unit in ("月", "号", "年", "岁", "天", "日"):
        return after.startswith(unit)
    if re.search(rf"{re.escape(unit)}数(?:量|为|达|达到|约|是)?\s*[:：]?$", mention.before):
        return True
    if unit == "人" and _PEOPLE.search(mention.before) and not _MEASURED.match(after):
        return True
    wanted = {unit}.union(*(group for group in _SAME if unit in group))
    return any(after.startswith(word) for word in wanted)


def bound_numbers_in(text: str) -> set[str]:
    """The Arabic numbers of `text` with what changes their value: 110万 is not 110, 84.2% not 84.2, 12月 not 12.

    One written form: half-width, no thousands separators.
    """
    return {
        found[0].replace(",", "") + (sign[1] if (sign := _SIGN.match(plain, found.end())) else "")
        for plain in [normalise(text)]
        for found in _NUMBER.finditer(plain)
    }


def numbers_in(text: str) -> set[str]:
    """The Arabic numbers of `text` in one written form: half-width, no thousands separators."""
    return {match[0].replace(",", "") for match in _NUMBER.finditer(normalise(text))}


def same_measure(one: str, other: str) -> bool:
    """Whether two measure words count the same things; an empty one says nothing."""
    if not one or not other or one == other:
        return True
    return any(one in group and other in group for group in _SAME)
