"""What sort of answer is wanted: intent, role, unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.data import table
from assistant.question.segment import tagged
from assistant.question.types import BodyMention, Intent, Role, YearMention
from assistant.question.unmet import asks_unmet
from ingest.types import Part

_UNIT = re.compile(
    r"(?:多少|(?<!哪)几|第几)(?:万|亿)?([人户例批场班针剂车床]次|人份|人|户|件|起|个(?!亿|万)|家|所|张|条|份|场|次|例|名|支|种|类|项|批|台|辆|间|亩|平方米|平米|公里|吨|元|万元|亿元|块钱|钱|级|月份|月|号|天|年|岁|届|层|位|类)"
)
_MAGNITUDE = re.compile(r"(?:多少|几)个?(亿|万)(?![人元次份户吨亩])")
_POINTS = re.compile(r"百分之(?:多少|几)|(?:多少|几)个?百分点")
_RATE = re.compile(r"[\u4e00-\u9fff]{0,6}(?:率|比例|占比|增速|增幅|百分之|覆盖面|增得快|涨幅)")
_PROMISED = re.compile(
    r"(?:计划|拟|打算|准备|预计|争取|力争|要|应该|应)(?:要)?(?:完成|达到|做到|实现|做|到)|做到什么程度|目标(?:是|怎么|定|多少)|什么目标"
)
_OUTCOME = re.compile(r"实际|做了|完成了|完成没|完成得|完成情况|结果|达标|超额|咋样|怎么样|兑现|差不差")
_AGAINST = re.compile(
    r"(?:离|距离?|比|较)(?:年初|年度|预期|既定|原定|定的|的)*(?:目标|任务|计划)"
    r"|(?:计划|目标|任务)(?:数|值)?[与和跟、及](?:实际|完成|结果)"
)
"""Sets what was reached against what was promised."""
_WHICH_ONES = re.compile(r"哪[两二三四五六七八九十几\d]")
_WHAT_WAS_DONE = re.compile(
    r"(?:做|干|搞|抓|开展|推进|采取|取得|完成)了?(?:过)?(?:哪些|什么|啥)(?:主要|重点|具体)?(?:工作|事|举措|措施|成绩|成效|进展)?"
    r"|(?:有|取得)?(?:哪些|什么)(?:主要|重点|具体|新)?(?:成绩|成效|亮点|进展|成果)|(?:成绩|成效|亮点|进展|成果)(?:有|是)(?:哪些|什么)"
)
_PRIORITIES = re.compile(
    r"(?:重点|主要|中心)(?:工作|任务)|工作(?:目标|任务|重点)|要(?:做|干|抓|办)(?:哪些|什么|啥)|重点(?:抓|做|干)"
)
"""What is to be done, whatever it is."""
_PAST = re.compile(r"完成|情况|进展|成效|成绩|做了|干了|回顾|怎么样|咋样|如何")
_HOW_MANY = re.compile(r"(?<![哪好十])几(?![乎何])")
_AROUND = re.compile(r"[\s，,。？?：:]|^的|的?(?:情况|呢|数据)?[？?。]*$")
_MONEY = {"钱", "块钱", "元", "万元", "亿元"}


def has_cue(text: str, name: str) -> bool:
    """Whether `text` holds one of the cues of that name in data/cues.toml."""
    cues = table("cues")
    if name != "completion":
        for word in cues["not_cues"]:
            text = text.replace(word, "")
    return any(cue in text for cue in cues[name])


def read_unit(text: str) -> str | None:
    """The measure word asked for: 人, 件, 元 (any money), 月, 级 …; `%` for a rate; None when left open."""
    if _POINTS.search(text):
        return "%"
    if found := _UNIT.search(text):
        return "元" if found[1] in _MONEY else ("月" if found[1] == "月份" else found[1])
    if found := _MAGNITUDE.search(text):
        return found[1]
    rate = _RATE.search(text)
    if rate and not re.search(r"率(?:先|领)", text):
        return "%"
    return None


def asks_problems(text: str) -> bool:
    """Whether a question is for what is wanting."""
    return asks_unmet(text) or (
        has_cue(text, "problem") and not has_cue(text, "plan") and not re.search(r"补|解决|化解|整改", text)
    )


def read_role(text: str) -> Role | None:
    """Whether the question wants the promise, the outcome, or both."""
    if _AGAINST.search(text):
        return "both"
    target = has_cue(text, "target") or _PROMISED.search(text) is not None
    if _PROMISED.search(text) and not re.search(
        r"实际|做了|完成了|完成没|完成得|完成情况|结果|达标|超额|咋样|怎么样|兑现|差不差", text
    ):
        return "target"
    completion = has_cue(text, "completion")
    if target and (completion or re.search(r"(?<!要)(?<!计划)完成|实际|结果|做了|实现", text)):
        return "both"
    if completion:
        return "both" if re.search(r"完成没|完成了[吗没]|达标|超额|完成情况|没完成|兑现", text) else "result"
    if target:
        return "target"
    if re.search(r"实际|做了|完成|达到了|增长了|结果|实现了", text):
        return "result"
    return None


def read_intent(text: str, years: YearMention, bodies: tuple[BodyMention, ...], role: Role | None) -> Intent:
    """The shape of the answer."""
    several_years = len(years.years) + len(years.offsets) > 1
    if has_cue(text, "trend") or years.recent is not None or len(years.years) > 2:
        return "trend"
    if len(bodies) > 1 or has_cue(text, "compare") or several_years:
        return "compare" if len(bodies) > 1 or several_years else "fact"
    if role == "both":
        return "target_vs_result"
    if asks_unmet(text):
        return "fact"
    if _WHICH_ONES.search(text):
        return "list"
    if _WHAT_WAS_DONE.search(text):
        return "overview"
    if has_cue(text, "plan") and read_unit(text) is None:
        return "plan"
    if has_cue(text, "list"):
        return "list"
    if has_cue(text, "overview") and not wants_number(text) and read_unit(text) is None:
        return "overview"
    return "fact"


def read_parts(text: str, intent: Intent, role: Role | None) -> frozenset[Part] | None:
    """Which parts of a report may answer; None for any."""
    if asks_problems(text):
        return frozenset({"problem"})
    if has_cue(text, "plan") and role != "both" and not re.search(r"(?<!计划)完成(?:了|情况|多少)|做了", text):
        return frozenset({"plan"})
    if role == "result":
        return frozenset({"review"}) if intent == "overview" else frozenset({"review", "problem"})
    if role != "both" and _PRIORITIES.search(text) and not _PAST.search(text) and not wants_number(text):
        return frozenset({"plan"})
    if intent == "overview" and role is None and re.search(r"成绩|成效|亮点|进展|成果|干得|做得|做成", text):
        return frozenset({"review"})
    return None


def names_quantity(text: str, runs: Sequence[str], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a question is nothing but the name of a quantity, its time and its body (`spans`): 某市旅游收入.

    A verb in front (提高居民收入) makes it something to be done.
    """
    letters = list(text)
    for start, end in spans:
        letters[start:end] = [" "] * (end - start)
    left = _AROUND.sub("", "".join(letters))
    named = len(runs) == 1 and left.startswith(runs[0]) and left.endswith(tuple(table("cues")["quantity"]))
    return named and tagged(left)[0][1] != "v"


def asks_whole_part(text: str) -> bool:
    """Whether a question is for everything that was done, is wanting or is to be done: without a topic."""
    return any(pattern.search(text) for pattern in (_PRIORITIES, _WHAT_WAS_DONE)) or has_cue(text, "problem")


def wants_number(text: str) -> bool:
    """Whether the answer must hold a figure."""
    return has_cue(text, "number") or _HOW_MANY.search(text) is not None or read_unit(text) == "%"
