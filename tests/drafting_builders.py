"""Reports for tests of drafting, written by hand: a plan and a review with headings, put into an archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.archive import Archive
from ingest.mapped import MappedText
from ingest.period import Period
from ingest.structure.places import Level
from ingest.types import CleanDocument, Document, Kind, Mark, MarkKind, Part, Passage, ReadFile, Report, Section

Topics = Mapping[str, str] | Sequence[str]

TEXTS = {
    "做实基本公共卫生服务": "完善健康档案动态管理，组织项目人员轮训，抓好高血压和糖尿病患者随访，年底前完成绩效评价。",
    "促进中医药传承发展": "支持中医馆提档，推广适宜技术，办好膏方节，开展师承带教，让群众就近看上中医。",
    "加强妇幼健康服务": "规范高危孕产妇管理，畅通危重救治通道，做好免费筛查的宣传和阳性随访，守住母婴安全。",
    "深化医药卫生体制改革": "推进紧密型医共体建设，落实分级诊疗，统一药品目录，理顺医保结余留用的办法。",
    "强化疾病预防控制": "开展传染病监测预警，备足应急物资，完成免疫规划查漏补种，提高流调处置能力。",
}


def plan_text(heading: str) -> str:
    """What a plan says under a heading."""
    return TEXTS.get(heading, f"围绕{heading}，明确牵头科室，细化措施清单，按季调度，确保各项安排落到实处。")


def report(
    year: int | None,
    plan: Topics = (),
    review: Topics = (),
    *,
    org: str = "青禾县卫生健康局",
    region: str = "青禾县",
    level: Level = "县",
    kind: Kind = "总结和计划",
    half: bool = False,
    marks: Sequence[tuple[MarkKind, str]] = (),
) -> ReadFile:
    """A report of `year` that looks back on it and plans the next (`half`: its halves; a 要点: its own year).

    `marks`: (kind, words) of what is to be marked wherever the words first stand.
    """
    ahead: Period | None = None
    behind: Period | None = None
    if year is not None:
        behind = Period(year, year, 1) if half else Period.year(year)
        ahead = Period(year, year, 2) if half else Period.year(year + (kind != "工作要点"))
    text, sections = "封面\n", []
    parts: tuple[tuple[Part, str, Topics, Period | None], ...] = (
        ("review", "一、工作回顾", review, behind),
        ("plan", "二、下一步工作打算", plan, ahead),
    )
    for part, chapter, topics, period in parts:
        bodies = dict(topics) if isinstance(topics, Mapping) else {heading: plan_text(heading) for heading in topics}
        for number, (heading, body) in enumerate(bodies.items(), 1):
            start = len(text)
            text += body + "\n"
            sign = "一二三四五六七八九十"[number - 1]
            passage = Passage(MappedText.identity(body, start), page=1)
            sections.append(Section((chapter, f"（{sign}）{heading}"), part, period, start, len(text), (passage,)))
    title = f"{org}{year or '某'}年工作{kind}"
    made = Report(title, org, region, level, year, kind, 0, len(text), False, tuple(sections))
    marked = tuple(Mark(text.index(w), text.index(w) + len(w), k, "测试") for k, w in marks)
    clean = CleanDocument((), (), marked)
    return ReadFile(Document(text, (), "txt", encoding="utf-8"), clean, (made,))


def archive_of(home: Path, *reports: ReadFile) -> Archive:
    """An archive that holds them, open for reading; the files are called 1.txt, 2.txt …"""
    with Archive.create_or_open(home, write=True) as archive:
        for number, read in enumerate(reports, 1):
            data = f"{number}\n{read.document.text}".encode()
            archive.add(Path("/reports", f"{number}.txt"), data, read, "test/1")
    return Archive.create_or_open(home)
