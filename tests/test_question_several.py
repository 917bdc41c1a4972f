"""Several questions in one message: each is answered by itself, and the answers are one answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.events import Finished, Shown
from assistant.question.bodies import BodyIndex
from assistant.question.several import MOST, split_questions
from assistant.service import Assistant
from tests.assistant_builders import assistant_over, question, said

NOBODY = BodyIndex(())


def _report(place: str, done: str, planned: str) -> str:
    title = f"{place}卫生健康局2023年工作总结和2024年工作计划"
    return (
        f"{title}\n\n一、2023年工作总结\n\n（一）妇幼健康。{done}\n\n二、2024年工作计划\n\n（一）妇幼健康。{planned}\n"
    )


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home: Path = tmp_path_factory.mktemp("several") / "home"
    files = {
        "东岭.txt": _report("东岭县", "完成两癌筛查5600人。孕产妇系统管理率为93.4%。", "计划完成两癌筛查6000人。"),
        "西塘.txt": _report("西塘县", "完成两癌筛查4100人。", "计划完成两癌筛查4300人。"),
    }
    with assistant_over(home, files) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2023年两癌筛查多少人？2024年目标是多少？", ("2023年两癌筛查多少人？", "2024年目标是多少？")),
        ("两癌筛查多少人\n孕产妇管理率多少", ("两癌筛查多少人", "孕产妇管理率多少")),
        ("两癌筛查目标是多少？完成了吗？", ("两癌筛查目标是多少？完成了吗？",)),
        ("我要写总结；两癌筛查多少人？", ("我要写总结；两癌筛查多少人？",)),
        ("2021年两癌筛查多少人？比上年增长多少？", ("2021年两癌筛查多少人？比上年增长多少？",)),
        ("建档率多少？达到目标了吗？", ("建档率多少？达到目标了吗？",)),
        ("建档率多少？数据从哪里来的？", ("建档率多少？数据从哪里来的？",)),
        ("两癌筛查多少人？两家差多少？", ("两癌筛查多少人？两家差多少？",)),
        (
            "2022年两癌筛查做了哪些工作？存在哪些问题？下一步打算怎么做？",
            ("2022年两癌筛查做了哪些工作？", "存在哪些问题？", "下一步打算怎么做？"),
        ),
        (
            "请回答以下几个问题：\n2022年两癌筛查多少人\n2022年建档率多少\n谢谢！",
            ("2022年两癌筛查多少人", "2022年建档率多少"),
        ),
        ("2023年两癌筛查任务数多少，完成了吗？", ("2023年两癌筛查任务数多少，完成了吗？",)),
    ],
)
def test_a_message_is_parted_where_a_question_ends_and_the_next_stands_by_itself(
    text: str, parts: tuple[str, ...]
) -> None:
    assert split_questions(text, NOBODY) == parts


def test_a_long_list_is_one_text() -> None:
    text = "".join(f"第{n}类传染病发病多少例？" for n in range(MOST + 1))
    assert split_questions(text, NOBODY) == (text,)


@given(st.text("两癌筛查多少2023年吗？?；。\n 完成"))
def test_parting_loses_nothing(text: str) -> None:
    assert "".join("".join(split_questions(text, NOBODY)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("later", "years", "standalone"),
    [
        ("比上年增长多少？", (2021,), "青禾县2021年两癌筛查 增长多少"),
        ("比上一年增加了多少人", (2021,), "青禾县2021年两癌筛查 增加了多少人"),
        ("与上年相比呢？", (2020, 2021), "2020年2021年青禾县两癌筛查多少人"),
        ("比2019年增长多少", (2019, 2021), "青禾县两癌筛查 2021年和2019年增长多少"),
    ],
)
def test_what_is_compared_with_another_year_is_still_of_the_year_asked_about(
    later: str, years: tuple[int, ...], standalone: str
) -> None:
    asked = question(later, "2021年青禾县两癌筛查多少人")
    assert (asked.years, asked.standalone) == (years, standalone)


def test_each_question_is_answered_and_the_citations_are_numbered_through(assistant: Assistant) -> None:
    answer = assistant.ask("东岭县2023年两癌筛查多少人？西塘县2023年两癌筛查多少人？")
    assert not answer.abstained
    assert said(answer).index("5600人") < said(answer).index("4100人")
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    for sentence in answer.sentences:
        (n,) = sentence.citations
        assert answer.citations[n - 1].quote.rstrip("，；。") in sentence.text


def test_what_a_later_question_leaves_out_is_taken_from_the_one_before(assistant: Assistant) -> None:
    answer = assistant.ask("东岭县2023年两癌筛查多少人？2024年目标是多少？")
    assert "5600人" in said(answer)
    assert "6000人" in said(answer)


def test_the_next_turn_follows_the_last_question(assistant: Assistant) -> None:
    turns = ["东岭县2023年孕产妇系统管理率多少？西塘县2023年两癌筛查多少人？"]
    answer = assistant.ask("2024年目标呢？", turns)
    assert "4300人" in said(answer)
    assert "6000人" not in said(answer)


def test_a_question_without_an_answer_is_a_caution_beside_the_others(assistant: Assistant) -> None:
    answer = assistant.ask("东岭县2023年两癌筛查多少人？东岭县2023年卒中中心有几个？")
    assert not answer.abstained
    assert all(sentence.citations for sentence in answer.sentences)
    assert any("卒中中心" in warning.text and "未找到" in warning.text for warning in answer.warnings)


def test_two_questions_without_answers_are_refused(assistant: Assistant) -> None:
    answer = assistant.ask("东岭县2023年卒中中心有几个？西塘县2021年献血多少人次？")
    assert answer.abstained
    assert answer.citations == ()


def test_one_place_that_two_questions_cite_has_one_number(assistant: Assistant) -> None:
    answer = assistant.ask("东岭县2023年两癌筛查多少人？东岭县2023年完成两癌筛查多少人？")
    assert len({(one.passage_id, one.start, one.end) for one in answer.citations}) == len(answer.citations)


def test_what_was_shown_is_the_beginning_of_the_answer(assistant: Assistant) -> None:
    events = list(assistant.ask_stream("东岭县2023年两癌筛查多少人？西塘县2023年两癌筛查多少人？"))
    shown = [event for event in events if isinstance(event, Shown)]
    last = events[-1]
    assert isinstance(last, Finished)
    assert [event.sentence for event in shown] == list(last.answer.sentences)
    assert tuple(one for event in shown for one in event.citations) == last.answer.citations
