"""A figure belongs to the thing beside it."""

from __future__ import annotations

import pytest

from assistant.evidence.owned import figure_of_another
from tests.assistant_builders import question

GROWTH = question("2022年青禾县GDP增速多少")


@pytest.mark.parametrize(
    "sentence",
    [
        "地区生产总值突破3万亿元，固定资产投资创历史新高，一般公共预算收入增长4.8%。",
        "战略性新兴产业增加值增长9%，地区生产总值迈上新台阶。",
    ],
)
def test_the_growth_of_another_indicator_is_told(sentence: str) -> None:
    assert figure_of_another(GROWTH, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "地区生产总值突破3万亿元，增长4.8%。",
        "地区生产总值达到512亿元，比上年增长6.1%，居全市前列。",
        "地区生产总值、固定资产投资分别增长5%、7%。",
        "全年经济增长5.2%。",
    ],
)
def test_its_own_growth_is_told_and_other_wordings_are_left_alone(sentence: str) -> None:
    assert not figure_of_another(GROWTH, sentence)


def test_so_it_is_with_money() -> None:
    asked = question("2022年青禾县进出口多少亿元")
    assert figure_of_another(asked, "进出口拓展至152个国家，利用外资2.39亿元。")
    assert not figure_of_another(asked, "进出口拓展至152个国家，总额114.5亿元。")


def test_a_count_and_a_question_of_two_things_are_left_alone() -> None:
    assert not figure_of_another(question("2022年青禾县两癌筛查多少人"), "两癌筛查有序开展，产前筛查3620人。")
    assert not figure_of_another(question("2022年青禾县GDP和投资增速多少"), "地区生产总值512亿元，投资增长7%。")
