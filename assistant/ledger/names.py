"""Which indicator a phrase names, whatever its wording: an alias table of the trade, and words that make no difference.

Two phrases are one indicator when the table says so, or when the same characters are left of both once place, time,
the verbs around and harmless words are gone. One distinguishing word more or less is another indicator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from assistant.ledger.data import table

Direction = Literal["more", "less", "none"]
"""Which way is better; `none`: neither (prices), or it is known that no way can be called better."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator of the alias table. `units`: groups of units that count the same thing for it.

    `percent_grows`: a percentage of it is a rate of change, never a share.
    """

    name: str
    rate: str
    forms: tuple[str, ...]
    better: Direction | None
    percent_grows: bool
    units: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Name:
    """What a phrase names. `key` is equal for all wordings of an indicator, `text` the phrase alone.

    `scope` is the place or institution that the phrase limits it to; `grows`: the phrase says a rate of change.
    """

    key: str
    text: str
    scope: str = ""
    grows: bool = False
    entry: Entry | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the phrase named nothing."""
        return not self.key


_TIME = (
    r"(?:(?:19|20)[\dxX×_]{2}[-—~至]?)+年?(?:度|底|末)?|[“\"]?十[一二三四五]五[”\"]?(?:期间|时期|以来|末)?"
    r"|\d{1,2}(?:[-—~至]\d{1,2})?月份?(?:\d{1,2}日)?(?:底|止)?"
)
_NOISE = re.compile(r"[\s“”\"'‘’《》<>（）()\[\]【】·,，;；:：。!！?？…]+")
_SHORT = re.compile(r"(?<=[㐀-鿿]{3})[（(][A-Z]{2,8}[）)]")
"""居民消费价格指数（CPI）: the abbreviation of what stands before it."""

_ORGANISED = re.compile(r"^.{2,16}?(?:组织|督促|指导)[^，。]{2,14}?(?:机构|单位|部门)(?:实施|开展|完成|做好)(?=.{2})")
_DONE_BY = re.compile(
    r"^(?P<who>[㐀-鿿]{1,3}(?<![乡各全个城小])(?:镇|乡|街道)|[㐀-鿿]{2,10}?(?:医院|保健院|卫生院|疾控中心|服务中心)(?=完成|开展|承担))(?:完成|开展|承担|共|的)?(?=[^级域村镇].{2})"
)
_BY = re.compile(r"由(?P<who>[㐀-鿿]{2,12}?)(?:承担|完成|实施|负责)?$")
_RUN = re.compile(
    r"^(?:(?:19|20)\d\d年?)?(?:以?来|[二三四五]年来?|(?:过去|近|这)?[二三四五]年(?:来|间)?|[“\"]?十[一二三四五]五[”\"]?(?:期间|时期|以来)?)[,，]?(?P<how>累计|共计?|年均|平均)(?:完成|实现)?"
)
_YEARLY = re.compile(r"(?:年均|平均每年)(?=增长$|增速$|增幅$|增长率$|$)")
"""What runs over several years is another figure than the year's, whatever period was read for it."""

_GENERIC_PLACE = re.compile(r"^(?:各|全|乡|城|小|重|建制|中心|每|个|其他|新|特色|古|所有|基层|农村)")


@cache
def entries() -> dict[str, Entry]:
    """The alias table by the core of each form. Raises ValueError where one form stands in two entries."""
    found: dict[str, Entry] = {}
    for row in table("indicators")["indicator"]:
        name = row["name"]
        one = Entry(
            name,
            row.get("rate", name.removesuffix("建设") + "率"),
            tuple(row["forms"]),
            row.get("better"),
            row.get("percent") == "growth",
            tuple(frozenset(group) for group in row.get("units", ())),
        )
        for form in (name, one.rate, *one.forms):
            core = _core(_stem(form, "")[0])
            if found.setdefault(core, one) is not one:
                raise ValueError(f"{form}: in {found[core].name} and in {name}")
    return found


@cache
def known_names() -> frozenset[str]:
    """The names of the alias table."""
    return frozenset(entry.name for entry in entries().values())


@lru_cache(maxsize=200_000)
def name_of(phrase: str, region: str = "") -> Name:
    """What `phrase` names in a report of `region` (whose own name in front of it says nothing)."""
    spoken = _spelt(phrase)
    spoken, scope = _scope(spoken, _spelt(region))
    text, grows = _stem(spoken, _spelt(region))
    core = _core(text)
    entry = entries().get(core)
    key = entry.name if entry is not None else "".join(sorted(core))
    return Name(key, text, scope, grows, entry)


