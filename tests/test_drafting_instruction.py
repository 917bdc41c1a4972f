"""What a writer may ask of a section at a second try: what is understood, what comes of it, what is said when not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.drafting.instruction import Instruction, read
from assistant.drafting.manuscript import redraft_section
from assistant.drafting.standing import pieces_of
from assistant.drafting.types import DraftSection, Manuscript
from ingest.archive import Archive
from tests.manuscript_builders import archive_of, drafted, order

OWN = "组织家庭医生走进集市宣讲，方便赶集群众咨询"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(tmp_path_factory.mktemp("instruction") / "home") as opened:
        yield opened


@pytest.fixture(scope="module")
def made(archive: Archive) -> Manuscript:
    return drafted(archive, order(composer="llm"))


def place(manuscript: Manuscript, word: str) -> int:
    return next(n for n, one in enumerate(manuscript.sections) if word in one.heading)


def measures(section: DraftSection) -> list[str]:
    return [one.text for one in pieces_of(section) if not one.lead]


def told_of(section: DraftSection, manuscript: Manuscript) -> list[str]:
    return [note for note in manuscript.notes if note.startswith(f"“{section.heading}”")]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("更简短", Instruction("短")),
        ("不要太长", Instruction("短")),
        ("再短一些吧", Instruction("短")),
        ("太短了", Instruction("长")),
        ("写得更详细些", Instruction("长")),
        ("突出中医药", Instruction(stress=("中医药",))),
        ("突出中医药、护理技能", Instruction(stress=("中医药", "护理技能"))),
        ("强调中医药和人才队伍的内容", Instruction(stress=("中医药", "人才队伍"))),
        ("把中医药放在前面", Instruction(stress=("中医药",))),
        ("突出和谐劳动关系", Instruction(stress=("和谐劳动关系",))),
        ("更简短，突出护理技能", Instruction("短", ("护理技能",))),
        ("换一种", Instruction(other_choice=True)),
        ("换一批措施", Instruction(other_choice=True)),
        ("换一种说法", Instruction(unread="换一种说法")),
        ("短一点，语气更务实", Instruction("短", unread="语气更务实")),
        ("把第二条放前面", Instruction(unread="把第二条放前面")),
        ("不要突出中医药", Instruction(unread="不要突出中医药")),
        ("推进长效机制建设", Instruction(unread="推进长效机制建设")),
        ("", Instruction()),
        ("，。 ", Instruction()),
    ],
)
def test_what_is_understood(said: str, meant: Instruction) -> None:
    assert read(said) == meant


class TestWithoutAModel:
    def test_shorter_is_shorter_every_time_until_nothing_more_can_go(self, archive: Archive, made: Manuscript) -> None:
        n = place(made, "中医药")
        now = made
        for _ in range(6):
            again = redraft_section(archive, now, n, None, "更短")
            if told_of(now.sections[n], again) and "不能再短" in again.notes[-1]:
                break
            assert len(again.sections[n].text) < len(now.sections[n].text)
            now = again
        else:
            pytest.fail("never said that it cannot be shorter")
        assert "县中医院门诊楼九月底前封顶" in now.sections[n].text

    def test_longer_is_longer_or_said_not_to_be(self, archive: Archive) -> None:
        short = drafted(archive, order(length="短"))
        for n, before in enumerate(short.sections):
            again = redraft_section(archive, short, n, None, "写得更详细些")
            longer = len(again.sections[n].text) > len(before.text)
            assert longer != any("没能写得更长" in note for note in told_of(before, again))

    def test_what_is_stressed_comes_first(self, archive: Archive, made: Manuscript) -> None:
        n = place(made, "中医药")
        again = redraft_section(archive, made, n, None, "突出护理技能")
        assert "护理技能" in measures(again.sections[n])[0]
        assert again.sections[n].sources and not told_of(again.sections[n], again)

    def test_what_stands_under_another_heading_of_the_archive_is_found(self, archive: Archive) -> None:
        alone = drafted(archive, order(sections=("抓好妇幼健康服务",), facts=()))
        again = redraft_section(archive, alone, 0, None, "突出转岗培训")
        assert "转岗培训" in measures(again.sections[0])[0]
        assert not [one for one in again.checks if one.severity == "error"]

    def test_what_the_archive_does_not_have_is_said(self, archive: Archive, made: Manuscript) -> None:
        again = redraft_section(archive, made, 0, None, "突出海洋渔业")
        assert any("海洋渔业" in note and "没能突出" in note for note in told_of(made.sections[0], again))
        assert "海洋渔业" not in again.sections[0].text

    def test_another_choice_takes_other_measures(self, archive: Archive) -> None:
        short = drafted(archive, order(length="短"))
        n = place(short, "医共体")
        again = redraft_section(archive, short, n, None, "换一批")
        assert not set(measures(short.sections[n])) & set(measures(again.sections[n]))

    def test_where_there_is_no_other_measure_it_is_said(self, archive: Archive) -> None:
        made = drafted(archive, order(length="长"))
        n = place(made, "人才")
        again = redraft_section(archive, made, n, None, "换一批")
        assert any("没有别的措施可换" in note for note in told_of(made.sections[n], again))
        assert again.sections[n].text

    def test_what_only_a_model_can_do_is_said_and_changes_nothing(self, archive: Archive, made: Manuscript) -> None:
        again = redraft_section(archive, made, 0, None, "语气更务实")
        assert again.sections == made.sections
        assert any("没有语言模型" in note and "“语气更务实”没有照办" in note for note in again.notes)

    def test_of_two_wishes_the_one_that_code_can_do_is_done(self, archive: Archive, made: Manuscript) -> None:
        n = place(made, "中医药")
        again = redraft_section(archive, made, n, None, "更简短，语气更务实")
        assert len(again.sections[n].text) < len(made.sections[n].text)
        assert any("“语气更务实”没有照办" in note for note in again.notes)

    def test_the_notes_of_the_try_before_are_gone(self, archive: Archive, made: Manuscript) -> None:
        once = redraft_section(archive, made, 0, None, "语气更务实")
        again = redraft_section(archive, once, 0, None, "更简短")
        assert not any("没有照办" in note for note in again.notes)


def test_a_section_gone_back_to_still_has_its_citations(archive: Archive, made: Manuscript) -> None:
    again = redraft_section(archive, made, 1, None, "换一批")
    assert again.citations[: len(made.citations)] == made.citations
