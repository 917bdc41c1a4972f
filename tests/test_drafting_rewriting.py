"""A section rewritten by a model: it may change words, never lose a fact, a source or what the writer wrote himself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk

from assistant.drafting import redrafting
from assistant.drafting.editing import edit_section, rest_on_facts
from assistant.drafting.manuscript import redraft_section
from assistant.drafting.standing import own_of, pieces_of
from assistant.drafting.types import DraftSection, Manuscript
from assistant.models import Model
from eval.guests import WRONG, Guest, as_model
from ingest.archive import Archive
from tests.manuscript_builders import archive_of, drafted, obedient, order, standing, wanted

OWN = "组织家庭医生走进集市宣讲，方便赶集群众咨询"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(tmp_path_factory.mktemp("instruction") / "home") as opened:
        yield opened


@pytest.fixture(scope="module")
def made(archive: Archive) -> Manuscript:
    return drafted(archive, order(composer="llm"))


def writer(says: Callable[[str], str]) -> Model:
    return as_model("测试模型", Guest(says))


def place(manuscript: Manuscript, word: str) -> int:
    return next(n for n, one in enumerate(manuscript.sections) if word in one.heading)


def measures(section: DraftSection) -> list[str]:
    return [one.text for one in pieces_of(section) if not one.lead]


def echo(asked: str) -> str:
    return "".join(f"{one}。" for one in standing(asked))


def told_of(section: DraftSection, manuscript: Manuscript) -> list[str]:
    return [note for note in manuscript.notes if note.startswith(f"“{section.heading}”")]


class BreaksOff(Guest):
    """Gets as far as the first sentence."""

    def __init__(self) -> None:
        super().__init__(echo)

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        first = standing(str(args[0][-1].content))[0]
        yield ChatGenerationChunk(message=AIMessageChunk(content=f"{first}，明确牵头科室，逐月调度进展。然后"))
        raise ConnectionError("gone")


class TestTheWritersOwnWords:
    def edited(self, made: Manuscript, n: int) -> Manuscript:
        return edit_section(made, n, text=f"{made.sections[n].text}\n{OWN}。")

    def test_what_code_sets_and_what_has_a_source_is_not_his_own(self, made: Manuscript) -> None:
        assert not [one for section in made.sections for one in own_of(section)]

    def test_a_sentence_that_he_adds_is_his_own(self, made: Manuscript) -> None:
        assert [one.text for one in own_of(self.edited(made, 1).sections[1])] == [OWN]

    @pytest.mark.parametrize("wish", ["更简短", "换一批", "突出双向转诊", ""])
    def test_it_stays_word_for_word_without_a_model(self, archive: Archive, made: Manuscript, wish: str) -> None:
        again = redraft_section(archive, self.edited(made, 1), 1, None, wish).sections[1]
        assert again.text.count(OWN) == 1
        assert [one.text for one in own_of(again)] == [OWN]

    @pytest.mark.parametrize("says", [echo, obedient, lambda asked: standing(asked)[0] + "。"])
    def test_it_stays_with_a_model_whatever_it_writes(
        self, archive: Archive, made: Manuscript, says: Callable[[str], str]
    ) -> None:
        again = redraft_section(archive, self.edited(made, 1), 1, writer(says), "更简短").sections[1]
        assert again.text.count(OWN) == 1
        assert [one.text for one in own_of(again)] == [OWN]

    def test_a_model_that_puts_it_in_other_words_is_not_heard(self, archive: Archive, made: Manuscript) -> None:
        def changed(asked: str) -> str:
            return echo(asked).replace("走进集市宣讲", "走进集市义诊")

        again = redraft_section(archive, self.edited(made, 1), 1, writer(changed), "语气更务实").sections[1]
        assert "义诊" not in again.text and OWN in again.text

    def test_it_goes_only_where_he_says_so_and_then_it_is_said(self, archive: Archive, made: Manuscript) -> None:
        def without(asked: str) -> str:
            return echo(asked).replace(f"{OWN}。", "")

        again = redraft_section(archive, self.edited(made, 1), 1, writer(without), "删去最后一句")
        assert OWN not in again.sections[1].text
        assert any("删去了您自己写的1句" in note for note in again.notes)

    def test_a_figure_that_he_typed_is_told_not_taken_out(self, archive: Archive, made: Manuscript) -> None:
        typed = "安排专项经费860万元"
        edited = edit_section(made, 1, text=f"{made.sections[1].text}\n{typed}。")
        again = redraft_section(archive, edited, 1, None, "更简短")
        assert typed in again.sections[1].text
        assert any(one.kind == "figure_without_source" and "860万元" in one.message for one in again.checks)

    def test_a_fact_in_his_own_words_is_not_told_twice(self, archive: Archive, made: Manuscript) -> None:
        n = place(made, "妇幼")
        typed = "今年两癌筛查要力争做到12000人并且做好阳性病例的跟踪随访和救治救助工作"
        edited = edit_section(made, n, text=f"推广孕产妇保健。\n{typed}。")
        section = rest_on_facts(edited.sections[n], edited.order.facts)
        sections = (*edited.sections[:n], section, *edited.sections[n + 1 :])
        again = redraft_section(archive, replace(edited, sections=sections), n, None, "更简短").sections[n]
        assert again.text.count("12000人") == 1 and typed in again.text


class TestWithAModel:
    def test_it_sees_what_stands_and_what_is_asked(self, archive: Archive, made: Manuscript) -> None:
        seen: list[str] = []

        def says(asked: str) -> str:
            seen.append(asked)
            return echo(asked)

        redraft_section(archive, made, 1, writer(says), "语气更务实")
        assert wanted(seen[0]).startswith("语气更务实")
        assert standing(seen[0]) == measures(made.sections[1])

    def test_a_sentence_that_is_kept_keeps_its_sources(self, archive: Archive, made: Manuscript) -> None:
        def turned(asked: str) -> str:
            first, second, *rest = standing(asked)
            return "".join(f"{one}。" for one in (second, first, *rest))

        again = redraft_section(archive, made, 1, writer(turned), "把第二条放前面")
        before, now = pieces_of(made.sections[1]), pieces_of(again.sections[1])
        told = [one for one in before if not one.lead]
        assert [one.text for one in now if not one.lead][:2] == [told[1].text, told[0].text]
        kept = {one.text: {(s.kind, s.citation) for s in one.sources} for one in now}
        assert all(kept[one.text] == {(s.kind, s.citation) for s in one.sources} for one in told)
        assert not [one for one in again.checks if one.severity == "error"]

    def test_a_sentence_in_other_words_rests_on_what_it_restates(self, archive: Archive, made: Manuscript) -> None:
        def says(asked: str) -> str:
            tails = ("明确牵头科室，逐月调度进展", "由专人负责", "列出问题清单", "排定时间表", "按季通报")
            return "".join(f"{one}，{tail}。" for one, tail in zip(standing(asked), tails, strict=False))

        again = redraft_section(archive, made, 1, writer(says), "写得务实些").sections[1]
        assert again.composer == "llm" and "逐月调度进展" in again.text
        sources = {source.citation for one in pieces_of(again) if "逐月" in one.text for source in one.sources}
        assert sources <= {one.citation for one in made.sections[1].sources} and sources
        assert all(one.sources for one in pieces_of(again) if not one.lead)

    @pytest.mark.parametrize("wish", ["更简短", "语气更务实", "删去一些"])
    @pytest.mark.parametrize("word", ["妇幼", "中医药"])
    def test_the_writers_facts_stay(self, archive: Archive, made: Manuscript, wish: str, word: str) -> None:
        n = place(made, word)
        facts = {one.fact for one in made.sections[n].sources} - {None}
        without = writer(lambda asked: "".join(f"{one}。" for one in standing(asked) if "12000" not in one))
        again = redraft_section(archive, made, n, without, wish).sections[n]
        assert facts == {one.fact for one in again.sources} - {None}

    @pytest.mark.parametrize(("word", "fact"), [("妇幼", "12000人"), ("中医药", "九月底前封顶")])
    def test_a_fact_told_by_half_is_still_said_whole(
        self, archive: Archive, made: Manuscript, word: str, fact: str
    ) -> None:
        n = place(made, word)
        half = writer(lambda asked: echo(asked).replace(fact, "落实"))
        assert fact in redraft_section(archive, made, n, half, "语气更务实").sections[n].text

    def test_shorter_is_not_all_measures_gone(self, archive: Archive, made: Manuscript) -> None:
        n = place(made, "妇幼")
        last = writer(lambda asked: f"{standing(asked)[-1]}。")
        again = redraft_section(archive, made, n, last, "更简短").sections[n]
        assert set(measures(again)) & set(measures(made.sections[n])[:3])

    def test_shorter_is_shorter_though_the_model_repeats_everything(self, archive: Archive, made: Manuscript) -> None:
        again = redraft_section(archive, made, 1, writer(echo), "更简短").sections[1]
        assert len(again.text) < len(made.sections[1].text)

    def test_what_is_stressed_comes_first_though_the_model_forgets_it(self, archive: Archive, made: Manuscript) -> None:
        n = place(made, "中医药")
        again = redraft_section(archive, made, n, writer(echo), "突出护理技能").sections[n]
        assert "护理技能" in measures(again)[0]

    def test_a_measure_that_is_missing_is_brought_in(self, archive: Archive) -> None:
        short = drafted(archive, order(composer="llm", length="短", sections=("发展中医药事业",), facts=()))
        missing = next(w for w in ("护理技能", "中药饮片", "中医馆") if w not in short.sections[0].text)
        again = redraft_section(archive, short, 0, writer(echo), f"突出{missing}").sections[0]
        assert missing in measures(again)[0]
        assert any(missing in again.text[one.start : one.end] for one in again.sources)

    def test_what_the_archive_does_not_have_is_not_invented(self, archive: Archive, made: Manuscript) -> None:
        invents = writer(lambda asked: "大力发展海洋渔业，建设渔港码头。" + echo(asked))
        again = redraft_section(archive, made, 1, invents, "突出海洋渔业")
        assert "渔" not in again.sections[1].text
        assert any("海洋渔业" in note and "没能突出" in note for note in again.notes)

    @pytest.mark.parametrize("character", sorted(WRONG))
    def test_no_wrong_character_gets_a_word_in(self, archive: Archive, made: Manuscript, character: str) -> None:
        again = redraft_section(archive, made, 1, writer(WRONG[character]), "语气更务实")
        assert again.sections == made.sections
        assert any("本节没有改动" in note for note in again.notes)

    def test_a_model_that_fails_leaves_what_code_can_do(self, archive: Archive, made: Manuscript) -> None:
        def fails(asked: str) -> str:
            raise ConnectionError("gone")

        again = redraft_section(archive, made, 1, writer(fails), "更简短，语气更务实")
        assert len(again.sections[1].text) < len(made.sections[1].text)
        assert any("改由程序调整" in note for note in again.notes)
        assert any("“语气更务实”没有照办" in note for note in again.notes)

    def test_a_model_that_breaks_off_leaves_the_rest_as_it_was(self, archive: Archive, made: Manuscript) -> None:
        again = redraft_section(archive, made, 1, as_model("测试模型", BreaksOff()), "语气更务实")
        before, now = measures(made.sections[1]), measures(again.sections[1])
        assert now == [f"{before[0]}，明确牵头科室，逐月调度进展", *before[1:]]
        assert any("没有写到的各句未改" in note for note in again.notes)

    def test_a_model_that_changes_nothing_is_found_out(self, archive: Archive, made: Manuscript) -> None:
        again = redraft_section(archive, made, 1, writer(echo), "语气更务实")
        assert any("没有作出改动" in note for note in again.notes)

    def test_another_choice_is_written_from_other_measures(self, archive: Archive) -> None:
        short = drafted(archive, order(composer="llm", length="短"))
        n = place(short, "医共体")
        again = redraft_section(archive, short, n, writer(obedient), "换一批").sections[n]
        assert not any(one in again.text for one in measures(short.sections[n]))

    def test_a_section_without_any_source_is_written_anew_and_that_is_said(
        self, archive: Archive, made: Manuscript
    ) -> None:
        bare = replace(made.sections[1], sources=())
        stopped = replace(made, sections=(made.sections[0], bare, *made.sections[2:]))
        again = redraft_section(archive, stopped, 1, writer(obedient), "更简短")
        assert again.sections[1].sources
        assert any(redrafting.REPLACED.format(heading=bare.heading) == note for note in again.notes)
