"""Figures in a real archive: read with their report, changed by the user for good, gone with their report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.app import build
from ingest.archive import Archive
from ingest.errors import NotFound
from ingest.runner import ingest_paths
from ingest.settings import Settings, load_settings
from tests.copies_builders import prose

TEXT = """青禾县卫生健康局2022年工作总结和2023年工作计划
一、2022年主要工作
全年产前筛查任务数4380人，截至11月20日完成4480人，完成率102.28%。两癌筛查完成xx人。
二、2023年工作计划
产前筛查不少于4600人。
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(TEXT, encoding="utf-8")
    settings = load_settings(tmp_path / "home")
    ingest_paths(settings, [tmp_path / "reports"], embed=False)
    return settings


def told(settings: Settings) -> list[tuple[str, str, str, str]]:
    with Archive.create_or_open(settings.home) as archive:
        return [
            (one.figure.text, one.figure.indicator, one.figure.role, str(one.figure.period))
            for one in archive.figures()
        ]


def number_of(settings: Settings, text: str) -> int:
    with Archive.create_or_open(settings.home) as archive:
        return next(one.id for one in archive.figures() if one.figure.text == text)


def again(settings: Settings, tmp_path: Path) -> None:
    """Read the same file under another name and pipeline, as a later release would."""
    from ingest import pipeline

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "PIPELINE_VERSION", "later")
        ingest_paths(settings, [tmp_path / "reports"], embed=False, reread_outdated=True)


def test_figures_come_with_their_report(settings: Settings) -> None:
    assert told(settings) == [
        ("4380人", "产前筛查", "target", "2022"),
        ("4480人", "产前筛查", "result", "2022"),
        ("102.28%", "产前筛查", "completion", "2022"),
        ("xx人", "两癌筛查", "result", "2022"),
        ("4600人", "产前筛查", "target", "2023"),
    ]


def test_each_is_the_source_s_own_characters_in_its_passage(settings: Settings) -> None:
    with Archive.create_or_open(settings.home) as archive:
        for one in archive.figures():
            assert archive.file_text(one.file_id)[one.figure.start : one.figure.end] == one.figure.text
            start, end = archive.passage(one.passage_id).text.span()
            assert start <= one.figure.start < one.figure.end <= end
            assert one.in_plan == (one.figure.text == "4600人")


def test_a_correction_holds_when_the_file_is_read_again_and_can_be_taken_back(
    settings: Settings, tmp_path: Path
) -> None:
    with Archive.create_or_open(settings.home, write=True) as archive:
        archive.edit_figure(
            number_of(settings, "4480人"), {"indicator": "产前筛查人次", "role": "target", "period": None}
        )
    again(settings, tmp_path)
    assert told(settings)[1] == ("4480人", "产前筛查人次", "target", "None")
    with Archive.create_or_open(settings.home, write=True) as archive:
        assert [one.edited for one in archive.figures()][:2] == [False, True]
        archive.restore_figure(number_of(settings, "4480人"))
    assert told(settings)[1] == ("4480人", "产前筛查", "result", "2022")


def test_what_is_struck_out_stays_out(settings: Settings, tmp_path: Path) -> None:
    with Archive.create_or_open(settings.home, write=True) as archive:
        archive.edit_figure(number_of(settings, "xx人"), None)
    again(settings, tmp_path)
    assert "xx人" not in [text for text, *_ in told(settings)]
    with Archive.create_or_open(settings.home) as archive:
        assert [one.figure.text for one in archive.struck_figures()] == ["xx人"]


def test_an_unknown_number_is_told(settings: Settings) -> None:
    with Archive.create_or_open(settings.home, write=True) as archive, pytest.raises(NotFound):
        archive.edit_figure(999, None)


def test_figures_go_with_their_report(settings: Settings) -> None:
    with Archive.create_or_open(settings.home, write=True) as archive:
        archive.forget("a.txt")
        assert archive.figures() == []


def test_copies_do_not_count_twice_and_come_forward_with_their_figures(settings: Settings, tmp_path: Path) -> None:
    long = TEXT.replace("青禾县", "白石县") + "\n".join(prose(3))
    (tmp_path / "reports" / "b.txt").write_text(long, encoding="utf-8")
    ingest_paths(settings, [tmp_path / "reports"], embed=False)
    alone = told(settings)
    (tmp_path / "reports" / "c.txt").write_text(f"{long}\n版权所有，请勿转载。\n", encoding="utf-8")
    ingest_paths(settings, [tmp_path / "reports"], embed=False)
    assert told(settings) == alone
    with Archive.create_or_open(settings.home, write=True) as archive:
        assert max(len(report.sources) for report in archive.reports()) == 2
        archive.forget("b.txt")
    assert told(settings) == alone


class TestCommands:
    @pytest.fixture
    def run(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> object:
        monkeypatch.setenv("REPORT_ASSISTANT_HOME", str(settings.home))
        return lambda *words: CliRunner().invoke(build(), list(words))

    def test_the_ledger_shows_target_result_and_completion_with_their_passages(self, run) -> None:  # type: ignore[no-untyped-def]
        rows = json.loads(run("figures", "--year", "2022", "--indicator", "产前筛查", "--json").stdout)
        (row,) = rows
        assert [cell["text"] for cell in row["targets"] + row["results"]] == ["4380人", "4480人"]
        assert row["status_text"] == "已达到"
        quote = row["results"][0]["citations"][0]
        assert "4480人" in quote["quote"] and TEXT[quote["start"] : quote["end"]] == quote["quote"]

    def test_a_figure_is_struck_out_and_given_back(self, run, settings: Settings) -> None:  # type: ignore[no-untyped-def]
        number = str(number_of(settings, "4480人"))
        assert run("figures", "edit", number, "--strike").exit_code == 0
        assert "4480人" not in run("figures", "--json").stdout.replace("完成4480人", "")
        assert run("figures", "edit", number, "--reset").exit_code == 0
        assert '"text": "4480人"' in run("figures", "--json").stdout

    def test_names_are_joined_and_parted(self, run) -> None:  # type: ignore[no-untyped-def]
        def names() -> list[str]:
            return sorted({row["indicator"] for row in json.loads(run("figures", "--json").stdout)})

        before = names()
        assert run("figures", "join", "产前筛查", "两癌筛查").exit_code == 0
        assert len(names()) == len(before) - 1
        assert run("figures", "join", "产前筛查", "两癌筛查", "--reset").exit_code == 0
        assert names() == before

    @pytest.mark.parametrize(
        "words", [("1",), ("1", "--strike", "--reset"), ("1", "--period", "22年"), ("1", "--role", "别的")]
    )
    def test_what_cannot_be_meant_is_refused(self, run, words: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
        assert run("figures", "edit", *words).exit_code != 0
