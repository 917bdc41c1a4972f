"""The body that a draft is for: its rank and sort, its own reports, and how another body stands to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.question.bodies import BodyIndex
from assistant.question.data import table
from assistant.question.names import short_region
from ingest.archive.records import ReportRecord
from ingest.clean import normalise
from ingest.structure.places import leading_places

Relation = Literal["own", "peer", "above", "below", "other"]

_RANKS = ("国", "省", "市", "县", "乡")
_LEVEL = {
    "自治区": "省",
    "自治州": "市",
    "自治县": "县",
    "自治旗": "县",
    "特别行政区": "省",
    "地区": "市",
    "街道": "乡",
}
_LETTER = {"省": "省", "市": "市", "州": "市", "盟": "市", "县": "县", "区": "县", "旗": "县", "镇": "乡", "乡": "乡"}
_BIG_CITIES = ("北京", "天津", "上海", "重庆")
_GOVERNMENT = re.compile(r"(?:政府|国务院|行署|行政公署|管委会|管理委员会)$")
_HEALTH = re.compile(r"卫生健康|卫健|卫生和计划生育|卫计|卫生(?:局|委|厅|主管部门)|爱卫")
_CARE = re.compile(
    r"医院|保健院|卫生院|疾控|疾病预防控制|卫生监督|急救中心|血站|卫生服务中心|妇幼|保健中心|医共体|医疗集团"
)


@dataclass(frozen=True, slots=True)
class Body:
    """`sort`: government, health, the kind of institution (医院…), or what follows the place (教育局).

    `reports` are the ids of its reports, empty where the archive holds none; `level` None where it cannot be told.
    """

    name: str
    region: str | None
    level: str | None
    sort: str
    reports: frozenset[int]

    @property
    def field(self) -> str:
        """Which fields of work it has: `health`, `government`, or `general`."""
        return field_of(self.sort)

    def is_kin(self, report: ReportRecord) -> bool:
        """Whether a body of another sort works in the same field: the bureau over a hospital."""
        return (
            self.field != "general"
            and report.org is not None
            and field_of(sort_of(report.org, report.region)) == self.field
        )

    def relation(self, report: ReportRecord) -> Relation:
        """How the body of a report stands to this one."""
        if report.id in self.reports:
            return "own"
        if report.org is None or sort_of(report.org, report.region) != self.sort:
            return "other"
        if self.level is None or report.level is None or report.level == self.level:
            return "peer"
        return "above" if _RANKS.index(report.level) < _RANKS.index(self.level) else "below"


def field_of(sort: str) -> str:
    """The field of work of a sort of body."""
    return sort if sort == "government" else ("health" if sort.startswith("health") else "general")


def find_body(org: str, reports: Sequence[ReportRecord]) -> Body:
    """The body meant by `org`; one that the archive does not hold is read from its name."""
    plain = normalise(org).strip()
    exact = [report for report in reports if report.org and normalise(report.org) == plain]
    region, level = (exact[0].region, exact[0].level) if exact else _place(plain)
    sort = sort_of(plain, region)
    found = BodyIndex(reports).find(plain)
    named = [mention.reports for mention in found.bodies if mention.named]
    meant = named[0] if len(named) == 1 and not found.missing else frozenset[int]()
    own = {report.id for report in exact} | {
        report.id
        for report in reports
        if report.id in meant and report.org is not None and _same(report, plain, region, sort)
    }
    first = next((report for report in reports if report.id in own), None)
    if first is not None and not exact:
        region, level, sort = first.region, first.level, sort_of(first.org or plain, first.region)
    return Body(org, region, level, sort, frozenset(own))


def _same(report: ReportRecord, org: str, region: str | None, sort: str) -> bool:
    """Not the bureau when its hospital is asked for; a bare place (云岭) is the body that answers for it."""
    own = sort_of(report.org or "", report.region)
    if own.startswith("health:") or sort.startswith("health:"):
        return own == sort and (report.org or "") == org
    return own == sort or org in (report.region or "", short_region(report.region or "")[0]) or not _tail(org, region)


@cache
def sort_of(org: str, region: str | None = None) -> str:
    """What sort of body it is, whatever its place and spelling."""
    if _GOVERNMENT.search(org):
        return "government"
    if _HEALTH.search(org) and not org.endswith(("中心", "所", "院")):
        return "health"
    tail = _tail(org, region)
    if found := _CARE.search(tail or org):
        return f"health:{_kind_of_care(found[0])}"
    return _spelt(tail) or "general"


def _kind_of_care(word: str) -> str:
    return {"疾病预防控制": "疾控", "保健院": "妇幼", "卫生服务中心": "卫生院", "保健中心": "妇幼"}.get(word, word)


def _tail(org: str, region: str | None) -> str:
    """What follows the place: 教育局 of 云岭县教育局."""
    for place in filter(None, (region, short_region(region)[0] if region else None)):
        if org.startswith(place):
            return org.removeprefix(place).lstrip("省市县区州盟旗镇乡")
    _, end = leading_places(org)
    return org[end:]


def _spelt(tail: str) -> str:
    for forms in table("bodies")["forms"]:
        for form in sorted(forms, key=len, reverse=True):
            if tail.endswith(form):
                return tail.removesuffix(form) + str(forms[0])
    return tail


def _place(org: str) -> tuple[str | None, str | None]:
    if org.startswith(("国务院", "国家", "全国", "中央")):
        return None, "国"
    region, _ = leading_places(org)
    if region is None:
        return None, None
    suffix = short_region(region)[1]
    if region.startswith(_BIG_CITIES) and suffix == "市":
        return region, "省"
    return region, _LEVEL.get(suffix) or _LETTER.get(suffix[-1:] or region[-1:])


def places_of(reports: Iterable[ReportRecord]) -> frozenset[str]:
    """The places of reports, with and without their rank."""
    regions = {report.region for report in reports if report.region}
    return frozenset(regions | {stem for region in regions if len(stem := short_region(region)[0]) >= 2})
