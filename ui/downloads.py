"""Conversations as files to take away, under addresses of their own beside the page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request

from assistant.accounts import NotAllowed
from assistant.conversations.export import KINDS, export, file_name
from ingest.errors import NotFound, ReportAssistantError
from ui.access import Access

if TYPE_CHECKING:
    from fastapi import FastAPI

_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def add_downloads(app: FastAPI, access: Access) -> None:
    """Serve `/conversations/<id>.<docx|md>` to the conversation's owner; must be added before the page, which takes all
    other addresses.
    """
    from starlette.responses import PlainTextResponse, Response

    def download(number: str, kind: str, request: Request) -> Response:
        known = next((known for known in KINDS if known == kind), None)
        try:
            if known is None:
                raise NotFound("没有这样的文件", "请从网页上导出")
            user = access.user_of(request)
            access.require(user, "export")
            found = access.conversations.get(user.name, number)
            with access.recorded(user, "export", f"对话 {found.id}.{known} {found.title}"):
                data = export(found, access.conversations.turns(user.name, number), known)
        except NotFound as fault:
            return PlainTextResponse(str(fault), status_code=404)
        except NotAllowed as fault:
            return PlainTextResponse(str(fault), status_code=403)
        except ReportAssistantError as fault:
            return PlainTextResponse(str(fault), status_code=503)
        named = quote(file_name(found, known))
        headers = {
            "content-disposition": f"attachment; filename=\"conversation.{known}\"; filename*=UTF-8''{named}",
            "cache-control": "no-store",
        }
        return Response(data, media_type=_TYPES[known], headers=headers)

    app.add_api_route("/conversations/{number}.{kind}", download, methods=["GET"], include_in_schema=False)
