"""Planted wrong answers: each must be caught, and the right ones must pass."""

from __future__ import annotations

import pytest

from eval.metrics.right import wrong_reasons
from tests.eval_builders import answer, citation, gold, says, sentence, silence


@pytest.mark.parametrize("shown", ["5600", "5,600", "５６００", "5，600"])
def test_the_right_number_passes_in_any_spelling(shown: str) -> None:
    assert wrong_reasons(says(f"完成{shown}人。"), gold()) == ()


@pytest.mark.parametrize("shown", ["5500", "15600", "56000", "5600.5", "0.5600", "5600%", "五千", "5 600"])
def test_another_number_is_wrong(shown: str) -> None:
    assert wrong_reasons(says(f"完成{shown}人。"), gold()) == ("缺数字 5600",)


@pytest.mark.parametrize(
    ("wanted", "shown", "right"),
    [
        ("90%", "达到90％", True),
        ("90%", "达到百分之90", True),
        ("90%", "达到90.0%", True),
        ("90%", "达到90人", False),
        ("90", "达到90%", False),
        ("90%", "达到190%", False),
        ("467.2", "467.2万人", True),
        ("467.2万", "467.2万人", True),
        ("467.2万", "467.2人", False),
        ("110万", "1100000人", True),
        ("5600人", "5600人", True),
        ("5600人", "5600万人", False),
        ("11月20日", "截至11月20日", True),
        ("11月20日", "截至11月2日", False),
        ("11", "截至11月20日", True),
        ("2022", "2022年", True),
        ("35", "三十五家", True),
        ("4", "主办14件、协办24件", False),
    ],
)
def test_units_and_magnitudes_count_where_the_gold_names_them(wanted: str, shown: str, right: bool) -> None:
    assert (wrong_reasons(says(shown), gold(numbers=[wanted])) == ()) is right


def test_citation_marks_are_not_figures() -> None:
    assert wrong_reasons(says("完成了任务"), gold(numbers=["1"])) == ("缺数字 1",)


def test_every_number_must_be_shown() -> None:
    assert wrong_reasons(says("完成5600人"), gold(numbers=["5600", "5500"])) == ("缺数字 5500",)


def test_every_word_must_be_shown_and_one_of_each_group() -> None:
    wanted = gold(numbers=[], must_include=["两癌筛查", "办结"], must_include_any=["隐去", "xxx"])
    assert wrong_reasons(says("两癌筛查全部办结，数字已隐去"), wanted) == ()
    assert wrong_reasons(says("两癌筛查全部完成"), wanted) == ("缺“办结”", "缺其一：隐去、xxx")


def test_a_forbidden_word_is_wrong_even_beside_the_right_answer() -> None:
    assert wrong_reasons(says("完成5600人，上年5400人"), gold(must_not_include=["5400"])) == ("不应有“5400”",)
    assert wrong_reasons(says("完成5600人，上年15400人"), gold(must_not_include=["5400"])) == ()


def test_an_abstention_that_should_not_be_is_wrong_even_if_it_shows_the_number() -> None:
    assert "档案中有答案，却答“档案中未找到”" in wrong_reasons(silence("档案中未找到，另见5600人。"), gold())


def test_an_answer_where_an_abstention_was_due_is_wrong() -> None:
    due = gold(kind="unanswerable", numbers=[], evidence=[])
    assert wrong_reasons(says("完成5600人"), due) == ("应答“档案中未找到”，却作了回答",)
    assert wrong_reasons(silence(), due) == ()


def test_only_the_answer_counts_not_its_warnings() -> None:
    hinting = answer(
        [sentence("见原文", 1)], [citation()], warnings=[{"kind": "doubtful_figure", "text": "可能是5600"}]
    )
    assert wrong_reasons(hinting, gold()) == ("缺数字 5600",)
