"""What is read ahead: the rules, word for word as the prompts open, by a model of this machine only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from pydantic import PrivateAttr

from assistant.generation.prompting import rules
from assistant.generation.warming import warm_drafting, warm_up
from assistant.models import Model
from eval.guests import Guest, as_model
from prompts import load


class Listens(Guest):
    """Notes how each prompt begins."""

    _heard: list[str] = PrivateAttr()

    def __init__(self, heard: list[str]) -> None:
        super().__init__(lambda asked: "好")
        self._heard = heard

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        self._heard.append(str(args[0][0].content))
        yield ChatGenerationChunk(message=AIMessageChunk(content="好"))


def local(chat: Guest) -> Model:
    model = as_model("测试模型", chat)
    return replace(model, info=replace(model.info, kind="file"))


@pytest.mark.parametrize(("warm", "fixed"), [(warm_up, rules()), (warm_drafting, load("draft_rules").text)])
def test_the_rules_are_read(warm: Callable[[Model], None], fixed: str) -> None:
    heard: list[str] = []
    warm(local(Listens(heard)))
    assert heard == [fixed]


@pytest.mark.parametrize("warm", [warm_up, warm_drafting])
def test_a_service_is_not_asked(warm: Callable[[Model], None]) -> None:
    heard: list[str] = []
    warm(as_model("测试模型", Listens(heard)))
    assert heard == []


@pytest.mark.parametrize("warm", [warm_up, warm_drafting])
def test_a_model_that_fails_is_no_error(warm: Callable[[Model], None]) -> None:
    def fails(asked: str) -> str:
        raise ConnectionError("gone")

    warm(local(Guest(fails)))
