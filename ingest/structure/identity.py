"""What a report is: its title, kind, year, body and date, each with where it came from; the user's word goes first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.structure.body import Body, body_named, find_body
from ingest.structure.certainty import GIVEN, not_followed
from ingest.structure.kind import find_kind, kind_of_name
from ingest.structure.mentions import in_title
from ingest.structure.places import MASK
from ingest.structure.published import find_published
from ingest.structure.title import Title
from ingest.structure.year import find_year, year_of_name
from ingest.types import Changes, Kind, Section

_REVIEWS: tuple[Kind, ...] = ("总结", "总结和计划", "半年总结")
_PLANS: tuple[Kind, ...] = ("计划", "工作要点")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is to tell a report by.

    `lines` is its text without the title, `headings` its top headings, `lower_headings` those of the two upper levels;
    `furniture` is what a web page had around it, `series` says that its title is a collection's.
    """

    title: Title
    lines: Sequence[str]
    headings: Sequence[str]
    lower_headings: Sequence[str]
    path: Path
    furniture: str
    series: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """The facts with their reasons, by the names of the fields."""

    title: Title
    kind: Kind
    year: int | None
    body: Body
    published: str | None
    reasons: dict[str, str]


def identify(evidence: Evidence, changes: Changes) -> Identity:
    """The facts about a report.

    What the user has said is taken for granted and helps to conclude the rest: a given kind tells how its headings
    are to be read for the year, a given body has its own region and rank. Where a given title is silent (健康工作总结),
    the one that was found still speaks.
    """
    title = evidence.title
    if changes.get("title"):
        title = replace(title, text=changes["title"], reason=GIVEN, in_text=True, again=None)
    kind, why_kind = _kind(evidence, title, changes)
    year, why_year = _year(evidence, title, kind, changes)
    if year is None or why_year.startswith("文件"):
        year, why_year = _year(evidence, evidence.title, kind, changes)
    body = _body(evidence, title, kind, changes)
    if body.org is None or body.reason.startswith("文件"):
        body = _body(evidence, evidence.title, kind, changes)
    if "title" not in changes:
        title = _spelt_out(title, kind, year, body)
    published, why_published = find_published(evidence.lines, evidence.furniture)
    if "published" in changes:
        published, why_published = changes["published"], GIVEN
    reasons = {
        "title": title.reason,
        "org": body.reason,
        "year": why_year,
        "kind": why_kind,
        "published": why_published,
    }
    return Identity(title, kind, year, body, published, reasons)


def without_plan(found: Identity, sections: Sequence[Section]) -> Identity:
    """A piece of a collection called 总结和计划 that plans nothing is a 总结."""
    if found.kind != "总结和计划" or found.reasons["kind"] == GIVEN or any(one.part == "plan" for one in sections):
        return found
    return replace(found, kind="总结", reasons={**found.reasons, "kind": "正文无计划部分"})


def _kind(evidence: Evidence, title: Title, changes: Changes) -> tuple[Kind, str]:
    if "kind" in changes:
        return changes["kind"], GIVEN
    kind, reason = find_kind(title, evidence.lines, evidence.headings, series=evidence.series)
    named = kind_of_name(evidence.path.stem)
    if reason.startswith("文件名") or named is None or not _contradict(kind, named):
        return kind, reason
    return kind, not_followed(reason, "文件名", named)


def _contradict(kind: Kind, named: Kind) -> bool:
    """A summary is no plan; but a summary with a plan may be filed under either."""
    if kind in ("其他", "总结和计划"):
        return False
    return (kind in _REVIEWS and named in _PLANS) or (kind in _PLANS and named in _REVIEWS)


def _year(evidence: Evidence, title: Title, kind: Kind, changes: Changes) -> tuple[int | None, str]:
    if "year" in changes:
        return changes["year"], GIVEN
    text = "\n".join(evidence.lines)
    year, reason = find_year(title, kind, evidence.lower_headings, text, evidence.path, evidence.furniture)
    if reason.startswith(("文件", "未")):
        return year, reason
    for name, where in ((evidence.path.stem, "文件名"), (evidence.path.parent.name, "文件夹名")):
        named = year_of_name(name, kind)
        if named is not None:
            return year, reason if named == year else not_followed(reason, where, f"{named}年")
    return year, reason


def _body(evidence: Evidence, title: Title, kind: Kind, changes: Changes) -> Body:
    if "org" in changes:
        org = changes["org"]
        return body_named(org, GIVEN) if org else Body(None, None, None, GIVEN)
    body = find_body(title, kind, evidence.lines, evidence.path)
    if body.org is None or body.reason.startswith("文件"):
        return body
    elsewhere = _place_of_name(evidence.path.stem, kind)
    if elsewhere is None or body.region is None or re.match(MASK, body.region) or _same(elsewhere, body):
        return body
    return replace(body, reason=not_followed(body.reason, "文件名", elsewhere))


def _place_of_name(name: str, kind: Kind) -> str | None:
    """The place in a file's name: 青禾县卫健局2022年总结, and 丽水 alone where the file is a government's report."""
    place, unit = in_title(name)
    if place is not None:
        return place
    alone = kind == "政府工作报告" and unit is None and re.fullmatch(r"[一-鿿]{2,4}", name)
    return name if alone and not re.search(r"报告|总结|工作|政府|计划|文档|正文|全文|附件", name) else None


def _same(place: str, body: Body) -> bool:
    return place[:2] in f"{body.org}{body.region}" or (body.region in ("全国", None) and "全国" in place)


def _spelt_out(title: Title, kind: Kind, year: int | None, body: Body) -> Title:
    """The title to show, where the one found says too much or too little.

    A headline's year is not shown where the report masks its own. A government report in a file that is
    only called 云州 becomes 2024年云州市政府工作报告.
    """
    if year is None and title.again is not None:
        return replace(title, text=title.again)
    if title.reason != "文件名" or kind != "政府工作报告" or "报告" in title.text or year is None or body.org is None:
        return title
    name = body.region if body.region not in (None, "全国") else body.org
    return Title(f"{year}年{name}政府工作报告", f"原文无标题，按正文和文件名“{title.text}”拟定")
