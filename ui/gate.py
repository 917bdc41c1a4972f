"""Who gets in: nobody without signing in, as soon as users are set up; and no other site may act through a browser."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import OrderedDict
from functools import partial
from typing import Any
from urllib.parse import parse_qs, quote

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.accounts import User
from ingest.errors import ReportAssistantError
from ui import strings
from ui.access import USER, Access

OPEN = frozenset({"/login", "/login.css"})
"""What somebody sees who has not signed in."""

PROGRAMS = ("/api/", "/v1/")
"""Below these programs ask with tokens; assistant.api itself sees to it that nobody gets in without."""

_CLOSED = re.compile(
    r"/gradio_api/(call|run|api|stream|dev|vibe|undo-vibe|deep_link|proxy=|token|monitoring"
    r"|component_server|process_recording|custom_component|upload|file[=/])|^(/en)?/monitoring"
)
"""Ways into Gradio that the page does not use: they know of no users, keep files of everybody's in one place, or fetch
from other hosts.
"""

_SESSION = re.compile(r"/gradio_api/heartbeat/([^/]+)")
_OF_PROGRAM = re.compile(r"^(/en)?/(assets|static|svelte)/")
"""Gradio's own scripts and styles, the same for everybody."""
_MOMENT = 10.0
"""Seconds for which those are given out without looking the session up again."""
_LONGEST_BODY = 16 << 20
_LONGEST_PATH = 2000
"""Python refuses to read the numbers of an address that is much longer."""
_LONGEST_NUMBER = 64
"""Characters of an opened page's number; Gradio's own have a dozen."""
_REMEMBERED = 20_000
_SHARING = b"access-control-"
_SENT_ON = (b"x-forwarded-host", b"x-forwarded-proto", b"x-gradio-server")
"""Headers that Gradio believes whoever sends them; what a proxy says is in the scope already."""


def cookie_name(scheme: str) -> str:
    """Where a session's secret is kept in the browser; over HTTPS under a name that no other host can set."""
    return "__Host-report-assistant" if scheme == "https" else "report-assistant"


def secret_in(scope: Scope) -> str:
    """The secret that the browser sent, "" without one."""
    held = cookie_parser(Headers(scope=scope).get("cookie", ""))
    return held.get(cookie_name(scope["scheme"]), "")


def is_own(scope: Scope) -> bool | None:
    """Whether a request comes from this very page and not from another site; None where the browser does not say."""
    headers = Headers(scope=scope)
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is not None:
        return origin.partition("://")[2].lower() in _ways_to_write(headers.get("host", "").lower())
    return None if site is None else site in ("same-origin", "none")


