"""The tab 设置 under addresses of its own: passwords and tokens pass through nothing that keeps or logs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response

from assistant.accounts import LOCAL, NotAllowed, User, may
from ingest.errors import NotFound, ReportAssistantError
from ui.access import Access
from ui.gate import cookie_name, is_own
from ui.page import speaking
from ui.settings_acts import Acts, Fields
from ui.settings_facts import Gauge, model_facts, version_and_licence
from ui.settings_jobs import Jobs, Name
from ui.settings_people import AUDIT_SHOWN, audit_html, people_html
from ui.settings_view import about_html, account_html, archive_html, job_html, model_html
from ui.strings import Language

if TYPE_CHECKING:
    from fastapi import FastAPI

_UNSTORED = {"cache-control": "no-store"}
_LONGEST = 16 << 10
_TASKS: tuple[Name, ...] = ("model", "archive")


def add_settings(app: FastAPI, access: Access) -> None:
    """Serve `/settings/…`; must be added before the page, which takes all other addresses."""
    jobs, gauge = Jobs(access.settings), Gauge(access)
    acts = Acts(access, jobs)

    async def parts(request: Request, lang: str = "zh", who: str = "") -> Response:
        return await _answer(access, request, lambda user: _parts(access, jobs, gauge, user, who), lang)

    async def tasks(request: Request, lang: str = "zh") -> Response:
        return await _answer(access, request, lambda user: _tasks(access, jobs, user), lang)

    async def do(what: str, request: Request, lang: str = "zh") -> Response:
        if is_own(request.scope) is False or request.headers.get("x-from") != "page":
            return PlainTextResponse("请求不是从本页面发出的，请在设置页面操作。", status_code=403)
        fields = await _fields(request)
        if fields is None:
            return PlainTextResponse("没有看懂这个请求，请刷新网页后重试。", status_code=400)
        client = request.client.host if request.client else ""
        session = ""

        def act(user: User) -> dict[str, Any]:
            nonlocal session
            done = acts.do(what, user, fields, client)
            session = done.session
            return {"said": done.said, "token": done.token}

        answer = await _answer(access, request, act, lang)
        if session:
            https = request.url.scheme == "https"
            answer.set_cookie(
                cookie_name(request.url.scheme), session, path="/", httponly=True, samesite="strict", secure=https
            )
        return answer

    quiet: dict[str, Any] = {"include_in_schema": False}
    app.add_api_route("/settings/parts", parts, methods=["GET"], **quiet)
    app.add_api_route("/settings/tasks", tasks, methods=["GET"], **quiet)
    app.add_api_route("/settings/do/{what}", do, methods=["POST"], **quiet)


async def _answer(access: Access, request: Request, act: Callable[[User], dict[str, Any]], lang: str) -> Response:
    """What `act` tells, in the page's language; else the line that says why not."""
    language: Language = "en" if lang == "en" else "zh"

    def told() -> dict[str, Any]:
        user = access.user_of(request)
        with speaking(language):
            return act(user)

    try:
        return JSONResponse(await run_in_threadpool(told), headers=_UNSTORED)
    except NotAllowed as fault:
        return PlainTextResponse(str(fault), status_code=403)
    except NotFound as fault:
        return PlainTextResponse(str(fault), status_code=404)
    except ReportAssistantError as fault:
        return PlainTextResponse(str(fault), status_code=409)


async def _fields(request: Request) -> Fields | None:
    """What was sent: names and texts, and not much of them."""
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > _LONGEST:
            return None
    try:
        sent = json.loads(held or b"{}")
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, dict) or not all(isinstance(value, str) for value in sent.values()):
        return None
    return {name: _storable(value) for name, value in sent.items()}


def _storable(text: str) -> str:
    """Without halves of surrogate pairs, which SQLite and hashes refuse."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _parts(access: Access, jobs: Jobs, gauge: Gauge, user: User, who: str) -> dict[str, Any]:
    facts = model_facts(access.settings)
    shown = {
        "model": model_html(facts, jobs.state("model")),
        "archive": archive_html(gauge.facts(), jobs.state("archive"), keeper=may(user.role, "ingest")),
        "account": account_html(user),
        "about": about_html(facts, *version_and_licence()),
    }
    if may(user.role, "users"):
        users = () if user == LOCAL else access.accounts.users()
        shown["people"] = people_html(users, access.accounts.tokens() if users else (), user)
    if may(user.role, "audit"):
        named = access.audit.lines(2000)
        lines = access.audit.lines(AUDIT_SHOWN, who or None)
        shown["audit"] = audit_html(lines, sorted({line.who for line in named if line.who}), who)
    return {"parts": shown, "busy": _busy(jobs)}


def _tasks(access: Access, jobs: Jobs, user: User) -> dict[str, Any]:
    seen = _TASKS if may(user.role, "ingest") else _TASKS[:1]
    return {"tasks": {name: job_html(name, jobs.state(name)) for name in seen}, "busy": _busy(jobs)}


def _busy(jobs: Jobs) -> bool:
    return any(jobs.state(name).running for name in _TASKS)
