"""A sentence without the piece that makes it fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evidence.figures import bound_numbers_in
from assistant.generation.trimming import trimmed


@pytest.mark.parametrize("date", ["截至12月10日，", "截至2022年12月底，", "截止11月，", "到12月10日"])
def test_an_invented_date_goes_first(date: str) -> None:
    assert next(trimmed(f"{date}实际完成4380人。")) == "实际完成4380人。"


def test_then_one_of_the_later_clauses_with_a_number_the_last_first() -> None:
    assert list(trimmed("任务数4480人，实际完成4380人，完成率100%。")) == [
        "任务数4480人，实际完成4380人。",
        "任务数4480人，完成率100%。",
    ]


def test_the_first_clause_stays_and_so_does_a_number() -> None:
    assert list(trimmed("实际完成4380人。")) == []
    assert list(trimmed("产前筛查进展顺利，完成率100%。")) == []


def test_clauses_without_a_number_stay() -> None:
    assert list(trimmed("任务数4480人，任务没有完成，完成率97%。")) == ["任务数4480人，任务没有完成。"]


@given(st.text(alphabet="完成任务人，,；;。截至到0123456789年月日%", max_size=60))
def test_what_is_left_says_nothing_new(text: str) -> None:
    for shorter in trimmed(text):
        assert bound_numbers_in(shorter) and len(shorter) <= len(text) + 1
        assert set(shorter) <= set(text) | {"。"}
