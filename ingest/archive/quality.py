"""How good the archive's material is: what could not be read, what is damaged, what is not known, and what to do.

`gather` asks the database once; `assess` makes the report of it and touches nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.archive import reading, reporting
from ingest.archive.records import FileRecord, ReportRecord
from ingest.types import MarkKind

Topic = Literal[
    "failed", "notes", "empty", "truncated", "damaged", "doubtful", "masked", "ocr", "addressed", "year", "org",
    "unsure", "part", "period", "duplicates",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A file or report with something to say of it. `report` is its id, None for a file; `count` is how often."""

    name: str
    detail: str
    count: int = 1
    report: int | None = None


@dataclass(frozen=True, slots=True)
class Concern:
    """One kind of trouble: `total` in all, `items` the worst first, `remedy` what to do. `label` is Chinese."""

    topic: Topic
    label: str
    total: int
    unit: str
    remedy: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """The archive's quality report; concerns in the order in which they deserve attention, none without an item."""

    files: int
    failed: int
    reports: int
    characters: int
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What the report is made of. `marks`: how many of each kind a report has; `sections`: how many with text a report
    has, how many of them without part, and without period. `empty`: files in which nothing was found.
    """

    files: Sequence[FileRecord]
    reports: Sequence[ReportRecord]
    marks: dict[tuple[int, MarkKind], int]
    sections: dict[int, tuple[int, int, int]]
    empty: frozenset[int]
    characters: int


def gather(connection: sqlite3.Connection) -> Material:
    """Everything that `assess` needs, from the database."""
    marks = connection.execute(
        "SELECT r.id, m.kind, count(*) FROM reports r"
        ' JOIN marks m ON m.file_id = r.file_id AND m.start < r."end" AND m."end" > r.start'
        " WHERE r.duplicate_of IS NULL GROUP BY r.id, m.kind"
    )
    sections = connection.execute(
        "SELECT report_id, count(*), sum(part IS NULL), sum(period IS NULL) FROM sections"
        " WHERE id IN (SELECT section_id FROM passages) GROUP BY report_id"
    )
    empty = connection.execute(
        "SELECT id FROM files WHERE status = 'ok' AND id NOT IN (SELECT file_id FROM reports)"
        " OR id IN (SELECT file_id FROM reports GROUP BY file_id HAVING count(duplicate_of) = 0)"
        " AND id NOT IN (SELECT file_id FROM passages)"
    )
    return Material(
        reading.files(connection),
        reporting.reports(connection),
        {(report_id, kind): count for report_id, kind, count in marks},
        {report_id: (total, part, period) for report_id, total, part, period in sections},
        frozenset(row[0] for row in empty),
        reading.counts(connection).characters,
    )


def assess(material: Material) -> Quality:
    """The quality report."""
    read = [record for record in material.files if record.status == "ok"]
    failed = [record for record in material.files if record.status != "ok"]
    concerns = (
        _concern("failed", "未能读入的文件", "个", "按每行的说明改正后，重新 report-assistant ingest 该文件",
                 [Item(record.name, record.error or "") for record in failed]),
        _concern("empty", "没有找到正文的文件", "个", "请检查这些文件是否为报告；扫描件请先做文字识别",
                 [Item(record.name, "没有正文") for record in read if record.id in material.empty]),
        _concern("notes", "读入时有说明的文件", "个", "请按说明核对原件，必要时换一份更好的文件",
                 [Item(record.name, "；".join(record.notes), len(record.notes)) for record in read if record.notes]),
        _concern("truncated", "原文不完整的报告", "份", "如有完整的文件，请补充 ingest；完整的一份会自动替换它",
                 _of(material, lambda report: "缺少后面的内容" if report.truncated else None)),
        _marked(material, "damaged", "损坏的文字", "请换一份清楚的文件；引用这些地方前请核对原件"),
        _marked(material, "doubtful", "存疑的数字", "引用前请核对原件；回答中会注明存疑"),
        _marked(material, "masked", "已隐去的数字", "原文如此；如有未隐去的文件，请补充 ingest"),
        _marked(material, "ocr", "由图像识别的文字", "识别可能有误，引用数字前请对照原件"),
        _marked(material, "addressed", "疑似写给程序的指令", "回答和台账都不采用；请查明文件来源，必要时换成原件"),
        _concern("year", "年份不详的报告", "份", _EDIT.format("--year 2022"),
                 _of(material, lambda report: _reason(report, "year") if report.year is None else None)),
        _concern("org", "单位不详的报告", "份", _EDIT.format("--org 单位全称"),
                 _of(material, lambda report: _reason(report, "org") if report.org is None else None)),
        _concern("unsure", "年份或单位把握不大的报告", "份", f"请核对，不对时{_EDIT.format('--year 2022')}",
                 _of(material, _unsure)),
        _sections(material, "part", "看不出是总结、问题还是计划的章节", 1),
        _sections(material, "period", "时间不详的章节", 2),
        _concern("duplicates", "有多个来源的报告", "份", "无需处理：内容相同或基本相同的文件已合为一份",
                 _of(material, _copies)),
    )  # fmt: skip
    return Quality(
        len(read), len(failed), len(material.reports), material.characters, tuple(c for c in concerns if c.items)
    )


_EDIT = "用 report-assistant reports edit 编号 {} 更正"


def _concern(topic: Topic, label: str, unit: str, remedy: str, items: Iterable[Item]) -> Concern:
    worst = tuple(sorted(items, key=lambda item: -item.count))
    total = len(worst) if unit in ("个", "份") else sum(item.count for item in worst)
    return Concern(topic, label, total, unit, remedy, worst)


def _of(material: Material, say: Callable[[ReportRecord], str | None]) -> list[Item]:
    said = [(report, say(report)) for report in material.reports]
    return [_item(report, detail) for report, detail in said if detail is not None]


def _item(report: ReportRecord, detail: str, count: int = 1) -> Item:
    return Item(f"《{report.title}》（{report.sources[0]}）", detail, count, report.id)


def _marked(material: Material, kind: MarkKind, label: str, remedy: str) -> Concern:
    items = [
        _item(report, f"{count} 处", count)
        for report in material.reports
        if (count := material.marks.get((report.id, kind), 0))
    ]
    return _concern(kind, label, "处", remedy, items)


def _sections(material: Material, topic: Literal["part", "period"], label: str, column: int) -> Concern:
    items = []
    for report in material.reports:
        counted = material.sections.get(report.id, (0, 0, 0))
        if counted[column]:
            items.append(_item(report, f"{counted[0]} 节中有 {counted[column]} 节", counted[column]))
    options = "--year 2022" if topic == "period" else "--kind 总结和计划"
    what = "年份" if topic == "period" else "文种"
    return _concern(topic, label, "节", f"请核对报告的{what}，不对时{_EDIT.format(options)}", items)


def _reason(report: ReportRecord, field: str) -> str:
    return report.reasons.get(field) or "文中没有写明"


def _unsure(report: ReportRecord) -> str | None:
    doubts = [
        f"{name}“{value}”据{report.reasons.get(field) or '推断'}"
        for field, name, value in (("year", "年份", report.year), ("org", "单位", report.org))
        if value is not None and report.certainty.get(field) == "low"
    ]
    return "，".join(doubts) or None


def _copies(report: ReportRecord) -> str | None:
    return (
        f"{len(report.sources)} 个来源：{'、'.join(report.sources)}"
        if len(report.sources) > 1
        else ("同一文件中重复出现" if report.duplicates else None)
    )
