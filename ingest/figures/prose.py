"""The numbers of a sentence of running text, each with its phrase and its role."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.figures import indicator
from ingest.figures.clauses import Mention, mentions
from ingest.figures.enumeration import is_group, is_joined, of_group, respective
from ingest.figures.lexer import values
from ingest.figures.phrase import Phrase, core, ends_like_one, is_verb
from ingest.figures.reading import Context, Reading
from ingest.figures.role import is_done_of_task, role_of
from ingest.figures.types import Value
from ingest.figures.wording import worded
from ingest.types import Part

_RATES_OF_CHANGE = ("增速", "增幅", "涨幅", "增长")
_BARE_RATE = re.compile(
    r"(?:规范)?(?:管理|控制|治疗|随访|筛查|检出|覆盖|达标|合格|使用|利用|知晓|普及|参与|满意|及时|完整|报告|发病|死亡|治愈|转诊|复诊)率"
)
"""Rates that are somebody's: 高血压患者12000人，管理率85%."""

_NAMING_VERBS = frozenset({"签约", "接种", "随访", "体检", "筛查", "转诊", "立案", "接诊", "义诊"})
"""Verbs that by themselves tell what a number counts: 组建团队64个，签约160200人."""

_AVERAGE = re.compile(
    r"(?<!常)年均(?!浓度|气温|温度|值|降|湿|线|水平|人)|年平均(?=[增递]|$)"
    r"|平均每年|每年平均|平均增(?:长|速|幅)|每年(?:递增|增长)"
)
_AVERAGE_BEHIND = re.compile(r"(?:左右|以上)?的?(?:年均|平均)增(?:速|长|幅)")

_LISTED = re.compile(r"(?:等|以下)$")
"""东门街、西门街等 | 2条 | 道路: the noun behind is what was counted, not the ones listed."""

_COMPARES = re.compile(r"(?:对照|以|与|比|较|按照|对标|围绕)?[^，。；]{0,6}")


def read_prose(sentence: str, part: Part | None, context: Context) -> Iterator[Reading]:
    """Each number in order; `context` is what was spoken of before, and is carried on."""
    counted = values(sentence)
    said = [one for one in worded(sentence, counted) if _measured(sentence, one)] if part != "problem" else []
    if not (counted or said):
        return
    found = mentions(sentence, sorted([*counted, *said], key=lambda value: value.start))
    context.fresh = True
    last: Reading | None = None
    shared: list[tuple[str, tuple[int, int] | None]] = []
    for i, mention in enumerate(found):
        before = last if last is not None and not mention.first else None
        role, growth = role_of(sentence, mention, part, None if before is None else before.role)
        due = last is not None and last.role == "target" and mention.value.unit == "%"
        if due and is_done_of_task(sentence[found[i - 1].value.end : mention.value.start]):
            role, growth = "completion", False
        pre = sentence[mention.before : mention.value.start]
        joined = before is not None and is_joined(pre)
        if before is not None and joined and before.mention.value.unit == mention.value.unit:
            role, growth = before.role, before.growth
        subject = context.phrase
        phrase, span, scope = _named(sentence, mention, context)
        if not (joined and shared):
            front = None if span is None else Phrase(phrase, *span)
            shared = respective(sentence, found[i:], front, phrase, subject)
            if shared and is_group(phrase.partition("、")[0]):
                context.phrase = subject
        if shared:
            phrase, span = shared.pop(0)
            scope = ""
        average = _is_average(sentence, mention) or (before is not None and joined and before.average)
        last = Reading(mention, phrase, span, role, growth, scope, average=average)
        yield last


def _is_average(sentence: str, mention: Mention) -> bool:
    """年均增长6.1%, 以6.1%的年均增速: an average of years is another figure than the year's."""
    value = mention.value
    front = sentence[mention.before : value.start]
    return _AVERAGE.search(front) is not None or _AVERAGE_BEHIND.match(sentence, value.end, mention.after) is not None


def speaks_of_average(sentence: str) -> bool:
    """Whether any number of a sentence is an average of years."""
    return _AVERAGE.search(sentence) is not None or _AVERAGE_BEHIND.search(sentence) is not None


def _measured(sentence: str, value: Value) -> bool:
    """Whether words such as 保持平稳 are said of something that can be measured."""
    front = indicator.before(sentence, mentions(sentence, [value])[0])
    return front is not None and (ends_like_one(front) or front.text.endswith(_RATES_OF_CHANGE))


def _named(sentence: str, mention: Mention, context: Context) -> tuple[str, tuple[int, int] | None, str]:
    """The indicator phrase with its span in the sentence, and the place or group it is limited to.

    Before the number, behind its unit, in the clauses before, after a comparison; else what was spoken of last. A
    phrase of its own becomes the context.
    """
    pre = sentence[mention.before : mention.value.start]
    front = indicator.before(sentence, mention)
    if front is not None and (not context.fresh or "其中" in pre):
        whole = of_group(front.text, context.phrase)
        if whole is not None:
            return whole, None, ""
    if front is not None and indicator.is_scope(front, pre) and ("其中" in pre or not context.fresh):
        return context.phrase, None, front.text
    verb = is_verb(front)
    chosen = None if verb or _LISTED.search(pre) else front
    owned = sentence.startswith("的", mention.value.end)
    if chosen is None and (verb or owned or front is not None or not indicator.says_itself(mention.value.unit)):
        chosen = indicator.behind(sentence, mention)
    if chosen is None and front is not None and front.text in _NAMING_VERBS:
        if not context.fresh and front.text in context.phrase:  # 家庭医生签约任务数12万人，全年签约11万人
            return context.phrase, None, ""
        chosen = front
    if chosen is None and not verb:
        chosen = front
    if chosen is None and context.fresh:
        chosen = indicator.topic(sentence, mention.before) if mention.clause else None
        if chosen is None and _COMPARES.fullmatch(pre):
            chosen = indicator.ahead(sentence, mention.value.end)
        if chosen is None and verb:
            chosen = front
    if chosen is None and context.fresh and context.told:
        told, context.told = spoken_of(context.told), ""
        if told:
            context.phrase, context.fresh = told, False
    if chosen is None:
        return context.phrase, None, ""
    if not context.fresh and _BARE_RATE.fullmatch(chosen.text) and not context.phrase.endswith("率"):
        return context.phrase.removesuffix(chosen.text[:-1]) + chosen.text, None, ""
    context.phrase, context.fresh = chosen.text, False
    return chosen.text, (chosen.start, chosen.end), ""


def spoken_of(sentence: str) -> str:
    """What a sentence without a number is about; empty where that cannot be said."""
    phrase = indicator.topic(f"{sentence}。", len(sentence) + 1) or core(sentence, 0, len(sentence))
    return phrase.text if phrase is not None and len(phrase.text) <= 30 else ""
