"""Headings as topics: without number, year, figure and what is out of date; which ones only say what part they open."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from ingest.clean import normalise
from ingest.structure.numbering import numbering_at

LONGEST = 34
"""Characters of a heading that is proposed; what runs on is text."""

_GENERIC = re.compile(
    r"(?:工作|总结|回顾|小结|计划|规划|安排|打算|思路|重点|主要|任务|目标|总体|要求|预期|下一步|下一阶段|下阶段|下步|明年|来年|今年|去年|过去|一年|本年|全年|年度"
    r"|上半年|下半年|半年|[上中下]旬|情况|成效|成绩|成就|存在|问题|困难|不足|做法|举措|措施|建议|意见|关于|方面|具体|今后|未来|几|年来|发展|经济社会|奋斗|贯彻|落实"
    r"|指导思想|基本|思想|方向|时期|五年|的|和|及|与|暨|以及|我[局委院县市区省]|全[局委院县市区省]|政府|卫生健康|卫健|方案|设想|展望|做好|完成|各项|开展|推进|抓好|突出|重大|(?:一|二|三)是"
    r"|[“”\"（）()、，,：:\s—\-]|第?[一二三四五六七八九十]+(?:五|次|届|个)?)+"
)
_YEAR = re.compile(
    r"(?:在|到)?(?:19|20)(?:\d\d|\d?[xX×_*]{1,2})[—\-~至]?(?:(?:19|20)\d\d)?年?度?的?|\d\d年度|[xX×_*]{2,4}年度?"
)
_NOW = re.compile(r"^(?:今年|明年|去年|本年度?|全年|上半年|下半年|下一步|下阶段|来年)(?:要|将|重点)?[，,、]?")
_CLAUSE = re.compile(r"[，,；;]")
_FIGURE = re.compile(r"\d|[xX×_*]{2}|百分之|[一二三四五六七八九十]+个(?:百分点|亿|万)")
_STALE = re.compile(r"收官|开局|起步之年|换届|周年|首年|元年|决胜之年")
_PLAN_PERIOD = re.compile(r"[“\"]?(十?[一二三四五六七八九十]五)[”\"]?(?:规划|时期|期间|末)?")
_SLOGAN = re.compile(
    r"^(?:坚持)?以.{0,30}?(?:思想|精神|理论).{0,20}(?:指导|指引|引领|统领)|^高举|^深入学习贯彻|^全面贯彻(?:落实)?(?:党的|习)"
)
_TRAIL = re.compile(r"[。．.：:；;，,、\s　]+$")
_LEADS = re.compile(
    r"^(?:(?:着力|全力|大力|努力|聚焦|聚力|持续|坚持|坚定不移|切实|全面|深入|扎实|进一步|加快|加强|推进|推动|深化|强化|做好|抓好|积极)(?:地)?)+"
)


def clean_heading(heading: str, year: int | None = None) -> str:
    """A heading as it may stand in a plan for `year`; empty where nothing of it may.

    Clauses with figures, with a five-year plan that is over or an occasion of one year are left out, and what runs on
    beyond two clauses.
    """
    text = _unnumbered(heading.strip())
    text = _NOW.sub("", _YEAR.sub("", text)).strip(" 　，,、")
    kept = [
        clause.strip()
        for clause in _CLAUSE.split(text.partition("。")[0])
        if clause.strip() and not _out_of_date(normalise(clause), year)
    ]
    while len(kept) > 1 and len("，".join(kept)) > LONGEST:
        kept.pop()
    name = _TRAIL.sub("", "，".join(kept))
    return name if 2 <= len(name) <= LONGEST + 10 and name.count("“") == name.count("”") else ""


def is_generic(heading: str, names: Iterable[str] = ()) -> bool:
    """Whether a heading only says what part it opens (三、重点工作); `names`: the body's own, which say nothing."""
    text = _YEAR.sub("", _unnumbered(normalise(heading).strip()))
    text = _PLAN_PERIOD.sub("", text)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    text = _TRAIL.sub("", text).strip()
    return not text or _GENERIC.fullmatch(text) is not None


def is_slogan(heading: str) -> bool:
    """以…思想为指导: an opening, no topic."""
    return _SLOGAN.search(_unnumbered(heading)) is not None


def core(heading: str) -> str:
    """What a heading is about, without the verbs that open its clauses."""
    return "".join(_LEADS.sub("", clause) or clause for clause in _CLAUSE.split(normalise(heading)))


def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters of a text, punctuation left out."""
    letters = re.sub(r"[^\w]", "", normalise(text))
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1)) or frozenset({letters})


def dice(left: frozenset[str], right: frozenset[str]) -> float:
    """Share of pairs in common, 0 to 1 (Dice 1945)."""
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _unnumbered(text: str) -> str:
    for _ in range(2):
        number = numbering_at(text)
        text = text[number.end :] if number is not None else text
    return re.sub(r"^[一二三四五六七八九十]+(?:是|要)(?=[^\s务])", "", text).strip()


def _out_of_date(clause: str, year: int | None) -> bool:
    if _FIGURE.search(clause) or _STALE.search(clause):
        return True
    return year is not None and any(
        not first <= year <= last
        for found in _PLAN_PERIOD.finditer(clause)
        for first, last in [_plan_periods().get(found[1], (year, year))]
    )


@cache
def _plan_periods() -> dict[str, tuple[int, int]]:
    text = files("ingest.structure").joinpath("five_year_plans.toml").read_text(encoding="utf-8")
    return {name: (first, last) for name, (first, last) in tomllib.loads(text).items()}
