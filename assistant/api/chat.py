"""`/v1/chat/completions` and `/v1/models`: the archive as a model that existing chat clients can talk to."""

from __future__ import annotations

import time
import uuid
from collections.abc import Generator
from contextlib import closing
from typing import Any

from fastapi import APIRouter, Request, Response

from assistant.accounts import require
from assistant.answer import Answer
from assistant.api.ask import events
from assistant.api.chat_requests import MODEL, ChatCall, asked
from assistant.api.chat_text import BREAK, answer_text, appendix, sentence_text
from assistant.api.errors import Refused
from assistant.api.opened import Opener
from assistant.api.replies import COMMENT, Desk, EventStream, Json, sse
from assistant.api.requests import Ask
from assistant.api.routes import ToldRoute, chat_error, visitor
from assistant.events import Event, Finished, Shown

EXTENSION = "report_assistant"
"""The key beside the interface's own under which the whole answer is found."""
_SINCE = 1_735_689_600
"""The model's date of making, which clients want to know (seconds since 1970)."""


def routes(opener: Opener, desk: Desk, route_class: type[ToldRoute]) -> APIRouter:
    """The routes of this file."""
    router = APIRouter(route_class=route_class, tags=["OpenAI 兼容"])

    @router.get("/v1/models", summary="模型清单。The models, of which there is one.")
    def models(request: Request) -> Json:
        require(visitor(request), "ask")
        return Json({"object": "list", "data": [_model()]})

    @router.get("/v1/models/{name}", summary="一个模型。One model.")
    def model(name: str, request: Request) -> Json:
        require(visitor(request), "ask")
        if name != MODEL:
            raise Refused("not_found", "没有这个模型", f"请把模型名写成 {MODEL}")
        return Json(_model())

    @router.post("/v1/chat/completions", summary="对话，与 OpenAI 接口兼容。Chat completions.")
    async def complete(call: ChatCall, request: Request) -> Response:
        require(visitor(request), "ask")
        ask = asked(call)
        steps = events(opener, ask)
        if call.stream:
            usage = call.stream_options is not None and call.stream_options.include_usage
            return EventStream(desk, _chunks(steps, ask, with_usage=usage), chat_error)
        last = await desk.last(steps, request.receive)
        assert isinstance(last, Finished)
        text = answer_text(last.answer)
        message = {"role": "assistant", "content": text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return Json(
            {
                **_head("chat.completion"),
                "choices": [choice],
                "usage": _usage(ask, text),
                EXTENSION: _extension(last.answer),
            }
        )

    return router


def _chunks(steps: Generator[Event, None, None], ask: Ask, *, with_usage: bool) -> Generator[bytes, None, None]:
    """Each checked sentence as a chunk; what is not a sentence, with the whole answer as JSON, at the end."""
    head = _head("chat.completion.chunk")
    none: dict[str, Any] = {"usage": None} if with_usage else {}
    said: list[str] = []

    def chunk(delta: dict[str, Any], finish: str | None = None, **more: object) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return sse(None, {**head, "choices": [choice], **none, **more})

    def text(part: str) -> bytes:
        said.append(part)
        return chunk({"content": part if len(said) == 1 else f"{BREAK}{part}"})

    with closing(steps):
        begun = False
        for event in steps:
            if not begun:
                begun = True
                yield chunk({"role": "assistant", "content": ""})
            if isinstance(event, Shown):
                yield text(sentence_text(event.sentence))
            elif isinstance(event, Finished):
                for sentence in event.answer.sentences[len(said) :]:
                    yield text(sentence_text(sentence))
                if below := appendix(event.answer):
                    yield text(below)
                yield chunk({}, "stop", **{EXTENSION: _extension(event.answer)})
            else:
                yield COMMENT  # nothing to show, but a step at which a client that hung up is noticed
    if with_usage:
        yield sse(None, {**head, "choices": [], "usage": _usage(ask, BREAK.join(said))})
    yield b"data: [DONE]\n\n"


def _extension(answer: Answer) -> dict[str, Any]:
    return {"id": None, **answer.to_json()}


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL}


def _model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": _SINCE, "owned_by": "report-assistant"}


def _usage(ask: Ask, text: str) -> dict[str, int]:
    """What clients add up; counted as the archive's passages are."""
    from ingest.structure.tokens import count_tokens

    read, written = sum(count_tokens(turn) for turn in (*ask.history, ask.question)), count_tokens(text)
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
