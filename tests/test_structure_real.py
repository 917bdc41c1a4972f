"""The real files beside the repository, where they are: whose they are, of which year, and what is said when."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.clean import clean
from ingest.readers import read_document
from ingest.structure import find_reports
from ingest.types import Report
from tests.structure_builders import sense_of

ARCHIVE = Path(__file__).parents[1].parent / "shared" / "archive"
pytestmark = pytest.mark.skipif(not ARCHIVE.is_dir(), reason="the shared archive is not here")


def reports_in(folder: str, start: str) -> tuple[Report, ...]:
    (path,) = [path for path in (ARCHIVE / folder).iterdir() if path.name.startswith(start)]
    document = read_document(path, path.read_bytes())
    return find_reports(document, clean(document), path, 400)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("000", [("xx县卫生局", None, "半年总结")]),
        ("001", [("XX区卫生健康局", 2021, "总结")]),
        ("002", [("衡南县卫健局", 2022, "总结和计划")]),
        ("004", [("县卫健局", None, "总结"), ("市卫健局", None, "总结"), ("xx区卫健局", None, "总结")]),
    ],
)
def test_the_seeds_are_told_apart(start: str, expected: list[tuple[str, int | None, str]]) -> None:
    assert [(report.org, report.year, report.kind) for report in reports_in("seeds", start)] == expected


def test_a_collection_of_eight_is_eight_reports_of_unknown_year() -> None:
    reports = reports_in("seeds", "003")
    assert len(reports) == 8
    assert {report.year for report in reports} == {None}
    assert reports[1].region == "安徽省"
    assert reports[3].org == "xx镇卫生院"
    assert reports[7].org == "xx区卫生健康局"


def test_targets_and_results_of_a_seed_are_review_and_its_intentions_plan() -> None:
    (report,) = reports_in("seeds", "002")
    assert sense_of(report, "4480") == ("review", "2022")
    assert sense_of(report, "放管服") == ("plan", "2023")


@pytest.mark.parametrize(
    ("folder", "start", "org", "year"),
    [
        ("national", "2018", "国务院", 2018),
        ("national", "1983", "国务院", 1983),
        ("provincial", "2025_广西", "广西壮族自治区人民政府", 2025),
        ("provincial_docx", "2025年北京", "北京市人民政府", 2025),
        ("municipal_docx", "丽水", "丽水市人民政府", 2024),
        ("municipal_docx", "池州", "池州市人民政府", 2023),
        ("municipal_docx", "黄山", "黄山区人民政府", 2024),
        ("municipal_docx", "台州", "国务院", 2024),
        ("municipal_docx", "凉山", "凉山州人民政府", 2024),
        ("municipal_docx", "阿坝", "阿坝州人民政府", 2024),
        ("municipal_docx", "达州", "达州市人民政府", 2024),
    ],
)
def test_government_reports_are_of_the_government_that_speaks(folder: str, start: str, org: str, year: int) -> None:
    (report,) = reports_in(folder, start)
    assert (report.org, report.year, report.kind) == (org, year, "政府工作报告")


@pytest.mark.parametrize("start", ["丽水", "泸州", "枣庄", "承德", "马鞍山", "凉山"])
def test_city_reports_review_plan_and_beside_them_only_greet_and_close(start: str) -> None:
    (report,) = reports_in("municipal_docx", start)
    size = {"review": 0, "problem": 0, "plan": 0}
    for section in report.sections:
        if section.part is None:
            assert section.path == () and section.period is None
            continue
        assert str(section.period) == ("2024" if section.part == "plan" else "2023")
        size[section.part] += sum(len(passage.text) for passage in section.passages)
    assert 0.2 < size["review"] / sum(size.values()) < 0.6


def test_five_years_of_the_state_council_are_not_one_year() -> None:
    (report,) = reports_in("national", "2018")
    assert sense_of(report, "54万亿") == ("review", "2013/2017")
    assert sense_of(report, "今年发展主要预期目标") == ("plan", "2018")
