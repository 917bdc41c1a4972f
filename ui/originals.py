"""The original files of the archive to take away, under addresses of their own beside the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from assistant.accounts import NotAllowed
from ingest.errors import NotFound, ReportAssistantError
from ui.access import Access

if TYPE_CHECKING:
    from fastapi import FastAPI

SMALL = 2**31
"""No number in the archive is larger; SQLite refuses what is much larger."""

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+')


def add_originals(app: FastAPI, access: Access) -> None:
    """Serve `/originals/<key>` (see `assistant.copies`); must be added before the page, which takes all other
    addresses.
    """

    def original(key: str, request: Request) -> Response:
        try:
            user = access.user_of(request)
            access.require(user, "ask")
            name, data = access.assistant().copy_of(key)
            with access.recorded(user, "export", f"原文件 {name}"):
                pass
        except ReportAssistantError as fault:
            return refused(fault)
        # Never shown by the browser itself: a web page in the archive is a stranger's.
        headers = {"content-disposition": disposition(name), "cache-control": "no-store"}
        return Response(data, media_type="application/octet-stream", headers=headers)

    app.add_api_route("/originals/{key}", original, methods=["GET"], include_in_schema=False)


def disposition(name: str) -> str:
    """The header that has a file saved under its own name (RFC 6266, RFC 5987)."""
    return f"attachment; filename*=UTF-8''{quote(_NOT_IN_NAMES.sub('_', name) or 'file', safe='')}"


def refused(fault: ReportAssistantError) -> Response:
    """Why something is not given out, in one line."""
    status = 403 if isinstance(fault, NotAllowed) else 404 if isinstance(fault, NotFound) else 503
    return PlainTextResponse(str(fault), status_code=status, headers={"cache-control": "no-store"})
