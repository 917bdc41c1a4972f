"""A report that was taken out of the archive can be taken back as it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.corrections import correct_report
from ingest.discarding import discard, restore
from ingest.errors import NotFound
from ingest.runner import ingest_paths
from ingest.settings import Settings
from ingest.trash import Trash


def text(place: str, year: int, seed: int) -> str:
    """A report long enough to be told from others, with figures of its own."""
    topics = ("慢性病管理", "家庭医生签约", "妇幼健康", "老年健康", "中医药服务", "疫苗接种", "基层能力", "医疗救助")
    lines = [f"{place}卫生健康局{year}年工作总结", "", f"一、{year}年主要工作"]
    for number, topic in enumerate(topics, 1):
        some = seed * 100 + number * 7
        lines.append(f"（{'一二三四五六七八'[number - 1]}）{topic}。")
        lines.append(f"全年{place}{topic}服务{some * 31}人次，覆盖率为{60 + some % 39}.{number}%。")
        lines.append(f"{place}{topic}比上年增加{some}人次。")
        lines.append(f"{topic}方面建成示范点{number + seed}个，培训人员{some * 3}名，投入资金{some * 2}万元。")
    lines += ["", "二、存在的问题", f"{place}基层人才不足，信息化建设相对滞后。"]
    return "\n".join(lines) + "\n"


REPORT, OTHER = text("青禾县", 2023, 3), text("白石县", 2022, 5)
BOTH = OTHER + "\n\n" + text("赤岭县", 2021, 8)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "home")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "青禾.txt").write_text(REPORT)
    (folder / "副本.txt").write_text(REPORT, encoding="gb18030")
    (folder / "两份.txt").write_text(BOTH)
    ingest_paths(made, [folder], embed=False)
    return made


def titles(settings: Settings) -> set[str]:
    with Archive.create_or_open(settings.home) as archive:
        return {report.title for report in archive.reports()}


def number(settings: Settings, word: str) -> int:
    with Archive.create_or_open(settings.home) as archive:
        return next(report.id for report in archive.reports() if word in report.title)


def test_a_report_comes_back_with_its_names_its_corrections_and_what_was_struck_out(settings: Settings) -> None:
    report_id = number(settings, "青禾")
    correct_report(settings, report_id, {"year": 2019})
    with Archive.create_or_open(settings.home, write=True) as archive:
        before = archive.report(report_id)
        struck = archive.figures([report_id])[0]
        archive.edit_figure(struck.id, None)
    gone = discard(settings, report_id)
    assert not any("青禾" in title for title in titles(settings)) and gone.left.title == before.title
    assert [entry.id for entry in Trash(settings.home).entries()] == [gone.id]

    restore(settings, gone.id)
    with Archive.create_or_open(settings.home) as archive:
        (report,) = [report for report in archive.reports() if "青禾" in report.title]
        assert (report.year, report.certainty["year"]) == (2019, "given")
        assert set(report.sources) == set(before.sources) == {"青禾.txt", "副本.txt"}
        assert [one.figure.text for one in archive.struck_figures()] == [struck.figure.text]
        assert archive.doctor() == [] or all(one.severity != "error" for one in archive.doctor())
    assert Trash(settings.home).entries() == ()


def test_its_folder_is_known_again_afterwards(settings: Settings, tmp_path: Path) -> None:
    restore(settings, discard(settings, number(settings, "青禾")).id)
    summary = ingest_paths(settings, [tmp_path / "in"], embed=False)
    assert {outcome.status for outcome in summary.outcomes} == {"unchanged"}


def test_of_a_file_with_two_reports_only_the_one_goes_and_comes_back(settings: Settings) -> None:
    before = titles(settings)
    gone = discard(settings, number(settings, "白石"))
    assert any("赤岭" in title for title in titles(settings)) and len(titles(settings)) == len(before) - 1
    restore(settings, gone.id)
    assert titles(settings) == before


def test_a_report_taken_out_before_stays_out_when_the_rest_of_its_file_comes_back(settings: Settings) -> None:
    first = discard(settings, number(settings, "白石"))
    second = discard(settings, number(settings, "赤岭"))
    restore(settings, second.id)
    assert any("赤岭" in title for title in titles(settings))
    assert not any("白石" in title for title in titles(settings))
    restore(settings, first.id)
    assert any("白石" in title for title in titles(settings))


def test_an_uploaded_file_goes_and_comes_with_its_report(settings: Settings) -> None:
    upload = settings.home / "uploads" / "单位" / "黑水.txt"
    upload.parent.mkdir(parents=True)
    upload.write_text(text("黑水县", 2020, 9))
    ingest_paths(settings, [upload], embed=False)
    gone = discard(settings, number(settings, "黑水"))
    assert not upload.exists()
    restore(settings, gone.id)
    assert upload.exists() and any("黑水" in title for title in titles(settings))


def test_a_file_of_the_user_is_never_touched(settings: Settings, tmp_path: Path) -> None:
    discard(settings, number(settings, "青禾"))
    assert (tmp_path / "in" / "青禾.txt").read_text() == REPORT


class TestTrash:
    def test_after_thirty_days_nothing_can_be_taken_back(self, settings: Settings) -> None:
        gone = discard(settings, number(settings, "青禾"))
        later = Trash(settings.home, clock=lambda: datetime.now(UTC) + timedelta(days=31))
        assert later.entries() == ()
        with pytest.raises(NotFound, match="最近删除"):
            later.get(gone.id)
        later.sweep()
        assert not any((settings.home / "trash").iterdir())

    def test_emptying_it_leaves_nothing(self, settings: Settings) -> None:
        discard(settings, number(settings, "青禾"))
        assert Trash(settings.home).empty() == 1 and not (settings.home / "trash").exists()

    @pytest.mark.parametrize("name", ["../x", "", "20200101T000000-x"])
    def test_what_is_not_there_is_said(self, settings: Settings, name: str) -> None:
        with pytest.raises(NotFound):
            restore(settings, name)
