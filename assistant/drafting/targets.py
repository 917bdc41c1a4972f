"""The figures of a section: what the writer's facts give, and a placeholder for every indicator that they do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.drafting.facts import fact_of
from assistant.drafting.foreign import Names
from assistant.drafting.headings import bigrams, dice
from assistant.drafting.periods import stale_periods
from assistant.drafting.phrases import ACTIONS, placeholder
from assistant.drafting.types import Fact, Order, Topic
from assistant.evidence.addressed import evidence_spans
from assistant.ledger.names import name_of
from assistant.ledger.plausible import is_name
from assistant.ledger.types import Measure
from assistant.promises.types import Stretch
from assistant.question.segment import tagged
from ingest.archive.records import PassageRecord
from ingest.clean import normalise
from ingest.figures.prose import read_prose
from ingest.figures.reading import Context, Reading

_SAME = 0.72
_STATES = re.compile(
    r"^(?:达到|达|不低于|不少于|不高于|不超过|控制|保持|高于|低于|超过|力争|确保|增长|下降|提高|提升|完成|实现|稳定|≥|≤)"
)
_RATE = re.compile(r"(?:率|比例|占比|比重|水平|指数|满意度|覆盖面)$")
_LEVEL = re.compile(
    r"(?:总量|总值|收入|规模|总数|床位|床位数|总额|余额|期望寿命|寿命|面积|产值|增加值|住院日|费用|数量|人口)$"
)
_CAPPED = re.compile(r"(?:死亡率|发病率|发生率|病死率|失业率|住院日|能耗|涨幅|价格|费用|费用增幅|感染率|事故数)$")
_DONE = (
    "新增",
    "新建",
    "建成",
    "培训",
    "完成",
    "引进",
    "招聘",
    "改造",
    "实施",
    "举办",
    "开展",
    "新签约",
    "治理",
    "修复",
    "创建",
    "建设",
    "组织",
    "争取",
)
_AS_OF = re.compile(
    r"截[至止]到?(?:目前)?\s*(?!12\s*月\s*(?:底|末|31))(?P<day>(?:1[0-2]|[1-9])\s*月\s*(?:底|末|\d{1,2}\s*日)?)"
)
_BARE = re.compile(r"(?:目标|任务|计划|指标)(?:任务)?(?:数|值)?$|完成数?$")
_MIXED = re.compile(
    r"其中|分别|[、等]|^(?:项目|企业|工程|人员)(?:增速|增长)?$|^(?:面向|落户|针对|用于|统筹|谋划|推进|占|高标准|高质量|高水平|等|和|与|及|以|的|再|各|约|其|使|全部|年度|总投资|投资)|[，。；：“”]|(?:的|等|和|与|级|型|开工|竣工|达产|投产|落地|入库|新增|其中|以上)$|[\"《》（()）]"
)


@dataclass(frozen=True, slots=True)
class Target:
    """A line of a section: an indicator with the writer's value, or with a placeholder.

    `fact`: number of the fact that gives the value; None leaves a placeholder. `stretch`: the sentence of the body's
    own last plan that has the indicator. `contradictory`: facts disagree, so that none is used. `last`: in a review,
    what was reached the year before, in words, with its sentence.
    """

    name: str
    unit: str
    text: str
    fact: int | None = None
    stretch: Stretch | None = None
    contradictory: bool = False
    last: tuple[str, Stretch] | None = None


def same_indicator(left: str, right: str) -> bool:
    """Whether two names are one indicator, as the ledger sees it, or in nearly the same words."""
    if (_RATE.search(left) is None) != (_RATE.search(right) is None):
        return False
    one, other = name_of(normalise(left)), name_of(normalise(right))
    if one.key and one.key == other.key:
        return True
    if _RATE.search(left) is None and _RATE.search(right) is None:
        inner = min(one.text, other.text, key=len)
        if len(inner) >= 4 and inner in max(one.text, other.text, key=len):
            return True
    return dice(bigrams(one.text), bigrams(other.text)) >= _SAME


def contradictory(facts: Sequence[Fact]) -> frozenset[int]:
    """Facts that give one indicator different targets (or results): none of them can be used."""
    out: set[int] = set()
    for i, one in enumerate(facts):
        for k in range(i + 1, len(facts)):
            other = facts[k]
            if one.indicator and other.indicator and same_indicator(one.indicator, other.indicator):
                for a, b in ((one.target, other.target), (one.result, other.result)):
                    if a and b and _plain(a) != _plain(b):
                        out |= {i, k}
    return frozenset(out)


def fact_lines(order: Order, numbers: Iterable[int]) -> list[Target]:
    """The lines of facts that name an indicator; where they disagree, one placeholder."""
    quarrel = contradictory(order.facts)
    lines: list[Target] = []
    for number in numbers:
        fact = order.facts[number]
        if fact.indicator is None or any(
            one.fact != number and same_indicator(one.name, fact.indicator) for one in lines
        ):
            continue
        value = fact.result if order.kind == "总结" else fact.target
        name = _short(fact.indicator)
        if number in quarrel or not value:
            unit = unit_of(fact.target or fact.result or "")
            text = worded(name, placeholder(name, unit), rate=_is_rate(name, unit))
            lines.append(Target(name, unit, text, contradictory=number in quarrel))
        else:
            own = fact_of(fact.indicator, fact.target, fact.result).text
            said = fact.text if fact.text != own and value in fact.text and order.kind != "总结" else ""
            said = said.strip("。；;，, ")
            lines.append(Target(name, "", said or worded(name, value, rate=_is_rate(name, value)), number))
    return lines


def own_lines(order: Order, topic: Topic, names: Names, taken: Iterable[str]) -> list[Target]:
    """A placeholder for each indicator that the body's own last plan (or review) of the topic has a figure for."""
    own = [one for one in topic.exemplars if one.own]
    latest = max((_year(one.passages[0]) for one in own), default=0)
    known = list(taken)
    lines: list[Target] = []
    for passage in (passage for one in own if _year(one.passages[0]) in (latest, 0) for passage in one.passages):
        for reading, stretch in _readings(passage):
            value = reading.mention.value
            name = _short(_without_own(reading.phrase, names))
            if reading.growth and not name.endswith(("增长", "增速", "增幅", "下降")):
                name += "增速"
            if not _is_indicator(name, reading, order, names) or any(same_indicator(name, one) for one in known):
                continue
            known.append(name)
            text = worded(name, placeholder(name, value.unit), rate=value.is_rate)
            lines.append(Target(name, value.unit, text, None, stretch, last=_last(order, reading, stretch)))
    return lines


