"""Conversations as files to take away, under addresses of their own beside the page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from assistant.conversations.export import KINDS, export, file_name
from ingest.errors import NotFound, ReportAssistantError
from ui.access import Access

if TYPE_CHECKING:
    from fastapi import FastAPI

_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def add_downloads(app: FastAPI, access: Access, owner: str = "") -> None:
    """Serve `/conversations/<id>.<docx|md>`; must be added before the page, which takes all other addresses."""
    from starlette.responses import PlainTextResponse, Response

    def download(number: str, kind: str) -> Response:
        known = next((known for known in KINDS if known == kind), None)
        try:
            if known is None:
                raise NotFound("没有这样的文件", "请从网页上导出")
            found = access.conversations.get(owner, number)
            data = export(found, access.conversations.turns(owner, number), known)
        except NotFound as fault:
            return PlainTextResponse(str(fault), status_code=404)
        except ReportAssistantError as fault:
            return PlainTextResponse(str(fault), status_code=503)
        named = quote(file_name(found, known))
        headers = {
            "content-disposition": f"attachment; filename=\"conversation.{known}\"; filename*=UTF-8''{named}",
            "cache-control": "no-store",
        }
        return Response(data, media_type=_TYPES[known], headers=headers)

    app.add_api_route("/conversations/{number}.{kind}", download, methods=["GET"], include_in_schema=False)
