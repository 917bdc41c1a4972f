"""Met or missed: the sign of the target, which way is better, and what is not known."""

from __future__ import annotations

import pytest

from tests.ledger_builders import Archive


@pytest.mark.parametrize(
    ("indicator", "target", "result", "status"),
    [
        ("疫苗接种率", "90%以上", "91%", "met"),
        ("疫苗接种率", "不低于90%", "89.9%", "missed"),
        ("疫苗接种率", "90%", "90%", "met"),
        ("婴儿死亡率", "3.1‰以内", "2.25‰", "met"),
        ("婴儿死亡率", "3.1‰以内", "3.2‰", "missed"),
        ("婴儿死亡率", "3.1‰", "2.25‰", "met"),
        ("城镇调查失业率", "控制在5.5%", "5.2%", "met"),
        ("平均住院日", "8天", "8.5天", "missed"),
        ("两癌筛查", "4380人", "4379人", "missed"),
        ("城镇新增就业", "68万人左右", "66万人", "near"),
        ("城镇新增就业", "68万人左右", "40万人", "missed"),
        ("城镇新增就业", "68万人左右", "75.7万人", "met"),
        ("县域内就诊率", "89%—91%", "89.67%", "met"),
        ("县域内就诊率", "89%—91%", "88%", "missed"),
        ("甲乙换乘比例", "90%", "91%", "unclear"),
        ("高血压患者规范管理", "不超过32.9万人", "32.09万人", "unclear"),
        ("孕产妇系统管理率", "控制在90%", "89%", "missed"),
        ("甲乙换乘比例", "90%以内", "91%", "missed"),
    ],
)
def test_a_result_is_held_against_its_target(indicator: str, target: str, result: str, status: str) -> None:
    assert Archive().say("目标", indicator, target).say("结果", indicator, result).row().status == status


def test_below_the_target_in_a_review_is_no_sign_of_the_target() -> None:
    archive = Archive().say("结果", "高血压患者规范管理", "32.09万人").say("目标", "高血压患者规范管理", "低于32.9万人")
    row = archive.row()
    assert (row.targets[0].text, row.status) == ("32.9万人", "missed")


def test_prices_are_neither_met_nor_missed_without_a_sign() -> None:
    archive = Archive().say("目标", "居民消费价格涨幅", "2%左右").say("结果", "居民消费价格涨幅", "0.1%")
    assert archive.row().status == "unclear"


def test_half_a_year_is_under_way_not_missed() -> None:
    archive = Archive().say("目标", "两癌筛查", "900人", period="2022-H1")
    assert archive.say("结果", "两癌筛查", "450人", period="2022-H1").row().status == "under_way"


def test_a_count_up_to_september_is_under_way_one_up_to_december_is_missed() -> None:
    early = Archive().say("目标", "两癌筛查", "900人").say("结果", "两癌筛查", "800人", as_of="2022-09-30").row()
    late = Archive().say("目标", "两癌筛查", "900人").say("结果", "两癌筛查", "800人", as_of="2022-12-20").row()
    assert (early.status, late.status) == ("under_way", "missed")
    assert "2022-12-20" in late.reason


@pytest.mark.parametrize(("rate", "status"), [("102%", "met"), ("98%", "missed")])
def test_a_completion_rate_alone_tells_whether_the_target_was_met(rate: str, status: str) -> None:
    assert Archive().say("完成率", "两癌筛查", rate).row().status == status


def test_several_values_of_a_run_of_years_are_no_contradiction() -> None:
    archive = Archive().say("结果", "两癌筛查", "4386人", period="2016/2020")
    assert archive.say("结果", "两癌筛查", "4999人", period="2016/2020").row().status == "mixed"


def test_a_general_name_with_several_values_speaks_of_several_things() -> None:
    archive = Archive().say("结果", "发放资金", "132.09万元").say("结果", "发放资金", "136.1万元")
    assert archive.row().status == "mixed"


def test_no_rate_is_calculated_with_a_number_said_to_be_about() -> None:
    row = Archive().say("目标", "城镇新增就业", "68万人左右").say("结果", "城镇新增就业", "75.7万人").row()
    assert row.computed is row.gap is None


def test_a_rate_is_compared_in_points() -> None:
    row = Archive().say("目标", "建档率", "92%").say("结果", "建档率", "93.35%").row()
    assert row.gap is not None
    assert (row.gap.value, row.gap.expression) == ("+1.35个百分点", "93.35%-92%".replace("%", ""))
    assert row.computed is None
