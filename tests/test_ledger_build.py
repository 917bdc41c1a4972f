"""Rows out of figures: what is joined, what is kept apart, and what a row comes to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ledger import Joins
from tests.ledger_builders import Archive, report, texts


def test_target_and_result_under_two_names_are_one_row() -> None:
    row = Archive().say("目标", "农村适龄妇女“两癌”免费检查", "4380人").say("结果", "两癌筛查", "4480人").row()
    assert texts(row) == (["4380人"], ["4480人"])
    assert row.name == "农村适龄妇女“两癌”免费检查"
    assert row.phrases == ("农村适龄妇女“两癌”免费检查", "两癌筛查")
    assert row.status == "met"


def test_completion_and_gap_are_calculated_from_the_printed_numbers() -> None:
    row = Archive().say("目标", "两癌筛查", "25万人").say("结果", "两癌筛查", "26.72万人").row()
    assert row.computed is not None
    assert (row.computed.value, row.computed.expression) == ("106.88%", "26.72万/25万")
    assert row.gap is not None
    assert (row.gap.value, row.gap.expression) == ("+1.72万人", "26.72万-25万")


def test_a_stated_completion_is_shown_and_none_is_calculated() -> None:
    archive = Archive().say("目标", "两癌筛查", "4380人").say("结果", "两癌筛查", "4480人")
    row = archive.say("完成率", "两癌筛查", "102.28%").row()
    assert [cell.text for cell in row.completions] == ["102.28%"]
    assert row.computed is None


def test_the_target_comes_from_last_years_plan_and_the_result_from_this_years_review() -> None:
    archive = Archive(report(1, 2021), report(2, 2022, org="青禾县卫健局"))
    archive.say("目标", "产前筛查", "900人", number=1, plan=True).say("结果", "产前筛查", "880人", number=2)
    row = archive.row()
    assert (row.status, row.org) == ("missed", "青禾县卫生健康局")
    assert [cell.report_id for cell in row.cells] == [1, 2]


@pytest.mark.parametrize("period", ["2021/2025", "2022-H1", "2021", None])
def test_another_period_is_another_row(period: str | None) -> None:
    rows = Archive().say("目标", "两癌筛查", "900人").say("结果", "两癌筛查", "4500人", period=period).rows()
    assert len(rows) == 2


def test_rate_count_and_growth_are_three_rows() -> None:
    archive = Archive().say("目标", "建档率", "90%").say("结果", "居民健康档案建档", "176053份")
    archive.say("目标", "居民健康档案建档", "5%", growth=True)
    assert {row.measure for row in archive.rows()} == {"share", "level", "growth"}


def test_other_units_and_places_are_other_rows() -> None:
    archive = Archive().say("结果", "入户走访", "300人").say("结果", "入户走访", "100户")
    archive.say("结果", "入户走访", "50人", scope="柳河镇")
    assert len(archive.rows()) == 3


def test_people_and_visits_are_joined_only_where_the_table_says_so() -> None:
    joined = Archive().say("目标", "两癌筛查", "900人").say("结果", "两癌筛查", "950人次")
    apart = Archive().say("目标", "业务培训", "900人").say("结果", "业务培训", "950人次")
    assert (len(joined.rows()), len(apart.rows())) == (1, 2)


def test_a_phrase_without_a_subject_takes_that_of_the_figure_before() -> None:
    archive = (
        Archive().say("目标", "新生儿疾病筛查", "4380人", passage=7).say("结果", "止已完成筛查", "4497人", passage=7)
    )
    assert texts(archive.row()) == (["4380人"], ["4497人"])


def test_equal_values_are_one_cell_with_several_sources() -> None:
    archive = Archive(report(1), report(2))
    archive.say("结果", "家庭医生签约", "4.2万人").say("结果", "家庭医生签约", "41,800人", number=2)
    (cell,) = archive.row().results
    assert len(cell.same) == 1


def test_contradictory_values_of_one_report_are_both_shown() -> None:
    row = Archive().say("结果", "家庭医生签约", "1200人").say("结果", "家庭医生签约", "1300人").row()
    assert row.status == "conflict"
    assert {cell.text for cell in row.results} == {"1200人", "1300人"}
    assert "1200人" in row.reason
    assert "1300人" in row.reason


def test_unnamed_numbers_behind_a_named_one_are_details_not_contradictions() -> None:
    archive = Archive().say("结果", "监督检查", "1200户次", passage=7)
    row = archive.say("结果", "监督检查", "500户次", passage=7, named=False).row()
    assert texts(row) == ([], ["1200户次"])
    assert [cell.text for cell in row.details] == ["500户次"]
    assert row.status == "no_target"


def test_a_later_count_of_another_report_supersedes_the_earlier_one() -> None:
    archive = Archive(report(1), report(2)).say("目标", "家庭医生签约", "1300人")
    archive.say("结果", "家庭医生签约", "1200人", as_of="2022-09-30")
    archive.say("结果", "家庭医生签约", "1350人", as_of="2022-12-20", number=2)
    row = archive.row()
    assert [(cell.text, cell.superseded) for cell in row.results] == [("1350人", False), ("1200人", True)]
    assert row.status == "met"


def test_two_reports_of_one_year_with_different_numbers_are_a_contradiction() -> None:
    archive = Archive(report(1), report(2)).say("结果", "家庭医生签约", "1200人")
    assert archive.say("结果", "家庭医生签约", "1350人", number=2).row().status == "conflict"


def test_a_total_beside_the_years_number_is_not_given_as_the_years() -> None:
    archive = Archive().say("目标", "城镇新增就业", "21万人").say("结果", "城镇新增就业", "22.89万人")
    assert archive.say("结果", "城镇新增就业", "124.27万人").row().status == "mixed"


def test_masked_and_doubtful_numbers_keep_their_status_and_are_not_calculated_with() -> None:
    masked = Archive().say("目标", "两癌筛查", "4380人").say("结果", "两癌筛查", "xxxx人").row()
    doubtful = Archive().say("目标", "两癌筛查", "4380人").say("结果", "两癌筛查", "8320237人", status="doubtful").row()
    assert (masked.status, doubtful.status) == ("masked", "doubtful")
    assert masked.computed is doubtful.computed is None
    assert doubtful.results[0].text == "8320237人"


def test_reports_without_a_year_have_rows_without_a_period_each_its_own() -> None:
    archive = Archive(report(1, None), report(2, None))
    archive.say("目标", "两癌筛查", "900人", period=None).say("结果", "两癌筛查", "950人", period=None, number=2)
    rows = archive.rows()
    assert [row.period for row in rows] == [None, None]
    assert {len(row.cells) for row in rows} == {1}


def test_masked_bodies_are_never_taken_for_one_another() -> None:
    archive = Archive(report(1, org="xx县卫健局", region="xx县"), report(2, org="xx县卫健局", region="xx县"))
    assert len(archive.say("目标", "两癌筛查", "900人").say("结果", "两癌筛查", "950人", number=2).rows()) == 2


def test_a_target_in_words_is_kept_and_compared_with_nothing() -> None:
    archive = Archive().say("目标", "居民人均可支配收入", "与经济增长同步", plan=True)
    row = archive.say("结果", "居民人均可支配收入", "4.4%", growth=True).row()
    assert texts(row) == (["与经济增长同步"], ["4.4%"])
    assert row.status == "worded"


def test_not_reported_is_said_only_of_a_period_that_was_reviewed() -> None:
    alone = Archive().say("目标", "两癌筛查", "900人", plan=True).row()
    reviewed = Archive().say("目标", "两癌筛查", "900人", plan=True).say("结果", "无偿献血", "80人次").rows()
    assert alone.status == "awaiting"
    assert {row.status for row in reviewed} == {"not_reported", "no_target"}


def test_growth_beside_a_count_is_a_remark_unless_growth_was_promised() -> None:
    remark = Archive().say("结果", "门急诊", "5000人次").say("同比", "门急诊", "4%").row()
    assert [cell.text for cell in remark.changes] == ["4%"]
    archive = Archive().say("结果", "门急诊", "5000人次").say("同比", "门急诊", "4%")
    promised = archive.say("目标", "门急诊", "3%", growth=True).rows()
    assert {row.measure: row.status for row in promised} == {"level": "no_target", "growth": "met"}


def test_last_years_value_stands_in_this_years_row() -> None:
    archive = Archive().say("结果", "两癌筛查", "4480人").say("上年", "两癌筛查", "4100人", period="2021")
    assert [cell.text for cell in archive.row().baselines] == ["4100人"]


def test_the_user_joins_and_splits_names() -> None:
    archive = Archive().say("目标", "甲类设备更新", "9台").say("结果", "乙类设备换新", "10台")
    assert len(archive.rows()) == 2
    assert len(archive.rows(Joins(equal=(frozenset({"甲类设备更新", "乙类设备换新"}),)))) == 1
    alike = Archive().say("目标", "两癌筛查", "9人").say("结果", "两癌检查", "10人")
    assert len(alike.rows()) == 1
    assert len(alike.rows(Joins(apart=(frozenset({"两癌筛查", "两癌检查"}),)))) == 2


def test_of_two_names_split_apart_the_commoner_stays_with_the_others() -> None:
    archive = Archive().say("目标", "两癌筛查", "9人").say("结果", "两癌筛查", "9人", as_of="2022-12")
    archive.say("结果", "妇女两癌筛查", "9人").say("结果", "两癌检查", "10人")
    rows = archive.rows(Joins(apart=(frozenset({"两癌筛查", "两癌检查"}),)))
    assert sorted(row.phrases for row in rows) == [("两癌检查",), ("两癌筛查", "妇女两癌筛查")]


def test_row_ids_do_not_depend_on_what_else_the_archive_holds() -> None:
    small = Archive().say("目标", "两癌筛查", "900人").row()
    large = Archive().say("结果", "无偿献血", "80人次").say("目标", "两癌筛查", "900人").rows()
    assert small.id in {row.id for row in large}


_FIGURES = st.lists(
    st.tuples(
        st.sampled_from(["目标", "结果", "完成率", "同比", "上年"]),
        st.sampled_from(["两癌筛查", "建档率", "地区生产总值", "某某设备", "规范管理率", ""]),
        st.sampled_from(["90%", "3人", "xx人", "4.2万人", "保持稳定", "5%左右", "不低于7个"]),
        st.sampled_from(["2022", "2022-H1", "2021/2025", None]),
    ),
    max_size=12,
)


@given(_FIGURES)
def test_every_figure_stands_in_exactly_one_row(
    said: list[tuple[str, str, str, str | None]],
) -> None:
    archive = Archive()
    for role, indicator, text, period in said:
        archive.say(role, indicator, text, period=period)
    shown = [one.record.id for row in archive.rows() for cell in row.cells for one in (cell, *cell.same)]
    assert sorted(shown) == [record.id for record in archive.figures]
