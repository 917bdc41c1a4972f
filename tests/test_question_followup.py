"""Follow-ups made self-contained: what is left out comes from the question before, and nothing else does."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assistant_builders import question
from tests.followup_gold import Expected, conversations

GOLD = conversations()
FOLLOW_UPS_LATER = [turn for turn in GOLD if turn.later and turn.history]
FIRST = "2022年青禾县两癌筛查任务数多少"


def test_the_gold_holds_forty_conversations_and_more_and_half_of_them_were_put_aside() -> None:
    assert len({turn.conversation for turn in GOLD}) >= 40
    assert len({turn.conversation for turn in GOLD if turn.later}) >= 20


@pytest.mark.parametrize("turn", [turn for turn in GOLD if not turn.later], ids=lambda turn: turn.name)
def test_a_turn_is_understood_in_the_light_of_those_before(turn: Expected) -> None:
    assert turn.wrong() == []


def test_nearly_all_of_the_conversations_put_aside_are_understood_too() -> None:
    wrong = {turn.name: turn.wrong() for turn in FOLLOW_UPS_LATER if turn.wrong()}
    assert len(wrong) <= 0.1 * len(FOLLOW_UPS_LATER), wrong


@pytest.mark.parametrize("text", ["换个话题，医院有多少家", "另外问一下，医院有多少家", "不说这个了，医院有多少家"])
def test_a_question_that_says_it_is_about_something_else_takes_nothing(text: str) -> None:
    asked = question(text, FIRST)
    assert asked.standalone == "医院有多少家"
    assert (asked.years, asked.bodies, asked.background.runs) == (None, (), ())


@pytest.mark.parametrize("text", ["临泽市2023年重点工作有哪些", "临泽市2022年存在哪些问题", "青禾县2022年做了哪些工作"])
def test_a_complete_question_for_a_whole_part_takes_no_topic(text: str) -> None:
    asked = question(text, FIRST)
    assert (asked.standalone, asked.topic.runs, asked.background.runs) == (text, (), ())


def test_who_has_most_of_it_takes_the_topic_and_the_year() -> None:
    asked = question("哪个县最高", FIRST)
    assert asked.across is not None and asked.across.order == "most"
    assert asked.years == (2022,)
    assert asked.topic.runs == ("两癌筛查",)


@pytest.mark.parametrize("text", ["哪个高？", "那谁更多一些", "这两家哪个多"])
def test_which_has_more_after_two_bodies_were_asked_about_is_asked_of_both(text: str) -> None:
    asked = question(text, FIRST, "临泽市呢")
    assert sorted(body.label for body in asked.bodies) == ["临泽市", "青禾县"]
    assert (asked.years, asked.topic.runs, asked.intent) == ((2022,), ("两癌筛查",), "compare")


def test_which_has_more_is_not_asked_of_bodies_that_were_asked_about_other_things() -> None:
    asked = question("哪个高？", FIRST, "临泽市2022年建档率是多少")
    assert [body.label for body in asked.bodies] == ["临泽市"]


def test_a_word_of_thanks_asks_for_nothing_new() -> None:
    assert question("谢谢！", FIRST).standalone == FIRST


@pytest.mark.parametrize("text", ["第二项是什么", "第三条具体讲的什么？", "最后一个呢"])
def test_what_points_into_a_list_asks_for_the_list_again(text: str) -> None:
    asked = "青禾县2022年疫苗接种采取了哪三条措施"
    assert question(text, asked).standalone == asked


def test_a_year_is_shifted_from_the_one_asked_about_and_not_from_today() -> None:
    assert question("前一年呢", "青禾县2019年建档率多少").years == (2018,)
    assert question("再往前推两年呢", "青禾县2019年建档率多少").years == (2017,)
    assert question("第二年呢", "青禾县2019年建档率多少").years == (2020,)


def test_a_year_in_relative_words_is_shifted_in_relative_words() -> None:
    assert question("前一年呢", "青禾县去年建档率多少").standalone == "青禾县前年建档率多少"


def test_a_place_that_the_archive_lacks_is_asked_for_and_stays_asked_for() -> None:
    asked = question("永宁县呢？", FIRST)
    assert (asked.missing_places, asked.bodies) == (("永宁县",), ())
    later = question("前一年呢？", FIRST, "永宁县呢？")
    assert (later.missing_places, later.bodies, later.years) == (("永宁县",), (), (2021,))


def test_a_new_topic_of_another_kind_does_not_take_over_the_measure_word() -> None:
    asked = question("村卫生室呢", "青禾县2022年两癌筛查完成多少人")
    assert asked.unit is None
    assert "村卫生室" in asked.topic.text


def test_a_long_conversation_is_read_in_no_time_and_does_not_grow() -> None:
    history = [FIRST, *["前一年呢？", "后一年呢？", "完成率呢", "换成市里呢？", "青禾县呢？"] * 20]
    started = time.perf_counter()
    asked = question("目标呢", *history)
    assert time.perf_counter() - started < 3
    assert len(asked.standalone) < 40
    assert (asked.years, asked.topic.runs, asked.role) == ((2022,), ("两癌筛查",), "target")


@given(
    st.lists(
        st.text("青禾县临泽市2022年前一那呢第二项和比目标完成率两癌筛查多少人谢，。？ ", max_size=12),
        min_size=1,
        max_size=5,
    )
)
def test_any_turns_at_all_can_be_read(turns: list[str]) -> None:
    question(turns[-1], *turns[:-1])
