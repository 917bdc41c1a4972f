"""Bodies in a question: by name, by short name, by rank (市里), by kind of institution, by description.

Everything is derived from the reports that the archive holds; a place that none of them belongs to is reported as
missing, so that the neighbour's figure is never given instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.question.names import RANKS, Name, is_authority, names_of, rank_of
from assistant.question.places import unknown_places
from assistant.question.types import BodyMention
from ingest.archive.records import ReportRecord

_ORG_TAIL = (
    r"(?:卫生健康委员会|卫生健康委|卫生健康局|卫生和计划生育局|卫生和计划生育委员会"
    r"|卫健局|卫健委|卫计局|卫计委|卫生局|人民政府|政府)"
)
_PARTICLES = "的和与跟、，,。把查看问请对给在年月日是让由帮按换成里"
_RANK_FORM = re.compile(
    rf"(?:全|我|本|咱)([{RANKS}])(?:{_ORG_TAIL})?|(?:(?<![\u4e00-\u9fff])|(?<=[{_PARTICLES}]))([{RANKS}])(?:里|级)?(?:{_ORG_TAIL})"
    rf"|([{RANKS}])(?:里|级)(?:面|头|边)?(?:{_ORG_TAIL})?"
)
_NATION = re.compile(
    r"全国(?!唯一|首|第|前|最|仅|率先|领先|平均|先进|示范|百强|文明|重点|优秀|试点|十[强佳大]|[闻知著]名|独|性|排|人大|政协|两会)"
    r"|国务院|国家层面|中央政府"
)
"""全国唯一 and 全国前列 say where a body stands among others."""

_COMPARED_WITH = re.compile(r"(?:[和与跟、比于过]|跑赢|不如|赶上|对照|持平)\s*$")
_COMPARED_WITH_IT = re.compile(r"\s*(?:[和与跟、比，,？?]|$|的|呢|水平|增速|(?:19|20)?\d\d年)")

_OUR_COUNTRY = re.compile(
    r"我国|咱们?国家|我们国家|国家(?=的|给|对|要|是|在|拿|准备|打算|计划|安排|预计|财政|一共|总共|去年|今年|明年|\d)"
    r"|(?<=年)国家(?!级|卫|医|重|公|安|基|标|森|湿|示|文|中|免|组|法|药|技|奖|电|税|粮|疾|区|队|创|高|社|自|地)"
)
"""The nation where no body is named."""

_DESCRIBED = (
    re.compile(
        rf"(?:那个|哪个|(?:^|(?<=[，,。和与跟]))(?=讲|要|搞|做|提到|提出|写|说|负责|准备|打算|想|主抓))"
        rf"(?P<text>[^，。,？?那]{{3,24}}?)的(?P<label>(?:那个|那)?(?P<rank>[{RANKS}])里?(?:{_ORG_TAIL})?)"
    ),
    re.compile(
        rf"(?:^|(?<=[，,。和与跟]))(?P<text>[^，。,？?和与跟那]{{2,16}}?)的?(?P<label>那个(?P<rank>[{RANKS}])里?(?:{_ORG_TAIL})?)"
    ),
    re.compile(
        rf"(?P<label>(?P<rank>[{RANKS}])里?(?:{_ORG_TAIL})?)[（(](?P<text>[^（()）]{{2,24}}?)的?(?:那个|那份|那家|那)[）)]"
    ),
)
"""讲政务公开的区卫健局 · 搞健康扶贫那个县 · 县里（做健康扶贫的那个）"""

_QUOTED = re.compile("[“「『][^”」』]{2,20}[”」』]")
"""A quoted name (“青禾医者”) is a topic, even where a body's name stands in it."""

_BEFORE_BARE = ("", " ", *_PARTICLES, *"那个全我本")
_INSTITUTION = re.compile(
    r"(?:第[一二三四五六七八九十]|人民|中心|中医|中西医结合|妇幼|儿童|精神病?|传染病|肿瘤|口腔|职业病|老年|民族|康复){0,3}"
    r"(?:医院|保健院|卫生院|疾控中心|疾病预防控制中心|卫生监督所|急救中心|血站)"
)
"""青禾县妇幼保健院 where the archive holds only the county's bureau: another body, not a topic of the bureau's."""

_RANK_LETTERS = "省市县区州盟旗镇乡"
_NO_RANK = ("市场", "区域", "县域", "乡村", "省级", "市级", "县级", "区级")


@dataclass(frozen=True, slots=True)
class Found:
    """Bodies read from a question, the places it names in vain, and the spans that were read."""

    bodies: tuple[BodyMention, ...]
    missing: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Description:
    """A body named by what it does (讲政务公开的区卫健局): search `text` among `reports` to find which it is."""

    text: str
    label: str
    reports: frozenset[int]
    span: tuple[int, int]


