"""One indicator of all bodies: who has how much, who has most, who is above a bound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.service import Assistant
from tests.assistant_builders import assistant_over, said

_TOLD = {
    "东岭县": "全年完成两癌筛查5200人，居民健康档案建档率达到91.2%。",
    "西塘县": "全年完成两癌筛查8800人，居民健康档案建档率达到86.0%。",
    "南浦县": "全年完成两癌筛查6100人，居民健康档案建档率达到xx%。",
    "北亭市": "全市完成两癌筛查43000人，居民健康档案建档率达到93.4%。",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home: Path = tmp_path_factory.mktemp("across") / "home"
    files = {
        f"{place}.txt": f"{place}卫生健康局2023年工作总结\n\n一、主要工作\n\n（一）妇幼健康。{told}\n\n"
        f"二、2024年工作计划\n\n（一）妇幼健康。计划完成两癌筛查{9000 + 10 * number}人。\n"
        for number, (place, told) in enumerate(_TOLD.items())
    }
    with assistant_over(home, files) as assistant:
        yield assistant


def test_every_body_is_told_with_its_own_figure_and_source(assistant: Assistant) -> None:
    answer = assistant.ask("2023年各单位两癌筛查完成多少")
    assert [place for place in _TOLD if place in said(answer)] == list(_TOLD)
    assert {one.org for one in answer.citations} == {f"{place}卫生健康局" for place in _TOLD}
    for sentence in answer.sentences:
        (number,) = sentence.citations
        assert (answer.citations[number - 1].org or "")[:3] in sentence.text


def test_only_bodies_of_the_sort_that_is_asked_for(assistant: Assistant) -> None:
    assert "北亭市" not in said(assistant.ask("2023年各县两癌筛查完成多少"))


def test_a_bound_leaves_out_who_does_not_keep_it(assistant: Assistant) -> None:
    answer = said(assistant.ask("2023年哪些县两癌筛查超过6000人"))
    assert "西塘县" in answer and "南浦县" in answer
    assert "东岭县" not in answer and "北亭市" not in answer


def test_who_has_most_comes_first(assistant: Assistant) -> None:
    assert said(assistant.ask("2023年两癌筛查最多的是哪个县")).startswith("西塘县")
    assert said(assistant.ask("2023年两癌筛查最少的是哪个县")).startswith("东岭县")


def test_masked_figures_are_not_compared_and_that_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("2023年哪些县居民健康档案建档率超过90%")
    assert "东岭县" in said(answer)
    assert "南浦县" not in said(answer)
    assert any("1个单位" in warning.text for warning in answer.warnings)


def test_when_none_keeps_the_bound_that_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("2023年哪些县两癌筛查超过20000人")
    assert not answer.citations
    assert any("没有符合的" in warning.text for warning in answer.warnings)


def test_promises_are_asked_for_as_well(assistant: Assistant) -> None:
    answer = said(assistant.ask("2024年各县两癌筛查计划完成多少"))
    assert "9000人" in answer and "9010人" in answer


def test_another_year_is_not_told(assistant: Assistant) -> None:
    assert "5200" not in said(assistant.ask("2021年各县两癌筛查完成多少"))


def test_a_body_that_is_named_is_asked_alone(assistant: Assistant) -> None:
    answer = said(assistant.ask("西塘县2023年两癌筛查完成多少"))
    assert "8800" in answer
    assert "东岭县" not in answer


def test_who_speaks_of_something_is_told_by_a_sentence_of_each(assistant: Assistant) -> None:
    answer = assistant.ask("2023年哪些县提到居民健康档案建档")
    assert {one.org for one in answer.citations} >= {"东岭县卫生健康局", "西塘县卫生健康局"}


def test_without_a_year_the_latest_that_most_tell_of_is_taken_and_named(assistant: Assistant) -> None:
    answer = said(assistant.ask("两癌筛查最多的是哪个县"))
    assert answer.startswith("西塘县卫生健康局（2023年）")


@pytest.mark.parametrize(
    ("told", "asked", "is_told"),
    [
        ("近6000人", "达到6000人", False),
        ("超过6000人", "达到6000人", True),
        ("超过6000人", "低于7000人", False),
        ("近6000人", "低于7000人", True),
        ("6000人", "达到6000人", True),
    ],
)
def test_a_word_beside_a_value_may_leave_it_in_doubt(told: str, asked: str, is_told: bool, tmp_path: Path) -> None:
    files = {
        f"{place}.txt": f"{place}卫生健康局2023年工作总结\n\n一、主要工作\n\n（一）妇幼健康。全年完成两癌筛查{one}。\n"
        for place, one in {"东岭县": told, "西塘县": "6500人"}.items()
    }
    with assistant_over(tmp_path / "home", files) as assistant:
        answer = said(assistant.ask(f"2023年哪些县两癌筛查{asked}"))
    assert ("东岭县" in answer) is is_told
    assert "西塘县" in answer
