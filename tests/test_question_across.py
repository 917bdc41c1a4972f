"""Questions to all bodies at once are told from others, with their bound or order."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.question.across import Bound, read_across


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("2023年各县两癌筛查完成多少", "县"),
        ("2023年各市地区生产总值增长多少", "市"),
        ("2024年各地固定资产投资增长目标", "地"),
        ("2023年哪些市新增城镇就业超过10万人", "市"),
        ("2023年签约率最高的是哪个县", "县"),
        ("2023年签约率最高的县是哪个", "县"),
        ("2023年所有单位的建档率", "单位"),
    ],
)
def test_all_bodies_are_asked(text: str, level: str) -> None:
    found = read_across(text)
    assert found is not None
    assert found.level == level


@pytest.mark.parametrize(
    "text",
    [
        "2023年完成了哪些工作",
        "2023年哪些指标没有完成",
        "各项工作进展如何",
        "各级医疗机构有多少家",
        "哪些人可以享受免费筛查",
        "各地区域医疗中心建设情况",
        "两癌筛查完成多少",
        "谁负责这项工作",
    ],
)
def test_other_questions_are_not(text: str) -> None:
    assert read_across(text) is None


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        ("超过10万人", Bound(Decimal(100_000), "人", above=True, reached=False)),
        ("不低于90%", Bound(Decimal(90), "%", above=True, reached=True)),
        ("在90%以上", Bound(Decimal(90), "%", above=True, reached=True)),
        ("达到90%", Bound(Decimal(90), "%", above=True, reached=True)),
        ("低于90%", Bound(Decimal(90), "%", above=False, reached=False)),
        ("没有达到90%", Bound(Decimal(90), "%", above=False, reached=False)),
        ("不超过5‰", Bound(Decimal(5), "‰", above=False, reached=True)),
        ("不足5000人", Bound(Decimal(5000), "人", above=False, reached=False)),
    ],
)
def test_bounds(said: str, bound: Bound) -> None:
    found = read_across(f"2023年哪些县的这一项{said}")
    assert found is not None
    assert found.bound == bound


def test_a_bound_is_kept_by_whole_ranges_only() -> None:
    above = Bound(Decimal(90), "%", above=True, reached=False)
    assert above.holds(Decimal(91), Decimal(95))
    assert not above.holds(Decimal(90), Decimal(95))
    below = Bound(Decimal(90), "%", above=False, reached=True)
    assert below.holds(Decimal(85), Decimal(90))
    assert not below.holds(Decimal(85), Decimal(91))


@pytest.mark.parametrize(("said", "order"), [("最高", "most"), ("最多", "most"), ("最低", "least"), ("最少", "least")])
def test_orders(said: str, order: str) -> None:
    found = read_across(f"2023年签约率{said}的是哪个县")
    assert found is not None
    assert found.order == order


def test_the_words_that_say_so_are_no_part_of_the_topic() -> None:
    text = "2023年哪些市新增城镇就业超过10万人"
    found = read_across(text)
    assert found is not None
    for start, end in found.spans:
        text = text[:start] + " " * (end - start) + text[end:]
    assert text.replace(" ", "") == "2023年新增城镇就业"
