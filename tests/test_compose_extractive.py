"""Answers in the archive's own sentences: plans, lists, problems, comparisons, trends — and what every answer keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.service import Assistant
from tests.assistant_builders import FILES, PAGE_MARKED, assistant_over, said, source_texts

QUESTIONS = [
    "2022年青禾县两癌筛查完成多少人",
    "2022年两癌筛查完成多少人",
    "2022年青禾县两癌筛查任务数多少，完成了吗",
    "2022年青禾县检查医疗机构多少家",
    "青禾县2023年医共体建设有什么打算",
    "青禾县2022年疫苗接种采取了哪三条措施",
    "青禾县2022年存在哪些问题",
    "青禾县和临泽市2022年建档率哪个高",
    "青禾县近两年建档率变化",
    "2021年双溪县签约率是多少",
    "2021年双溪县新建村卫生室多少所",
    "2019年青禾县两癌筛查完成多少人",
    "2022年青禾县高血压患者规范管理多少人",
    "红枫县建档率",
    "你好",
    "",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("extractive") / "home"


@pytest.fixture(scope="module")
def assistant(home: Path) -> Iterator[Assistant]:
    with assistant_over(home, {**FILES, "双溪2021.txt": PAGE_MARKED}) as opened:
        yield opened


class TestEveryAnswer:
    @pytest.mark.parametrize("question", QUESTIONS)
    def test_is_its_sentences_with_their_marks(self, assistant: Assistant, question: str) -> None:
        answer = assistant.ask(question)
        assert answer.answer == "\n".join(
            sentence.text + "".join(f"〔{n}〕" for n in sentence.citations) for sentence in answer.sentences
        )
        assert answer.sentences and answer.question == question

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_cites_for_every_sentence_or_abstains_without_any(self, assistant: Assistant, question: str) -> None:
        answer = assistant.ask(question)
        if answer.abstained:
            assert answer.citations == () and [sentence.citations for sentence in answer.sentences] == [()]
            return
        assert all(sentence.citations for sentence in answer.sentences)
        used = dict.fromkeys(n for sentence in answer.sentences for n in sentence.citations)
        assert list(used) == [citation.n for citation in answer.citations] == list(range(1, len(used) + 1))

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_quotes_the_source_to_the_letter(self, assistant: Assistant, home: Path, question: str) -> None:
        sources = source_texts(home)
        for citation in assistant.ask(question).citations:
            assert citation.quote == sources[citation.source_file][citation.start : citation.end] != ""

    def test_the_sources_are_the_files_themselves(self, home: Path) -> None:
        assert source_texts(home) == {**FILES, "双溪2021.txt": PAGE_MARKED}


class TestPlans:
    def test_each_point_is_a_sentence_with_its_own_source(self, assistant: Assistant) -> None:
        answer = assistant.ask("青禾县2023年医共体建设有什么打算")
        assert [sentence.text for sentence in answer.sentences] == [
            "组建青禾县医共体总医院，6月底前挂牌。",
            "统一药品采购和配送。",
            "建立双向转诊平台。",
        ]
        assert len(answer.citations) == 3 and {citation.part for citation in answer.citations} == {"plan"}

    def test_next_year_is_the_year_after_the_latest_report(self, assistant: Assistant) -> None:
        assert "中医馆8个" in said(assistant.ask("青禾县明年中医药有什么打算"))

    def test_a_plan_is_not_told_from_a_review(self, assistant: Assistant) -> None:
        assert assistant.ask("青禾县2023年慢病管理有什么打算").abstained


class TestLists:
    @pytest.mark.parametrize("asked", ["采取了哪三条措施", "采取了哪些措施"])
    def test_an_announced_list_is_told_point_by_point(self, assistant: Assistant, asked: str) -> None:
        assert [sentence.text for sentence in assistant.ask(f"青禾县2022年疫苗接种{asked}").sentences] == [
            "实行分时段预约，减少现场排队。",
            "每个接种点配备急救人员和药品。",
            "每周公布各接种点的疫苗库存。",
        ]

    def test_problems_are_listed_without_a_topic(self, assistant: Assistant) -> None:
        answer = assistant.ask("青禾县2022年存在哪些问题")
        assert "人才短缺" in said(answer) and "尚未互通" in said(answer)
        assert {citation.part for citation in answer.citations} == {"problem"}

    def test_problems_of_one_kind_only_where_one_is_named(self, assistant: Assistant) -> None:
        answer = assistant.ask("青禾县2022年人才方面存在哪些问题")
        assert "人才短缺" in said(answer) and "信息化" not in said(answer)

    def test_the_problems_of_a_year_without_any_are_not_another_years(self, assistant: Assistant) -> None:
        assert assistant.ask("青禾县2021年存在哪些问题").abstained


class TestComparisons:
    def test_two_bodies_each_with_its_name(self, assistant: Assistant) -> None:
        answer = assistant.ask("青禾县和临泽市2022年建档率哪个高")
        county, city, _ = (sentence.text for sentence in answer.sentences)
        assert county.startswith("青禾县卫生健康局（2022年）：") and "91.4%" in county
        assert city.startswith("临泽市卫生健康委员会（2022年）：") and "93.7%" in city

    def test_two_years_each_with_its_year(self, assistant: Assistant) -> None:
        answer = assistant.ask("2021年和2022年青禾县两癌筛查各完成多少人")
        before, after, _ = (sentence.text for sentence in answer.sentences)
        assert "（2021年）" in before and "9100人" in before and "（2022年）" in after and "10400人" in after

    def test_a_side_that_is_not_held_is_said_to_be_missing(self, assistant: Assistant) -> None:
        answer = assistant.ask("2021年青禾县和临泽市两癌筛查各完成多少人")
        assert "9100人" in said(answer) and "68000" not in said(answer)
        assert [warning.text for warning in answer.warnings] == ["档案中没有找到临泽市2021年的这一项。"]

    @pytest.mark.parametrize(
        "asked", ["近两年建档率变化", "2021年到2022年建档率的变化趋势", "2021年到2022年建档率走势如何"]
    )
    def test_a_trend_goes_year_by_year(self, assistant: Assistant, asked: str) -> None:
        answer = assistant.ask(f"青禾县{asked}")
        assert [citation.period for citation in answer.citations] == ["2021", "2022"]
        assert "88.6%" in answer.sentences[0].text and "91.4%" in answer.sentences[1].text


class TestDamage:
    def test_a_figure_that_a_page_mark_breaks_is_never_put_together(self, assistant: Assistant) -> None:
        answer = assistant.ask("2021年双溪县签约率是多少")
        assert "84.2" not in said(answer) and "8 ⏎ 2、4.2%" in said(answer) and "存疑" in said(answer)
        assert {warning.kind for warning in answer.warnings} == {"doubtful_figure"}

    def test_a_word_that_a_page_mark_breaks_is_read_as_one(self, assistant: Assistant) -> None:
        answer = assistant.ask("2021年双溪县新建村卫生室多少所")
        assert "新建村卫生室24所" in said(answer)
        assert "村卫\n3、生室" in answer.citations[0].quote


@pytest.mark.parametrize("question", ["", " \n　", "两癌筛查" * 2500])
def test_nothing_and_far_too_much_get_a_polite_answer(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained and "请" in said(answer) and len(answer.question) <= 2000
    assert not answer.warnings and not answer.citations


@pytest.mark.parametrize("question", ["???", "2022", "，。、", "🏥", "%_*\"'", "青禾县", "多少人"])
def test_odd_questions_get_an_answer_of_some_sort(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).sentences
