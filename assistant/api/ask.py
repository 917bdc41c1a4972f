"""`/api/ask`: an answer as `ask --json` prints it, or its checked sentences as they come."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import Annotated, Any, cast

from fastapi import APIRouter, Query, Request, Response

from assistant.accounts import require
from assistant.api.opened import Opener, opened
from assistant.api.replies import Desk, EventStream, Json, sse
from assistant.api.requests import Ask, AskCall
from assistant.api.routes import ToldRoute, visitor
from assistant.api.shapes import AnswerShape
from assistant.events import Event, Finished, Progress


def routes(opener: Opener, desk: Desk, route_class: type[ToldRoute]) -> APIRouter:
    """The routes of this file."""
    router = APIRouter(route_class=route_class, tags=["问答"])

    async def answer(call: AskCall, request: Request) -> Response:
        require(visitor(request), "ask")
        steps = events(opener, call)
        if call.stream:
            return EventStream(desk, _told(steps, call))
        last = await desk.last(steps, request.receive)
        assert isinstance(last, Finished)
        return Json({"id": call.id, **last.answer.to_json()})

    about: dict[str, Any] = {
        "summary": "提问，每句都有出处。Ask; every sentence is cited.",
        "responses": {200: {"model": AnswerShape, "content": {"text/event-stream": {}}}},
    }

    @router.get("/api/ask", **about)
    async def ask_by_address(call: Annotated[AskCall, Query()], request: Request) -> Response:
        return await answer(call, request)

    @router.post("/api/ask", **about)
    async def ask(call: AskCall, request: Request) -> Response:
        return await answer(call, request)

    return router


def events(opener: Opener, call: Ask) -> Generator[Event, None, None]:
    """The steps of an answer; closing them stops the work."""
    steps = opened(opener).ask_stream(
        call.question,
        call.history,
        composer=call.composer,
        year=call.year,
        org=call.org,
        kind=call.kind,
        part=call.part,
    )
    with closing(cast(Generator[Event, None, None], steps)):
        yield from steps


def _told(steps: Generator[Event, None, None], call: AskCall) -> Generator[bytes, None, None]:
    with closing(steps):
        for event in steps:
            if isinstance(event, Progress):
                yield sse("progress", {"text": event.text})
            elif isinstance(event, Finished):
                yield sse("finished", {"id": call.id, **event.answer.to_json()})
            else:
                citations = [one.to_json() for one in event.citations]
                yield sse("sentence", {"sentence": event.sentence.to_json(), "citations": citations})
