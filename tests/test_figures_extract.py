"""What a figure counts, what it does, when, and whether to doubt it: sentences as reports write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.figures.extract import extract_figures
from ingest.figures.types import Figure
from ingest.mapped import MappedText
from ingest.period import Period
from ingest.types import Mark, Part, Passage, Section


def figures(text: str, part: Part = "review", year: int | None = 2022, marks: tuple[Mark, ...] = ()) -> list[Figure]:
    period = None if year is None else Period.year(year)
    passage = Passage(MappedText.identity(text, 100))
    return extract_figures(Section(("一、主要工作",), part, period, 100, 100 + len(text), (passage,)), marks)


def told(text: str, part: Part = "review", year: int | None = 2022) -> list[tuple[str, str, str]]:
    """(characters, indicator, role) of each figure."""
    return [(figure.text, figure.indicator, figure.role) for figure in figures(text, part, year)]


class TestRoles:
    def test_target_result_and_completion_of_one_sentence_are_told_apart(self) -> None:
        assert told("产前筛查任务数4380人，截至11月20日完成4480人，完成率102.28%。") == [
            ("4380人", "产前筛查", "target"), ("4480人", "产前筛查", "result"), ("102.28%", "产前筛查", "completion"),
        ]  # fmt: skip

    def test_a_rate_by_another_name_that_is_result_over_target_is_a_completion(self) -> None:
        assert [role for _, _, role in told("产前筛查任务4380人，完成产前筛查4480人，筛查率为102.28%。")] == [
            "target", "result", "completion",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "roles"),
        [
            ("占年度任务4220人的103.91%。", ["target", "completion"]),
            ("建档率由80.5%提高到85.2%。", ["baseline", "result"]),
            ("门诊人次同比增长5.2%。", ["change"]),
            ("建档率提高2.3个百分点。", ["change"]),
            ("9100人的任务已完成8827人。", ["target", "result"]),
            ("离目标还差326人。", ["change"]),
            ("比上年增加300人。", ["change"]),
            ("新增就业5.2万人。", ["result"]),
        ],
    )
    def test_words_around_a_number_say_what_it_does(self, text: str, roles: list[str]) -> None:
        assert [role for _, _, role in told(text)] == roles

    def test_every_number_of_a_plan_is_a_target(self) -> None:
        assert told("城镇新增就业6万人以上，居民收入增长5%左右。", "plan", 2023) == [
            ("6万人", "城镇新增就业", "target"), ("5%", "居民收入", "target"),
        ]  # fmt: skip

    def test_a_target_in_words_is_kept_as_such(self) -> None:
        (figure,) = figures("婴儿死亡率保持平稳。", "plan")
        assert (figure.text, figure.indicator, figure.role, figure.value.low) == (
            "保持平稳",
            "婴儿死亡率",
            "target",
            None,
        )

    def test_growth_is_marked_whatever_the_role(self) -> None:
        assert [figure.growth for figure in figures("生产总值增长5%左右，城镇新增就业6万人。", "plan")] == [True, False]


class TestIndicators:
    @pytest.mark.parametrize(
        ("text", "indicator"),
        [
            ("全年开展两癌筛查4480人。", "两癌筛查"),
            ("培训300名医务人员。", "医务人员"),
            ("家庭医生签约服务工作有序推进，上级下达任务25万人。", "家庭医生签约服务"),
            ("对照91%以上的考核要求，全县孕产妇系统管理率稳步提升。", "孕产妇系统管理率"),
            ("2735人享受到免费产前筛查服务。", "免费产前筛查服务"),
            ("由县级医院牵头、乡村配合的中医馆建设已完成6个。", "中医馆建设"),
        ],
    )
    def test_the_phrase_is_found_before_behind_or_around_the_number(self, text: str, indicator: str) -> None:
        assert figures(text)[0].indicator == indicator

    @pytest.mark.parametrize(
        ("text", "named"),
        [
            ("完成两癌筛查6500人，建档率达到93%以上。", ["两癌筛查", "建档率"]),
            ("高血压患者12000人，管理率85%，控制率60%。", ["高血压患者", "高血压患者管理率", "高血压患者控制率"]),
            ("组建家庭医生团队64个，签约160200人。", ["组建家庭医生团队", "签约"]),
            ("地区生产总值增长6.1%，新建卫生院2所。", ["地区生产总值", "新建卫生院"]),
        ],
    )
    def test_a_number_is_never_booked_under_its_neighbour_s_name(self, text: str, named: list[str]) -> None:
        assert [one.indicator for one in figures(text)] == named

    def test_its_span_is_the_source_s(self) -> None:
        (figure,) = figures("全年开展两癌筛查4480人。")
        assert figure.named == (104, 108) and (figure.start, figure.end) == (108, 113)

    def test_a_place_within_the_whole_is_a_scope_not_an_indicator(self) -> None:
        whole, place = figures("两癌筛查完成8827人，其中石桥镇1175人。")
        assert (whole.scope, place.scope) == ("", "石桥镇") and place.indicator == "两癌筛查"

    def test_respectively_gives_each_name_its_number(self) -> None:
        assert told("签约率、建档率分别达到80%、90%。")[:2] == [
            ("80%", "签约率", "result"),
            ("90%", "建档率", "result"),
        ]

    def test_a_table_row_takes_its_roles_from_the_header(self) -> None:
        assert told("指标 | 年度目标 | 完成情况 | 完成率\n两癌筛查 | 4380人 | 4480人 | 102.28%") == [
            ("4380人", "两癌筛查", "target"), ("4480人", "两癌筛查", "result"), ("102.28%", "两癌筛查", "completion"),
        ]  # fmt: skip

    def test_a_row_that_carries_its_header_needs_no_other(self) -> None:
        assert told("指标：健康体检 | 2022年任务数：5500人 | 2022年完成数：5600人 | 完成率：101.82%") == [
            ("5500人", "健康体检", "target"), ("5600人", "健康体检", "result"), ("101.82%", "健康体检", "completion"),
        ]  # fmt: skip

    def test_rows_of_bodies_and_of_years_are_named_by_their_columns(self) -> None:
        town, whole = figures("单位 | 建档率（%） | 签约（人）\n石桥镇 | 88.1% | 702人\n合计 | 90.3% | 1458人")[::2]
        assert (town.indicator, town.scope, whole.indicator, whole.scope) == ("建档率", "石桥镇", "建档率", "")
        rows = figures("年度 | 建档率 | 签约率\n2021年 | 80.5% | 60%\n2022年 | 85% | 63%")
        assert [(one.indicator, str(one.period)) for one in rows[::2]] == [("建档率", "2021"), ("建档率", "2022")]

    def test_columns_of_years_give_each_number_its_year(self) -> None:
        found = figures("指标：居民建档率 | 2021年：80.5% | 2022年：85%")
        assert [(one.indicator, str(one.period)) for one in found] == [("居民建档率", "2021"), ("居民建档率", "2022")]

    def test_a_table_without_roles_gives_results(self) -> None:
        assert told("甲镇 | 120人") == [("120人", "甲镇", "result")]


class TestPeriods:
    @pytest.mark.parametrize(
        ("text", "period", "as_of"),
        [
            ("完成筛查300人。", "2022", None),
            ("截至11月20日，完成筛查300人。", "2022", "2022-11-20"),
            ("截至10月底，完成筛查300人。", "2022", "2022-10"),
            ("五年来累计完成筛查300人。", "2018/2022", None),
            ("年均完成筛查300人。", "2018/2022", None),
            ("“十四五”期间完成筛查300人。", "2021/2025", None),
            ("2021年以来完成筛查300人。", "2021/2022", None),
            ("2020年完成筛查300人。", "2020", None),
            ("上半年完成筛查300人。", "2022-H1", None),
            ("开展“八五”普法宣传300场次。", "2022", None),
        ],
    )
    def test_a_figure_speaks_of_the_time_that_its_sentence_names(
        self, text: str, period: str, as_of: str | None
    ) -> None:
        (figure,) = figures(text)
        assert (str(figure.period), figure.as_of) == (period, as_of)

    def test_last_year_holds_for_its_own_number_only(self) -> None:
        before, now = figures("与上年48408人相比，今年体检完成52900人。")
        assert (str(before.period), before.role, str(now.period), now.role) == ("2021", "baseline", "2022", "result")

    def test_without_a_year_nothing_is_made_up(self) -> None:
        assert [figure.period for figure in figures("上年完成200人，今年完成300人。", year=None)] == [None, None]


class TestWhatIsCounted:
    @pytest.mark.parametrize(
        ("text", "phrase"),
        [
            ("改造东门街、西门街和南门街等3条道路。", "道路"),
            ("出台稳岗、扩岗等8项就业政策。", "就业政策"),
            ("新签约高端装备、生物医药等项目12个。", "新签约高端装备、生物医药等项目"),
            ("改善210公里乡村道路。", "乡村道路"),
        ],
    )
    def test_of_a_list_the_noun_behind_the_number_is_counted(self, text: str, phrase: str) -> None:
        ((_, indicator, _),) = told(text)
        assert indicator == phrase

    @pytest.mark.parametrize(
        ("text", "phrase"),
        [
            ("引进高层次人才35人。", "引进高层次人才"),
            ("完成城市设计4项。", "城市设计"),
            ("从业人员达到1200人。", "从业人员"),
            ("天然气供应2.3亿立方米。", "天然气供应"),
            ("②新增托位600个。", "新增托位"),
        ],
    )
    def test_characters_that_are_part_of_a_word_stay_with_it(self, text: str, phrase: str) -> None:
        ((_, indicator, _),) = told(text)
        assert indicator == phrase

    def test_the_red_cross_counts_nothing(self) -> None:
        assert told("工会、妇联、红十字等工作取得新进展。") == []


class TestDoubts:
    def test_a_share_above_the_whole_is_doubtful(self) -> None:
        (figure,) = figures("电子健康档案建档率达到192.5%。")
        assert figure.status == "doubtful" and "不可能超过100%" in figure.reason

    def test_a_completion_above_a_hundred_is_not(self) -> None:
        assert [figure.status for figure in figures("任务100人，完成120人，完成率120%。")] == ["ok"] * 3

    def test_a_rate_that_contradicts_its_own_numbers_is_doubtful(self) -> None:
        rate = figures("产前筛查任务4380人，完成4480人，完成率112.28%。")[2]
        assert rate.status == "doubtful" and "4480÷4380=102.28%" in rate.reason

    @given(st.integers(1, 10**5), st.integers(1, 10**5), st.integers(0, 2))
    def test_a_rate_rounded_to_its_places_is_never_called_wrong(self, target: int, result: int, places: int) -> None:
        rate = round(100 * result / target, places)
        if rate > 1000:
            return
        found = figures(f"产前筛查任务{target}人，完成{result}人，完成率{rate:.{places}f}%。")
        assert [figure.status for figure in found] == ["ok"] * 3

    def test_a_mark_on_the_number_makes_it_doubtful_with_its_reason(self) -> None:
        text = "管理率84.2023%。"
        (figure,) = figures(text, marks=(Mark(103, 111, "doubtful", "数字被页码隔断"),))
        assert (figure.status, figure.reason) == ("doubtful", "数字被页码隔断")

    def test_a_mark_beside_it_does_not(self) -> None:
        (figure,) = figures("管理率84.2%。", marks=(Mark(100, 102, "damaged", "乱码"),))
        assert figure.status == "ok"

    def test_a_masked_number_is_masked_and_has_no_value(self) -> None:
        (figure,) = figures("签约xx万人。")
        assert (figure.status, figure.value.low, figure.text) == ("masked", None, "xx万人")


@given(st.text(st.sampled_from("完成率为任务数4380人，102.28%、增长到上年的。其中xx万个\n| 2022年分别"), max_size=60))
def test_whatever_the_text_each_figure_quotes_its_own_characters(text: str) -> None:
    for figure in figures(text):
        assert text[figure.start - 100 : figure.end - 100] == figure.text
        if figure.named is not None:
            assert text[figure.named[0] - 100 : figure.named[1] - 100] == figure.indicator
