"""The three promises, with wrong drafts planted: no source, a figure of nobody's, another year or body."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Computed, Warning
from assistant.compose.draft import Draft, DraftSentence, Support
from assistant.question.types import Question
from assistant.verify import Verified, verify
from ingest.archive.records import MarkRecord, PassageRecord
from ingest.mapped import MappedText
from tests.assistant_builders import question
from tests.builders import passage
from tests.verify_builders import cite, whole

QUOTE = "全年完成两癌筛查10,400人，完成率103.6%，12月20日前完成复核。"
COUNTY = passage(1, 2, QUOTE, path=("一、主要工作", "（三）妇幼健康"))
CITY = passage(2, 3, "全市完成两癌筛查68000人。")
BEFORE = passage(3, 1, "全年完成两癌筛查9100人。", period="2021")
ASKED = question("2022年青禾县两癌筛查完成多少人")
FREE = question("两癌筛查完成多少人")


def check(*sentences: DraftSentence, asked: Question = ASKED) -> Verified:
    return verify(Draft(sentences), asked, cite)


def says(text: str, *records: PassageRecord, computed: tuple[Computed, ...] = ()) -> DraftSentence:
    return DraftSentence(text, tuple(whole(record) for record in records), computed)


def dropped(verified: Verified, *words: str) -> bool:
    """Whether nothing is shown, and one warning says why."""
    (warning,) = verified.warnings
    assert warning.kind == "unsupported" and all(word in warning.text for word in words), warning
    return verified.sentences == () and verified.citations == ()


class TestSources:
    def test_a_sentence_that_its_quote_bears_out_is_shown_and_numbered(self) -> None:
        verified = check(says(QUOTE, COUNTY))
        assert [sentence.marked() for sentence in verified.sentences] == [f"{QUOTE}〔1〕"]
        assert verified.citations[0].quote == QUOTE and verified.warnings == ()

    def test_a_sentence_without_a_source_is_dropped(self) -> None:
        assert dropped(check(says("各项工作成绩显著。")), "没有出处")

    def test_one_bad_sentence_does_not_take_the_good_ones_along(self) -> None:
        verified = check(says("凭空一句。"), says(QUOTE, COUNTY), says("又完成了77777人。", COUNTY))
        assert [sentence.text for sentence in verified.sentences] == [QUOTE]
        assert len(verified.citations) == 1 and len(verified.warnings) == 2

    def test_equal_spans_share_one_number(self) -> None:
        verified = check(says("完成10400人。", COUNTY), says("完成率103.6%。", COUNTY))
        assert [sentence.citations for sentence in verified.sentences] == [(1,), (1,)]
        assert [citation.n for citation in verified.citations] == [1]

    def test_other_spans_get_the_next_number_in_the_order_of_showing(self) -> None:
        first, last = Support(COUNTY, 0, 16), Support(COUNTY, 16, len(QUOTE))
        verified = check(DraftSentence("完成两癌筛查。", (last, first, last)), DraftSentence("已复核。", (first,)))
        assert [sentence.citations for sentence in verified.sentences] == [(1, 2), (2,)]
        assert [citation.start for citation in verified.citations] == [16, 0]

    def test_a_dropped_sentence_uses_up_no_number(self) -> None:
        verified = check(says("完成77777人。", CITY), says(QUOTE, COUNTY))
        assert [citation.n for citation in verified.citations] == [1]

    def test_the_composers_own_warnings_stay_and_are_said_once(self) -> None:
        told = Warning("truncated_report", "不完整的副本。")
        assert verify(Draft((), (told, told)), ASKED, cite).warnings == (told,)


class TestFigures:
    @pytest.mark.parametrize(
        "text", ["完成10401人。", "完成率达到103.7%。", "筛查1040人。", "完成率36%。", "较上年多1300人。"]
    )
    def test_a_number_that_is_not_in_the_quote_is_dropped(self, text: str) -> None:
        assert dropped(check(says(text, COUNTY)), "没有的数字")

    def test_the_warning_does_not_spread_the_strange_number(self) -> None:
        verified = check(says("完成10401人。", COUNTY))
        assert dropped(verified, "没有的数字") and "10401" not in verified.warnings[0].text

    @given(st.integers(0, 10**8) | st.sampled_from([10400, *map(int, re.findall(r"\d+", QUOTE)), 2021, 2022]))
    def test_only_the_quotes_own_count_is_ever_shown_as_a_count(self, value: int) -> None:
        """Not the day of its date, the digits of its rate or its thousands, nor the report's year."""
        assert bool(check(says(f"完成{value}人。", COUNTY)).sentences) == (value == 10400)

    @pytest.mark.parametrize("text", ["完成10400人。", "完成１０４００人。", "完成10,400人，完成率103.6％。"])
    def test_another_written_form_of_the_same_number_is_the_same(self, text: str) -> None:
        assert check(says(text, COUNTY)).sentences

    @pytest.mark.parametrize("text", ["20月完成复核。", "12日完成复核。", "2022年103.6月。", "复核率达12%。"])
    def test_a_number_bound_to_another_word_is_another_date_or_rate(self, text: str) -> None:
        assert dropped(check(says(text, COUNTY)), "没有的数字")

    def test_the_reports_own_year_heading_and_period_may_be_named(self) -> None:
        assert check(says("2022年完成10400人。", COUNTY)).sentences
        plan = passage(5, 2, "完成筛查11000人。", part="plan", period="2022")
        assert check(says("青禾县卫生健康局（2022年）：完成筛查11000人。", plan)).sentences
        assert check(says("2023年完成筛查11000人。", plan)).sentences == ()

    def test_a_calculated_value_may_be_shown_with_its_expression(self) -> None:
        growth = (Computed("14.3%", "10400/9100-1"),)
        told = says("增长14.3%。", COUNTY, BEFORE, computed=growth)
        both = question("2021年和2022年青禾县两癌筛查各完成多少人")
        (sentence,) = verify(Draft((told,)), both, cite).sentences
        assert sentence.computed == growth and len(sentence.citations) == 2

    def test_a_calculation_with_a_number_that_no_quote_holds_is_dropped(self) -> None:
        invented = (Computed("14.3%", "10400/9999-1"),)
        both = question("2021年和2022年青禾县两癌筛查各完成多少人")
        told = says("增长14.3%。", COUNTY, BEFORE, computed=invented)
        assert dropped(check(told, asked=both), "计算")

    def test_a_figure_without_its_magnitude_is_another_figure(self) -> None:
        record = passage(6, 2, "全县签约服务110万人。")
        assert check(says("签约服务110万人。", record)).sentences
        assert dropped(check(says("签约服务110人。", record)), "没有的数字")
        assert dropped(check(says("签约服务110亿人。", record)), "没有的数字")

    def test_two_numbers_of_a_quote_do_not_make_a_third(self) -> None:
        record = passage(7, 2, "甲项12 34人，乙项5人。")
        assert dropped(check(says("甲项1234人。", record)), "没有的数字")

    def test_the_same_value_without_its_expression_is_a_strange_number(self) -> None:
        both = question("2021年和2022年青禾县两癌筛查各完成多少人")
        assert dropped(check(says("增长14.3个百分点。", COUNTY, BEFORE), asked=both), "没有的数字")


