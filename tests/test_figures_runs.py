"""Averages and totals of several years are never a year's figure."""

from __future__ import annotations

import pytest

from ingest.types import Part
from tests.test_figures_extract import figures


def when(text: str, part: Part = "review", year: int = 2025) -> list[tuple[str, str, str]]:
    return [(one.text, str(one.period), one.scope) for one in figures(text, part, year)]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("地区生产总值年均增长6%。", "2021/2025"),
        ("地区生产总值平均每年增长6%。", "2021/2025"),
        ("地区生产总值从2019年的3亿元增加到2025年的5亿元，年均增长6%。", "2021/2025"),
        ("地区生产总值保持6%的年均增速。", "2021/2025"),
    ],
)
def test_an_average_is_of_years_and_says_so(text: str, period: str) -> None:
    assert when(text)[-1] == ("6%", period, "年均")


def test_an_average_in_a_plan_is_of_the_years_ahead_and_so_are_the_goals_beside_it() -> None:
    assert when("主要目标是：地区生产总值年均增长5%；城镇新增就业50万人。", "plan", 2026) == [
        ("5%", "2026/2030", "年均"), ("50万人", "2026/2030", ""),
    ]  # fmt: skip


def test_listed_averages_are_averages_and_a_yearly_mean_concentration_is_none() -> None:
    assert [scope for *_, scope in when("地区生产总值、财政收入年均分别增长6%、7%。")] == ["年均", "年均"]
    assert when("细颗粒物年均浓度30微克/立方米。") == [("30微克/立方米", "2025", "")]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("与2020年相比，地区生产总值增长30%。", "2020/2025"),
        ("地区生产总值比2020年增长30%。", "2020/2025"),
        ("地区生产总值比五年前增长30%。", "2020/2025"),
        ("地区生产总值较“十三五”末增长30%。", "2020/2025"),
        ("地区生产总值比2024年增长30%。", "2025"),
        ("近3年地区生产总值增长30%。", "2023/2025"),
        ("40年来地区生产总值增长30%。", "1986/2025"),
        ("展会时隔14年来首次在本市举办，地区生产总值增长30%。", "2025"),
        ("“十四五”圆满收官，地区生产总值增长30%。", "2025"),
    ],
)
def test_a_change_is_of_the_years_that_it_is_told_against(text: str, period: str) -> None:
    assert when(text)[-1][1] == period


def test_what_a_value_has_risen_to_is_of_the_present_year() -> None:
    assert [period for _, period, _ in when("住院床位由2020年的300张增加到500张。")] == ["2020", "2025"]


def test_the_opening_of_a_paragraph_holds_until_another_time_is_named() -> None:
    text = "五年来，我市就业稳定。城镇新增就业60万人。今年城镇新增就业12万人。培训2万人。\n新建学校3所。"
    assert [period for _, period, _ in when(text)] == ["2021/2025", "2025", "2025", "2025"]


def test_paragraphs_with_a_dash_go_on_with_what_led_up_to_them() -> None:
    text = "过去五年，成绩显著。\n——就业更充分。城镇新增就业60万人。\n今年新建学校3所。"
    assert [period for _, period, _ in when(text)] == ["2021/2025", "2025"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("居民收入增速高于全国、全省平均水平。", "高于全国、全省平均水平"),
        ("居民消费价格指数（CPI）保持温和上涨。", "保持温和上涨"),
        ("城镇调查失业率控制在省定目标以内。", "控制在省定目标以内"),
        ("农民收入增速居全省第三位。", "居全省第三位"),
        ("物价总体平稳。", "总体平稳"),
        ("城镇和农村居民收入与经济增长同步。", "与经济增长同步"),
    ],
)
def test_what_is_said_in_words_of_a_measure_is_kept(text: str, words: str) -> None:
    assert [told for told, *_ in when(text)] == [words]


def test_words_of_what_is_no_measure_are_left_out() -> None:
    assert when("推动经济实现质的有效提升和量的合理增长。") == []


def test_the_last_year_of_a_rise_does_not_hold_for_the_next_clause() -> None:
    text = "这五年，全县收入从2020年的3亿元增长到2025年的5亿元、实现翻番，蔬菜产量稳定在76万吨以上。"
    found = when(text)
    assert found[1][1] == "2025"
    assert found[-1] == ("76万吨", "2021/2025", "")
