"""Filters as chips, what was understood as chips, and a question asked again of something else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Understood
from assistant.filters import Filters
from assistant.question.bodies import BodyIndex
from assistant.rewording import of_body, of_year
from tests.builders import report
from ui.access import Holdings
from ui.answer_filters import filters_html, read_filters, understood_html

BODIES = BodyIndex(
    [report(1, "青禾县卫生健康局", "青禾县", "县", 2023), report(2, "白石县卫生健康局", "白石县", "县", 2023)]
)


def test_each_filter_offers_what_the_archive_holds_and_nothing_in_particular() -> None:
    html = filters_html(Holdings((2023, 2022), ("青禾县卫生健康局",), 2, kinds=("总结",)))
    for name in ("year", "org", "kind", "part"):
        assert f'<select id="{name}" name="{name}"><option value="">' in html
    assert '<option value="2022">2022年</option>' in html and '<option value="plan">计划</option>' in html


def test_a_body_with_markup_in_its_name_stays_text() -> None:
    html = filters_html(Holdings((), ('"><img src=x>',), 1)) + understood_html(Understood(orgs=('"><img src=x>',)))
    assert "<img" not in html


def test_what_was_understood_is_said_in_order_and_what_was_set_by_hand_is_marked() -> None:
    html = understood_html(Understood((2022,), ("青禾县卫生健康局",), ("plan",), (), ("part",)))
    assert re.findall(r'class="chip (\w+)( set)?"', html) == [("year", ""), ("org", ""), ("part", " set")]
    assert re.findall(r'class="value">([^<]+)<', html) == ["2022年", "青禾县卫生健康局", "计划"]


def test_a_run_of_years_is_one_span_and_old_answers_show_nothing() -> None:
    assert "2020—2023年" in understood_html(Understood((2020, 2021, 2022, 2023)))
    assert "2020年、2023年" in understood_html(Understood((2020, 2023)))
    assert understood_html(None) == understood_html(Understood()) == ""


def test_filters_are_read_as_the_page_sends_them() -> None:
    sent = '{"year": "2022", "org": "青禾县卫生健康局", "kind": "总结", "part": "plan"}'
    assert read_filters(sent) == Filters(2022, "青禾县卫生健康局", "总结", "plan")
    assert read_filters('{"year": "", "org": "", "kind": "", "part": ""}') == Filters()


@given(st.text(max_size=40) | st.none() | st.sampled_from(['{"year": [1]}', '{"part": {"a": 1}}', "[1]", "null", "1"]))
def test_whatever_else_is_sent_sets_no_filter_that_is_none(sent: str | None) -> None:
    read = read_filters(sent)
    assert read.year is None and read.kind is None and read.part is None


@pytest.mark.parametrize(
    ("asked", "year", "again"),
    [
        ("青禾县2023年签约率是多少？", 2022, "青禾县2022年签约率是多少?"),
        ("青禾县2021年和2022年签约率各是多少", 2020, "青禾县2020年签约率各是多少"),
        ("青禾县签约率是多少", 2020, "2020年青禾县签约率是多少"),
        ("青禾县2023年签约率是多少", None, "青禾县签约率是多少"),
    ],
)
def test_a_question_is_asked_again_of_another_year(asked: str, year: int | None, again: str) -> None:
    assert of_year(asked, year).replace("？", "?") == again.replace("？", "?")


def test_a_question_is_asked_again_of_another_body() -> None:
    assert of_body("青禾县2023年签约率", "白石县卫生健康局", BODIES) == "白石县卫生健康局2023年签约率"
    assert of_body("青禾县和白石县2023年签约率", "白石县卫生健康局", BODIES) == "白石县卫生健康局2023年签约率"
    assert of_body("2023年签约率", "白石县卫生健康局", BODIES) == "白石县卫生健康局2023年签约率"
    assert of_body("青禾县2023年签约率", None, BODIES) == "2023年签约率"
