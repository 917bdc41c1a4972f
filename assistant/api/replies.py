"""What is sent back: JSON, and events as they come. The work runs in a thread and stops when the client hangs up."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Awaitable, Callable, Generator
from typing import Any, TypeVar

import anyio
from anyio import from_thread, to_thread
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from assistant.api.errors import Fault, Refused, fault_of

T = TypeVar("T")

AT_ONCE = 32
"""Questions and drafts that are worked on at the same time; further ones wait."""
MOST_WAITING = 200
"""Beyond this many waiting ones a client is asked to come again later."""
KEEP_ALIVE = 15.0
"""Seconds without news after which a comment is sent, so that no proxy thinks the connection dead."""

COMMENT = b": \n\n"
"""What a client of server-sent events passes over."""


class Json(Response):
    """A JSON response, never kept by a cache; `fault` where it tells of one."""

    media_type = "application/json"

    def __init__(self, content: object, fault: Fault | None = None) -> None:
        headers = {"cache-control": "no-store", **({} if fault is None else fault.headers)}
        super().__init__(to_bytes(content), 200 if fault is None else fault.status, headers)


def to_bytes(content: object) -> bytes:
    """JSON in UTF-8; a character that has no encoding becomes a question mark rather than an error."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def sse(event: str | None, content: object) -> bytes:
    """One server-sent event."""
    name = b"" if event is None else f"event: {event}\n".encode()
    return name + b"data: " + to_bytes(content) + b"\n\n"


class Desk:
    """Where questions and drafts are worked on: so many at once, and not without end waiting."""

    def __init__(self) -> None:
        self._limiter = anyio.CapacityLimiter(AT_ONCE)

    async def follow(
        self,
        steps: Generator[T, None, None],
        receive: Receive,
        each: Callable[[T], Awaitable[None]],
        idle: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Work through `steps` in one thread, telling `each` of them here; `idle` is told when there is no news.

        Raises what the work raises, Refused when too many wait, ClientDisconnect when the client hung up: then `steps`
        is closed at the next step that it reaches.
        """
        if self._limiter.statistics().tasks_waiting >= MOST_WAITING:
            raise Refused("too_many", "同时提问的太多", "请稍等几秒再试")
        stopped, gone = threading.Event(), False
        told, news = anyio.create_memory_object_stream[tuple[T] | Exception | None](math.inf)

        def work() -> None:
            end: Exception | None = None
            try:
                if not stopped.is_set():
                    for step in steps:
                        if stopped.is_set():
                            break
                        from_thread.run_sync(told.send_nowait, (step,))
            except Exception as error:
                end = error
            finally:
                steps.close()
            from_thread.run_sync(told.send_nowait, end)

        async def run() -> None:
            await to_thread.run_sync(work, limiter=self._limiter)

        async def watch() -> None:
            nonlocal gone
            while (await receive())["type"] != "http.disconnect":
                pass
            gone = True
            stopped.set()
            group.cancel_scope.cancel()

        failed: Exception | None = None
        async with anyio.create_task_group() as group:
            group.start_soon(run)
            group.start_soon(watch)
            try:
                while True:
                    item: tuple[T] | Exception | None = None
                    with anyio.move_on_after(KEEP_ALIVE if idle else None) as waited:
                        item = await news.receive()
                    if waited.cancelled_caught and idle is not None:
                        await idle()
                    elif isinstance(item, tuple):
                        await each(item[0])
                    else:
                        failed = item
                        break
            finally:
                stopped.set()
            group.cancel_scope.cancel()
        if gone:
            raise ClientDisconnect
        if failed is not None:
            raise failed

    async def last(self, steps: Generator[T, None, None], receive: Receive) -> T:
        """The last of the steps; raises as `follow`."""
        found: list[T] = []

        async def keep(step: T) -> None:
            found[:] = [step]

        await self.follow(steps, receive, keep)
        return found[0]


class EventStream(Response):
    """Server-sent events as `steps` yields them. A fault before the first is a plain error with its status, a later one
    the last event.
    """

    media_type = "text/event-stream"

    def __init__(
        self, desk: Desk, steps: Generator[bytes, None, None], error: Callable[[Fault], dict[str, Any]] = Fault.to_json
    ) -> None:
        super().__init__(headers={"cache-control": "no-store", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._desk, self._steps, self._error = desk, steps, error

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events until the last, or until the client hangs up."""
        started = False

        async def each(chunk: bytes) -> None:
            nonlocal started
            if not started:
                started = True
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await send({"type": "http.response.body", "body": chunk, "more_body": True})

        try:
            await self._desk.follow(self._steps, receive, each, lambda: each(COMMENT))
        except ClientDisconnect:
            return
        except Exception as error:
            fault = fault_of(error)
            if not started:
                await Json(self._error(fault), fault)(scope, receive, send)
                return
            await each(sse("error", self._error(fault)))
        await send({"type": "http.response.body", "body": b"", "more_body": False})
