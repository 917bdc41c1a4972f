"""Years and policy periods fit the order's year."""

from __future__ import annotations

import pytest

from tests.checks_builders import kinds, order, run


@pytest.mark.parametrize(
    "text",
    [
        "力争在2024年底前建成投用。",
        "做好2025年全县卫生健康工作。",
        "到2020年，健全服务体系。",
        "落实“十三五”规划各项任务。",
        "推进“十四五”规划目标落实。",
        "谋划“十六五”规划。",
        "二〇二六年，要抓好落实。",
        "20xx年，要抓好落实。",
        "202_年要抓好落实。",
        "今年是“十五五”收官之年。",
        "明年要抓好基层能力提升。",
        "今年以来完成了各项任务。",
        "按照2021—2025年行动计划抓好落实。",
    ],
)
def test_what_does_not_fit_the_year_is_found(text: str) -> None:
    assert "stale_period" in kinds(run(text))


@pytest.mark.parametrize(
    "text",
    [
        "2026年，抓好基层能力提升。",
        "总结2025年工作经验，巩固去年成果。",
        "认真评估“十四五”规划实施成效。",
        "编制“十五五”卫生健康规划。",
        "深入开展“九五”普法宣传。",
        "今年是落实党代会部署的开局之年。",
        "按照2024—2026年行动方案抓好落实。",
        "落实《关于印发2021年行动方案的通知》要求。",
        "比上年有所提高，较2025年明显改善。",
    ],
)
def test_what_fits_is_left_alone(text: str) -> None:
    assert kinds(run(text), "leaked_name") == []


def test_the_coming_plan_is_in_the_making_one_year_before() -> None:
    assert kinds(run("编制“十五五”规划。", of=order(year=2025))) == []
    assert kinds(run("落实“十五五”规划任务。", of=order(year=2025))) == ["stale_period"]


def test_the_second_half_has_no_targets_for_the_first() -> None:
    second = order(kind="下半年工作安排")
    assert kinds(run("确保上半年完成全部任务。", of=second)) == ["stale_period"]