def is_generic(name: Name) -> bool:
    """Whether a phrase says what is done and not to whom (规范管理率, 完成筛查)."""
    return not name.key or (name.entry is None and not _generic().sub("", name.text))


def about(subject: Name, generic: Name, region: str = "") -> Name:
    """A generic phrase said of the indicator before: 规范管理率 after 高血压患者管理 is that of 高血压患者."""
    bare = generic.text.removesuffix("率")
    if not bare or set(_core(bare)) <= set(_core(subject.text)):
        return subject
    return name_of(_generic().sub("", subject.text) + bare, region)


def direction(name: Name, text: str) -> Direction | None:
    """Which way is better for an indicator; None where its name does not say. `text`: the name as shown."""
    if name.entry is not None and name.entry.better is not None:
        return name.entry.better
    known = table("indicators")["direction"]
    if any(word in text for word in known["less"]):
        return "less"
    return "more" if text.endswith(tuple(known["more"])) else None


def _spelt(phrase: str) -> str:
    """One spelling: without quotes and blanks, the table's variants written the usual way."""
    bare = _NOISE.sub("", _SHORT.sub("", phrase))
    for written, usual in _variants():
        bare = bare.replace(written, usual)
    return bare


def _scope(text: str, region: str) -> tuple[str, str]:
    """The phrase without the place or institution that it is limited to, and that place."""
    text = _ORGANISED.sub("", text)
    scope = ""
    run = _RUN.match(text)
    if run is not None and len(text) - run.end() >= 2:
        return text[run.end() :], "年均" if run["how"] in ("年均", "平均") else "累计"
    if (yearly := _YEARLY.search(text)) is not None and yearly.start() >= 2:
        return text[: yearly.start()] + text[yearly.end() :], "年均"
    found = _DONE_BY.match(text)
    if found is not None and not _GENERIC_PLACE.match(found["who"]) and found["who"] != region:
        scope, text = found["who"], text[found.end() :]
    by = _BY.search(text)
    if by is not None and by.start() >= 4:
        scope, text = by["who"], text[: by.start()]
    return text, scope


@lru_cache(maxsize=1024)
def _place_in_front(region: str) -> re.Pattern[str]:
    short = region[:-1] if len(region) > 2 else region
    return re.compile(rf"^(?:{re.escape(region)}|{re.escape(short)})(?=.{{2}})")


def _stem(text: str, region: str) -> tuple[str, bool]:
    """The phrase without region, time, verbs and task words around it; whether it ended in a word of growth."""
    heads, tails, growth = _ends()
    own = _place_in_front(region) if region else None
    grows = False
    while True:
        before = text
        for pattern in (own, heads):
            if pattern is not None and (found := pattern.match(text)) and len(text) - found.end() >= 2:
                text = text[found.end() :]
        if (found := growth.search(text)) and found.start() >= 2:
            text, grows = text[: found.start()], True
        elif (found := tails.search(text)) and found.start() >= 2:
            text = text[: found.start()]
        if text == before:
            return ("", grows) if _EMPTY.fullmatch(text) else (text, grows)


_LEAST = 3

_EMPTY = re.compile(r"(?:年度|实际|任务|目标|计划|方案|完成|标|占|现|共|累计|全年|比|差|数|人|的)*")


def _core(text: str) -> str:
    """What tells one indicator from another."""
    bare = _NOISE.sub("", text).removesuffix("率")
    core = _filler().sub("", bare)
    if len(core) < _LEAST:  # 健康活动 and 健康服务 are not both 健康
        core = bare
    return core + text[-1] if text.endswith(("和", "与", "及")) else core  # 检验结果和: a list cut short


@cache
def _variants() -> list[tuple[str, str]]:
    return list(table("indicators")["variants"].items())


@cache
def _ends() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = table("indicators")
    return (
        re.compile(rf"^(?:{_TIME}|{_either(words['heads'])})"),
        re.compile(rf"(?:{_TIME}|{_either(words['tails'])})$"),
        re.compile(rf"(?:{_either(words['growth'])})$"),
    )


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(_either(table("indicators")["filler"]))


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(_either(table("indicators")["generic"]))


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
