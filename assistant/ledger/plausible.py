"""Whether a row's name is that of an indicator, or a piece of a sentence that was taken for one.

A name says what its number counts or measures, without the sentence around it: 新增养老床位 does, 改善 and 重点项目
加快推进 do not. There is no list of all names: a phrase counts as one unless something tells against it, and less does
where several reports say it in the same words, or a target and a result are told of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.ledger.data import table
from assistant.ledger.types import Measure
from ingest.figures.phrase import Phrase, is_verb

_LONG = 24
"""Characters from which on a phrase that does not end as measured things do is a clause rather than a name."""

_TOO_LONG = 34

_SHORT = 2
"""Names of so few characters are nearly always a verb or a class of things, unless they are grown, raised or mined."""

_GROWN = frozenset({"亩", "公顷", "吨", "公斤", "斤", "头", "只", "羽", "尾", "株", "立方米", "千瓦时"})
"""Units in which 蔬菜 and 生猪 are told."""

_MONEY = frozenset({"元", "美元", "欧元", "港元"})
_PIECES = frozenset(
    {"个", "家", "条", "项", "名", "户", "位", "件", "起", "次", "座", "处", "所", "场", "支", "类", "种"}
)
_SIZES = frozenset({"千伏", "分钟", "岁", "级", "星", "层"})
"""Units that say of what sort a thing is rather than how many there are (110千伏工程, 20分钟服务圈)."""

_LIST = "、"
_ADVERBS = re.compile(r"已|再|共|均|各|提质|新")
_LETTERS = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns made of plausible.toml; see there what each one means."""

    measures: re.Pattern[str]
    amounts: re.Pattern[str]
    shares: re.Pattern[str]
    things: re.Pattern[str]
    bare: re.Pattern[str]
    telling: re.Pattern[str]
    fares: re.Pattern[str]
    abstract: re.Pattern[str]


@cache
def _words() -> _Words:
    found = table("plausible")

    def any_of(name: str) -> str:
        return "(?:" + "|".join(found[name]) + ")"

    return _Words(
        measures=re.compile(any_of("measures") + "$"),
        amounts=re.compile(any_of("amounts") + "$"),
        shares=re.compile(any_of("shares") + "$"),
        things=re.compile(any_of("things") + "$"),
        bare=re.compile(any_of("bare") + "$"),
        telling=re.compile(any_of("telling")),
        fares=re.compile(any_of("fares") + "$"),
        abstract=re.compile("^" + any_of("abstract")),
    )


def is_name(text: str, measure: Measure, unit: str, *, paired: bool = False, reports: int = 1) -> bool:
    """Whether `text` names an indicator that a number of this sort and unit can belong to.

    `paired`: a target and a result are told of it; `reports`: how many reports use the name.
    """
    known = _words()
    if known.bare.match(text):
        return False
    if paired:
        return True
    if _is_short(text, unit):
        return False
    if known.telling.search(text) or known.fares.search(text) or len(text) > _TOO_LONG:
        return False
    measured = known.measures.search(text) is not None
    counted = unit in _PIECES and known.things.search(text) is not None
    if not (measured or counted) and (_is_cut_list(text) or (known.abstract.match(text) and reports < 2)):
        return False
    if len(text) > _LONG and not measured:
        return False
    return _fits(text, measure, unit, measured=measured)


def _is_short(text: str, unit: str) -> bool:
    """Whether a text is only a verb (提质已入选), or too short to name anything."""
    if _only_verb(_ADVERBS.sub("", text)):
        return True
    known = _words()
    return len(text) <= _SHORT and unit not in _GROWN and not known.measures.search(text) and not _LETTERS.search(text)


def _is_cut_list(text: str) -> bool:
    """Whether a list of things ends without saying what they are (东门街、西门街; not 专家、骨干等人才,
    新建、改扩建幼儿园)."""
    *front, last = text.split(_LIST)
    if not front or "等" in last or all(map(_only_verb, front)):
        return False
    return _words().things.search(last) is None


def _only_verb(text: str) -> bool:
    return is_verb(Phrase(text, 0, len(text)))


def _fits(text: str, measure: Measure, unit: str, *, measured: bool) -> bool:
    """Whether a thing that is no measure can have such a number: a sum of money is not a number of 企业."""
    known = _words()
    if measure == "level" and unit in _PIECES and known.amounts.search(text):
        return False
    if measured:
        return True
    if measure == "words":
        return known.shares.search(text) is not None or known.things.search(text) is not None
    if unit in _SIZES:
        return False
    if measure == "share":
        return "占" in text or known.shares.search(text) is not None
    return not (measure == "level" and unit in _MONEY and known.things.search(text) is not None)
