"""How every route of the interface behaves: admission first, a bounded body, and errors in one shape."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.types import Message

from assistant.accounts import Accounts, User
from assistant.api.admission import admit
from assistant.api.errors import Fault, Refused, fault_of
from assistant.api.replies import Json

MAX_BODY = 1_000_000
"""Bytes of a request."""

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ToldRoute(APIRoute):
    """A route whose errors are one Chinese line each, never a traceback. Open to everybody."""

    def get_route_handler(self) -> Handler:
        """The handler, with everything that it raises told to the client."""
        answer = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await answer(await self.admitted(request))
            except ClientDisconnect:
                return Response(status_code=499)
            except Exception as error:
                fault = fault_of(error)
                return Json(error_json(request, fault), fault)

        return told

    async def admitted(self, request: Request) -> Request:
        """The request as it may be handled. Raises Refused."""
        return request


def guarded(accounts: Accounts | None) -> type[ToldRoute]:
    """Routes for those who are admitted only; the endpoint finds them with `visitor`."""

    class GuardedRoute(ToldRoute):
        """A route that reads nothing of a request before it knows from whom it is."""

        async def admitted(self, request: Request) -> Request:
            request.state.visitor = await run_in_threadpool(admit, request.headers, request.method, accounts)
            return _bounded(request)

    return GuardedRoute


def visitor(request: Request) -> User:
    """Who makes an admitted request."""
    found = request.state.visitor
    assert isinstance(found, User)
    return found


def error_json(request: Request, fault: Fault) -> dict[str, Any]:
    """The error object; for chat clients with the keys that they look for."""
    return chat_error(fault) if request.url.path.startswith("/v1/") else fault.to_json()


def chat_error(fault: Fault) -> dict[str, Any]:
    """The error object of the OpenAI interface, with our `kind`."""
    sort = "invalid_request_error" if fault.status < 500 else "server_error"
    return {"error": {"message": fault.line, "kind": fault.kind, "type": sort, "param": None, "code": fault.kind}}


def _bounded(request: Request) -> Request:
    """The request, read up to `MAX_BODY` bytes whatever it says of its own length."""
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length) > MAX_BODY:
        raise _too_large()
    read = 0

    async def receive() -> Message:
        nonlocal read
        message = await request.receive()
        read += len(message.get("body", b""))
        if read > MAX_BODY:
            raise _too_large()
        return message

    return Request(request.scope, receive)


def _too_large() -> Refused:
    return Refused("too_large", "请求太大，最多 1 MB", "请缩短或分几次发送")
