"""From the archive: which report plans a year for a body, which one looks back on it, and how the two compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.promises.align import compare
from assistant.promises.types import Embeds, Promise
from assistant.question.bodies import BodyIndex
from ingest.archive.reader import ArchiveReader
from ingest.archive.records import PassageRecord, ReportRecord
from ingest.clean import normalise
from ingest.errors import NotFound
from ingest.period import Period

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|羌|达斡尔"
    "|仫佬|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|各"
)
_AUTONOMOUS = re.compile(rf"(?:(?<!内)(?:{_PEOPLES})族?){{0,4}}自治[区州县旗]$")
_RANKS = "省市县区州盟旗镇乡"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A body's plan for `year` beside its review of `year`. `notes`: Chinese lines on what the archive lacks."""

    org: str
    year: int
    plans: tuple[ReportRecord, ...]
    reviews: tuple[ReportRecord, ...]
    promises: tuple[Promise, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """The passages that plan a year and those that look back on it, with the reports they stand in."""

    plan: tuple[PassageRecord, ...]
    review: tuple[PassageRecord, ...]
    plans: tuple[ReportRecord, ...]
    reviews: tuple[ReportRecord, ...]
    notes: tuple[str, ...]


def find_promises(archive: ArchiveReader, org: str, year: int, encoder: Embeds | None = None) -> Comparison:
    """Every measure that the body `org` planned for `year` beside what it later says about `year`.

    `org`: the body's name as the archive has it, or any name by which a question may call it. Raises NotFound, with
    one Chinese line, where the archive lacks the body, the plan or the review.
    """
    reports = reports_of(archive, org)
    named = next((report.org for report in reports if report.org), org)
    sources = gather(archive, reports, year)
    if not sources.plan:
        raise NotFound(f"档案中没有{named}{year}年的计划", f"请先导入列有{year}年工作计划的报告")
    if not sources.review:
        raise NotFound(f"档案中没有{named}回顾{year}年工作的总结", "请先导入该年的总结，再来对照")
    own = own_names(reports)
    promises = compare(sources.plan, sources.review, encoder, body=own)
    return Comparison(named, year, sources.plans, sources.reviews, tuple(_once(promises)), sources.notes)


def reports_of(archive: ArchiveReader, org: str) -> list[ReportRecord]:
    """The reports of the body meant, in the order of their years. Raises NotFound where there is none."""
    held = archive.reports()
    found = [report for report in held if report.org == org]
    if not found:
        index = BodyIndex(held)
        meant = [body.reports for body in index.find(normalise(org)).bodies if body.named]
        numbers = frozenset[int]().union(*meant) if len(meant) == 1 else frozenset[int]()
        found = [report for report in held if report.id in numbers]
    if not found:
        names = list(dict.fromkeys(report.org for report in held if report.org))[:5]
        raise NotFound(f"档案中没有“{org}”的报告", f"请换一个单位名称（档案中有：{'、'.join(names) or '无'}）")
    return sorted(found, key=lambda report: (report.year or 0, report.id))


def gather(archive: ArchiveReader, reports: Sequence[ReportRecord], year: int) -> Sources:
    """The plan for a year (whole-year plans, else those for half of it) and what later reports say of that year."""
    passages = {report.id: archive.report_passages(report.id) for report in reports}
    every = [passage for items in passages.values() for passage in items]
    planned = [item for item in every if item.part == "plan" and _in_year(item.period, year)]
    whole = [item for item in planned if item.period == Period.year(year)]
    plan = whole or planned
    looked = [item for item in every if item.part == "review" and _looks_back(item.period, year)]
    annual = {item.report_id for item in looked if item.period == Period.year(year)}
    half = [item for item in looked if item.period is not None and item.period.half is not None]
    review = [item for item in looked if item.report_id in annual] + [i for i in half if i.report_id not in annual]
    review = review or looked
    plans, reviews = _reports(plan, reports), _reports(review, reports)
    notes = [
        *(f"《{r.title}》不完整，计划可能没有列全。" for r in plans if r.truncated),
        *(f"《{r.title}》不完整，“未提及”的可能在缺失的部分里。" for r in reviews if r.truncated),
    ]
    if plan and not whole:
        notes.append(f"档案中没有{year}年全年的计划，这里用的是半年的安排。")
    if review and not annual:
        only = "半年总结" if half else "多年合计的回顾"
        notes.append(f"档案中没有{year}年全年的总结，这里只对照了{only}。")
    return Sources(tuple(plan), tuple(review), plans, reviews, tuple(notes))


def own_names(reports: Iterable[ReportRecord]) -> frozenset[str]:
    """The body's own place, with and without its rank (青禾县, 青禾): in its own reports it tells nothing apart."""
    places = {report.region for report in reports if report.region}
    bare = {_AUTONOMOUS.sub("", place) for place in places}
    return frozenset(places | bare | {place.rstrip(_RANKS) for place in bare if len(place) > 2})


def _in_year(period: Period | None, year: int) -> bool:
    return period is not None and period.single_year == year


def _looks_back(period: Period | None, year: int) -> bool:
    """The year itself, half of it, or several years that end with it; a later five-year review says too little."""
    return period is not None and period.last == year


def _reports(passages: Iterable[PassageRecord], reports: Sequence[ReportRecord]) -> tuple[ReportRecord, ...]:
    used = {passage.report_id for passage in passages}
    return tuple(report for report in reports if report.id in used)


def _once(promises: Iterable[Promise]) -> list[Promise]:
    """A measure that two plans state in the same words is shown once."""
    kept: dict[str, Promise] = {}
    for promise in promises:
        kept.setdefault(normalise(promise.measure.text), promise)
    return list(kept.values())
