"""Every figure has a source that holds it, in the role and of the year that the source gives it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.types import Fact
from tests.checks_builders import cited, exemplar, kinds, order, run, whole

SCREENED = Fact("两癌筛查目标10000人，上年完成9600人", "两癌筛查", "10000人", "9600人")


@pytest.mark.parametrize(
    "text",
    [
        "完成两癌筛查10000人。",
        "力争两癌筛查率达到95%以上。",
        "培训乡村医生五百六十名。",
        "规范管理率达到百分之九十。",
        "约三分之二的乡镇达到标准。",
        "投入xx万元改造业务用房。",
        "新建发热门诊三个。",
        "完成筛查１２００人次。",
        "投资1.2亿元新建住院楼。",
    ],
)
def test_a_figure_without_a_source_is_an_error_at_its_place(text: str) -> None:
    found = run(text)
    assert kinds(found) == ["figure_without_source"] or kinds(found, "punctuation") == ["figure_without_source"]
    place = next(one for one in found if one.kind == "figure_without_source")
    assert place.severity == "error"
    assert text[place.start : place.end] in text and place.end > place.start
    assert "待填" in place.message


def test_a_figure_of_a_fact_stands() -> None:
    text = "组织开展两癌筛查10000人。"
    assert run(text, whole(text, fact=0), of=order(SCREENED)) == ()


def test_a_fact_holds_only_its_own_figure() -> None:
    text = "组织开展两癌筛查12000人。"
    assert kinds(run(text, whole(text, fact=0), of=order(SCREENED))) == ["figure_without_source"]


def test_the_same_amount_with_another_magnitude_is_another_figure() -> None:
    text = "组织开展两癌筛查10000万人。"
    assert kinds(run(text, whole(text, fact=0), of=order(SCREENED))) == ["figure_without_source"]


@pytest.mark.parametrize("text", ["去年已完成两癌筛查10000人。", "两癌筛查已完成10000人。"])
def test_a_target_told_as_a_result_is_a_wrong_role(text: str) -> None:
    assert kinds(run(text, whole(text, fact=0), of=order(SCREENED))) == ["figure_role"]


def test_a_result_told_as_a_target_is_a_wrong_role() -> None:
    text = "力争完成两癌筛查9600人。"
    assert kinds(run(text, whole(text, fact=0), of=order(SCREENED))) == ["figure_role"]


def test_a_fact_told_with_both_its_figures_stands() -> None:
    text = "在上年完成9600人的基础上，力争两癌筛查完成10000人。"
    assert run(text, whole(text, fact=0), of=order(SCREENED)) == ()


def test_a_facts_figure_belongs_to_its_indicator() -> None:
    text = "家庭医生签约10000人。"
    assert kinds(run(text, whole(text, fact=0), of=order(SCREENED))) == ["figure_role"]


def test_a_bound_turned_round_is_a_wrong_role() -> None:
    text = "两癌筛查率不超过90%。"
    fact = Fact("两癌筛查率不低于90%", "两癌筛查率", "不低于90%")
    assert kinds(run(text, whole(text, fact=0), of=order(fact))) == ["figure_role"]


def test_a_cited_figure_of_last_year_told_as_last_years_stands() -> None:
    text = "2025年完成两癌筛查9600人，今年要继续做好。"
    assert run(text, whole(text, citation=1), citations=[cited("全年完成两癌筛查9600人。")]) == ()


@pytest.mark.parametrize("text", ["力争完成两癌筛查9600人。", "确保两癌筛查达到9600人。", "完成两癌筛查9600人。"])
def test_a_cited_figure_of_last_year_as_a_new_target_is_an_error(text: str) -> None:
    found = run(text, whole(text, citation=1), citations=[cited("全年完成两癌筛查9600人。")])
    assert kinds(found) == ["old_year_figure"]


def test_a_cited_figure_under_another_year_is_an_error() -> None:
    text = "2024年完成两癌筛查9600人。"
    found = run(text, whole(text, citation=1), citations=[cited("全年完成两癌筛查9600人。")])
    assert kinds(found) == ["figure_without_source", "old_year_figure"]


def test_last_years_plan_told_as_done_is_a_wrong_role() -> None:
    text = "去年完成两癌筛查9600人。"
    found = run(text, whole(text, citation=1), citations=[cited("计划完成两癌筛查9600人。", part="plan")])
    assert kinds(found) == ["figure_role"]


def test_a_cited_figure_of_something_else_is_a_wrong_role() -> None:
    text = "去年托育机构达到9600人。"
    found = run(text, whole(text, citation=1), citations=[cited("全年完成两癌筛查9600人。")])
    assert kinds(found) == ["figure_role"]


def test_a_figure_copied_from_an_exemplar_is_of_an_old_year() -> None:
    text = "完成两癌筛查9600人。"
    found = run(text, whole(text, citation=1, kind="exemplar"), citations=[cited("完成两癌筛查9600人。", part="plan")])
    assert kinds(found, "overlap") == ["old_year_figure"]


def test_a_citation_that_is_not_there_supports_nothing() -> None:
    text = "去年完成两癌筛查9600人。"
    assert kinds(run(text, whole(text, citation=7))) == ["figure_without_source"]


def test_a_source_elsewhere_in_the_section_supports_nothing() -> None:
    text = "做好两癌筛查。完成随访10000人。"
    source = whole("做好两癌筛查。", fact=0)
    assert kinds(run(text, source, of=order(SCREENED))) == ["figure_without_source"]


def test_a_date_without_a_source_is_a_warning() -> None:
    found = run("6月底前完成主体工程建设。")
    assert [(one.kind, one.severity) for one in found] == [("figure_without_source", "warning")]


def test_a_rank_is_a_figure() -> None:
    assert kinds(run("该项工作位居全省第一。")) == ["figure_without_source"]
    fact = Fact("综合满意度位居全省第一")
    assert run("综合满意度位居全省第一。", whole("综合满意度位居全省第一。", fact=0), of=order(fact)) == ()


def test_a_small_number_in_words_that_two_reports_have_is_a_name() -> None:
    text = "深入实施四项行动，抓好任务落实。"
    twice = [exemplar("实施四项行动。", id=4), exemplar("推进四项行动落实。", id=5, org="青石县卫生健康局")]
    assert run(text, exemplars=twice) == ()
    assert kinds(run(text)) == ["figure_without_source"]


@given(st.integers(2, 9_999_999), st.sampled_from(["人", "万元", "个", "%", "人次", "家"]))
def test_no_invented_amount_goes_unseen(amount: int, unit: str) -> None:
    assert "figure_without_source" in kinds(run(f"力争完成服务{amount}{unit}。"))


@given(st.integers(2, 9_999_999), st.sampled_from(["人", "万元", "个", "人次", "家"]))
def test_a_fact_supports_its_own_amount_only(amount: int, unit: str) -> None:
    fact = Fact(f"义诊服务{amount}{unit}", "义诊服务", f"{amount}{unit}")
    text = f"力争义诊服务{amount}{unit}。"
    assert run(text, whole(text, fact=0), of=order(fact)) == ()
    other = f"力争义诊服务{amount + 1}{unit}。"
    assert kinds(run(other, whole(other, fact=0), of=order(fact))) == ["figure_without_source"]
