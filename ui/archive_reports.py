"""A report's text by the section, and its original file, under addresses of their own beside the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from ingest.errors import ReportAssistantError
from ui.access import Access
from ui.archive_preview import text_html
from ui.originals import SMALL, disposition, refused
from ui.page import speaking

if TYPE_CHECKING:
    from fastapi import FastAPI


def add_reports(app: FastAPI, access: Access) -> None:
    """Serve `/library/<report>/…`; must be added before the page, which takes all other addresses."""

    def section(report: int, number: int, request: Request, lang: str = "zh") -> Response:
        try:
            access.require(access.user_of(request), "ask")
            shown = access.assistant().section_of(min(report, SMALL), number)
        except ReportAssistantError as fault:
            return refused(fault)
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
            return refused(fault)
        # Never shown by the browser itself: a web page in the archive is a stranger's.
        headers = {"content-disposition": disposition(name), "cache-control": "no-store"}
        return Response(data, media_type="application/octet-stream", headers=headers)

    app.add_api_route("/library/{report}/sections/{number}", section, methods=["GET"], include_in_schema=False)
    app.add_api_route("/library/{report}/original", original, methods=["GET"], include_in_schema=False)
