"""Drafts as files to take away, under addresses of their own beside the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request

from assistant.accounts import NotAllowed
from assistant.drafting.store import DraftStore
from assistant.drafting.types import Manuscript
from ingest.errors import NotFound, ReportAssistantError
from ui.access import Access

if TYPE_CHECKING:
    from fastapi import FastAPI

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\u202a-\u202e\u2066-\u2069]+')


def add_draft_downloads(app: FastAPI, access: Access) -> None:
    """Serve `/drafts/<id>.<docx|md|txt>?sources=<0|1>` to the draft's owner; must be added before the page, which takes
    all other addresses.
    """
    from starlette.responses import PlainTextResponse, Response

    store = DraftStore(access.home)

    def download(number: str, kind: str, request: Request, sources: int = 1) -> Response:
        try:
            if kind not in _TYPES:
                raise NotFound("没有这样的文件", "请从网页上导出")
            user = access.user_of(request)
            access.require(user, "export")
            manuscript = access.assistant().drafting.open(store.open(user.name, number)).manuscript
            if manuscript is None:
                raise NotFound("这份草稿还没有正文", "请先起草")
            with access.recorded(user, "export", f"草稿 {number}.{kind} {manuscript.title}"):
                data = _exported(manuscript, kind, with_sources=bool(sources))
        except NotFound as fault:
            return PlainTextResponse(str(fault), status_code=404)
        except NotAllowed as fault:
            return PlainTextResponse(str(fault), status_code=403)
        except ReportAssistantError as fault:
            return PlainTextResponse(str(fault), status_code=503)
        named = quote(file_name(manuscript.title, kind))
        headers = {
            "content-disposition": f"attachment; filename=\"draft.{kind}\"; filename*=UTF-8''{named}",
            "cache-control": "no-store",
        }
        return Response(data, media_type=_TYPES[kind], headers=headers)

    app.add_api_route("/drafts/{number}.{kind}", download, methods=["GET"], include_in_schema=False)


def file_name(title: str, kind: str) -> str:
    """The title as a name that every file system takes."""
    stem = _NOT_IN_NAMES.sub(" ", title).strip(" .")[:80]
    return f"{stem or '草稿'}.{kind}"


def _exported(manuscript: Manuscript, kind: str, *, with_sources: bool) -> bytes:
    if kind == "docx":
        from assistant.drafting.export.docx import to_docx

        return to_docx(manuscript, with_sources=with_sources)
    if kind == "md":
        from assistant.drafting.export.markdown import to_markdown

        return to_markdown(manuscript, with_sources=with_sources).encode("utf-8", "replace")
    from assistant.drafting.export.text import to_text

    return to_text(manuscript, with_sources=with_sources).encode("utf-8", "replace")