class BodyIndex:
    """Every name under which the archive's bodies may be asked for. Built once per archive generation."""

    def __init__(self, reports: Iterable[ReportRecord]) -> None:
        held = {report.id: report for report in reports}
        self._meant: dict[Name, frozenset[int]] = {}
        named: dict[Name, set[int]] = {}
        for report in held.values():
            for name in names_of(report):
                named.setdefault(name, set()).add(report.id)
        for name, numbers in named.items():
            authorities = {number for number in numbers if is_authority(held[number])}
            self._meant[name] = frozenset(authorities if name.place and authorities else numbers)
        self._longest_first = sorted(self._meant, key=lambda name: (-len(name.text), name.bare, name.rank))
        self._level = {report.id: report.level for report in held.values()}
        self._rank = {report.id: rank_of(report) for report in held.values()}
        self._authority = {report.id for report in held.values() if is_authority(report)}

    def ranked(self, rank: str) -> frozenset[int]:
        """The reports of bodies of one rank (省 市 县 区 镇 乡 国): its authorities, if it has any."""
        all_of_it = frozenset(number for number, own in self._rank.items() if own == rank)
        return (all_of_it & self._authority) or all_of_it

    def find(self, text: str) -> Found:
        """Read the bodies that `text` names."""
        bodies: list[tuple[int, BodyMention]] = []
        spans: list[tuple[int, int]] = []
        quoted = [found.span() for found in _QUOTED.finditer(text)]

        def free(start: int, end: int) -> bool:
            return all(end <= begin or start >= stop for begin, stop in [*spans, *quoted])

        for name in self._longest_first:
            for start in _places_of(name.text, text):
                end = self._accept(name, text, start, start + len(name.text))
                if end > start and free(start, end):
                    spans.append((start, end))
                    mention = BodyMention(text[start:end], self._reports(name, text[start:end]), named=True)
                    bodies.append((start, mention))
        institutions = []
        for _, end in list(spans):
            if follows := _INSTITUTION.match(text, end):
                institutions.append(follows[0])
                spans.append(follows.span())
        nation = [found for found in _NATION.finditer(text) if not bodies or _beside(text, found)]
        nation += () if bodies else _OUR_COUNTRY.finditer(text)
        for found in [*_RANK_FORM.finditer(text), *nation]:
            rank = next((group for group in found.groups() if group), "国")
            if free(*found.span()) and (reports := self.ranked(rank)):
                spans.append(found.span())
                bodies.append((found.start(), BodyMention(found[0], reports, named=False)))
        missing = (*institutions, *unknown_places(text, spans))
        ordered = [mention for _, mention in sorted(bodies, key=lambda item: item[0])]
        return Found(_distinct(_without_own_ranks(ordered)), missing, tuple(sorted(spans)))

    def describe(self, text: str) -> list[Description]:
        """Bodies that `text` names by description only."""
        described: list[Description] = []
        for form in _DESCRIBED:
            for found in form.finditer(text):
                taken = any(found.start() < item.span[1] and found.end() > item.span[0] for item in described)
                if not taken and (reports := self.ranked(found["rank"])):
                    described.append(Description(found["text"], found["label"], reports, found.span()))
        return described

    def _accept(self, name: Name, text: str, start: int, end: int) -> int:
        """Where the mention that begins with `name` ends; -1 when what stands around it makes it another name."""
        if name.place and not name.rank and text[end : end + 1] == "域":
            return -1
        if name.bare and text[start - 1 : start] not in _BEFORE_BARE:
            return -1
        if name.rank and text[end : end + 1] in tuple(_RANK_LETTERS) and not text.startswith(_NO_RANK, end):
            own = [other.rank for other in self._meant if other.text == name.text and other.rank]
            if text[end] not in {rank[-1] for rank in own}:
                return -1
            end += max((len(rank) for rank in own if text.startswith(rank, end)), default=1)
        tail = re.compile(rf"[省市县区]?{_ORG_TAIL}").match(text, end) if name.place else None
        return tail.end() if tail else end

    def _reports(self, name: Name, mention: str) -> frozenset[int]:
        """The reports meant; a bare name shared by a province and its city means the higher rank."""
        if not name.rank:
            return self._meant[name]
        reports = frozenset[int]().union(*(self._meant[other] for other in self._meant if other.text == name.text))
        suffix = mention[len(name.text) : len(name.text) + 1]
        own = frozenset(number for number in reports if self._rank[number] == suffix)
        if own:
            return own
        levels = ("国", "省", "市", "县", "乡")
        by_level = (frozenset(number for number in reports if self._level[number] == level) for level in levels)
        return next((found for found in by_level if found), reports)


def _places_of(name: str, text: str) -> Iterator[int]:
    """Where `name` stands in `text`; no pattern, since an archive may know thousands of names."""
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def _beside(text: str, nation: re.Match[str]) -> bool:
    """Whether the nation is named as another body beside a place, not as where the place stands (全国示范案例)."""
    if nation[0] != "全国":
        return True
    before, behind = text[: nation.start()], text[nation.end() :]
    return bool(_COMPARED_WITH.search(before) or _COMPARED_WITH_IT.match(behind))


def _without_own_ranks(bodies: Sequence[BodyMention]) -> list[BodyMention]:
    """Beside a body that is named, its own rank (青禾县2022年全县建档率) means that body and none of its neighbours."""
    named = frozenset[int]().union(*(body.reports for body in bodies if body.named))
    return [body for body in bodies if body.named or not body.reports & named]


def _distinct(bodies: Iterable[BodyMention]) -> tuple[BodyMention, ...]:
    kept: list[BodyMention] = []
    for body in bodies:
        if all(body.reports != other.reports for other in kept):
            kept.append(body)
    return tuple(kept)
