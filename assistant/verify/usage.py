"""Whether a sentence uses its figures as the quotes do.

The number may be right and the sentence wrong: 任务数4480人，实际完成4380人 with the two exchanged, another unit, 以上
for 以下, another indicator's number, a part told as the whole. A figure stands if one of the same value in the quotes
agrees with it in everything; only what both sides say for certain is held against it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence.figures import fits, mentions
from assistant.question.types import Question
from assistant.verify.data import any_of, groups, words
from assistant.verify.ground import STRANGE_NUMBER, Ground
from assistant.verify.indicator import better_said_of, of_another, part_told_as_whole
from assistant.verify.motion import motion
from assistant.verify.readings import Said, readings
from assistant.verify.when import of_another_time
from ingest.clean import normalise
from ingest.figures.types import Role
from ingest.period import Period
from ingest.types import Part

_AMOUNTS = re.compile(
    r"百分之[一二三四五六七八九十百零点两]+|千分之[一二三四五六七八九十百零点两]+|[一二三四五六七八九十两]+分之[一二三四五六七八九十两]+"
    r"|[一二三四五六七八九十两近]+成(?![功立果效为员本绩长熟])|翻[一两三]?番|[一两三四五六七八九十]+倍|过半|一半|半数"
    r"|[一二三四五六七八九十百千万两零]+点[一二三四五六七八九零]+"
)
"""Amounts in words; they must stand in the quotes as they are."""

_AGES = re.compile(r"\d+(?:周岁|岁)(?:及?以[上下内])?")
_BLANK = re.compile(r"\s")

_OPPOSITE: dict[Role, frozenset[Role]] = {
    "target": frozenset({"result", "completion", "baseline", "change"}),
    "result": frozenset({"target"}),
    "completion": frozenset({"target", "change"}),
}
_TOLD_IN_WORDS = re.compile(r"任务|目标|计划|指标数|拟|力争|预计|要求|下达|确保|达到?\d|不低于|以上|控制在")
_TOLD_BEHIND = re.compile(r"的[^，。；]{0,12}(?:任务|目标|计划)")
_OF_A_TASK = re.compile(r"完成|占|达|进度|任务|比例|目标|计划")
_BEFORE = re.compile(r"(?<!占)比(?![例重率])|较|由|从|原|此前|之前|上年|去年|前年|同期")
_DIFFERENCE = re.compile(r"[差缺多少超增减升降高低快涨扩缩翻]")
_JUDGES = re.compile(r"^的?(?:年度|全年)?(?:目标|任务|计划)")
"""低于4480人的任务数: a judgement of the target, not a figure of its own."""

_NO_ABOUT = re.compile(r"[签节预违合解条公特]约为$")

_BOUNDS = ("least", "most", "about")
"""Names in claims.toml of the words for 以上, 以下 and 左右."""


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A figure of a quote, with the part of its report."""

    said: Said
    part: Part | None
    section: Period | None


def misread(text: str, question: Question, ground: Ground) -> str | None:
    """Why a figure of the sentence is used otherwise than in the quotes; None when each use fits."""
    if any(amount not in ground.quotes for amount in _AMOUNTS.findall(text)):
        return "有一句含有出处中没有的数量"
    if any(age not in _BLANK.sub("", ground.quotes + ground.about) for age in _AGES.findall(_BLANK.sub("", text))):
        return "有一句含有出处中没有的年龄段"
    quoted = [
        _Quoted(one, citation.part, period)
        for citation, cleaned in zip(ground.citations, ground.cleaned, strict=True)
        for period in [None if citation.period is None else Period.parse(citation.period)]
        for one in readings(cleaned, citation.part, period)
    ]
    part = next(iter(ground.parts)) if len(ground.parts) == 1 else None
    periods = {one.section for one in quoted}
    section = next(iter(periods)) if len(periods) == 1 else None
    known = f"{ground.about}{question.text}{question.standalone}"
    for said in readings(ground.unnamed(normalise(text)), part, section):
        if said.low is None:
            continue
        same = [one for one in quoted if (one.said.low, one.said.high) == (said.low, said.high)]
        if not same:
            if fault := _unread(said, ground):
                return fault
            continue
        others = [one.said for one in quoted if one not in same]
        faults = [_differs(said, one, others, known, ground) for one in same]
        if all(faults):
            return faults[0]
    return None


def _unread(said: Said, ground: Ground) -> str | None:
    """A count whose number the quotes hold only as something else (60岁), or that is spelled out (两千人)."""
    if not re.search(r"\d", said.text):
        return STRANGE_NUMBER
    if not said.unit:
        return None
    digits = re.match(r"[\d,.]+", said.text)
    found = [one for one in mentions(ground.quotes) if digits and one.text == digits[0]]
    if not found or any(fits(one, said.unit) or not re.match(r"\s*[\u3400-\u9fff]", one.after) for one in found):
        return None
    return "有一句的单位与出处不同"


def _differs(said: Said, quoted: _Quoted, others: Sequence[Said], known: str, ground: Ground) -> str | None:
    one = quoted.said
    if not _same_unit(said.unit, one.unit):
        return "有一句的单位与出处不同"
    if _bound(said) != _bound(one):
        return "有一句改变了出处中“以上”“约”一类的说法"
    if _exchanged(said, one):
        return "有一句把目标和结果弄混了"
    if quoted.part == "plan" and not any_of("promise", said.sentence):
        return "有一句把计划说成了已有的事"
    if _moves_otherwise(said, one):
        return "有一句的升降与出处不一致"
    if of_another_time(said, one, ground.quotes):
        return "有一句的时间范围与出处不同"
    if part_told_as_whole(said, one) or of_another(said, one, others, known) or better_said_of(said, one, others):
        return "有一句把别的指标的数说成了这一项的"
    return None


def _same_unit(said: str, quoted: str) -> bool:
    return (
        said == quoted or not quoted or not said or any(said in group and quoted in group for group in groups("units"))
    )


def _bound(one: Said) -> str:
    if _JUDGES.match(one.behind) and one.comparator in ("低于", "高于", "少于", "多于", "超过", "超", "大于", "小于"):
        return ""
    if one.comparator == "约为" and _NO_ABOUT.search(one.front):
        return ""
    return next((name for name in _BOUNDS if one.comparator in words(name)), "")


def _exchanged(said: Said, quoted: Said) -> bool:
    """Whether the roles differ and the words before both numbers leave no doubt."""
    if said.role == quoted.role:
        return False
    if quoted.role == "completion":
        return said.role in ("target", "result") and _OF_A_TASK.search(said.front + said.behind) is None
    if quoted.role == "baseline":
        return said.period != quoted.period and _BEFORE.search(said.front + said.lead[-12:]) is None
    if said.role == "baseline":
        return _BEFORE.search(quoted.front) is None
    if "change" in (said.role, quoted.role):
        kept = said.front if quoted.role == "change" else quoted.front
        return _DIFFERENCE.search(kept) is None
    told = _TOLD_IN_WORDS.search(said.front) or _TOLD_BEHIND.match(said.behind)
    meant = _TOLD_IN_WORDS.search(quoted.front) or _TOLD_BEHIND.match(quoted.behind)
    return quoted.role in _OPPOSITE.get(said.role, ()) and bool(told) != bool(meant) and said.front != quoted.front


def _moves_otherwise(said: Said, quoted: Said) -> bool:
    told, meant = motion(said.front), motion(quoted.front)
    if told is not None and meant is not None:
        return told != meant
    if told is not None:
        return told.by and not quoted.growth and quoted.role != "change"
    return meant is not None and meant.by and not said.growth and said.role != "change"