def _last(order: Order, reading: Reading, stretch: Stretch) -> tuple[str, Stretch] | None:
    """What a review of the year before says was reached: told beside this year's figure, never as a target."""
    if order.kind != "总结" or reading.role != "result" or _year(stretch.passage) != order.year - 1 or reading.growth:
        return None
    value = reading.mention.value
    written = normalise(stretch.text)[value.start : value.end]
    if value.comparator or any(mark.kind in ("masked", "doubtful", "damaged", "ocr") for mark in stretch.passage.marks):
        return None
    return f"（上年{'为' if value.is_rate else '完成'}{written}）", stretch


@dataclass(frozen=True, slots=True)
class Told:
    """A result that a report gives: the indicator, its value as written, and the sentence.

    `half`: of half a year; `as_of`: up to which day of it (11月20日), empty where it is the whole.
    """

    name: str
    unit: str
    value: str
    rate: bool
    stretch: Stretch
    half: bool
    as_of: str = ""


def told_figures(passages: Iterable[PassageRecord], order: Order, names: Names) -> list[Told]:
    """The results of these passages, each indicator once, the first that has it; none that is about or in growth."""
    found: list[Told] = []
    for passage in passages:
        for reading, stretch in _readings(passage):
            value = reading.mention.value
            name = _short(_without_own(reading.phrase, names))
            if reading.role != "result" or reading.growth or value.comparator:
                continue
            if not _is_indicator(name, reading, order, names) or any(same_indicator(name, one.name) for one in found):
                continue
            written = normalise(stretch.text)[value.start : value.end]
            half = passage.period is not None and passage.period.half is not None
            dated = [*_AS_OF.finditer(normalise(stretch.text), 0, value.start)]
            as_of = re.sub(r"\s", "", dated[-1]["day"]) if dated else ""
            found.append(Told(name, value.unit, written, value.is_rate, stretch, half, as_of))
    return found


