"""为何合并 is told for every wording of a row, and what the user parts or strikes out is kept and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.ledger import Joins, Ledger
from assistant.ledger.revise import Relate, Strike
from assistant.ledger.why import Link, links
from assistant.service import Assistant
from ingest.archive import Archive as HeldArchive
from ingest.errors import NotFound
from ingest.runner import ingest_paths
from ingest.settings import Settings
from tests.ledger_builders import Archive

TEXT = """石桥县卫生健康局2023年工作总结

一、主要工作
（一）妇幼健康。全年农村妇女两癌筛查任务数6000人，宫颈癌和乳腺癌检查完成5400人。
（二）慢病管理。高血压患者规范管理率为86.2%。
"""


class TestWhy:
    def test_names_of_the_alias_table_are_told_with_its_name(self) -> None:
        row = Archive().say("目标", "两癌筛查", "6000人").say("结果", "宫颈癌和乳腺癌检查", "5400人").row()
        (link,) = links(row, [])
        assert {link.first, link.second} == set(row.phrases) and row.name in link.reason and "同义词" in link.reason

    def test_words_that_make_no_difference_are_told(self) -> None:
        row = Archive().say("目标", "远程会诊任务数", "60例").say("结果", "远程会诊", "54例").row()
        (link,) = links(row, [])
        assert "不影响意思" in link.reason and not link.fixed

    def test_a_wording_that_names_nothing_by_itself_cannot_be_parted_by_name(self) -> None:
        held = Archive().say("目标", "两癌筛查", "600人", passage=1).say("结果", "完成筛查", "540人", passage=1)
        (link,) = links(held.row(), [])
        assert (link.first, link.second, link.fixed) == ("两癌筛查", "完成筛查", True)

    def test_one_wording_needs_no_reason_unless_it_is_shown_under_another_name(self) -> None:
        assert links(Archive().say("目标", "远程会诊", "60例").row(), []) == ()
        row = Archive().say("目标", "两癌筛查", "6000人").row()
        (link,) = links(row, [])
        assert (link.first, link.second, link.fixed) == (row.name, "两癌筛查", True)

    def test_what_the_user_joined_or_parted_is_told_as_his_in_either_row(self) -> None:
        held = Archive().say("目标", "巡回义诊", "60场").say("结果", "下乡看病", "54场")
        pair = ("下乡看病", "巡回义诊", True)
        (row,) = held.rows(Joins.of([pair]))
        (link,) = links(row, [pair])
        assert link.said is True and link.joined and "用户" in link.reason
        parted = [(*pair[:2], False)]
        for one in held.rows(Joins.of(parted)):
            (link,) = links(one, parted)
            assert link.first in one.phrases and link.second not in one.phrases and not link.joined

    def test_a_link_is_known_again_whichever_way_round(self) -> None:
        assert Link("甲", "乙", "").id == Link("乙", "甲", "x").id != Link("甲", "丙", "").id


class TestCommands:
    def test_each_change_names_the_command_that_takes_it_back(self) -> None:
        assert Strike(7).command == "report-assistant figures edit 7 --reset"
        assert Strike(7, undone=True).command == "report-assistant figures edit 7 --strike"
        assert Relate("甲", "乙", False).command.endswith("join --reset -- 甲 乙")
        assert Relate("甲", "乙", None, before=False).command.endswith("join --apart -- 甲 乙")
        assert Relate("甲 $(x)", "乙", None, before=True).command.endswith("join -- '甲 $(x)' 乙")


class TestKept:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "石桥23.txt").write_text(TEXT, encoding="utf-8")
        return folder

    @pytest.fixture
    def assistant(self, tmp_path: Path, folder: Path) -> Iterator[Assistant]:
        settings = Settings(home=tmp_path / "home")
        assert not ingest_paths(settings, [folder], embed=False).failed
        with Assistant.open(settings) as opened:
            yield opened

    def test_a_struck_figure_is_gone_from_the_ledger_also_after_reading_again_and_comes_back(
        self, assistant: Assistant, tmp_path: Path, folder: Path
    ) -> None:
        number = figure_of(assistant.ledger(), "5400人")
        assistant.revise(Strike(number))
        assert assistant.ledger().row_of(number) is None
        (struck,) = assistant.ledger().struck
        assert struck.text == "5400人" and assistant.cite_cell(struck).quote in TEXT

        settings = Settings(home=tmp_path / "home")
        with HeldArchive.create_or_open(settings.home, write=True, create=False) as archive:
            archive.forget("石桥23.txt")
        ingest_paths(settings, [folder], embed=False)
        assert assistant.refresh()
        assert [cell.text for cell in assistant.ledger().struck] == ["5400人"]
        assert "5400人" not in {cell.text for row in assistant.ledger().rows for cell in row.places}

    def test_what_was_struck_out_comes_back(self, assistant: Assistant) -> None:
        number = figure_of(assistant.ledger(), "5400人")
        assistant.revise(Strike(number))
        assistant.revise(Strike(number, undone=True))
        assert figure_of(assistant.ledger(), "5400人") == number and assistant.ledger().struck == ()

    def test_names_that_were_parted_stand_in_two_rows_until_it_is_taken_back(self, assistant: Assistant) -> None:
        before = assistant.ledger().row_of(figure_of(assistant.ledger(), "5400人"))
        assert before is not None and before.targets
        (link,) = assistant.ledger().links(before)
        assistant.revise(Relate(link.first, link.second, False))
        apart = assistant.ledger().row_of(figure_of(assistant.ledger(), "5400人"))
        assert apart is not None and not apart.targets
        kept = assistant.ledger().like(before, link.first)
        assert kept is not None and link.first in kept.phrases and link.second not in kept.phrases
        assistant.revise(Relate(link.first, link.second, None, before=False))
        assert assistant.ledger().row(before.id) == before

    def test_a_figure_that_is_not_there_cannot_be_struck_out(self, assistant: Assistant) -> None:
        with pytest.raises(NotFound):
            assistant.revise(Strike(10**6))


def figure_of(ledger: Ledger, text: str) -> int:
    """The number of the figure that shows this."""
    return next(cell.record.id for row in ledger.rows for cell in row.places if cell.text == text)
