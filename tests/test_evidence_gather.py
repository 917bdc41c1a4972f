"""Which sentences answer: asked of a real archive of a county and its city, by full text alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.abstain import NOT_FOUND
from assistant.answer import Answer
from assistant.evidence.answering import answers
from assistant.evidence.candidates import Candidate, candidates
from assistant.evidence.coverage import topic_grams
from assistant.retrieval import ScoredPassage
from assistant.service import Assistant
from tests.assistant_builders import FILES, assistant_over, question, said
from tests.builders import passage, report

TRUNCATED = """双溪县卫生健康局2020年工作总结

一、主要工作

（一）医养结合。全县建成医养结合机构5家。2018年完成免费孕前检查660对。

（二）家庭医生签约。全县签约居民9.4万人。其中重点人群，
"""

NO_YEAR = """xx区卫生健康局工作总结

一、主要工作

（一）妇幼健康。全年完成产前诊断5200人。
"""

DOUBTFUL = """石桥镇卫生院2022年工作总结

一、主要工作

（一）老年体检。为65岁以上老年人体检3120人，体检率达到7845%。
"""

PROVINCE = """松岭省人民政府2023年政府工作报告

一、2022年工作回顾

全省新建高标准农田120万亩，城镇新增就业38万人。

二、2023年工作安排

城镇新增就业35万人以上。
"""

PROVINCES_CITY = """松岭市人民政府2023年政府工作报告

一、2022年工作回顾

全市新建高标准农田9万亩。
"""

HALF = """晴川县卫生健康局2023年上半年工作总结

一、主要工作

