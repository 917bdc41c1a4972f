"""Pages of PDFs under addresses of their own: the picture, and around it the marks of a quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assistant.page_drawing import Placed
from assistant.page_worker import WIDTHS
from assistant.pages import Box, Marked
from ingest.errors import NotFound, ReportAssistantError
from ui import strings
from ui.access import Access
from ui.escape import escape
from ui.originals import SMALL, refused
from ui.page import speaking

if TYPE_CHECKING:
    from fastapi import FastAPI


def add_pages(app: FastAPI, access: Access) -> None:
    """Serve `/pages/<file>/<page>.png` and `/pages/<file>?start=&end=&page=`; must be added before the page, which
    takes all other addresses.
    """

    def picture(file: int, page: int, request: Request, large: int = 0) -> Response:
        try:
            access.require(access.user_of(request), "ask")
            drawn = access.assistant().pages.image(min(file, SMALL), min(page, SMALL), large=bool(large))
        except ReportAssistantError as fault:
            return refused(fault)
        return Response(drawn, media_type="image/png", headers={"cache-control": "private, max-age=3600"})

    def marked(
        file: int, start: int, end: int, page: int, request: Request, show: int | None = None, lang: str = "zh"
    ) -> Response:
        with speaking("en" if lang == "en" else "zh"):
            try:
                access.require(access.user_of(request), "ask")
                placed = access.assistant().pages.placed(min(file, SMALL), min(max(1, page), SMALL), start, end)
                if show is not None and not 1 <= show <= placed.count:
                    raise NotFound("这份文件没有这一页", "请从引文打开")
            except ReportAssistantError as fault:
                return refused(fault)
            return HTMLResponse(pages_html(placed, max(1, page), show), headers={"cache-control": "no-store"})

    app.add_api_route("/pages/{file:int}/{page:int}.png", picture, methods=["GET"], include_in_schema=False)
    app.add_api_route("/pages/{file:int}", marked, methods=["GET"], include_in_schema=False)


def pages_html(placed: Placed, page: int, show: int | None = None) -> str:
    """The pages that hold the quote, or the page `show`, with the quote's lines marked; `page`: where it begins."""
    marked = {item.number: item for item in placed.pages}
    said = ""
    if show is None and not marked:
        line = strings.PAGE_UNPLACED if placed.has_text else strings.PAGE_SCANNED
        said = f'<p class="said" role="status">{escape(line)}</p>'
    numbers = [show] if show is not None else list(marked) or [page]
    return said + "".join(_page_html(placed, number, marked.get(number)) for number in numbers)


def _page_html(placed: Placed, number: int, marks: Marked | None) -> str:
    address = f"/pages/{placed.file.id}/{number}.png?v={placed.file.sha256[:12]}"
    width = WIDTHS[0]
    size = "" if marks is None else f' width="{width}" height="{round(width * marks.height / max(1.0, marks.width))}"'
    rectangles = "" if marks is None else "".join(map(_rectangle, marks.rectangles))
    return (
        f'<figure class="sheet" data-page="{number}" data-count="{placed.count}">'
        f'<div class="paper" role="button" tabindex="0" aria-label="{strings.PAGE_ZOOM.format(n=number)}">'
        f'<img src="{address}" data-large="{address}&amp;large=1"{size}'
        f' alt="{strings.PAGE_PICTURE.format(n=number)}">'
        f'<svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">{rectangles}</svg></div>'
        f"<figcaption>{strings.PAGE_COUNT.format(n=number, count=placed.count)}</figcaption></figure>"
    )


def _rectangle(box: Box) -> str:
    left, top, right, bottom = box
    return f'<rect x="{left:.5f}" y="{top:.5f}" width="{right - left:.5f}" height="{bottom - top:.5f}"/>'
