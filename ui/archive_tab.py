"""The tab 档案库: the reports of the archive, how good they are, and a form to correct what was found of one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, get_args

import gradio as gr

from ingest.archive.records import ReportRecord
from ingest.errors import ReportAssistantError
from ingest.types import Field, Kind
from ui import strings
from ui.access import Access
from ui.library import list_html, quality_html, reasons_html, said_html

logger = logging.getLogger(__name__)

LOOK_AGAIN = 20
"""Seconds between two looks at whether another process has changed the archive."""

_FIELDS: tuple[Field, ...] = get_args(Field)
_KINDS: tuple[Kind, ...] = get_args(Kind)

Values = tuple[Any, ...]


def build(page: gr.Blocks, access: Access) -> None:
    """Add the tab's components and events to the page."""
    chosen = gr.State(None)
    seen = gr.State(-1)
    with gr.Row(elem_id="library"):
        with gr.Column(elem_id="shelf"):
            wanted = gr.Textbox(
                "",
                label=strings.FIND_REPORT,
                placeholder=strings.FIND_REPORT,
                show_label=False,
                container=False,
                elem_id="find-report",
                lines=1,
                max_lines=1,
            )
            listed = gr.HTML(
                list_html([]),
                elem_id="reports",
                apply_default_css=False,
                js_on_load="reportAssistant.reports(element, trigger);",
            )
        with gr.Column(elem_id="care"):
            hint = gr.HTML(f'<p class="hint">{strings.CHOOSE_REPORT}</p>', elem_id="choose", apply_default_css=False)
            with gr.Column(visible=False, elem_id="correct") as form:
                gr.HTML(f"<h2>{strings.CORRECTING}</h2>", apply_default_css=False)
                title = gr.Textbox(label=strings.REPORT_TITLE, elem_id="edit-title", lines=1, max_lines=3)
                org = gr.Textbox(label=strings.ORG, elem_id="edit-org", lines=1, max_lines=1)
                with gr.Row(elem_id="edit-row"):
                    year = gr.Textbox(label=strings.YEAR, elem_id="edit-year", lines=1, max_lines=1, min_width=80)
                    kind = gr.Dropdown(list(_KINDS), label=strings.KIND, elem_id="edit-kind", min_width=120)
                    published = gr.Textbox(
                        label=strings.PUBLISHED, elem_id="edit-published", lines=1, max_lines=1, min_width=100
                    )
                with gr.Row(elem_id="edit-buttons"):
                    save = gr.Button(strings.SAVE, elem_id="save", variant="primary", size="sm")
                    undo = gr.Button(strings.UNDO, elem_id="undo", variant="secondary", size="sm")
                said = gr.HTML("", elem_id="said", apply_default_css=False)
                reasons = gr.HTML("", elem_id="reasons", apply_default_css=False)
            quality = gr.HTML("", elem_id="quality", apply_default_css=False)

    fields = [title, org, year, kind, published]
    opened = [chosen, listed, hint, form, *fields, reasons, said]

    def choose(wanted: str, event: gr.EventData) -> Values:
        return _choose(access, wanted, event._data)

    def keep(chosen: int | None, wanted: str, *typed: str) -> Values:
        pairs: dict[str, str] = {field: value or "" for field, value in zip(_FIELDS, typed, strict=True)}
        return _changed(access, wanted, strings.SAVED, chosen, lambda number: access.assistant().correct(number, pairs))

    def take_back(chosen: int | None, wanted: str) -> Values:
        return _changed(access, wanted, strings.UNDONE, chosen, lambda number: access.assistant().uncorrect(number))

    def look_again(seen: int, wanted: str, chosen: int | None) -> Values:
        return _changes(access, seen, wanted, chosen)

    def find(wanted: str, chosen: int | None) -> str:
        return _found(access, wanted, chosen)

    quiet: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}
    listed.click(choose, [wanted], opened, **quiet)
    save.click(keep, [chosen, wanted, *fields], [*opened, quality], **quiet)
    undo.click(take_back, [chosen, wanted], [*opened, quality], **quiet)
    wanted.change(find, [wanted, chosen], [listed], **quiet)
    gr.on([page.load, gr.Timer(LOOK_AGAIN).tick], look_again, [seen, wanted, chosen], [seen, listed, quality], **quiet)


def _choose(access: Access, wanted: str, click: object) -> Values:
    """Open the report that was clicked on; the click comes from the browser and may hold anything."""
    number = click.get("report") if isinstance(click, dict) else None
    if not isinstance(number, int):
        return (gr.skip(),) * 11
    try:
        return _opened(access, wanted, access.assistant().report(number))
    except ReportAssistantError as error:
        gr.Warning(str(error), title=strings.HINT)
        return (gr.skip(),) * 11


def _changed(
    access: Access, wanted: str, done: str, chosen: int | None, change: Callable[[int], ReportRecord]
) -> Values:
    """Make a change of the chosen report and show what came of it; a refusal leaves everything as it was typed."""
    if chosen is None:
        return (gr.skip(),) * 12
    try:
        report = change(chosen)
        return *_opened(access, wanted, report, done), quality_html(access.assistant().quality())
    except ReportAssistantError as error:
        return *(gr.skip(),) * 10, said_html(str(error), fault=True), gr.skip()
    except Exception:
        logger.exception("the report could not be changed")
        return *(gr.skip(),) * 10, said_html(strings.UNEXPECTED, fault=True), gr.skip()


def _opened(access: Access, wanted: str, report: ReportRecord, said: str = "") -> Values:
    """Values for `opened`."""
    shown = (report.title, report.org, None if report.year is None else str(report.year), report.kind, report.published)
    values = tuple(value or strings.UNKNOWN for value in shown)
    form = gr.Column(visible=True)
    listed = _listed(access, wanted, report.id)
    return report.id, listed, "", form, *values, reasons_html(report), said_html(said)


def _changes(access: Access, seen: int, wanted: str, chosen: int | None) -> Values:
    """List and quality anew when the archive has changed; nothing moves on the page when it has not."""
    try:
        assistant = access.assistant()
        assistant.refresh()
        if assistant.generation == seen:
            return (gr.skip(),) * 3
        return assistant.generation, _listed(access, wanted, chosen), quality_html(assistant.quality())
    except ReportAssistantError:  # the chat tab says what is wrong and what to do
        return (gr.skip(),) * 3


def _found(access: Access, wanted: str, chosen: int | None) -> str:
    try:
        return _listed(access, wanted, chosen)
    except ReportAssistantError:
        return list_html([])


def _listed(access: Access, wanted: str | None, chosen: int | None) -> str:
    return list_html(access.assistant().reports(), wanted or "", chosen)
