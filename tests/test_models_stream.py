"""A model's answer as a stream under a deadline: what comes through, and what is said when it does not."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.outputs import ChatGenerationChunk
from pydantic import Field

from assistant.models import open_model
from assistant.models.stream import clean, stream_text
from assistant.models.thoughts import Thoughts
from ingest.errors import ModelUnreachable
from tests.fake_endpoint import (
    Behaviour,
    Exchange,
    FakeEndpoint,
    broken_utf8,
    closed_port,
    cut,
    endless,
    keep_alive,
    raw,
    refuse,
    say,
)
from tests.llm_builders import endpoint_settings

ASKED = [HumanMessage("两癌筛查完成多少？")]


def pieces_from(url: str, home: Path, *, seconds: float = 20, most: int = 2000) -> Iterator[str]:
    chat = open_model(endpoint_settings(home, url)).chat
    return stream_text(chat, ASKED, seconds=seconds, most=most)


def told_by(behaviour: Behaviour, home: Path, **limits: Any) -> str:
    with FakeEndpoint(behaviour) as endpoint:
        return "".join(pieces_from(endpoint.url, home, **limits))


class TestPieces:
    def test_come_as_they_are_written(self, tmp_path: Path) -> None:
        with FakeEndpoint(say("两癌筛查", "完成10500人。", pause=0.3)) as endpoint:
            start = time.monotonic()
            pieces = pieces_from(endpoint.url, tmp_path)
            first = next(pieces)
            early = time.monotonic() - start
            assert [first, *pieces] == ["两癌筛查", "完成10500人。"]
            assert early < time.monotonic() - start - 0.25

    def test_end_after_the_most_characters_of_an_endless_answer(self, tmp_path: Path) -> None:
        with FakeEndpoint(endless("一二三")) as endpoint:
            told = "".join(pieces_from(endpoint.url, tmp_path, most=100))
            assert told == ("一二三" * 34)[:100]
            assert endpoint.abandoned.wait(5), "the endpoint is not left writing for nobody"

    def test_of_broken_utf8_keep_what_is_whole(self, tmp_path: Path) -> None:
        told = told_by(broken_utf8("两癌", "查10500人"), tmp_path)
        assert told.startswith("两癌\N{REPLACEMENT CHARACTER}") and told.endswith("查10500人")

    def test_hold_no_lone_surrogates_and_no_control_characters(self, tmp_path: Path) -> None:
        assert (
            told_by(say("甲\ud83d", "乙\x00\x1b[31m\u202e丙\r\n"), tmp_path) == "甲\N{REPLACEMENT CHARACTER}乙[31m丙\n"
        )

    def test_leave_out_what_the_model_thinks_aloud(self, tmp_path: Path) -> None:
        assert (
            told_by(say("<thi", "nk>先看一〔1〕。", "再看二。</th", "ink>\n\n完成", "10500人。"), tmp_path)
            == "完成10500人。"
        )

    def test_of_an_answer_without_text_are_none(self, tmp_path: Path) -> None:
        assert told_by(say(), tmp_path) == ""

    @given(st.text(st.characters(exclude_categories=())))
    def test_can_always_be_encoded(self, text: str) -> None:
        assert clean(text).encode() is not None and clean(clean(text)) == clean(text)

    @given(st.lists(st.sampled_from(["<think>", "</think>", "<", "th", "ink>", "甲", " "]), max_size=8), st.data())
    def test_thoughts_are_found_wherever_the_answer_is_cut_into_pieces(
        self, parts: list[str], data: st.DataObject
    ) -> None:
        text = "".join(parts)
        whole, cut_up = Thoughts(), Thoughts()
        expected = whole.leave_out(text) + whole.end()
        told, rest = "", text
        while rest:
            size = data.draw(st.integers(1, len(rest)))
            told, rest = told + cut_up.leave_out(rest[:size]), rest[size:]
        assert (told + cut_up.end()).lstrip() == expected.lstrip()


class TestFaults:
    @pytest.mark.parametrize(
        ("behaviour", "told"),
        [
            (refuse(401, "bad key"), "密钥"),
            (refuse(403), "403"),
            (refuse(404), "404"),
            (refuse(429, "slow down", **{"Retry-After": "30"}), "限制了访问次数（429）"),
            (refuse(500), "内部出错（500）"),
            (refuse(503), "503"),
            (refuse(418), "418"),
            (refuse(400, "This model's maximum context length is 8 tokens"), "400"),
            (cut(), "无法识别"),
            (cut("两癌筛查完成"), "中途断开"),
            (raw(b"<html><body>login</body></html>", "text/html"), "无法识别"),
            (raw(b"data: {not json}\n\n"), "无法识别"),
            (raw(b'data: {"error": {"message": "overloaded"}}\n\n'), "出错"),
        ],
    )
    def test_are_one_chinese_line_with_a_remedy_and_come_at_once(
        self, behaviour: Behaviour, told: str, tmp_path: Path
    ) -> None:
        start = time.monotonic()
        with pytest.raises(ModelUnreachable, match=told) as raised:
            told_by(behaviour, tmp_path)
        assert "请" in raised.value.remedy and "\n" not in str(raised.value)
        assert time.monotonic() - start < 5

    def test_a_closed_port_is_said_as_such(self, tmp_path: Path) -> None:
        with pytest.raises(ModelUnreachable, match="连不上"):
            list(pieces_from(closed_port(), tmp_path))

    def test_the_pieces_before_the_cut_were_told(self, tmp_path: Path) -> None:
        with FakeEndpoint(cut("甲", "乙")) as endpoint:
            pieces = pieces_from(endpoint.url, tmp_path)
            assert [next(pieces), next(pieces)] == ["甲", "乙"]
            with pytest.raises(ModelUnreachable):
                next(pieces)

    def test_a_redirect_is_not_followed(self, tmp_path: Path) -> None:
        with FakeEndpoint(say("外面")) as elsewhere, pytest.raises(ModelUnreachable, match="别的地址（307）"):
            told_by(refuse(307, Location=f"{elsewhere.url}/chat/completions"), tmp_path)
        assert elsewhere.asked == []

    def test_the_technical_text_is_in_the_log_only(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.WARNING), pytest.raises(ModelUnreachable) as raised:
            told_by(refuse(500, "stack trace here"), tmp_path)
        assert "stack trace here" in caplog.text and "stack trace" not in str(raised.value)


class TestDeadline:
    @pytest.mark.parametrize(
        ("behaviour", "told"),
        [
            (say("迟了", before=30), "没有开始回答"),
            (endless("点", pause=0.2), "没有答完"),
            (keep_alive(0.1), "没有开始回答"),
        ],
    )
    def test_holds_for_a_slow_first_token_and_for_a_slow_drip(
        self, behaviour: Behaviour, told: str, tmp_path: Path
    ) -> None:
        start = time.monotonic()
        with pytest.raises(ModelUnreachable, match=told):
            told_by(behaviour, tmp_path, seconds=1.0)
        assert time.monotonic() - start < 3

    def test_ends_the_work_of_the_endpoint(self, tmp_path: Path) -> None:
        with FakeEndpoint(say("迟了", before=30)) as endpoint:
            with pytest.raises(ModelUnreachable):
                list(pieces_from(endpoint.url, tmp_path, seconds=0.5))
            assert endpoint.abandoned.wait(5)

    @pytest.mark.parametrize("behaviour", [endless("字", pause=0.05), say("甲", "乙", pause=30)])
    def test_closing_the_iterator_ends_the_work_at_once(self, behaviour: Behaviour, tmp_path: Path) -> None:
        with FakeEndpoint(behaviour) as endpoint:
            pieces = pieces_from(endpoint.url, tmp_path)
            next(pieces)
            start = time.monotonic()
            pieces.close()  # type: ignore[attr-defined]
            assert endpoint.abandoned.wait(5) and time.monotonic() - start < 2

    def test_many_answers_at_a_time_do_not_wait_for_each_other(self, tmp_path: Path) -> None:
        together = threading.Barrier(6)

        def once_all_have_asked(exchange: Exchange) -> None:
            together.wait(timeout=20)
            say("甲")(exchange)

        with FakeEndpoint(once_all_have_asked) as endpoint:
            chat = open_model(endpoint_settings(tmp_path, endpoint.url)).chat
            told: list[str] = []
            threads = [
                threading.Thread(target=lambda: told.extend(stream_text(chat, ASKED, seconds=30)))
                for _ in range(together.parties)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert told == ["甲"] * together.parties


class TestOtherChatModels:
    def test_are_streamed_too(self) -> None:
        chat = GenericFakeChatModel(messages=iter([AIMessage("two words")]))
        assert "".join(stream_text(chat, ASKED, seconds=5)) == "two words"

    def test_a_list_of_answers_is_one_answer_a_question(self) -> None:
        chat = FakeListChatModel(responses=["甲", "乙"])
        assert ["".join(stream_text(chat, ASKED, seconds=5)) for _ in range(2)] == ["甲", "乙"]

    @pytest.mark.parametrize("error", [ValueError("x"), RuntimeError("y"), KeyError("z"), ConnectionRefusedError()])
    def test_whatever_they_raise_is_one_line(self, error: Exception) -> None:
        with pytest.raises(ModelUnreachable, match="语言模型"):
            list(stream_text(_Scripted(script=error), ASKED, seconds=5))

    def test_one_that_has_no_more_answers_is_one_line(self) -> None:
        with pytest.raises(ModelUnreachable):
            list(stream_text(GenericFakeChatModel(messages=iter([])), ASKED, seconds=5))

    def test_one_that_sleeps_is_left(self) -> None:
        start = time.monotonic()
        with pytest.raises(ModelUnreachable, match="没有开始回答"):
            list(stream_text(_Scripted(script=30.0), ASKED, seconds=0.3))
        assert time.monotonic() - start < 2


class _Scripted(FakeListChatModel):
    """Raises, or sleeps, instead of answering."""

    responses: list[str] = Field(default_factory=list)
    script: Any = None

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        if isinstance(self.script, Exception):
            raise self.script
        time.sleep(self.script)
        return iter(())
