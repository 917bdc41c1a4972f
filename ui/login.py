"""Signing in and out: a form of our own, which needs no script."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from urllib.parse import parse_qs, quote

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from assistant.accounts import Action, TooManyTries, User, WrongPassword, may
from assistant.accounts.types import LOCAL
from ingest.errors import ReportAssistantError
from ui import strings
from ui.access import Access
from ui.escape import escape
from ui.gate import cookie_name, is_own, secret_in
from ui.strings import LANGUAGE, Language

if TYPE_CHECKING:
    from fastapi import FastAPI

_STYLE = Path(__file__).with_name("login.css")
_LONGEST_FORM = 8192
_HTML_LANGUAGE: dict[Language, str] = {"zh": "zh-CN", "en": "en"}


class Login:
    """The sign-in page and what it sends."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._threads = CapacityLimiter(4)
        self._lock = threading.Lock()
        self._turned_away: set[tuple[str, str]] = set()

    async def page(self, request: Request) -> Response:
        """The form; straight on where nobody has to sign in."""
        language = _language(request.query_params.get("next", "/"))
        token = LANGUAGE.set(language)
        try:
            if not await to_thread.run_sync(lambda: self._access.guarded, limiter=self._threads):
                return RedirectResponse("/", status_code=303)
            said = strings.SIGNED_OUT if "out" in request.query_params else ""
            return _form(language, _next(request.query_params.get("next", "/")), said=said)
        finally:
            LANGUAGE.reset(token)

    async def sign_in(self, request: Request) -> Response:
        """Take a name and a password; a fresh session each time, whatever cookie came along."""
        form = await _sent(request)
        wanted, name = _next(form.get("next", "/")), form.get("name", "")
        language = _language(wanted)
        token = LANGUAGE.set(language)
        try:
            if is_own(request.scope) is not True:
                return _form(language, wanted, fault=strings.SIGN_IN_ELSEWHERE, status=403)
            client = request.client.host if request.client else ""
            old = secret_in(request.scope)
            secret = await to_thread.run_sync(
                self._checked, name, form.get("password", ""), client, old, limiter=self._threads
            )
        except WrongPassword:
            return _form(language, wanted, name, fault=strings.SIGN_IN_FAILED, status=401)
        except TooManyTries as fault:
            answered = _form(
                language,
                wanted,
                name,
                fault=strings.SIGN_IN_TOO_OFTEN.format(minutes=-(-fault.seconds // 60)),
                status=429,
            )
            answered.headers["retry-after"] = str(fault.seconds)
            return answered
        except ReportAssistantError as fault:
            return _form(language, wanted, name, fault=str(fault), status=503)
        finally:
            LANGUAGE.reset(token)
        response = RedirectResponse(wanted, status_code=303)
        https = request.url.scheme == "https"
        response.set_cookie(
            cookie_name(request.url.scheme), secret, path="/", httponly=True, samesite="strict", secure=https
        )
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        if is_own(request.scope) is not True:
            return PlainTextResponse(strings.SIGN_IN_ELSEWHERE, status_code=403)
        secret = secret_in(request.scope)
        user = self._access.user_of(request)
        try:
            await to_thread.run_sync(self._ended, user, secret, limiter=self._threads)
        except ReportAssistantError as fault:
            return PlainTextResponse(str(fault), status_code=503)
        response = RedirectResponse("/login?out=1", status_code=303)
        https = request.url.scheme == "https"
        response.delete_cookie(
            cookie_name(request.url.scheme), path="/", httponly=True, samesite="strict", secure=https
        )
        response.headers["clear-site-data"] = '"cache"'
        return response

    async def whoami(self, request: Request) -> Response:
        """Who is signed in and what he may do, for the page's own script."""
        user = self._access.user_of(request)
        lacks = [action for action in get_args(Action) if not may(user.role, action)]
        return JSONResponse(
            {"name": user.name, "role": user.role, "lacks": lacks, "local": user == LOCAL},
            headers={"cache-control": "no-store"},
        )

    def _checked(self, name: str, password: str, client: str, old: str) -> str:
        """The secret of a new session; tells the audit how it went."""
        accounts = self._access.accounts
        try:
            user = accounts.check(name, password, client=client)
        except WrongPassword as fault:
            self._tell(name, client, fault.fault)
            raise
        except TooManyTries as fault:
            with self._lock:  # told once, not as often as somebody knocks
                first = (name, client) not in self._turned_away
                if len(self._turned_away) >= 1000:
                    self._turned_away.clear()
                self._turned_away.add((name, client))
            if first:
                self._tell(name, client, fault.fault)
            raise
        with self._lock:
            self._turned_away.discard((name, client))
        if old:
            accounts.close_session(old)
        secret = accounts.open_session(user.name)
        self._access.audit.write(user.name, "login", client)
        return secret

    def _tell(self, name: str, client: str, outcome: str) -> None:
        """A name that nobody has is not written down: it may be a password in the wrong field."""
        try:
            known = self._access.accounts.get(name).name
        except ReportAssistantError:
            known = ""
        self._access.audit.write(known, "login", client, outcome=outcome)

    def _ended(self, user: User, secret: str) -> None:
        self._access.accounts.close_session(secret)
        self._access.audit.write(user.name, "logout", "")


def add_login(app: FastAPI, access: Access) -> None:
    """Serve `/login`, `/logout` and `/whoami`; must be added before the page, which takes all other addresses."""
    login = Login(access)

    def style() -> Response:
        return Response(_STYLE.read_text(encoding="utf-8"), media_type="text/css")

    app.add_api_route("/login", login.page, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_api_route("/login", login.sign_in, methods=["POST"], include_in_schema=False)
    app.add_api_route("/login.css", style, methods=["GET"], include_in_schema=False)
    app.add_api_route("/logout", login.sign_out, methods=["POST"], include_in_schema=False)
    app.add_api_route("/whoami", login.whoami, methods=["GET"], include_in_schema=False)


def who_html(page: str) -> str:
    """Where the page's own script puts who is signed in; hidden until it does."""
    return (
        f'<form class="who" method="post" action="/logout" hidden><span class="user"></span>'
        f'<button type="submit">{escape(strings.SIGN_OUT)}</button></form>'
        f'<p class="expired" role="alert" hidden>{escape(strings.SESSION_OVER)}'
        f'<a href="/login?next={quote(page)}" target="_blank" rel="noopener">{escape(strings.SIGN_IN_ANEW)}</a></p>'
    )


async def _sent(request: Request) -> dict[str, str]:
    """The fields of the form; none of one that is too long or no form."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_FORM:
            return {}
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


def _next(wanted: str) -> str:
    """Where to go after signing in: a page of this server, never another one's."""
    inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\", "/login", "/logout"))
    return wanted if inside and wanted.isprintable() and "\\" not in wanted else "/"


def _language(wanted: str) -> Language:
    return "en" if wanted == "/en" or wanted.startswith("/en/") else "zh"


def _form(
    language: Language, wanted: str, name: str = "", *, said: str = "", fault: str = "", status: int = 200
) -> HTMLResponse:
    lines = (f'<p class="said" role="status">{escape(said)}</p>' if said else "") + (
        f'<p class="fault" role="alert" id="fault">{escape(fault)}</p>' if fault else ""
    )
    described = ' aria-describedby="fault" aria-invalid="true"' if fault else ""
    of_name, of_password = (described, f"{described} autofocus") if name else (f"{described} autofocus", described)
    other, other_page = ("English", "/en") if language == "zh" else ("中文", "/")
    html = f"""<!DOCTYPE html>
<html lang="{_HTML_LANGUAGE[language]}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(strings.SIGN_IN)} · {escape(strings.TITLE)}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/login.css">
</head>
<body><main>
<h1>{escape(strings.TITLE)}</h1><p class="motto">{escape(strings.MOTTO)}</p>
<form method="post" action="/login">
{lines}
<input type="hidden" name="next" value="{escape(wanted)}">
<label for="name">{escape(strings.USER_NAME)}</label>
<input id="name" name="name" value="{escape(name)}" autocomplete="username" maxlength="64" required{of_name}>
<label for="password">{escape(strings.PASSWORD)}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required{of_password}>
<button type="submit">{escape(strings.SIGN_IN)}</button>
</form>
<p class="hint">{escape(strings.SIGN_IN_HINT)}{escape(strings.FORGOTTEN)}</p>
<p class="other"><a href="/login?next={quote(other_page)}">{other}</a></p>
</main></body>
</html>
"""
    return HTMLResponse(html, status_code=status, headers={"cache-control": "no-store"})
