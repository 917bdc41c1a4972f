"""The numbers of a sentence of running text, each with its phrase and its role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.figures import indicator
from ingest.figures.clauses import Mention, mentions
from ingest.figures.lexer import values
from ingest.figures.phrase import core, ends_like_one, is_verb
from ingest.figures.reading import Context, Reading
from ingest.figures.role import role_of
from ingest.figures.types import Value
from ingest.figures.wording import worded
from ingest.types import Part

_LIST_JOIN = re.compile(r"[、和及与,，\s]*$")
_ITEM_JOIN = re.compile(r"(、|和|及|与|以及)")
_RATES_OF_CHANGE = ("增速", "增幅", "涨幅", "增长")
_GROUPS = ("城镇", "农村", "城市", "城乡", "男性", "女性")
_BARE_RATE = re.compile(
    r"(?:规范)?(?:管理|控制|治疗|随访|筛查|检出|覆盖|达标|合格|使用|利用|知晓|普及|参与|满意|及时|完整|报告|发病|死亡|治愈|转诊|复诊)率"
)
"""Rates that are somebody's: 高血压患者12000人，管理率85%."""

_NAMING_VERBS = frozenset({"签约", "接种", "随访", "体检", "筛查", "转诊", "立案", "接诊", "义诊"})
"""Verbs that by themselves tell what a number counts: 组建团队64个，签约160200人."""

_COMPARES = re.compile(r"(?:对照|以|与|比|较|按照|对标|围绕)?[^，。；]{0,6}")


def read_prose(sentence: str, part: Part | None, context: Context) -> Iterator[Reading]:
    """Each number in order; `context` is what was spoken of before, and is carried on."""
    counted = values(sentence)
    said = [one for one in worded(sentence, counted) if _measured(sentence, one)] if part != "problem" else []
    found = mentions(sentence, sorted([*counted, *said], key=lambda value: value.start))
    context.fresh = True
    last: Reading | None = None
    shared: list[tuple[str, tuple[int, int] | None]] = []
    for i, mention in enumerate(found):
        before = last if last is not None and not mention.first else None
        role, growth = role_of(sentence, mention, part, None if before is None else before.role)
        pre = sentence[mention.before : mention.value.start]
        if before is not None and _LIST_JOIN.fullmatch(pre) and before.mention.value.unit == mention.value.unit:
            role, growth = before.role, before.growth
        phrase, span, scope = _named(sentence, mention, context)
        if "分别" in pre:
            shared = _respective(sentence, found[i:], span)
        if shared:
            phrase, span = shared.pop(0)
        last = Reading(mention, phrase, span, role, growth, scope)
        yield last


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
    if front is not None and indicator.is_scope(front, pre) and ("其中" in pre or not context.fresh):
        return context.phrase, None, front.text
    verb = is_verb(front)
    chosen = None if verb else front
    owned = sentence.startswith("的", mention.value.end)
    if chosen is None and (verb or owned or not indicator.says_itself(mention.value.unit)):
        chosen = indicator.behind(sentence, mention)
    if chosen is None and front is not None and front.text in _NAMING_VERBS:
        if not context.fresh and front.text in context.phrase:  # 家庭医生签约任务数12万人，全年签约11万人
            return context.phrase, None, ""
        chosen = front
    if chosen is None and context.fresh:
        chosen = indicator.topic(sentence, mention.before) if mention.clause else None
        if chosen is None and _COMPARES.fullmatch(pre):
            chosen = indicator.ahead(sentence, mention.value.end)
        if chosen is None and verb:
            chosen = front
    if chosen is None and context.fresh and context.told:
        context.phrase, context.fresh = context.told, False
    if chosen is None:
        return context.phrase, None, ""
    if not context.fresh and _BARE_RATE.fullmatch(chosen.text) and not context.phrase.endswith("率"):
        return context.phrase.removesuffix(chosen.text[:-1]) + chosen.text, None, ""
    context.phrase, context.fresh = chosen.text, False
    return chosen.text, (chosen.start, chosen.end), ""


def _respective(
    sentence: str, following: Sequence[Mention], span: tuple[int, int] | None
) -> list[tuple[str, tuple[int, int] | None]]:
    """签约率、建档率分别达到80%、90%: the named things one by one, where there are as many as numbers follow."""
    if span is None:
        return []
    run = 1
    for mention in following[1:]:
        if not _LIST_JOIN.fullmatch(sentence[mention.before : mention.value.start]):
            break
        run += 1
    names: list[tuple[str, tuple[int, int]]] = []
    at = span[0]
    for piece in _ITEM_JOIN.split(sentence[span[0] : span[1]]):
        if piece and not _ITEM_JOIN.fullmatch(piece):
            names.append((piece, (at, at + len(piece))))
        at += len(piece)
    if len(names) != run:
        return []
    return [_completed(*name, names[-1][0]) for name in names]


def _completed(name: str, span: tuple[int, int], last: str) -> tuple[str, tuple[int, int] | None]:
    """城镇、农村居民收入分别…: the first of them is 城镇居民收入, which stands nowhere in one piece."""
    lead = next((group for group in _GROUPS if last.startswith(group)), "")
    return (name + last.removeprefix(lead), None) if lead and name in _GROUPS else (name, span)


def spoken_of(sentence: str) -> str:
    """What a sentence without a number is about; empty where that cannot be said."""
    phrase = indicator.topic(f"{sentence}。", len(sentence) + 1) or core(sentence, 0, len(sentence))
    return phrase.text if phrase is not None and len(phrase.text) <= 30 else ""