class TestYearAndBody:
    def test_a_passage_of_another_body_is_dropped(self) -> None:
        assert dropped(check(says(CITY.text.text, CITY)), "别的单位")

    def test_a_passage_of_another_year_is_dropped(self) -> None:
        assert dropped(check(says(BEFORE.text.text, BEFORE)), "别的年份")

    def test_one_wrong_source_among_good_ones_is_enough(self) -> None:
        assert dropped(check(says("两地均完成筛查。", COUNTY, CITY)), "别的单位")

    def test_what_no_question_fixed_is_free(self) -> None:
        assert len(check(says(CITY.text.text, CITY), says(BEFORE.text.text, BEFORE), asked=FREE).sentences) == 2

    def test_a_span_of_years_that_holds_the_year_is_of_that_year(self) -> None:
        five = passage(6, 2, "五年来完成筛查51000人。", period="2018/2022")
        assert check(says(five.text.text, five)).sentences
        assert dropped(check(says(five.text.text, five), asked=question("2017年青禾县筛查多少人")), "别的年份")

    def test_a_half_year_is_of_its_year(self) -> None:
        half = passage(7, 2, "完成筛查5100人。", period="2022-H1")
        assert check(says(half.text.text, half)).sentences

    def test_a_passage_of_unknown_year_is_no_proof_of_another_year(self) -> None:
        unknown = passage(8, 4, "完成筛查5200人。", period=None)
        assert check(says(unknown.text.text, unknown), asked=question("2022年筛查多少人")).sentences


class TestDamage:
    """A page mark stands between two digits: 8⏎2、4.2% reads 84.2% once the mark is taken out."""

    SOURCE = "签约率达到8\n2、4.2%，满意度提高。"
    CUT = (SOURCE.index("\n"), SOURCE.index("4.2"))

    def broken(self) -> DraftSentence:
        mapped = MappedText.identity(self.SOURCE).keep(lambda i: not self.CUT[0] <= i < self.CUT[1])
        record = replace(passage(9, 2, "x"), text=mapped)
        assert "84.2%" in mapped.text
        return DraftSentence(f"{mapped.text}（存疑）", (whole(record),), quoted=mapped.text)

    def check(self, sentence: DraftSentence) -> Verified:
        return verify(Draft((sentence,)), ASKED, lambda support, n: cite(support, n, self.SOURCE))

    def test_a_figure_that_a_mark_breaks_is_shown_as_the_source_has_it(self) -> None:
        (sentence,) = self.check(self.broken()).sentences
        assert sentence.text == "签约率达到8 ⏎ 2、4.2%，满意度提高。（存疑）"
        assert "84.2" not in sentence.text

    def test_the_quote_keeps_the_mark(self) -> None:
        (citation,) = self.check(self.broken()).citations
        assert citation.quote == self.SOURCE

    def test_a_sentence_of_its_own_words_cannot_fall_back_on_the_quote(self) -> None:
        own = DraftSentence("签约率为84.2%。", self.broken().supports)
        assert dropped(self.check(own), "没有的数字")

    def test_the_halves_and_the_mark_make_no_figure_either(self) -> None:
        own = DraftSentence("签约82户。", self.broken().supports)
        assert dropped(self.check(own), "没有的数字")

    def test_a_figure_that_a_mere_line_break_parts_is_whole(self) -> None:
        source = "签约居民12\n345人。"
        mapped = MappedText.identity(source).keep(lambda i: source[i] != "\n")
        record = replace(passage(9, 2, "x"), text=mapped)
        told = DraftSentence(mapped.text, (whole(record),), quoted=mapped.text)
        verified = verify(Draft((told,)), ASKED, lambda support, n: cite(support, n, source))
        assert [sentence.text for sentence in verified.sentences] == ["签约居民12345人。"]


def test_what_is_addressed_to_a_program_proves_nothing_whoever_cites_it() -> None:
    marked = replace(COUNTY, marks=(MarkRecord(0, len(QUOTE), "addressed", "疑似写给程序的指令"),))
    assert dropped(check(says(QUOTE, marked)), "写给程序")
