"""Questions for indicators by how they stand to their targets, and dates that no calendar has."""

from __future__ import annotations

import pytest

from assistant.question.impossible import impossible_dates
from assistant.question.standing import read_standing
from tests.assistant_builders import question


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("哪些指标没有完成", "missed"),
        ("青禾县2022年有哪些任务没完成？", "missed"),
        ("没完成的指标有哪些", "missed"),
        ("有没有没完成的任务", "missed"),
        ("哪几项指标未达到目标", "missed"),
        ("2022年哪些任务超额完成了", "exceeded"),
        ("超额完成的有哪些", "exceeded"),
        ("哪些指标完成了", "met"),
        ("完成率最低的是哪项", "lowest"),
        ("完成率最低的指标是什么", "lowest"),
        ("哪项任务完成率最高", "highest"),
    ],
)
def test_lists_of_indicators_are_recognised(text: str, standing: str) -> None:
    assert read_standing(text) == standing
    assert question(text).standing == standing


@pytest.mark.parametrize(
    "text",
    [
        "2022年完成了哪些工作",
        "完成了哪些重点任务",
        "两癌筛查没有完成的原因有哪些",
        "没完成任务的原因是什么",
        "有哪些困难没有解决",
        "两癌筛查完成率最低是哪年",
        "两癌筛查任务完成没有",
        "2022年两癌筛查完成率多少",
    ],
)
def test_other_questions_are_not(text: str) -> None:
    assert read_standing(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022年13月两癌筛查多少人", ("13月",)),
        ("3022年两癌筛查多少人", ("3022年",)),
        ("2022年0月完成多少", ("0月",)),
        ("2022年2月30日前完成多少", ("2月30日",)),
        ("1822年和2022年各多少", ("1822年",)),
    ],
)
def test_dates_that_no_calendar_has_are_named(text: str, found: tuple[str, ...]) -> None:
    assert impossible_dates(text) == found


@pytest.mark.parametrize(
    "text", ["2022年12月31日", "近三年变化", "2050年目标", "13个月内完成", "2024年2月29日", "22年的呢", "2021—2023年"]
)
def test_dates_of_the_calendar_are_not(text: str) -> None:
    assert impossible_dates(text) == ()
