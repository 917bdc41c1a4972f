"""The right side of the chat tab: the report around a citation."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import gradio as gr
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assistant.answer import Citation
from assistant.conversations import Turn
from ingest.errors import NotFound, ReportAssistantError
from ui import strings
from ui.access import Access
from ui.originals import SMALL, refused
from ui.page import speaking
from ui.reading import empty_html, fault_html, lost_html, paragraphs_html, report_html

if TYPE_CHECKING:
    from fastapi import FastAPI

logger = logging.getLogger(__name__)

AROUND = 20
"""Paragraphs shown at once on either side of a quote; the page's script asks for more when one comes to an end."""

_MOST = 60


def panel() -> gr.HTML:
    """The empty panel. The page's script sends it the clicks on citations, and scrolls it to the quote."""
    return gr.HTML(
        empty_html(),
        elem_id="passages",
        elem_classes=["passages"],
        apply_default_css=False,
        js_on_load="reportAssistant.passages(element, trigger, watch);",
    )


def open_citation(access: Access, turns: Sequence[Turn], click: object) -> str:
    """What the panel shows after a click, which names a turn and a citation of this session's conversation.

    The click comes from the browser and may hold anything.
    """
    clicked = click if isinstance(click, dict) else {}
    if clicked.get("close"):
        return empty_html()
    citation = _clicked(turns, clicked.get("turn"), clicked.get("n"))
    return fault_html(strings.GONE) if citation is None else show(access, citation, opened=True)


def show(access: Access, citation: Citation, *, opened: bool) -> str:
    """The report around `citation`, or the line that says why it cannot be shown."""
    try:
        return report_html(access.assistant().context(citation, AROUND), citation, opened=opened)
    except NotFound as error:
        return lost_html(citation, str(error), opened=opened)
    except ReportAssistantError as error:
        return fault_html(str(error))
    except Exception:
        logger.exception("the passage could not be shown")
        return fault_html(strings.UNEXPECTED)


def _clicked(turns: Sequence[Turn], turn: object, n: object) -> Citation | None:
    if not isinstance(turn, int) or not isinstance(n, int) or not 0 <= turn < len(turns):
        return None
    answer = turns[turn].answer
    found = () if answer is None else [item for item in answer.citations if item.n == n]
    return found[0] if found else None


def add_reading(app: FastAPI, access: Access) -> None:
    """Serve `/reading/<report>?first=&last=`, more of a report; must be added before the page, which takes all other
    addresses.
    """

    def more(report: int, first: int, last: int, request: Request, lang: str = "zh") -> Response:
        with speaking("en" if lang == "en" else "zh"):
            try:
                access.require(access.user_of(request), "ask")
                shown = access.assistant().part_of(min(report, SMALL), max(0, first), min(last, max(0, first) + _MOST))
            except ReportAssistantError as fault:
                return refused(fault)
            return HTMLResponse(paragraphs_html(shown), headers={"cache-control": "no-store"})

    app.add_api_route("/reading/{report:int}", more, methods=["GET"], include_in_schema=False)
