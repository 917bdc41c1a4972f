"""`/api/draft`: a document drafted from the same order as the command's, whole or section by section."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing, nullcontext
from typing import Any, cast

from fastapi import APIRouter, Request, Response

from assistant.accounts import LOCAL, Audit, User, require
from assistant.accounts.audit import at_this_machine
from assistant.api.opened import Opener, opened
from assistant.api.replies import Desk, EventStream, Json, sse
from assistant.api.requests import DraftCall
from assistant.api.routes import ToldRoute, visitor
from assistant.api.shapes import DraftShape
from assistant.drafting.order import parse_order
from assistant.drafting.types import DraftSection, Manuscript, Order
from ingest.errors import BadOrder

MAX_SECTIONS = 60
MAX_FACTS = 500
"""Each takes some milliseconds to be looked up and checked: ten thousand would keep everybody waiting for minutes."""
MAX_HEADING = 100
_Step = DraftSection | Manuscript


def routes(opener: Opener, desk: Desk, route_class: type[ToldRoute], audit: Audit | None) -> APIRouter:
    """The routes of this file."""
    router = APIRouter(route_class=route_class, tags=["起草"])

    @router.post(
        "/api/draft",
        summary="按起草说明写出初稿。Draft from an order.",
        responses={200: {"model": DraftShape, "content": {"text/event-stream": {}}}},
    )
    async def draft(call: DraftCall, request: Request) -> Response:
        user = visitor(request)
        require(user, "draft")
        order = order_of(call)
        steps = _drafted(opener, order, user, audit)
        if call.stream:
            return EventStream(desk, _told(steps))
        last = await desk.last(steps, request.receive)
        assert isinstance(last, Manuscript)
        return Json(last.to_json())

    return router


def order_of(call: DraftCall) -> Order:
    """The order that a call makes. Raises BadOrder."""
    table = call.table()
    facts = table.get("facts")
    if any(isinstance(one, dict) and "file" in one for one in (facts if isinstance(facts, list) else [facts])):
        # The command reads files of the writer's own; here they would be the server's.
        raise BadOrder("接口不读取服务器上的文件", "请把 facts 的内容直接写在请求里")
    order = parse_order(table)
    if len(order.sections) > MAX_SECTIONS:
        raise BadOrder(f"章节太多，最多 {MAX_SECTIONS} 个", "请合并或分几次起草")
    if any(len(heading) > MAX_HEADING for heading in order.sections):
        raise BadOrder(f"章节标题太长，最多 {MAX_HEADING} 字", "请把内容写进 facts")
    if len(order.facts) > MAX_FACTS:
        raise BadOrder(f"事实太多，最多 {MAX_FACTS} 条", "请分几次起草")
    return order


def _drafted(opener: Opener, order: Order, user: User, audit: Audit | None) -> Generator[_Step, None, None]:
    what = f"{order.org}{order.year}年{order.kind}（接口）"
    who = user.name or at_this_machine()
    # Where users are set up nothing is done that could not be recorded.
    with nullcontext() if audit is None else audit.recorded(who, "draft", what, strict=user is not LOCAL):
        steps = opened(opener).drafting.draft(order)
        with closing(cast(Generator[_Step, None, None], steps)):
            yield from steps


def _told(steps: Generator[_Step, None, None]) -> Generator[bytes, None, None]:
    """Sections with their number; their sources are numbered only once the whole stands, so they come with it."""
    count = 0
    with closing(steps):
        for step in steps:
            if isinstance(step, Manuscript):
                yield sse("finished", step.to_json())
            else:
                told: dict[str, Any] = {"number": count, "heading": step.heading, "text": step.text}
                yield sse("section", told)
                count += 1
