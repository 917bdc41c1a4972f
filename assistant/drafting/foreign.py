"""Names that belong to another body: they tell who wrote an exemplar and have no place in somebody else's plan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.drafting.bodies import Body, places_of
from assistant.drafting.sections import Stock
from assistant.promises.wording import words
from assistant.question.names import short_region
from assistant.question.segment import is_word, tagged
from ingest.archive import Archive
from ingest.archive.records import ReportRecord

_NAMES = ("ns", "nr", "nt", "nz", "nrt", "nrfg")
_NEUTRAL = frozenset(
    {
        "美丽",
        "和平",
        "中医",
        "中医药",
        "健康",
        "高水平",
        "文明",
        "平安",
        "安康",
        "富裕",
        "和谐",
        "长效",
        "智慧",
        "全民",
        "高技能",
        "温馨",
        "明德",
        "安宁",
    }
)
"""Words that the dictionary takes for names."""
_PLACE = re.compile(
    r"(?P<name>[㐀-鿿]{2})(?:镇(?![级痛静区])|乡(?![村镇级])|街道|村(?![民医卫级居庄])|县(?![域级乡直委内])|市(?![场民值级直区县域])|片区|新区)"
)
_GROUND = re.compile(
    r"(?P<name>[㐀-鿿]{2})"
    r"(?:湾|大道|路(?!径|演)|河(?!道|湖|长|流|口)|湖(?!泊|长)|港(?!口|澳)|山(?!区|水)|江(?!河)|岭|坪|桥(?!梁))"
)
_NO_GROUND = re.compile(
    r"[公铁道铺航网线电油气思出销内入主干大过灌治护沿条段点老新江河湖山矿火登爬高立人]$"
    r"|^(?:全|各|本|思|销|一|绿水|青|筑|架|搭)"
)
_NO_NAME = re.compile(
    r"[农城社辖灾库林山景园校病片疫小全本该各我此某每这那一二三两几多个等和及与或在的为从对由向于到至是有所座家内外新老市县区乡镇级公铁道铺航网线电油气思出销]$|^(?:全|各|本|该|我|此|每|驻|跨|示|试|美丽|和美|特色|重点|中心|贫困|边远)"
)
_INSTITUTION = re.compile(r"(?P<name>[㐀-鿿]{2,8})(?:大学|学院|公司|集团|医院|中学|小学|机场|高速|铁路|水库|大桥|码头)")
_COMMON_FRONT = re.compile(
    r"(?:公立|人民|中医|中西医|县级|市级|省级|区级|乡镇|妇幼|专科|综合|三级|二级|三甲|民营|社会办|基层|龙头|友善|平安|智慧|互联网|技工|职业|高等|技师|老年|城市|城际|国有|骨干|企业|现代|中心|帮扶|对口|协作|定点|医疗|儿童|传染病|精神|肿瘤|口腔|康复|护理|高等|高水平|重点|各|级|型|类)$"
)
_FEW = 5
_USED_BY = 2
"""From so many bodies on, a word that only one of them uses may be a name of its own."""


@dataclass(frozen=True, slots=True)
class Names:
    """What an archive tells about names, seen from the body that a draft is for.

    `others`: regions and bodies that are not its own; `own`: its own names; `texts`: what each other body wrote.
    """

    own: frozenset[str]
    others: frozenset[str]
    texts: tuple[str, ...] = ()
    _known: dict[str, bool] = field(default_factory=dict)

    def foreign(self, text: str, *, own: bool) -> bool:
        """Whether a phrase names what is another body's. `own`: the phrase is from the body's own reports, whose names
        are its own.
        """
        rest = text
        for name in sorted(self.own, key=len, reverse=True):
            rest = rest.replace(name, "")
        if any(name in rest for name in self.others):
            return True
        if own:
            return False
        if rest != text or re.search(r"[“”\"《》‘’A-Za-z]", rest):
            return True
        if any(not _NO_NAME.search(found["name"]) for found in _PLACE.finditer(rest)):
            return True
        if any(not _NO_GROUND.search(found["name"]) for found in _GROUND.finditer(rest)):
            return True
        if any(not _COMMON_FRONT.search(found["name"]) for found in _INSTITUTION.finditer(rest)):
            return True
        return any(self._rare(word, tag) for word, tag in tagged(rest))

    def strange(self, text: str, known: str) -> bool:
        """Whether a sentence of a model's own names a place, body or person that is neither known nor its own."""
        rest = text
        for name in sorted(self.own, key=len, reverse=True):
            rest = rest.replace(name, "")
        if any(name in rest and name not in known for name in self.others):
            return True
        for pattern in (_PLACE, _INSTITUTION):
            for found in pattern.finditer(rest):
                usual = _NO_NAME if pattern is _PLACE else _COMMON_FRONT
                if found[0] not in known and not usual.search(found["name"]):
                    return True
        return any(
            tag in ("ns", "nr", "nt", "nrt", "nrfg") and len(word) > 1 and word not in _NEUTRAL and word not in known
            for word, tag in tagged(rest)
        )

    def _rare(self, word: str, tag: str) -> bool:
        if len(word) < 2 or word in _NEUTRAL or word in words("plain"):
            return False
        if tag in _NAMES:
            return (tag != "nz" and (len(self.texts) < _FEW or tag in ("ns", "nt"))) or not self._common(word)
        return not is_word(word) or not self._common(word)

    def _common(self, word: str) -> bool:
        """Whether several bodies use the word; where there are few, the dictionary must do."""
        if len(self.texts) < _FEW:
            return is_word(word)
        if word not in self._known:
            self._known[word] = sum(word in text for text in self.texts) >= _USED_BY
        return self._known[word]


def names_for(archive: Archive, kept: Stock) -> Names:
    """The names of an archive as a draft for the stock's body must see them."""
    reports = archive.reports()
    mine = [report for report in reports if report.id in kept.body.reports]
    own = own_names(kept.body, mine)
    others = {
        name for name in (*places_of(reports), *(report.org for report in reports if report.org)) if _is_name(name)
    }
    above = {name for name in others if any(name in one for one in own)}
    texts: dict[str, list[str]] = {}
    for section in kept.sections:
        if section.relation != "own":
            texts.setdefault(section.report.org or section.report.title, []).append(section.text)
    return Names(own, frozenset(others - own - above), tuple("\n".join(one) for one in texts.values()))


def own_names(body: Body, reports: Iterable[ReportRecord]) -> frozenset[str]:
    """The body's names and its place's, with and without the rank."""
    regions = {region for region in (body.region, *(report.region for report in reports)) if region}
    stems = {stem for region in regions if len(stem := short_region(region)[0]) >= 2}
    orgs = {report.org for report in reports if report.org}
    return frozenset({body.name, *regions, *stems, *orgs})


def _is_name(name: str) -> bool:
    """Not what a mask left of one (xx县), nor a bare kind of body (县卫健局)."""
    return (
        len(name) >= 2
        and not re.search(r"[xX×＊*_○〇某]", name)
        and not re.match(r"[省市县区乡镇](?:卫|人民|中|政)", name)
    )
