"""Several quantities in one question, and whether it asks for more than one at all."""

from __future__ import annotations

import pytest

from assistant.question.facets import asks_several, read_facets
from tests.assistant_builders import question


def things(text: str) -> list[tuple[str, str | None]]:
    return [("".join(facet.topic.runs), facet.unit) for facet in read_facets(text)]


@pytest.mark.parametrize(
    ("text", "facets"),
    [
        ("计划建多少高标准农田，粮食要收多少吨", [("高标准农田", None), ("粮食", "吨")]),
        ("两癌筛查做了多少人 家庭医生签约多少人", [("两癌筛查", "人"), ("家庭医生签约", "人")]),
        ("GDP和进出口的增速目标", [("GDP", "%"), ("进出口", "%")]),
    ],
)
def test_every_thing_is_asked_for_with_its_own_measure(text: str, facets: list[tuple[str, str | None]]) -> None:
    assert things(text) == facets


@pytest.mark.parametrize(
    "text",
    [
        "两癌筛查多少人",
        "进出口总额多少，增长多少",
        "两癌筛查任务数多少，比上年多多少",
        "财政支出多少，其中卫生支出多少",
        "开展了哪些工作，成效如何",
    ],
)
def test_more_about_the_same_thing_is_no_further_quantity(text: str) -> None:
    assert things(text) == []


def test_the_year_and_the_body_are_no_part_of_it() -> None:
    facets = question("青禾县2022年两癌筛查多少人，产前筛查多少人").facets
    assert ["".join(facet.topic.runs) for facet in facets] == ["两癌筛查", "产前筛查"]


def test_a_quantity_that_is_set_against_its_target_is_left_to_the_ledger() -> None:
    assert question("青禾县2022年两癌筛查目标多少人，实际完成多少人").facets == ()


def test_two_questions_of_one_thing_are_several() -> None:
    assert asks_several("办了几回，解决多少问题") and not asks_several("办了几回")
