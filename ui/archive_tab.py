"""The tab 档案库: collecting reports, looking through them, correcting what was found, deleting and restoring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import gradio as gr

from assistant.accounts import User
from ingest.types import Kind
from ui import strings
from ui.access import Access
from ui.archive_acts import FIELDS, Acts, Shown, user_in
from ui.archive_jobs import drop_html
from ui.library import list_html

LOOK_AGAIN = 20
"""Seconds between two looks at whether another process has changed the archive."""

_KINDS: tuple[Kind, ...] = get_args(Kind)

Parts = dict[str, Any]


def build(page: gr.Blocks, access: Access) -> None:
    """Add the tab's components and events to the page."""
    parts: Parts = {"chosen": gr.State(None), "seen": gr.State(-1)}
    with gr.Row(elem_id="library"):
        with gr.Column(elem_id="shelf"):
            gr.HTML(
                drop_html(),
                elem_id="collect",
                apply_default_css=False,
                js_on_load="reportAssistantArchive.collect(element);",
            )
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
            parts["listed"] = gr.HTML(
                list_html([]),
                elem_id="reports",
                apply_default_css=False,
                js_on_load=("reportAssistant.reports(element, trigger); reportAssistantArchive.library(trigger);"),
            )
        with gr.Column(elem_id="care"):
            parts["notice"] = _html("done")
            with gr.Column(visible=False, elem_id="one") as report:
                _report(parts)
            with gr.Column(elem_id="overview") as overview:
                parts["collection"] = _html("collection")
                parts["quality"] = _html("quality")
                parts["trash"] = _html("trash")
    parts |= {"report": report, "overview": overview}
    _wire(page, access, parts, wanted)


def _html(name: str) -> gr.HTML:
    return gr.HTML("", elem_id=name, apply_default_css=False)


def _report(parts: Parts) -> None:
    """What is seen of one report: the form for what it is called, and its text."""
    parts["head"] = _html("head")
    with gr.Column(elem_id="correct") as form:
        parts["title"] = gr.Textbox(label=strings.REPORT_TITLE, elem_id="edit-title", lines=1, max_lines=3)
        parts["org"] = gr.Textbox(label=strings.ORG, elem_id="edit-org", lines=1, max_lines=1)
        with gr.Row(elem_id="edit-row"):
            parts["year"] = gr.Textbox(label=strings.YEAR, elem_id="edit-year", lines=1, max_lines=1, min_width=80)
            parts["kind"] = gr.Dropdown(
                [(strings.KINDS[one], one) for one in _KINDS], label=strings.KIND, elem_id="edit-kind", min_width=120
            )
            parts["published"] = gr.Textbox(
                label=strings.PUBLISHED, elem_id="edit-published", lines=1, max_lines=1, min_width=100
            )
        with gr.Row(elem_id="edit-buttons"):
            parts["save"] = gr.Button(strings.SAVE, elem_id="save", variant="primary", size="sm")
            parts["undo"] = gr.Button(strings.UNDO, elem_id="undo", variant="secondary", size="sm")
    parts["form"] = form
    parts["said"] = _html("said")
    parts["reasons"] = _html("reasons")
    parts["preview"] = _html("preview")


def _wire(page: gr.Blocks, access: Access, parts: Parts, wanted: gr.Textbox) -> None:
    acts = Acts(access)
    chosen, seen, listed = parts["chosen"], parts["seen"], parts["listed"]
    names = [name for name in parts if name not in ("save", "undo")]
    shown = [parts[name] for name in names]
    fields = [parts[name] for name in FIELDS]

    def asked(request: gr.Request, act: Callable[[User], Shown]) -> tuple[Any, ...]:
        user = user_in(access, request)
        held = {} if user is None else act(user).values
        return tuple(held.get(name, gr.skip()) for name in names)

    def clicked(wanted: str, chosen: int | None, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        return asked(request, lambda user: acts.click(event._data, wanted, chosen, user))

    def save(
        chosen: int | None, wanted: str, title: str, org: str, year: str, kind: str, published: str, request: gr.Request
    ) -> tuple[Any, ...]:
        typed = (title, org, year, kind, published)
        pairs: dict[str, str] = {field: value or "" for field, value in zip(FIELDS, typed, strict=True)}
        return asked(request, lambda user: acts.save(wanted, chosen, pairs, user))

    def take_back(chosen: int | None, wanted: str, request: gr.Request) -> tuple[Any, ...]:
        return asked(request, lambda user: acts.take_back(wanted, chosen, user))

    def look_again(seen: int, wanted: str, chosen: int | None, request: gr.Request) -> tuple[Any, ...]:
        return asked(request, lambda user: acts.look(seen, wanted, chosen, user))

    def find(wanted: str, chosen: int | None) -> str:
        return acts.listed(wanted, chosen)

    quiet: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}
    # The page itself asks for a look when files have come in: that must not swallow a click.
    listed.click(clicked, [wanted, chosen], shown, trigger_mode="multiple", **quiet)
    parts["save"].click(save, [chosen, wanted, *fields], shown, **quiet)
    parts["undo"].click(take_back, [chosen, wanted], shown, **quiet)
    wanted.change(find, [wanted, chosen], [listed], **quiet)
    gr.on([page.load, gr.Timer(LOOK_AGAIN).tick], look_again, [seen, wanted, chosen], shown, **quiet)
