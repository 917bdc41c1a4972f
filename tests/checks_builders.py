"""Builders for the checks of a draft: an order, exemplars of its own and of others, citations, one section."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.answer import Citation
from assistant.drafting.checks import check
from assistant.drafting.types import ComposerName, DraftCheck, DraftSection, Exemplar, Fact, Order, Source
from ingest.archive.records import PassageRecord, ReportRecord
from ingest.mapped import MappedText
from ingest.period import Period
from ingest.types import Part

ORG = "柳溪县卫生健康局"
OTHER = "平沙县卫生健康局"
YEAR = 2026


def order(*facts: Fact, year: int = YEAR, **other: Any) -> Order:
    return Order(other.pop("org", ORG), year, facts=facts, **other)


def cited(
    quote: str, n: int = 1, *, period: str | None = "2025", part: Part | None = "review", **other: Any
) -> Citation:
    year = int(period[:4]) if period else None
    return Citation(
        n=n,
        report=other.get("report", "柳溪县卫生健康局2025年工作总结"),
        org=other.get("org", ORG),
        year=year,
        part=part,
        period=period,
        section=(),
        source_file="zj.txt",
        quote=quote,
        start=0,
        end=len(quote),
        page=None,
        passage_id=n,
        report_id=other.get("report_id", n),
    )


def passage(text: str, *, part: Part = "plan", year: int | None = 2025, report: int = 1) -> PassageRecord:
    period = Period.year(year) if year else None
    return PassageRecord(1, report, 1, 1, 0, MappedText.identity(text, 0), (), part, period, None)


def exemplar(text: str, *, own: bool = False, org: str = OTHER, region: str = "平沙县", id: int = 9) -> Exemplar:
    report = ReportRecord(
        id, id, f"{org}2025年工作计划", org, region, "县", 2025, "计划", False, 0, len(text), ("a.txt",), 1
    )
    return Exemplar("公共卫生服务", report, (passage(text, report=id),), own, 0.9, "同级单位")


def section(
    text: str,
    *sources: Source,
    exemplars: Sequence[Exemplar] = (),
    composer: ComposerName = "skeleton",
    heading: str = "公共卫生服务",
) -> DraftSection:
    return DraftSection(heading, text, sources, composer, tuple(exemplars))


def whole(text: str, *, fact: int | None = None, citation: int | None = None, kind: str = "") -> Source:
    """A source for the whole text."""
    sort: Any = kind or ("fact" if fact is not None else "figure")
    return Source(0, len(text), sort, fact, citation)


def run(
    text: str,
    *sources: Source,
    of: Order | None = None,
    citations: Sequence[Citation] = (),
    exemplars: Sequence[Exemplar] = (),
    composer: ComposerName = "skeleton",
    done: Sequence[PassageRecord] = (),
    places: Sequence[str] = (),
    heading: str = "公共卫生服务",
) -> tuple[DraftCheck, ...]:
    made = section(text, *sources, exemplars=exemplars, composer=composer, heading=heading)
    return check(of or order(), made, 0, citations, done, places)


def kinds(found: Sequence[DraftCheck], *but: str) -> list[str]:
    """The kinds found, notes left out."""
    return [one.kind for one in found if one.severity != "note" and one.kind not in but]
