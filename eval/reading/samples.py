"""The sample archive read, beside the table of facts that it was made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from eval.reading.measure import Measure
from eval.sample.archive import Made, make_files
from eval.sample.facts import HIDDEN_YEAR, FileSpec, ReportSpec, Table, load_table
from ingest.period import Period
from ingest.pipeline import read_file
from ingest.settings import Settings
from ingest.types import Part, ReadFile, Report, Section

_FURNITURE = (
    "立即下载",
    "加入VIP",
    "上传人",
    "猜你喜欢",
    "相关搜索",
    "版权声明",
    "备案号",
    "免费预览",
    "当前位置",
    "资源描述",
)
_KINDS = {"half": {"半年总结"}, "points": {"工作要点"}}
_INSTITUTION = re.compile(r"局|委|医院|保健院|卫生院|中心")
_DEMAND = 0.97
_LEAST_LETTERS = 8

Pair = tuple[str, ReportSpec, Report]
"""A file's name, what was put into it, and what was found."""


def measure_sample(settings: Settings) -> list[Measure]:
    """Reports, their bodies, years and kinds; parts and periods of sentences; furniture; truncation."""
    table = load_table()
    files = [(made, read_file(Path(made.spec.name), made.data, settings)) for made in make_files()]
    pairs = [pair for made, read in files for pair in matched(made.spec, read.reports, table)]
    return [
        count_reports([(made.spec, len(read.reports)) for made, read in files]),
        _facts("sample: body", pairs, lambda spec, report: _is_body(spec, report, table)),
        _facts("sample: year", pairs, lambda spec, report: report.year == _year(spec)),
        _facts("sample: kind", pairs, lambda spec, report: report.kind in _kinds(spec)),
        _facts("sample: truncated or not", pairs, lambda spec, report: True, truncated_in(table.files)),
        count_sentences([(made, read) for made, read in files], table),
        count_furniture([(made.spec.name, read) for made, read in files]),
    ]


def count_reports(files: Sequence[tuple[FileSpec, int]]) -> Measure:
    """Files in which as many reports are found as were put in."""
    wrong = tuple(
        f"{spec.name}: {count}, made of {len(spec.reports)}" for spec, count in files if count != len(spec.reports)
    )
    return Measure.share(
        "sample: files with the right number of reports", len(files) - len(wrong), len(files), 1.0, wrong
    )


def matched(spec: FileSpec, reports: Sequence[Report], table: Table) -> list[Pair]:
    """The reports of one file beside those that were put into it, in order; nothing where their number differs."""
    if len(reports) != len(spec.reports):
        return []
    return [(spec.name, table.reports[key], report) for key, report in zip(spec.reports, reports, strict=True)]


def truncated_in(files: Sequence[FileSpec]) -> frozenset[str]:
    """Names of the files whose text was cut off."""
    return frozenset(spec.name for spec in files if "truncated" in spec.defects)


def count_sentences(files: Sequence[tuple[Made, ReadFile]], table: Table) -> Measure:
    """Sentences that stand in a passage of their own part and period."""
    total = 0
    wrong: list[str] = []
    for made, read in files:
        places = _places(read.reports)
        for placed in made.placed:
            piece = max(placed.texts, key=len)
            if len(piece) < _LEAST_LETTERS:  # a table's cell, a figure alone: it stands in many places
                continue
            total += 1
            spec = table.reports[placed.report]
            expected = (placed.said.part, expected_period(spec, placed.said.part))
            places_of = [at.start() for at in re.finditer(re.escape(piece), read.document.text)]
            found = [(one.part, one.period) for at in places_of for start, end, one in places if start <= at < end]
            if expected not in found:
                shown = found[0] if found else "in no passage"
                wrong.append(f"{made.spec.name} @{places_of[:1]}: {shown}, made as {expected[0]} {expected[1]}")
    return Measure.share("sample: sentences, part and period", total - len(wrong), total, _DEMAND, tuple(wrong))


def expected_period(spec: ReportSpec, part: Part) -> Period | None:
    """What the catalogue says a part of such a report speaks of."""
    year = _year(spec)
    if year is None:
        return None
    if spec.kind == "half":
        return Period(year, year, 2 if part == "plan" else 1)
    return Period.year(year + 1 if part == "plan" and spec.kind != "points" else year)


def count_furniture(files: Sequence[tuple[str, ReadFile]]) -> Measure:
    """Passages without a word of the web page around the report."""
    total = 0
    wrong: list[str] = []
    for name, read in files:
        for report in read.reports:
            for section in report.sections:
                for passage in section.passages:
                    total += 1
                    wrong += [f"{name}: {word}" for word in _FURNITURE if word in passage.text.text]
    return Measure.share("sample: passages without furniture", total - len(wrong), total, 1.0, tuple(wrong))


def _places(reports: Sequence[Report]) -> list[tuple[int, int, Section]]:
    return [
        (passage.start, passage.end, section)
        for report in reports
        for section in report.sections
        for passage in section.passages
    ]


def _facts(
    name: str, pairs: Sequence[Pair], right: Callable[[ReportSpec, Report], bool], cut: frozenset[str] | None = None
) -> Measure:
    wrong = []
    for file, spec, report in pairs:
        if cut is not None and report.truncated != (file in cut):
            wrong.append(f"{file}: truncated {report.truncated}")
        elif not right(spec, report):
            wrong.append(f"{file}: {report.org} {report.year} {report.kind}, made as {spec.id}")
    return Measure.share(name, len(pairs) - len(wrong), len(pairs), _DEMAND, tuple(wrong))


def _is_body(spec: ReportSpec, report: Report, table: Table) -> bool:
    """The same place and the same sort of institution; a report may call its body by its short name."""
    body = table.bodies[spec.body]
    if report.org is None or not report.org.startswith(body.place):
        return False
    wanted, found = _INSTITUTION.findall(body.org), _INSTITUTION.findall(report.org)
    return not found or wanted[-1] == found[-1]


def _year(spec: ReportSpec) -> int | None:
    return None if spec.year == HIDDEN_YEAR else spec.year


def _kinds(spec: ReportSpec) -> set[str]:
    return _KINDS.get(spec.kind, {"总结和计划", "总结"})
