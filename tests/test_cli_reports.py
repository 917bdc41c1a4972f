"""`reports`, `reports --why`, `reports --quality`, `reports edit`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_builders import REPORT, Shell
from tests.copies_builders import prose

FULL = "\n\n".join(["青禾县卫生健康局2022年工作总结", "一、主要工作", *prose(1)])


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "archive", monkeypatch, capsys)


@pytest.fixture
def folder(tmp_path: Path, shell: Shell) -> Path:
    """An archive of a report, two copies of another, and an empty file."""
    place = tmp_path / "in"
    place.mkdir()
    (place / "云岭.txt").write_text(REPORT, encoding="utf-8")
    (place / "青禾.txt").write_text(FULL, encoding="utf-8")
    (place / "青禾网上版.txt").write_text(f"{FULL}\n\n版权所有，请勿转载。\n", encoding="utf-8")
    (place / "空.txt").write_bytes(b"")
    shell("ingest", place)
    return place


def only(shell: Shell, org: str) -> dict[str, object]:
    (found,) = [report for report in shell("reports", "--json").json if str(report["org"]).startswith(org)]
    return dict(found)


def test_the_list_has_one_line_for_a_report_with_all_its_sources(shell: Shell, folder: Path) -> None:
    ran = shell("reports")
    assert ran.code == 0 and "共 2 份报告。" in ran.out
    (line,) = [line for line in ran.out.splitlines() if "青禾县" in line]
    assert "青禾.txt" in line and "青禾网上版.txt" in line


def test_json_is_an_array_of_objects_with_every_fact(shell: Shell, folder: Path) -> None:
    found = shell("reports", "--json").json
    assert isinstance(found, list) and len(found) == 2
    keys = {
        "id",
        "title",
        "org",
        "year",
        "kind",
        "period",
        "published",
        "certainty",
        "reasons",
        "sources",
        "duplicates",
    }
    assert all(keys <= report.keys() for report in found)
    assert all(report["period"] is None or isinstance(report["period"], str) for report in found)


def test_why_says_where_each_fact_came_from(shell: Shell, folder: Path) -> None:
    said = shell("reports", "--why").out
    assert "标题：云岭县卫生健康局2022年工作总结" in said
    assert "年份：2022年（" in said and "单位：云岭县卫生健康局（" in said
    assert "副本：报告" in said


class TestEdit:
    def test_a_correction_is_listed_answered_from_and_survives_another_ingest(self, shell: Shell, folder: Path) -> None:
        number = str(only(shell, "云岭")["id"])
        told = shell("reports", "edit", number, "--year", "2019", "--org", "白石县卫生健康局")
        assert told.code == 0 and "已更正" in told.out and "2019年" in told.out and "由用户更正" in told.out
        shell("ingest", folder)
        shell("rebuild")
        report = only(shell, "白石")
        assert (str(report["id"]), report["year"]) == (number, 2019)
        assert report["certainty"] == {**dict(report["certainty"]), "year": "given", "org": "given"}  # type: ignore[call-overload]
        answer = shell("ask", "2019年白石县两癌筛查完成多少人？", "--json").json
        assert not answer["abstained"] and "10500" in answer["answer"]
        assert shell("ask", "2022年云岭县两癌筛查完成多少人？", "--json").json["abstained"]

    def test_reset_gives_back_what_was_found(self, shell: Shell, folder: Path) -> None:
        before = only(shell, "云岭")
        shell(
            "reports",
            "edit",
            str(before["id"]),
            "--year",
            "2019",
            "--title",
            "云岭县卫生健康局年度总结",
            "--kind",
            "计划",
        )
        assert only(shell, "云岭") != before
        assert "已恢复" in shell("reports", "edit", str(before["id"]), "--reset").out
        assert only(shell, "云岭") == before

    @pytest.mark.parametrize("unknown", ["0", "不详"])
    def test_an_unknown_year(self, shell: Shell, folder: Path, unknown: str) -> None:
        number = str(only(shell, "云岭")["id"])
        assert "年份不详" in shell("reports", "edit", number, "--year", unknown).out
        assert only(shell, "云岭")["year"] is None

    @pytest.mark.parametrize(
        ("arguments", "word"),
        [
            (("1", "--year", "19"), "1900"),
            (("1", "--kind", "讲话"), "总结"),
            (("1",), "没有要修改的内容"),
            (("1", "--reset", "--year", "2020"), "--reset"),
            (("99", "--year", "2020"), "99"),
        ],
    )
    def test_what_cannot_be_done_is_one_line(
        self, shell: Shell, folder: Path, arguments: tuple[str, ...], word: str
    ) -> None:
        shell("reports", "edit", *arguments).refused(word)

    def test_a_number_that_is_none_is_told_with_the_right_help(self, shell: Shell, folder: Path) -> None:
        ran = shell("reports", "edit", "第一份")
        assert ran.code == 2 and "reports edit --help" in ran.err


class TestQuality:
    def test_totals_come_first_then_each_with_what_to_do(self, shell: Shell, folder: Path) -> None:
        ran = shell("reports", "--quality")
        lines = ran.out.splitlines()
        assert ran.code == 0 and lines[0].startswith("3 个文件（另有 1 个未能读入），2 份报告")
        assert "  未能读入的文件：1 个" in lines and "  有多个来源的报告：1 份" in lines
        (at,) = [number for number, line in enumerate(lines) if line.startswith("未能读入的文件（1 个）。")]
        assert "ingest" in lines[at] and lines[at + 1].startswith("  空.txt：文件")

    def test_json(self, shell: Shell, folder: Path) -> None:
        found = shell("reports", "--quality", "--json").json
        assert (found["files"], found["failed"], found["reports"]) == (3, 1, 2)
        assert {"failed", "duplicates"} <= {concern["topic"] for concern in found["concerns"]}
