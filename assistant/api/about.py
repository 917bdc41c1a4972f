"""`/api/health`, `/api/openapi.json`, `/api/docs`: open to everybody, since they tell nothing of the archive."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Any, Literal

from fastapi import APIRouter, Response

from assistant.accounts import Accounts
from assistant.api.opened import Opener
from assistant.api.replies import Json
from assistant.api.routes import ToldRoute
from assistant.api.shapes import HealthShape
from ingest.errors import NotFound, ReportAssistantError

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def routes(opener: Opener, accounts: Accounts | None, described: Callable[[], dict[str, Any]]) -> APIRouter:
    """The routes of this file; `described` gives the description of the whole interface."""
    router = APIRouter(route_class=ToldRoute, tags=["说明"])

    @router.get(
        "/api/health",
        summary="是否可用。Whether it works.",
        responses={200: {"model": HealthShape}},
    )
    def health() -> Json:
        needs_token = accounts is not None and accounts.guarded()
        return Json({"status": _status(opener), "version": version("report-assistant"), "needs_token": needs_token})

    @router.get("/api/openapi.json", include_in_schema=False)
    def openapi() -> Json:
        return Json(described())

    @router.get("/api/docs", include_in_schema=False)
    def docs() -> Response:
        from assistant.api.docs import page

        headers = {"content-security-policy": _POLICY, "cache-control": "no-store"}
        return Response(page(described()), media_type="text/html; charset=utf-8", headers=headers)

    return router


def _status(opener: Opener) -> Literal["ok", "no_archive", "unusable"]:
    try:
        opener()
    except NotFound:
        return "no_archive"
    except ReportAssistantError:
        return "unusable"
    return "ok"