class Gate:
    """ASGI middleware in front of everything that is served. Leaves in the scope, under `USER`, who is asking."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access
        self._threads = CapacityLimiter(8)  # of its own: signing in should not wait for answers in the making
        self._lock = threading.Lock()
        self._pages: OrderedDict[str, str] = OrderedDict()
        self._seen: OrderedDict[str, tuple[float, User]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing here speaks by websocket
            await send({"type": "websocket.close", "code": 1008})
            return
        scope, send = {**scope, "headers": _believed(scope)}, _for_this_page_alone(send)
        refusal = _refused(scope)
        if refusal is None and scope["path"] not in OPEN and not scope["path"].startswith(PROGRAMS):
            try:
                guarded, user = await to_thread.run_sync(partial(self._known, scope), limiter=self._threads)
            except ReportAssistantError as fault:
                guarded, user, refusal = True, None, PlainTextResponse(str(fault), status_code=503)
            if refusal is None and guarded:
                if user is None:
                    refusal = _unknown(scope)
                else:
                    scope[USER] = user
                    refusal, receive = await self._foreign_page(scope, user, receive)
            if guarded:
                send = _unstored(scope["path"], send)
        await (self._app if refusal is None else refusal)(scope, receive, send)

    def _known(self, scope: Scope) -> tuple[bool, User | None]:
        """Whether one must sign in, and who has."""
        if not self._access.guarded:
            return False, None
        secret = secret_in(scope)
        if not secret:
            return True, None
        if _OF_PROGRAM.search(scope["path"]) and (user := self._lately(secret)) is not None:
            return True, user
        user = self._access.accounts.session(secret)
        if user is not None:
            with self._lock:
                self._seen[secret] = time.monotonic(), user
                if len(self._seen) > _REMEMBERED:
                    self._seen.popitem(last=False)
        return True, user

    def _lately(self, secret: str) -> User | None:
        """Whose session it was a moment ago: a page asks for a hundred files of the program at once."""
        with self._lock:
            at, user = self._seen.get(secret, (0.0, None))
        return user if user is not None and time.monotonic() - at < _MOMENT else None

    async def _foreign_page(self, scope: Scope, user: User, receive: Receive) -> tuple[Response | None, Receive]:
        """A refusal where an opened page belongs to somebody else: Gradio itself knows it by its number alone."""
        path = scope["path"]
        if "/gradio_api/" not in path:
            return None, receive
        at = _SESSION.search(path)
        numbers = [at[1]] if at else parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [])
        if scope["method"] == "POST":  # whatever kind of body it says it is: how Gradio reads that is not ours to know
            body = await _read(receive)
            if body is None:
                return PlainTextResponse("too much", status_code=413), receive
            numbers = [*numbers, *_number_in(body)]
            receive = _again(body, receive)
        if all(self._is_of(number, user.name) for number in numbers):
            return None, receive
        return PlainTextResponse(strings.OTHER_SESSION, status_code=403), receive

    def _is_of(self, number: str, name: str) -> bool:
        """Whether the opened page is this user's; it is whoever's uses it first."""
        if len(number) > _LONGEST_NUMBER:
            return False
        with self._lock:
            owner = self._pages.setdefault(number, name)
            self._pages.move_to_end(number)
            if len(self._pages) > _REMEMBERED:
                self._pages.popitem(last=False)
            return owner == name


def _refused(scope: Scope) -> Response | None:
    if len(scope["path"]) > _LONGEST_PATH or _CLOSED.search(scope["path"]):
        return PlainTextResponse("", status_code=404)
    acts = scope["method"] not in ("GET", "HEAD", "OPTIONS") and not scope["path"].startswith(PROGRAMS)
    if acts and is_own(scope) is False:
        return PlainTextResponse(strings.SIGN_IN_ELSEWHERE, status_code=403)
    return None


def _unknown(scope: Scope) -> Response:
    """To the sign-in page whoever opens a page; everything else learns no more than that it may not."""
    headers = Headers(scope=scope)
    if scope["method"] in ("GET", "HEAD") and "text/html" in headers.get("accept", ""):
        wanted = scope["path"] if scope["path"] == "/" else f"/login?next={quote(scope['path'])}"
        return RedirectResponse("/login" if wanted == "/" else wanted, status_code=303)
    return PlainTextResponse(strings.SIGN_IN_AGAIN, status_code=401)


def _believed(scope: Scope) -> list[tuple[bytes, bytes]]:
    """The headers without those by which a client could pass for a proxy; with the scheme that the proxy told of."""
    kept = [(name, value) for name, value in scope["headers"] if name not in _SENT_ON]
    return [*kept, (b"x-forwarded-proto", b"https")] if scope["scheme"] == "https" else kept


def _unstored(path: str, send: Send) -> Send:
    """What somebody had to sign in for stays in no cache; the program's own scripts and styles may."""

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start" and not _OF_PROGRAM.search(path):
            MutableHeaders(scope=message)["cache-control"] = "no-store"
        await send(message)

    return marked


def _for_this_page_alone(send: Send) -> Send:
    """Without the headers by which Gradio lets other sites' pages read what it answers: it takes any site for a friend
    unless the page is called localhost.
    """

    async def kept(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = message.get("headers", [])
            message = {**message, "headers": [one for one in headers if not one[0].lower().startswith(_SHARING)]}
        await send(message)

    return kept


async def _read(receive: Receive) -> bytes | None:
    """The body; None for one that is too long."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > _LONGEST_BODY:
            return None
        if message["type"] != "http.request" or not message.get("more_body", False):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives the body once more, then whatever comes after it."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


def _number_in(body: bytes) -> list[str]:
    try:
        held: Any = json.loads(body)
    except (ValueError, RecursionError):
        return []
    number = held.get("session_hash") if isinstance(held, dict) else None
    return [] if number is None else [str(number)]


def _ways_to_write(host: str) -> tuple[str, ...]:
    """The host as an origin names it, which leaves the usual port out."""
    return tuple(host.removesuffix(port) for port in ("", ":80", ":443") if host)
