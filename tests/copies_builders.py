"""Reports long enough to be recognised again, for tests of near-duplicates and corrections."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

from ingest.archive import Archive
from ingest.mapped import MappedText
from ingest.period import Period
from ingest.settings import Settings
from ingest.types import CleanDocument, Correction, Document, Field, Kind, Mark, Passage, ReadFile, Report, Section
from tests.archive_builders import VERSION

BODY = "青禾县卫生健康局"
_WORDS = (
    "卫生院", "慢性病", "签约", "随访", "筛查", "妇幼", "中医药", "急救", "疫苗", "接种", "培训", "医师", "乡村",
    "门诊", "住院", "床位", "改造", "经费", "考核", "督导", "宣传", "托育", "监测", "食品", "饮水", "消毒", "职业病",
    "信息化", "远程", "会诊", "药品", "采购", "医保", "质控", "护理", "康复", "老年", "献血", "健康", "教育", "推进",
    "落实", "加强", "完善", "建立", "开展", "组织", "提升", "规范", "巩固", "全县", "乡镇", "机构", "人员", "制度",
)  # fmt: skip


def prose(seed: int, sentences: int = 40) -> list[str]:
    """So many sentences of trade words, each with a figure; another seed gives other words and other figures."""
    rng = random.Random(seed)
    made = []
    for _ in range(sentences):
        words = rng.choices(_WORDS, k=10)
        made.append(f"{''.join(words[:6])}{rng.randint(11, 9999)}人次，{''.join(words[6:])}。")
    return made


def report_file(
    sentences: Sequence[str],
    *more: Sequence[str],
    title: str = "青禾县卫生健康局2022年工作总结",
    org: str | None = BODY,
    year: int | None = 2022,
    kind: Kind = "总结",
    truncated: bool = False,
    marked: Sequence[str] = (),
    mark: str = "doubtful",
    cover: str = "封面\n",
) -> ReadFile:
    """A file with one report, or one for each list of sentences; every place of a text in `marked` gets a mark."""
    text, reports = cover, []
    for number, body in enumerate((sentences, *more), 1):
        start, passages = len(text), []
        for at in range(0, len(body), 4):
            piece = "".join(body[at : at + 4])
            passages.append(Passage(MappedText.identity(piece, len(text))))
            text += piece + "\n"
        section = Section((), "review", None if year is None else Period.year(year), start, len(text), tuple(passages))
        name = title if number == 1 else f"{title}（{number}）"
        reports.append(
            Report(name, org, "青禾县", "县", year, kind, start, len(text), truncated, (section,), {"year": "标题"})
        )
    marks = [
        Mark(at, at + len(word), "masked" if mark == "masked" else "doubtful", "存疑")
        for word in marked
        for at in range(len(text))
        if text.startswith(word, at)
    ]
    return ReadFile(Document(text, (), "txt"), CleanDocument((), (), tuple(marks)), tuple(reports))


def put(archive: Archive, name: str, read: ReadFile) -> int:
    """Put a file in under /reports/`name`; returns the id of its first report, read or laid aside."""
    file_id = archive.add(Path("/reports", name), read.document.text.encode(), read, VERSION)
    row = archive._database.connection().execute("SELECT min(id) FROM reports WHERE file_id = ?", (file_id,)).fetchone()
    return int(row[0])


class Readings:
    """A reader for bytes that `report_file` made: gives the reading back, with corrections applied to its reports."""

    def __init__(self, *known: ReadFile) -> None:
        self._known = {read.document.text: read for read in known}
        self.calls: list[Sequence[Correction]] = []

    def __call__(self, path: Path, data: bytes, settings: Settings, corrections: Sequence[Correction] = ()) -> ReadFile:
        self.calls.append(corrections)
        read = self._known[data.decode()]
        return replace(read, reports=tuple(_corrected(report, corrections) for report in read.reports))


def _corrected(report: Report, corrections: Sequence[Correction]) -> Report:
    for correction in corrections:
        if correction.start < report.end and correction.end > report.start:
            sure = dict(report.certainty)
            for field in get_args(Field):
                if field in correction.changes:
                    sure[field] = "given"
            report = replace(report, **correction.changes, certainty=sure)
            if "year" in correction.changes and report.year is not None:
                period = Period.year(report.year)
                report = replace(report, sections=tuple(replace(item, period=period) for item in report.sections))
    return report