def _year(passage: PassageRecord) -> int:
    return passage.period.last if passage.period is not None and passage.period.single_year is not None else 0


def _readings(passage: PassageRecord) -> Iterable[tuple[Reading, Stretch]]:
    text = normalise(passage.text.text)
    context = Context("")
    for start, end in evidence_spans(passage):
        for reading in read_prose(text[start:end], passage.part, context):
            if reading.role in ("target", "result") and reading.phrase and reading.span is not None:
                yield reading, Stretch(passage, start, end)


def _is_indicator(name: str, reading: Reading, order: Order, names: Names) -> bool:
    value = reading.mention.value
    if reading.growth and _RATE.search(name.removesuffix("增速")):
        return False
    if value.unit in ("番", "倍", "成") or re.search(r"[一二三四五]期$", name):
        return False
    if value.low is None or not value.unit or reading.scope or reading.average:
        return False
    if (
        not 4 <= len(name) <= 18
        or _MIXED.search(name)
        or stale_periods(name, order.year)
        or names.foreign(name, own=True)
    ):
        return False
    if re.search(r"(?:19|20)\d\d|十[一二三四五]五", name) or (name.startswith(ACTIONS) and not value.is_rate):
        return False
    measure: Measure = "growth" if reading.growth else "share" if value.is_rate else "level"
    return is_name(name, measure, value.unit)


def worded(name: str, value: str, *, rate: bool) -> str:
    """An indicator with its value as a plan says it: 完成两癌筛查10000人, 规范管理率达到75%, 生产总值增长5%."""
    if _STATES.match(value) and not value.startswith("完成"):
        return f"{name}{value}"
    if name.endswith(("增长", "下降", "增速", "增幅")):
        return f"{name}{value}" if name.endswith(("增长", "下降")) else f"{name}达到{value}"
    if _CAPPED.search(name):
        return f"{name}控制在{value}"
    if rate or _RATE.search(name) or _LEVEL.search(name):
        return f"{name}达到{value}"
    if name.startswith((*_DONE, "新")) or _opens_with_verb(name):
        return f"{name}{value}"
    return f"完成{name}{value.removeprefix('完成')}"


def _opens_with_verb(name: str) -> bool:
    return tagged(name)[0][1] == "v"


def unit_of(value: str) -> str:
    """The unit of a value as written, 人 of 10000人以上."""
    found = re.search(
        r"[\d.]+\s?[万亿千百]?(?P<unit>%|‰|个百分点|[㐀-鿿]{1,4}?)(?:以上|以下|以内|左右)?$", normalise(value)
    )
    return found["unit"] if found else ""


def _is_rate(name: str, value: str) -> bool:
    return bool(_RATE.search(name)) or "%" in value or "‰" in value


def _short(name: str) -> str:
    """Without the words that only say that it is a target."""
    text = normalise(name).strip("，。；： 　")
    while len(cut := _BARE.sub("", text)) >= 4 and cut != text:
        text = cut
    return text


def _without_own(name: str, names: Names) -> str:
    for own in sorted(names.own, key=len, reverse=True):
        if name.startswith(own) and len(name) - len(own) >= 4:
            return name[len(own) :]
    return re.sub(r"^(?:全[省市县区州]|我[省市县区州局院]|(?:19|20)\d\d年度?|全年|年内)+", "", name)


def _plain(value: str) -> str:
    return re.sub(r"[\s,，]", "", normalise(value))
