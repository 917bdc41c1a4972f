"""Puts the interface together: one router, to be included beside the page or served alone."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Request

from assistant.accounts import Accounts, Audit
from assistant.api import about, archive, ask, chat, draft
from assistant.api.errors import Refused
from assistant.api.opened import Opener
from assistant.api.replies import Desk, Json
from assistant.api.routes import ToldRoute, guarded
from assistant.api.shapes import ErrorShape

TITLE = "报告档案助手接口"
DESCRIPTION = (
    "在工作总结和计划的档案里找依据、答问题，每个数字都有出处。"
    "设了用户时，每个请求都要带请求头 Authorization: Bearer 令牌；"
    '没有设用户时只应答本机。错误都是 {"error": {"message": 一行中文, "kind": 类别}}。'
    "Cited answers from an archive of Chinese work reports; a bearer token is needed where users are set up."
)
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]


def router(opener: Opener, accounts: Accounts | None, audit: Audit | None = None) -> APIRouter:
    """Every route of the interface. `opener` gives the program's one assistant, at the first call that needs it.

    To be included before anything that takes all other addresses.
    """
    desk, route_class = Desk(), guarded(accounts)
    groups = [
        ask.routes(opener, desk, route_class),
        archive.routes(opener, route_class),
        draft.routes(opener, desk, route_class, audit),
        chat.routes(opener, desk, route_class),
    ]

    @cache
    def described() -> dict[str, Any]:
        return _described([*groups, open_to_all])

    open_to_all = about.routes(opener, accounts, described)
    found = APIRouter()
    for group in (*groups, open_to_all):
        found.include_router(group)
    known: dict[str, set[str]] = {}
    for group in (*groups, open_to_all):
        for route in group.routes:
            if isinstance(route, ToldRoute):
                known.setdefault(route.path, set()).update(route.methods or ())
    found.include_router(_unknown(known))
    return found


def _unknown(known: dict[str, set[str]]) -> APIRouter:
    """Whatever else is asked for under the interface's addresses; `known`: what each address accepts."""
    router = APIRouter(route_class=ToldRoute)

    def unknown(request: Request) -> Json:
        path = request.url.path
        if path in known:
            accepted = " 或 ".join(sorted(known[path]))
            raise Refused("method_not_allowed", f"{path} 不接受 {request.method}", f"请改用 {accepted}，见 /api/docs")
        raise Refused("not_found", "没有这个地址", "可用的地址见 /api/docs")

    for prefix in ("/api", "/v1"):
        router.add_api_route(f"{prefix}/{{rest:path}}", unknown, methods=_METHODS, include_in_schema=False)
    return router


def _described(groups: list[APIRouter]) -> dict[str, Any]:
    from fastapi.openapi.utils import get_openapi

    routes = [route for group in groups for route in group.routes]
    found = get_openapi(title=TITLE, version=version("report-assistant"), description=DESCRIPTION, routes=routes)
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    error = ErrorShape.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(error.pop("$defs", {}))
    schemas["ErrorShape"] = error
    found["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    told = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorShape"}}}
    for path, methods in found["paths"].items():
        for call in methods.values():
            call["responses"].pop("422", None)
            call["responses"]["default"] = {"description": "一行中文的错误。One Chinese line.", "content": told}
            if path != "/api/health":
                call["security"] = [{"token": []}, {}]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    return found