（一）妇幼健康。上半年完成两癌筛查3100人，全年任务数6000人。
"""

MORE = {
    "晴川半年.txt": HALF,
    "双溪2020.txt": TRUNCATED,
    "某区.txt": NO_YEAR,
    "石桥2022.txt": DOUBTFUL,
    "松岭省2023.txt": PROVINCE,
    "松岭市2023.txt": PROVINCES_CITY,
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(tmp_path_factory.mktemp("gather") / "home", {**FILES, **MORE}) as opened:
        yield opened


def warned(answer: Answer) -> set[str]:
    return {warning.kind for warning in answer.warnings}


def years_cited(answer: Answer) -> set[str | None]:
    return {citation.period for citation in answer.citations}


class TestRightYearAndBody:
    @pytest.mark.parametrize(
        ("question", "figure", "period", "org"),
        [
            ("2022年青禾县两癌筛查完成多少人", "10400人", "2022", "青禾县卫生健康局"),
            ("青禾县2021年两癌筛查做了多少人", "9100人", "2021", "青禾县卫生健康局"),
            ("2022年临泽市两癌筛查完成多少人", "68000人", "2022", "临泽市卫生健康委员会"),
        ],
    )
    def test_the_figure_is_of_the_year_and_body_asked(
        self, assistant: Assistant, question: str, figure: str, period: str, org: str
    ) -> None:
        answer = assistant.ask(question)
        assert figure in said(answer) and not answer.abstained
        assert {(citation.period, citation.org) for citation in answer.citations} == {(period, org)}

    @pytest.mark.parametrize(
        ("question", "held"),
        [
            ("2019年青禾县两癌筛查完成多少人", "2021年、2022年"),
            ("2021年临泽市两癌筛查完成多少人", "2022年"),
            ("2024年青禾县两癌筛查计划多少人", "2021年、2022年"),
        ],
    )
    def test_a_year_that_is_not_held_gets_no_neighbours_figure(
        self, assistant: Assistant, question: str, held: str
    ) -> None:
        answer = assistant.ask(question)
        assert answer.abstained and answer.citations == ()
        assert said(answer).startswith(NOT_FOUND) and held in said(answer)

    @pytest.mark.parametrize("place", ["红枫县", "青禾市", "长沙"])
    def test_a_place_that_is_not_held_gets_no_neighbours_figure(self, assistant: Assistant, place: str) -> None:
        answer = assistant.ask(f"2022年{place}两癌筛查完成多少人")
        assert answer.abstained and place in said(answer)
        assert "10400" not in said(answer) and "68000" not in said(answer)

    def test_an_institution_of_the_place_is_another_body(self, assistant: Assistant) -> None:
        assert assistant.ask("2022年青禾县人民医院两癌筛查完成多少人").abstained

    def test_a_city_is_not_its_province(self, assistant: Assistant) -> None:
        assert "120万亩" in said(assistant.ask("2022年松岭省新建高标准农田多少亩"))
        assert "9万亩" in said(assistant.ask("2022年松岭市新建高标准农田多少亩"))
        assert assistant.ask("2022年松岭市城镇新增就业多少人").abstained

    def test_a_government_report_looks_back_on_the_year_before(self, assistant: Assistant) -> None:
        assert "38万人" in said(assistant.ask("2022年松岭省城镇新增就业多少人"))
        assert "35万人" in said(assistant.ask("2023年松岭省城镇新增就业目标是多少"))

    def test_beside_a_named_county_the_whole_county_is_that_county(self, assistant: Assistant) -> None:
        answer = assistant.ask("青禾县2022年全县建档率是多少")
        assert len(answer.sentences) == 1 and "91.4%" in said(answer)

    def test_where_no_body_is_named_each_that_answers_is_named(self, assistant: Assistant) -> None:
        answer = assistant.ask("2022年两癌筛查完成多少人")
        assert {sentence.text.partition("（")[0] for sentence in answer.sentences} == {
            "青禾县卫生健康局",
            "临泽市卫生健康委员会",
        }

    def test_a_sentence_of_another_year_in_the_years_own_report_is_no_answer(self, assistant: Assistant) -> None:
        answer = assistant.ask("2020年双溪县完成免费孕前检查多少对")
        assert answer.abstained and "660" not in said(answer)

    def test_a_whole_years_outcome_is_not_answered_by_half_of_it_but_its_task_is(self, assistant: Assistant) -> None:
        answer = assistant.ask("晴川县2023年两癌筛查完成多少人")
        assert answer.abstained and any("3100" in warning.text for warning in answer.warnings)
        assert "6000人" in said(assistant.ask("晴川县2023年两癌筛查任务数多少"))
        assert "3100人" in said(assistant.ask("晴川县2023年上半年两癌筛查完成多少人"))

    def test_a_half_year_is_not_answered_by_the_whole(self, assistant: Assistant) -> None:
        assert assistant.ask("青禾县2022年上半年两癌筛查完成多少人").abstained


class TestKindOfFigure:
    def test_a_rate_is_no_count(self, assistant: Assistant) -> None:
        answer = assistant.ask("2022年青禾县高血压患者规范管理多少人")
        assert answer.abstained and warned(answer) == {"unsupported"}
        assert "76.2%" not in said(answer) and "76.2%" in answer.warnings[0].text

    def test_one_rate_is_not_another(self, assistant: Assistant) -> None:
        assert assistant.ask("2022年青禾县高血压控制率是多少").abstained
        assert assistant.ask("2022年青禾县高血压患者规范治疗率是多少").abstained
        assert "76.2%" in said(assistant.ask("2022年青禾县高血压规范管理率是多少"))

    @pytest.mark.parametrize(("asked", "fits"), [("规范管理率", True), ("控制率", False)])
    def test_not_even_a_sentence_that_holds_the_whole_topic_tells_another_rate(self, asked: str, fits: bool) -> None:
        sentence = "高血压患者规范管理率达到76.2%"
        candidate = Candidate(
            passage(1, 2, sentence), report(2, "青禾县卫生健康局", "青禾县", "县", 2022), 0, len(sentence), sentence
        )
        assert answers(question(f"2022年青禾县高血压{asked}是多少"), candidate) is fits

    def test_another_illness_is_another_topic(self, assistant: Assistant) -> None:
        assert assistant.ask("2022年青禾县肺结核规范管理率是多少").abstained

    def test_a_topic_of_another_body_only_is_not_this_bodys(self, assistant: Assistant) -> None:
        assert assistant.ask("2022年青禾县平均住院日多少天").abstained

    def test_a_hidden_figure_is_shown_hidden_with_a_warning(self, assistant: Assistant) -> None:
        answer = assistant.ask("2022年青禾县检查医疗机构多少家")
        assert not answer.abstained and warned(answer) == {"masked_figure"}
        assert "xx家" in said(answer) and "隐去" in said(answer)

    def test_a_doubtful_figure_is_shown_as_written_with_a_warning(self, assistant: Assistant) -> None:
        answer = assistant.ask("2022年石桥镇卫生院老年人体检率是多少")
        assert "7845%" in said(answer) and "存疑" in said(answer)
        assert warned(answer) == {"doubtful_figure"}


class TestPromiseAndOutcome:
    def test_one_sentence_may_tell_both(self, assistant: Assistant) -> None:
        answer = assistant.ask("2022年青禾县产前筛查任务数多少，完成了吗")
        assert len(answer.sentences) == 1 and answer.warnings == ()
        assert "4200人" in said(answer) and "4350人" in said(answer)

    def test_else_the_promise_comes_from_the_plan_and_the_outcome_from_the_review(self, assistant: Assistant) -> None:
        answer = assistant.ask("2022年青禾县两癌筛查任务数多少，完成了吗")
        assert [(citation.part, citation.year) for citation in answer.citations] == [("plan", 2021), ("review", 2022)]
        assert "9800人" in answer.sentences[0].text and "10400人" in answer.sentences[1].text

    def test_a_promise_that_is_not_held_is_said_to_be_missing(self, assistant: Assistant) -> None:
        answer = assistant.ask("2022年临泽市两癌筛查任务数多少，完成了吗")
        assert "68000人" in said(answer)
        assert [warning.text for warning in answer.warnings] == ["档案中没有找到临泽市2022年的目标任务。"]

    def test_a_target_is_not_the_outcome(self, assistant: Assistant) -> None:
        assert "11000人" in said(assistant.ask("青禾县2023年两癌筛查的目标是多少人"))
        answer = assistant.ask("青禾县2023年两癌筛查实际完成了多少人")
        assert answer.abstained and "11000" not in said(answer)

    def test_a_target_may_be_put_in_words(self, assistant: Assistant) -> None:
        answer = assistant.ask("2023年青禾县孕产妇系统管理率的目标是多少")
        assert "稳步提升" in said(answer) and not answer.abstained


class TestUnknownYear:
    def test_a_report_without_a_year_answers_for_its_own_body_and_says_so(self, assistant: Assistant) -> None:
        answer = assistant.ask("2022年区卫健局产前诊断完成多少人")
        assert "5200人" in said(answer) and "年份不详" in said(answer)

    def test_it_never_answers_for_nobody_in_a_given_year(self, assistant: Assistant) -> None:
        answer = assistant.ask("2022年产前诊断完成多少人")
        assert answer.abstained and "5200" not in said(answer)

    def test_without_a_year_in_the_question_nothing_need_be_said(self, assistant: Assistant) -> None:
        assert "年份不详" not in said(assistant.ask("区卫健局产前诊断完成多少人"))


def test_an_incomplete_copy_is_said_to_be_one(assistant: Assistant) -> None:
    answer = assistant.ask("2020年双溪县建成医养结合机构多少家")
    assert "5家" in said(answer) and warned(answer) == {"truncated_report"}


class TestFollowUps:
    FIRST = "2022年青禾县两癌筛查完成多少人"

    @pytest.mark.parametrize(
        ("turns", "figure"),
        [
            ((FIRST, "前一年呢？"), "9100人"),
            ((FIRST, "2021年呢？"), "9100人"),
            ((FIRST, "换成临泽市呢？"), "68000人"),
            ((FIRST, "建档率呢？"), "91.4%"),
            ((FIRST, "换成临泽市呢？", "建档率呢？"), "93.7%"),
            (("2022年青禾县免费产前筛查任务数多少", "那完成率呢？"), "103.6%"),
        ],
    )
    def test_only_what_is_said_anew_changes(self, assistant: Assistant, turns: tuple[str, ...], figure: str) -> None:
        answer = assistant.ask(turns[-1], turns[:-1])
        assert figure in said(answer) and len(answer.sentences) == 1

    def test_a_shift_to_a_year_that_is_not_held_abstains(self, assistant: Assistant) -> None:
        answer = assistant.ask("前一年呢", [self.FIRST, "那临泽市呢"])
        assert answer.abstained and "临泽市2021年" in said(answer)

    def test_the_question_as_understood_is_given_back(self, assistant: Assistant) -> None:
        assert "2021年" in assistant.ask("前一年呢？", [self.FIRST]).standalone_question


def test_a_topic_is_joined_with_the_sentences_that_hold_its_task_and_its_outcome() -> None:
    text = (
        "我局组织骨干下沉一线，开展两癌筛查。按照年初部署，需完成6800人；"
        "截至12月10日，实际完成6300人。卫生监督检查任务900户次。"
    )
    asked = question("2022年青禾县两癌筛查任务数多少，完成了吗")
    grams = topic_grams(asked.topic, lambda pieces: dict.fromkeys(pieces, 1), 10)
    own = report(1, "青禾县卫生健康局", "青禾县", "县", 2022)
    best = candidates(asked, [ScoredPassage(passage(1, 1, text), 1.0)], {1: own}, grams, (), {})[0]
    assert "6800人" in best.text and "6300人" in best.text
    assert "900户次" not in best.text
    assert text[best.start : best.end] == best.text
