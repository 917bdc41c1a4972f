"""Under which names a report's body may be asked for: in full, for short, by its bare place, by what a mask left."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.question.data import table
from ingest.archive.records import ReportRecord

RANKS = "省市县区镇乡"

_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|地区|省|市|县|区|旗|州|盟|镇|乡|街道)$")
_ETHNIC = re.compile(
    r"(?:壮族|回族|维吾尔|藏族|羌族|彝族|苗族|侗族|土家族|布依族|傣族|景颇族|白族|哈尼族|傈僳族|蒙古族|朝鲜族|哈萨克"
    r"|柯尔克孜|满族|瑶族|黎族|畲族|各族)+$"
)
_MASK = re.compile(r"[xX×＊*某〇○_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a body. `rank`: the suffix that a bare place lacks (青禾 of 青禾县); `bare`: what a mask left of a
    name (xx镇卫生院 → 镇卫生院), to be found only where a word begins; `place`: names the place, not the body.
    """

    text: str
    rank: str = ""
    bare: bool = False
    place: bool = False


def names_of(report: ReportRecord) -> set[Name]:
    """Every name of the body that wrote `report`."""
    names: set[Name] = set()
    stem, suffix = short_region(report.region) if report.region else ("", "")
    if report.region:
        names |= {Name(form, place=True) for form in (report.region, report.region.upper(), report.region.lower())}
    if report.region and not _MASK.search(report.region):
        if suffix:
            names.add(Name(stem, rank=suffix, place=True))
        if shorter := table("bodies")["shorter"].get(stem):
            names.add(Name(shorter, rank=stem.removeprefix(shorter) + suffix, place=True))
    if report.org:
        cases = {report.org, report.org.upper(), report.org.lower()} if _MASK.search(report.org) else {report.org}
        names |= {Name(form) for org in cases for form in _forms(org)}
        if report.region and suffix and report.org.startswith(report.region):
            names |= {Name(form) for form in _forms(stem + report.org.removeprefix(report.region))}
        without = _MASK.sub("", report.org)
        if without != report.org or without[0] in RANKS:
            names |= {Name(form, bare=True) for form in _forms(without)}
    return {name for name in names if len(name.text) >= 2}


def is_authority(report: ReportRecord) -> bool:
    """Whether the body answers for its place at large (局, 委, 政府), unlike a hospital."""
    return report.org is None or re.search(table("bodies")["authority"], report.org) is not None


def short_region(region: str) -> tuple[str, str]:
    """A place without its rank: 青禾县 → (青禾, 县), 广西壮族自治区 → (广西, 自治区)."""
    found = _SUFFIX.search(region)
    if not found:
        return region, ""
    stem = _ETHNIC.sub("", region[: found.start()])
    return (stem, found[0]) if len(stem) >= 2 else (region, "")


def rank_of(report: ReportRecord) -> str | None:
    """国 省 市 县 区 镇 乡: as the region or the body is written, else by the level."""
    if report.level in ("国", "省", "市"):
        return report.level
    for name in (report.region, report.org):
        if name and (found := re.search(r"(?:自治县|县|区|旗|镇|乡|街道|市)", _MASK.sub("", name))):
            return {"自治县": "县", "旗": "县", "街道": "乡"}.get(found[0], found[0])
    return {"县": "县", "乡": "乡"}.get(report.level or "")


def _forms(org: str) -> set[str]:
    forms = {org}
    for group in table("bodies")["forms"]:
        for form in sorted(group, key=len, reverse=True):
            if org.endswith(form):
                return forms | {org.removesuffix(form) + other for other in group}
    return forms


def in_all_forms(text: str) -> str:
    """`text` and, behind it, the same with each kind of body written in the other ways (卫健局 for 卫生健康局)."""
    others = [
        text.replace(form, other)
        for forms in table("bodies")["forms"]
        for form in forms
        if form in text
        for other in forms
        if other != form
    ]
    return " ".join([text, *others])
