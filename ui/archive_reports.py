"""A report's text by the section, and its original file, under addresses of their own beside the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from assistant.accounts import NotAllowed
from ingest.errors import NotFound, ReportAssistantError
from ui.access import Access
from ui.archive_preview import text_html
from ui.originals import SMALL
from ui.page import speaking

if TYPE_CHECKING:
    from fastapi import FastAPI

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\u202a-\u202e\u2066-\u2069]+')


def add_reports(app: FastAPI, access: Access) -> None:
    """Serve `/library/<report>/…`; must be added before the page, which takes all other addresses."""

    def section(report: int, number: int, request: Request, lang: str = "zh") -> Response:
        try:
            access.require(access.user_of(request), "ask")
            shown = access.assistant().section_of(min(report, SMALL), number)
        except ReportAssistantError as fault:
            return _refused(fault)
        with speaking("en" if lang == "en" else "zh"):
            return HTMLResponse(text_html(shown), headers={"cache-control": "no-store"})

    def original(report: int, request: Request) -> Response:
        try:
            user = access.user_of(request)
            access.require(user, "export")
            name, data = access.assistant().original_of(min(report, SMALL))
            with access.recorded(user, "export", f"原文件 {name}"):
                pass
        except ReportAssistantError as fault:
            return _refused(fault)
        named = quote(_NOT_IN_NAMES.sub("_", name))
        # Never shown by the browser itself: a web page in the archive is a stranger's.
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{named}", "cache-control": "no-store"}
        return Response(data, media_type="application/octet-stream", headers=headers)

    app.add_api_route("/library/{report}/sections/{number}", section, methods=["GET"], include_in_schema=False)
    app.add_api_route("/library/{report}/original", original, methods=["GET"], include_in_schema=False)


def _refused(fault: ReportAssistantError) -> Response:
    status = 403 if isinstance(fault, NotAllowed) else 404 if isinstance(fault, NotFound) else 503
    return PlainTextResponse(str(fault), status_code=status)
