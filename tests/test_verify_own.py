"""Sentences of a model's own over true quotes: what is false is refused, what is true in other words is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.compose.draft import DraftSentence
from assistant.verify import Verifier
from tests.assistant_builders import question
from tests.builders import passage
from tests.verify_builders import PLACES, Planted, cite, fault, planted, whole

SEEN = tuple(planted("verify_cases"))
UNSEEN = tuple(planted("verify_cases_unseen"))

FALSE_PASSED = 0.04
TRUE_REFUSED = 0.13
"""Shares of what the checks were not made after; a true sentence that is refused is shown as its quote instead."""

REFUSED_ALL_THE_SAME = {
    "截至6月底，青禾县2022年上半年接种疫苗5.6万剂次。",
    "青禾县2022年健康讲座开展了212场次，是年度任务200场次的106%。",
}
"""True sentences that the checks cannot tell from false ones: a date of nobody's, an indicator concluded."""

QUOTE = "全年免费产前筛查任务数4480人，实际完成4380人，完成率97.8%。"
COUNTY = passage(1, 2, QUOTE)
ASKED = question("2022年青禾县产前筛查任务数多少，完成了吗")


@pytest.mark.parametrize("one", [one for one in SEEN if one.kind], ids=lambda one: f"{one.kind}: {one.text}")
def test_a_false_sentence_over_a_true_quote_is_refused(one: Planted) -> None:
    assert one.fault


@pytest.mark.parametrize(
    "one", [one for one in SEEN if not one.kind and one.text not in REFUSED_ALL_THE_SAME], ids=lambda one: one.text
)
def test_a_true_sentence_in_other_words_is_shown(one: Planted) -> None:
    assert one.fault is None


def test_nearly_all_false_sentences_of_other_kinds_are_refused() -> None:
    passed = [one.text for one in UNSEEN if one.kind and one.fault is None]
    assert len(passed) <= FALSE_PASSED * sum(bool(one.kind) for one in UNSEEN), passed


def test_most_true_sentences_of_other_wording_are_shown() -> None:
    refused = [one.text for one in UNSEEN if not one.kind and one.fault]
    assert len(refused) <= TRUE_REFUSED * sum(not one.kind for one in UNSEEN), refused


@pytest.mark.parametrize("one", SEEN[::9], ids=lambda one: one.text)
def test_a_quote_taken_over_word_for_word_stands(one: Planted) -> None:
    if "xx" not in one.quote:
        assert fault(one.quote, one.passage, asked=question(one.asked)) in (None, "有一句把计划说成了已有的事")


@given(st.text(max_size=80))
def test_no_text_makes_the_checks_break_off(text: str) -> None:
    said = fault(text, COUNTY, asked=ASKED)
    assert said is None or said.startswith("有一句")


@given(st.text(alphabet="，。完成任务数人约近超过%0123456789万亿.一二三百千两青禾县全实际未不达到", max_size=40))
def test_no_number_but_the_quotes_own_is_ever_shown(text: str) -> None:
    if fault(text, COUNTY, asked=ASKED) is None:
        digits = "".join(sign if sign in "0123456789." else " " for sign in text).split()
        assert {number.strip(".") for number in digits} - {""} <= {"4480", "4380", "97.8", "2022"}


@given(st.sampled_from(["4480人", "4380人"]), st.sampled_from(["4480人", "4380人"]))
def test_target_and_result_are_never_exchanged(target: str, result: str) -> None:
    text = f"2022年青禾县产前筛查任务数{target}，实际完成{result}。"
    assert (fault(text, COUNTY, asked=ASKED) is None) == (target == "4480人" and result == "4380人")


class TestSeveralSources:
    PLAN = passage(3, 1, "计划完成免费产前筛查4480人。", part="plan", period="2022")
    REVIEW = passage(4, 2, "全年完成免费产前筛查4380人。")

    def test_a_plan_beside_its_outcome_is_told_in_one_sentence(self) -> None:
        text = "2022年青禾县计划完成免费产前筛查4480人，实际完成4380人，没有完成计划。"
        assert fault(text, self.PLAN, self.REVIEW, asked=ASKED) is None

    @pytest.mark.parametrize(
        "text",
        [
            "2022年青禾县完成免费产前筛查4480人。",
            "2022年青禾县计划完成免费产前筛查4380人，实际完成4480人。",
            "2022年青禾县实际完成免费产前筛查4380人，超额完成计划。",
        ],
    )
    def test_the_plans_figure_is_not_told_as_reached(self, text: str) -> None:
        assert fault(text, self.PLAN, self.REVIEW, asked=ASKED)


class TestReason:
    def test_the_reason_does_not_repeat_the_words_that_failed(self) -> None:
        for one in SEEN:
            if one.kind and (said := one.fault):
                assert not any(sign.isdigit() for sign in said) and one.text not in said

    def test_what_is_refused_takes_up_no_citation_number(self) -> None:
        verifier = Verifier(ASKED, cite, PLACES)
        assert verifier.add(DraftSentence("实际完成4480人。", (whole(COUNTY),), own=True))
        assert verifier.add(DraftSentence("实际完成4380人。", (whole(COUNTY),), own=True)) is None
        assert [one.n for one in verifier.citations] == [1]
        assert [one.text for one in verifier.sentences] == ["实际完成4380人。"]


class TestRunOfYears:
    ASKED = question("青禾县十三五期间累计完成多少产前筛查")
    RUN = passage(5, 2, "“十三五”期间累计完成免费产前筛查18600人。", period="2016/2020")
    YEAR = passage(6, 2, "截至12月20日累计完成免费产前筛查4380人。", period="2020")
    OTHER = passage(7, 2, "“十四五”以来累计完成免费产前筛查8600人。", period="2021/2022")

    def test_a_run_of_years_is_answered_from_one(self) -> None:
        assert self.ASKED.multi_year
        assert fault("“十三五”期间青禾县累计完成免费产前筛查18600人。", self.RUN, asked=self.ASKED) is None

    def test_not_from_a_single_year_nor_from_another_run(self) -> None:
        for record in (self.YEAR, self.OTHER):
            assert fault(record.text.text, record, asked=self.ASKED) == "有一句说的是别的年份"
