"""Uploading and watching, under addresses of their own: bodies are written to disk as they come in, never held."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response

from assistant.accounts import NotAllowed, User
from assistant.collecting import Announced, BadUpload
from assistant.collecting.board import Board
from assistant.collecting.uploads import indices
from assistant.unsure import to_look_at
from ingest.errors import ReportAssistantError
from ui.access import Access
from ui.archive_jobs import busy, job_html
from ui.gate import is_own
from ui.page import speaking
from ui.strings import Language

if TYPE_CHECKING:
    from fastapi import FastAPI

Act = Callable[[User], Awaitable[Response]]

_MOST_ANNOUNCED = 4 << 20
"""Bytes of the list of an upload: a few thousand long names."""
_CHUNK = 1 << 20


def add_collecting(app: FastAPI, access: Access) -> None:
    """Serve `/collect/…`; must be added before the page, which takes all other addresses."""

    async def begin(request: Request) -> Response:
        async def act(user: User) -> Response:
            files = _announced(await _body(request))
            board = await run_in_threadpool(_announce, access, user, files)
            wanted = [row.number for row in board.rows if row.state == "coming"]
            return JSONResponse({"upload": board.id, "wanted": wanted, "files": indices(files)})

        return await _allowed(access, request, act)

    async def file(upload: str, number: int, request: Request) -> Response:
        async def act(_: User) -> Response:
            collecting = access.collecting
            part, size = collecting.part(upload, number)
            try:
                whole = await _receive(request, part, size, lambda: collecting.heard(upload))
            except OSError:
                collecting.refuse(upload, number, "磁盘写不进去，请检查空间后重新上传。")
                return PlainTextResponse("", status_code=507)
            if not whole:
                with contextlib.suppress(OSError):
                    part.unlink(missing_ok=True)
                collecting.refuse(upload, number, "上传中断，没有收全，请重新上传。")
                return PlainTextResponse("", status_code=400)
            row = await run_in_threadpool(collecting.take, upload, number)
            return JSONResponse({"state": row.state})

        return await _allowed(access, request, act)

    async def end(upload: str, request: Request) -> Response:
        async def act(_: User) -> Response:
            access.collecting.complete(upload)
            return JSONResponse({})

        return await _allowed(access, request, act)

    async def order(what: str, request: Request) -> Response:
        async def act(_: User) -> Response:
            collecting = access.collecting
            orders = {"stop": collecting.stop, "embed": collecting.embed, "clear": collecting.clear}
            if what not in orders:
                return PlainTextResponse("", status_code=404)
            await run_in_threadpool(orders[what])
            return JSONResponse({})

        return await _allowed(access, request, act)

    async def state(request: Request, lang: str = "zh", seen: int = -1) -> Response:
        async def act(_: User) -> Response:
            now = access.collecting.snapshot()
            if now.version == seen and busy(now):
                return JSONResponse({"version": seen, "busy": True, "finished": now.finished})
            html = await run_in_threadpool(_shown, access, "en" if lang == "en" else "zh")
            told = {"version": now.version, "busy": busy(now), "finished": now.finished, "html": html}
            return JSONResponse(told, headers={"cache-control": "no-store"})

        return await _allowed(access, request, act, changes=False)

    quiet: dict[str, Any] = {"include_in_schema": False}
    app.add_api_route("/collect", state, methods=["GET"], **quiet)
    app.add_api_route("/collect/begin", begin, methods=["POST"], **quiet)
    app.add_api_route("/collect/do/{what}", order, methods=["POST"], **quiet)
    app.add_api_route("/collect/{upload}/end", end, methods=["POST"], **quiet)
    app.add_api_route("/collect/{upload}/{number}", file, methods=["POST"], **quiet)


async def _allowed(access: Access, request: Request, act: Act, *, changes: bool = True) -> Response:
    """What `act` answers, for a keeper on this very page; else the line that says why not."""
    try:
        user = access.user_of(request)
        access.require(user, "ingest")
        if changes and (is_own(request.scope) is False or request.headers.get("x-from") != "page"):
            raise NotAllowed("这个请求不是从本页面发出的", "请在档案库页面上传")
        return await act(user)
    except NotAllowed as fault:
        return PlainTextResponse(str(fault), status_code=403)
    except BadUpload as fault:
        return PlainTextResponse(str(fault), status_code=409)
    except ReportAssistantError as fault:
        return PlainTextResponse(str(fault), status_code=503)


def _announce(access: Access, user: User, files: list[Announced]) -> Board:
    with access.recorded(user, "ingest", f"上传 {len(files)} 个文件"):
        return access.collecting.announce(files, user.name)


async def _body(request: Request) -> Any:
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > _MOST_ANNOUNCED:
            raise BadUpload("一次选的文件太多", "请分几次上传，或打成 zip 压缩包")
    try:
        return json.loads(held)
    except (ValueError, RecursionError) as error:
        raise BadUpload("没有看懂要上传哪些文件", "请刷新网页后重试") from error


def _announced(body: Any) -> list[Announced]:
    files = body.get("files") if isinstance(body, dict) else None
    if not isinstance(files, list):
        raise BadUpload("没有看懂要上传哪些文件", "请刷新网页后重试")
    try:
        return [Announced(str(one["path"]), int(one["size"])) for one in files]
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise BadUpload("没有看懂要上传哪些文件", "请刷新网页后重试") from error


async def _receive(request: Request, part: Path, size: int, heard: Callable[[], None]) -> bool:
    """Write the body to disk; whether it was all there, and no more than that. Raises OSError."""
    stream = await run_in_threadpool(part.open, "wb")
    got, held = 0, bytearray()
    try:
        async for chunk in request.stream():
            got += len(chunk)
            if got > size:
                return False
            held += chunk
            if len(held) >= _CHUNK:
                await run_in_threadpool(stream.write, bytes(held))
                held.clear()
                heard()
        await run_in_threadpool(stream.write, bytes(held))
    except Exception as error:
        if isinstance(error, OSError):
            raise
        return False  # the browser went away
    except asyncio.CancelledError:
        return False
    finally:
        await run_in_threadpool(stream.close)
    return got == size


def _shown(access: Access, language: Language) -> str:
    now = access.collecting.snapshot()
    fresh, unsure, pending = 0, 0, 0
    with contextlib.suppress(ReportAssistantError):
        assistant = access.assistant()
        if now.phase == "idle":
            pending = assistant.pending()
        if now.fresh and now.phase == "idle":
            assistant.refresh()
            found = assistant.reports_at(now.fresh)
            fresh, unsure = len(found), len(to_look_at(one for one in assistant.reports() if one.id in found))
    with speaking(language):
        return job_html(now, fresh, unsure, pending)
