"""Several names for several numbers, or for one target in words."""

from __future__ import annotations

import pytest

from assistant.ledger.reading import read_all
from ingest.figures.enumeration import of_group, parts_of
from ingest.figures.record import FigureRecord
from tests.ledger_builders import report
from tests.test_figures_extract import figures, told


def named(text: str) -> list[tuple[str, str]]:
    return [(chars, name) for chars, name, _ in told(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("城镇和农村居民人均可支配收入分别增长3%左右和4%左右。", ["城镇居民人均可支配收入", "农村居民人均可支配收入"]),
        ("城镇居民、农村居民人均可支配收入分别增长3%、4%。", ["城镇居民人均可支配收入", "农村居民人均可支配收入"]),
        ("城乡居民人均可支配收入按可比口径分别增长3%、4%。", ["城镇居民人均可支配收入", "农村居民人均可支配收入"]),
        ("省、市重点项目投资分别完成30亿元、40亿元。", ["省重点项目投资", "市重点项目投资"]),
        ("油菜播种面积与油菜籽产量稳定在30万亩、4万吨。", ["油菜播种面积", "油菜籽产量"]),
    ],
)
def test_listed_numbers_go_to_the_listed_names(text: str, expected: list[str]) -> None:
    assert [name for _, name in named(text)] == expected


def test_a_second_list_of_numbers_goes_to_the_same_names() -> None:
    assert [name for _, name in named("城乡居民人均可支配收入分别为4万元、2万元，分别增长3%、4%。")] == [
        "城镇居民人均可支配收入", "农村居民人均可支配收入", "城镇居民人均可支配收入", "农村居民人均可支配收入",
    ]  # fmt: skip


def test_groups_alone_are_those_of_what_was_spoken_of() -> None:
    assert named("居民人均可支配收入增长5%，其中城镇居民增长3%、农村居民增长4%。")[1:] == [
        ("3%", "城镇居民人均可支配收入"), ("4%", "农村居民人均可支配收入"),
    ]  # fmt: skip


def test_one_number_of_town_and_land_is_not_divided() -> None:
    assert named("城乡居民人均可支配收入增长5%。") == [("5%", "城乡居民人均可支配收入")]


def test_a_group_of_something_that_is_not_peoples_stays_a_scope() -> None:
    assert of_group("农村", "公路里程") is None
    assert of_group("高山", "居民收入") is None


def test_the_parts_of_a_joined_phrase_are_whole_names() -> None:
    assert parts_of("财政收入、城镇和农村居民收入") == ["财政收入", "城镇居民收入", "农村居民收入"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("财政收入、居民收入与经济增长同步。", ["一般公共预算收入", "居民人均可支配收入"]),
        ("粮食产量和绿化面积完成省下达任务。", ["粮食产量", None]),
        ("粮食产量和绿化面积增长5%。", [None]),
    ],
)
def test_the_ledger_takes_a_joined_phrase_apart_where_it_knows_the_names(text: str, keys: list[str | None]) -> None:
    read = read_all(
        [FigureRecord(n, 1, 1, 1, 1, True, one) for n, one in enumerate(figures(text, "plan"), 1)], {1: report(1, 2022)}
    )
    assert [None if one.name.entry is None else one.name.key for one in read] == keys
