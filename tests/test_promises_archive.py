"""兑现对照 over an archive: which reports are compared, what is missing, and what the command prints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from assistant.cli import promises as command
from assistant.promises.find import Comparison, find_promises, own_names
from assistant.promises.report import counts, to_json
from ingest.archive import Archive
from ingest.errors import NotFound
from tests.assistant_builders import CITY_2022, COUNTY_2021, COUNTY_2022, ingest
from tests.builders import report

HALF = """青禾县卫生健康局2023年上半年工作总结

一、上半年主要工作

（一）中医药发展。上半年新建中医馆5个，培训中医骨干42人。
"""
GOVERNMENT = {
    "政府2022.txt": """青禾县政府工作报告（2022年）

一、2021年工作回顾

一年来，全县建成高标准农田3万亩。

二、2022年工作安排

新建社区食堂12个，开工建设青临高速。
""",
    "政府2023.txt": """青禾县政府工作报告（2023年）

一、2022年工作回顾

一年来，新建社区食堂14个，农贸市场改造完成。

二、2023年工作安排

新建社区食堂9个。
""",
}
BUREAU = {"青禾2021.txt": COUNTY_2021, "青禾2022.txt": COUNTY_2022, "临泽2022.txt": CITY_2022}


@contextmanager
def archive_of(home: Path, files: dict[str, str]) -> Iterator[Archive]:
    """An archive of these files."""
    ingest(home, files, embed=False)
    with Archive.create_or_open(home) as archive:
        yield archive


def verdicts(found: Comparison) -> dict[str, str]:
    """Measure → verdict."""
    return {promise.measure.text: promise.verdict for promise in found.promises}


def test_a_bureau_s_plan_in_its_report_is_held_against_its_report_of_the_next_year(tmp_path: Path) -> None:
    with archive_of(tmp_path / "db", BUREAU) as archive:
        found = find_promises(archive, "青禾县卫生健康局", 2022)
    assert [one.year for one in found.plans] == [2021]
    assert [one.year for one in found.reviews] == [2022]
    told = verdicts(found)
    assert told["计划完成免费产前筛查4200人"] == "yes"
    assert told["力争建成中医馆6个"] == "no"


def test_a_government_report_s_plan_is_held_against_the_review_in_the_next_one(tmp_path: Path) -> None:
    with archive_of(tmp_path / "db", GOVERNMENT) as archive:
        found = find_promises(archive, "青禾县", 2022)
    assert ([one.year for one in found.plans], [one.year for one in found.reviews]) == ([2022], [2023])
    assert verdicts(found) == {"新建社区食堂12个": "yes", "开工建设青临高速": "no"}


def test_a_neighbour_s_review_is_never_used(tmp_path: Path) -> None:
    with archive_of(tmp_path / "db", BUREAU) as archive:
        found = find_promises(archive, "青禾县卫生健康局", 2022)
        used = {item.passage.report_id for promise in found.promises for item in promise.evidence}
        assert {archive.report(number).org for number in used} == {"青禾县卫生健康局"}


def test_a_half_year_report_serves_where_the_year_s_is_missing_and_it_is_said(tmp_path: Path) -> None:
    with archive_of(tmp_path / "db", {**BUREAU, "青禾2023上.txt": HALF}) as archive:
        found = find_promises(archive, "青禾县卫生健康局", 2023)
    assert verdicts(found)["新建中医馆8个"] == "yes"
    assert any("半年总结" in note for note in found.notes)


@pytest.mark.parametrize(
    ("org", "year", "word"),
    [
        ("青禾县卫生健康局", 2023, "回顾2023年工作的总结"),
        ("青禾县卫生健康局", 2030, "2030年的计划"),
        ("云岭县卫生健康局", 2022, "云岭县卫生健康局"),
    ],
)
def test_what_is_missing_is_said_in_one_chinese_line(tmp_path: Path, org: str, year: int, word: str) -> None:
    with archive_of(tmp_path / "db", BUREAU) as archive, pytest.raises(NotFound) as told:
        find_promises(archive, org, year)
    assert word in str(told.value)
    assert "\n" not in str(told.value)


def test_quotes_in_the_json_are_cut_from_the_source(tmp_path: Path) -> None:
    with archive_of(tmp_path / "db", BUREAU) as archive:
        found = find_promises(archive, "青禾县卫生健康局", 2022)
        body = to_json(archive, found)
        texts = {record.name: archive.file_text(record.id) for record in archive.files()}
    cited = [one for item in body["promises"] for one in (item["plan"], *item["evidence"])]
    assert [one["n"] for one in cited] == list(range(1, len(cited) + 1))
    assert all(texts[one["source_file"]][one["start"] : one["end"]] == one["quote"] for one in cited)
    assert all(item["evidence"] == [] for item in body["promises"] if item["verdict"] == "no")
    assert sum(counts(found).values()) == len(found.promises) == len(body["promises"])


def test_the_command_prints_a_table_and_says_what_silence_means(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with archive_of(tmp_path / "db", BUREAU):
        pass
    monkeypatch.setenv("REPORT_ASSISTANT_HOME", str(tmp_path / "db"))
    app = typer.Typer()
    command.register(app)
    ran = CliRunner().invoke(app, ["--org", "青禾县卫生健康局", "--year", "2022"])
    assert ran.exit_code == 0, ran.output
    assert "有对应表述" in ran.output
    assert "不等于没有做" in ran.output


@pytest.mark.parametrize(
    ("region", "bare"),
    [("青禾县", "青禾"), ("内蒙古自治区", "内蒙古"), ("恩施土家族苗族自治州", "恩施"), ("广西壮族自治区", "广西")],
)
def test_a_body_s_own_place_is_known_with_and_without_its_rank(region: str, bare: str) -> None:
    assert own_names([report(1, "某局", region, "县", 2022)]) == {region, bare}
