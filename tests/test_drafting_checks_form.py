"""Numbering and punctuation as official documents have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks_builders import kinds, run

SENTENCE = "抓好各项任务落实。"


@pytest.mark.parametrize(
    "text",
    [
        "（一）抓改革\n做好衔接。\n（三）抓服务\n做好衔接。",
        "1. 抓改革。\n3. 抓服务。",
        "一是抓改革。三是抓服务。",
        "二是抓服务。",
        "一是抓改革。",
        "一、抓改革\n（1）抓服务。",
        "（二）抓改革\n做好衔接。",
    ],
)
def test_gaps_in_the_numbering_are_found(text: str) -> None:
    assert "numbering" in kinds(run(text))


@pytest.mark.parametrize(
    "text",
    [
        "（一）抓改革\n1. 抓衔接。\n2. 抓落实。\n（二）抓服务\n1. 抓衔接。\n（1）抓细节。\n（2）抓落实。",
        "一是抓改革。二是抓服务。\n一是抓队伍。二是抓作风。",
        "一、抓改革\n1. 抓衔接。\n2. 抓落实。\n二、抓服务\n做好衔接。",
    ],
)
def test_numbering_without_gaps_stands(text: str) -> None:
    assert kinds(run(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "抓好改革,做好服务。",
        "抓好改革。。",
        "抓好改革，。",
        "抓好（改革。",
        "抓好改革）。",
        "抓好《方案。",
        "抓好 改革。",
        "抓好“改革。",
        '抓好"改革"。',
        "抓好改革，",
        "**抓好**改革。",
        "# 标题\n抓好改革。",
        "<script>抓好改革。",
        "抓好改革\u200b。",
        "抓好改革\ufffd。",
        "The target was reached by the bureau last year.",
        "Всё выполнено。",
        "抓好改革(试点)。",
    ],
)
def test_faulty_punctuation_is_found(text: str) -> None:
    found = [one for one in run(text) if one.kind == "punctuation"]
    assert found
    assert all(0 <= one.start < one.end <= len(text) for one in found)


def test_digits_and_units_are_half_width() -> None:
    found = run("达到９０％。")
    assert {one.kind for one in found} == {"punctuation", "figure_without_source"}


def test_a_long_line_without_a_stop_is_found() -> None:
    assert kinds(run("抓好基层医疗卫生机构能力提升" * 3)) == ["punctuation"]
    assert kinds(run("抓好基层能力提升")) == []


@given(st.lists(st.sampled_from(["抓好改革", "做好服务", "加强宣传"]), min_size=2, max_size=9))
def test_numbered_items_stand_however_many(items: list[str]) -> None:
    numbers = "一二三四五六七八九"
    assert run("".join(f"{numbers[at]}是{item}。" for at, item in enumerate(items))) == ()
    assert run("\n".join(f"{at}. {item}。" for at, item in enumerate(items, 1))) == ()


@given(st.text(max_size=80))
def test_any_text_is_checked_without_a_fault_of_the_checks(text: str) -> None:
    assert all(0 <= one.start <= one.end <= len(text) and one.message for one in run(text))
