"""What speaks for or against a sentence: its years, its rate, its half-year, its commitment."""

from __future__ import annotations

import pytest

from assistant.evidence.signs import (
    another_rate,
    concreteness,
    counts_only,
    for_and_against,
    half_for_whole,
    other_year_only,
    says_no_date,
    tells_both,
    tells_task,
    wrong_half,
)
from ingest.types import Part
from tests.assistant_builders import question
from tests.builders import passage

COUNT = "2022年青禾县两癌筛查完成多少人"


def points(text: str, sentence: str, **place: str | None) -> float:
    return for_and_against(question(text), passage(1, 2, sentence, period=place.get("period", "2022")), sentence)


class TestYears:
    @pytest.mark.parametrize(
        "sentence", ["2020年完成两癌筛查8800人", "全县筛查，截至2021年完成8800人", "与2021年相比，筛查8800人"]
    )
    def test_a_sentence_of_another_year_only_is_told(self, sentence: str) -> None:
        assert other_year_only(question(COUNT), sentence)

    @pytest.mark.parametrize(
        "sentence",
        ["完成两癌筛查8800人", "2022年完成8800人，较2021年增长", "自2017年改革以来完成8800人", "筛查2021人"],
    )
    def test_a_sentence_of_the_year_or_of_none_is_left_alone(self, sentence: str) -> None:
        assert not other_year_only(question(COUNT), sentence)

    def test_a_question_without_a_year_takes_any(self) -> None:
        assert not other_year_only(question("青禾县两癌筛查完成多少人"), "2020年完成两癌筛查8800人")

    def test_a_five_year_figure_is_no_years_figure(self) -> None:
        assert points(COUNT, "五年来累计完成两癌筛查51000人") < points(COUNT, "全年完成两癌筛查10400人")

    def test_what_a_paragraph_began_with_holds_for_its_sentences_until_a_year_is_named(self) -> None:
        told = "五年来，妇幼工作上了台阶。完成两癌筛查51000人。2022年，服务网络更密。完成产前筛查4100人。"
        page = passage(1, 2, told)
        asked = question(COUNT)

        def of(sentence: str) -> float:
            return for_and_against(asked, page, sentence)

        assert of("完成两癌筛查51000人。") < of("完成产前筛查4100人。")


class TestNamesAndDates:
    @pytest.mark.parametrize("text", ["2022年新增的三家示范医院是哪三家", "请列出2022年新增的示范医院"])
    def test_what_is_counted_is_not_named(self, text: str) -> None:
        asked = question(text)
        assert counts_only(asked, "新增省级示范医院3家，群众就医更方便")
        assert not counts_only(asked, "新增县人民医院、县中医院、石桥卫生院3家省级示范医院")
        assert not counts_only(asked, "新增省级示范医院3家：县医院和中医院")

    def test_a_count_is_what_is_asked_where_a_figure_is(self) -> None:
        assert not counts_only(question("2022年新增多少家示范医院"), "新增省级示范医院3家")

    def test_a_day_is_asked_and_none_is_told(self) -> None:
        asked = question("2022年健康大会是几月几号开的")
        assert says_no_date(asked, "成功举办健康大会")
        assert not says_no_date(asked, "9月6日举办健康大会")
        assert not says_no_date(question("2022年健康大会在哪里开的"), "成功举办健康大会")


class TestRates:
    def test_one_rate_is_not_another(self) -> None:
        asked = question("2022年青禾县高血压控制率是多少")
        assert another_rate(asked, "高血压患者规范管理率达到76.2%")
        assert not another_rate(asked, "高血压患者血压控制率达到61.0%")

    def test_where_no_rate_is_named_any_will_do(self) -> None:
        assert not another_rate(question(COUNT), "高血压患者规范管理率达到76.2%")

    def test_a_count_is_rather_answered_by_a_count(self) -> None:
        assert points(COUNT, "完成两癌筛查10400人") > points(COUNT, "两癌筛查完成率103.6%")


class TestHalves:
    ASKED = "2022年上半年青禾县两癌筛查完成多少人"

    def test_a_whole_years_figure_is_not_the_half_years(self) -> None:
        assert wrong_half(question(self.ASKED), passage(1, 2, "x"), "全年完成10400人")
        assert wrong_half(question(self.ASKED), passage(1, 2, "x", period="2022-H2"), "完成10400人")

    def test_the_half_itself_is_right_wherever_it_is_told(self) -> None:
        assert not wrong_half(question(self.ASKED), passage(1, 2, "x", period="2022-H1"), "完成5100人")
        assert not wrong_half(question(self.ASKED), passage(1, 2, "x"), "上半年完成5100人")

    @pytest.mark.parametrize(
        ("asked", "part", "period", "other"),
        [
            (COUNT, "review", "2022-H1", True),
            (COUNT, "review", "2022", False),
            (COUNT, "plan", "2022-H2", False),
            ("2022年上半年青禾县两癌筛查完成多少人", "review", "2022-H1", False),
            ("青禾县两癌筛查完成多少人", "review", "2022-H1", False),
            ("2022年青禾县两癌筛查开展得怎么样", "review", "2022-H1", False),
        ],
    )
    def test_half_a_years_outcome_is_another_figure_than_the_years(
        self, asked: str, part: Part, period: str, other: bool
    ) -> None:
        assert half_for_whole(question(asked), passage(1, 2, "完成5100人", part=part, period=period)) is other

    def test_a_half_years_figure_speaks_against_itself_where_the_year_is_asked(self) -> None:
        assert points(COUNT, "完成5100人", period="2022-H1") < points(COUNT, "完成5100人")


class TestTasks:
    def test_a_task_needs_a_word_and_a_figure(self) -> None:
        assert tells_task("全年任务数4200人")
        assert not tells_task("全年完成4350人") and not tells_task("完成了各项任务")

    def test_one_sentence_may_tell_promise_and_outcome(self) -> None:
        assert tells_both("任务数4200人，实际完成4350人")
        assert not tells_both("任务数4200人") and not tells_both("完成4350人，签约12人")


class TestPlaces:
    def test_a_part_of_the_county_speaks_less_than_the_county(self) -> None:
        assert points(COUNT, "石桥镇完成两癌筛查610人") < points(COUNT, "全县完成两癌筛查10400人")

    def test_unless_the_question_names_it(self) -> None:
        asked = "2022年青禾县石桥镇卫生院两癌筛查完成多少人"
        assert points(asked, "石桥镇卫生院完成筛查610人") == points(asked, "全县完成筛查10400人")


class TestConcreteness:
    def test_boilerplate_commits_itself_to_nothing(self) -> None:
        assert concreteness("进一步加强领导，扎实推进各项工作。") == 0

    def test_names_dates_figures_and_events_each_count(self) -> None:
        assert concreteness("新建中医馆8个。") == 1
        assert concreteness("6月底前挂牌“青禾医共体”，覆盖乡镇12个。") == 4
