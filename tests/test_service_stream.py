"""Answers as they come, from quotes and from a language model, over a real archive."""

from __future__ import annotations

import threading
from collections.abc import Generator
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.events import Event, Finished, Progress, Shown
from assistant.models import Model
from assistant.service import Assistant
from ingest.errors import BadSettings
from ingest.settings import Settings
from tests.assistant_builders import FILES, ingest, said
from tests.generation_builders import Piece, Scripted, model
from tests.llm_builders import endpoint_settings

QUESTION = "2022年青禾县产前筛查任务数多少，完成了吗"
GOOD = "2022年青禾县免费产前筛查任务数4200人，实际完成4350人，完成率103.6%，超额完成任务。〔1〕"
WRONG = "2022年青禾县产前筛查完成9999人，位居全省第一。〔1〕"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingest(tmp_path_factory.mktemp("stream") / "home", FILES, embed=False).home


def over(home: Path, *scripts: str | list[Piece], seconds: float = 10.0) -> Assistant:
    return Assistant.open(Settings(home), model(*scripts, seconds=seconds))


def finished(events: list[Event]) -> Answer:
    """The answer, after what must hold of every stream."""
    (*before, last) = events
    assert isinstance(last, Finished) and not any(isinstance(event, Finished) for event in before)
    shown = [event for event in before if isinstance(event, Shown)]
    assert [event.sentence for event in shown] == list(last.answer.sentences[: len(shown)])
    assert [one for event in shown for one in event.citations] == list(last.answer.citations)
    assert last.answer.abstained or len(shown) == len(last.answer.sentences)
    return last.answer


class TestComposers:
    def test_quotes_are_streamed_as_they_are_answered(self, home: Path) -> None:
        with Assistant.open(Settings(home)) as assistant:
            answer = finished(list(assistant.ask_stream(QUESTION)))
            assert answer.composer == "extractive" and answer.model is None and answer.note == ""
            assert (said(answer), answer.citations) == (
                said(assistant.ask(QUESTION)),
                assistant.ask(QUESTION).citations,
            )

    @pytest.mark.parametrize("composer", [None, "llm"])
    def test_a_model_that_is_there_writes(self, home: Path, composer: str | None) -> None:
        with over(home, GOOD) as assistant:
            events = list(assistant.ask_stream(QUESTION, composer=composer))
        answer = finished(events)
        assert (answer.composer, answer.model) == ("llm", "试用模型")
        assert said(answer) == GOOD.removesuffix("〔1〕")
        assert [check.verdict for check in answer.checks] == ["checked"]
        assert any(isinstance(event, Progress) and "试用模型" in event.text for event in events)

    def test_quotes_may_be_asked_for_all_the_same(self, home: Path) -> None:
        with over(home, GOOD) as assistant:
            answer = finished(list(assistant.ask_stream(QUESTION, composer="extractive")))
        assert answer.composer == "extractive" and answer.model is None and answer.note == ""

    def test_what_does_not_stand_is_quoted_and_the_reader_told(self, home: Path) -> None:
        with over(home, WRONG) as assistant:
            answer = finished(list(assistant.ask_stream(QUESTION)))
        assert answer.composer == "extractive" and answer.model is None
        assert "4350人" in said(answer) and "9999" not in str(answer.to_json())
        assert "没有通过核对" in answer.note

    def test_a_composer_that_does_not_exist_is_said_in_one_line(self, home: Path) -> None:
        with Assistant.open(Settings(home)) as assistant, pytest.raises(BadSettings, match="作答方式"):
            list(assistant.ask_stream(QUESTION, composer="oracle"))

    def test_a_model_that_is_asked_for_must_be_configured(self, home: Path) -> None:
        with Assistant.open(Settings(home)) as assistant, pytest.raises(BadSettings, match="还没有配置"):
            list(assistant.ask_stream(QUESTION, composer="llm"))

    def test_an_endpoint_that_does_not_answer_costs_only_its_sentence(self, home: Path) -> None:
        settings = endpoint_settings(home, "http://127.0.0.1:9/v1", seconds=3)
        with Assistant.open(settings) as assistant:
            answer = finished(list(assistant.ask_stream(QUESTION)))
        assert "4350人" in said(answer) and answer.composer == "extractive" and "原文摘录" in answer.note


class TestWithoutAsking:
    @pytest.mark.parametrize("question", ["2019年青禾县产前筛查完成多少人", "2022年红枫县产前筛查完成多少人"])
    def test_what_is_not_there_is_not_left_to_a_model(self, home: Path, question: str) -> None:
        writer = model(GOOD)
        with Assistant.open(Settings(home), writer) as assistant:
            answer = finished(list(assistant.ask_stream(question)))
        assert answer.abstained and isinstance(writer.chat, Scripted) and writer.chat.asked == []

    @pytest.mark.parametrize("question", ["", "  ", "问" * 3000])
    def test_what_is_no_question_is_answered_at_once(self, home: Path, question: str) -> None:
        with over(home, GOOD) as assistant:
            (event,) = assistant.ask_stream(question)
        assert isinstance(event, Finished) and event.answer.abstained

    def test_masked_figures_are_quoted_and_that_is_said(self, home: Path) -> None:
        writer = model("2022年青禾县检查医疗机构37家。〔1〕")
        with Assistant.open(Settings(home), writer) as assistant:
            answer = finished(list(assistant.ask_stream("2022年青禾县检查医疗机构多少家")))
        assert "xx家" in said(answer) and "未用语言模型" in answer.note
        assert isinstance(writer.chat, Scripted) and writer.chat.asked == []


class TestConcurrency:
    def test_a_stream_that_is_closed_stops_the_model(self, home: Path) -> None:
        writer = model([GOOD, *["另外还有一项。"] * 20_000])
        with Assistant.open(Settings(home), writer) as assistant:
            events = assistant.ask_stream(QUESTION)
            assert any(isinstance(event, Shown) for event in events)
            assert isinstance(events, Generator)
            events.close()
            assert isinstance(writer.chat, Scripted) and writer.chat.closed.wait(3)

    def test_another_question_is_answered_while_a_model_writes(self, home: Path) -> None:
        writing, go_on = threading.Event(), threading.Event()

        def wait() -> None:
            writing.set()
            go_on.wait(10)

        with over(home, [wait, GOOD]) as assistant:
            found: list[Answer] = []
            slow = threading.Thread(target=lambda: found.append(assistant.ask(QUESTION)))
            slow.start()
            assert writing.wait(10)
            other = assistant.ask("2021年青禾县两癌筛查完成多少人", composer="extractive")
            assert "9100人" in said(other) and not found
            go_on.set()
            slow.join(10)
        assert found[0].composer == "llm"


def test_a_model_writes_in_a_conversation(home: Path) -> None:
    told = "2021年青禾县免费产前筛查任务数3900人，实际完成3620人，没有完成任务。〔1〕"
    with over(home, told) as assistant:
        answer = finished(list(assistant.ask_stream("前一年呢？", [QUESTION])))
    assert said(answer) == told.removesuffix("〔1〕") and "2021年" in answer.standalone_question


def test_what_a_model_leaves_out_is_in_the_answer(home: Path) -> None:
    chosen: Model = model("2022年青禾县免费产前筛查实际完成4350人。〔1〕")
    with Assistant.open(Settings(home), chosen) as assistant:
        answer = finished(list(assistant.ask_stream(QUESTION)))
    assert "4200人" in said(answer) and "不完整" in answer.note and answer.composer == "llm"
