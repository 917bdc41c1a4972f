"""The tab 起草: the order on the left, the draft in the middle, its grounds and checks on the right."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.accounts import NotAllowed
from assistant.drafting.store import DraftStore
from ingest.errors import ReportAssistantError
from ui import draft_frame, strings
from ui.access import Access
from ui.draft_acts import DraftActs
from ui.draft_desk import DraftDesk
from ui.draft_form import Surroundings
from ui.draft_wire import wire_html
from ui.owner import PerOwner


def build(page: gr.Blocks, access: Access) -> None:
    """Add the tab's components and events to the page. The draft is fetched when the tab is first looked at."""
    store = DraftStore(access.home)
    desks = PerOwner(lambda owner: DraftActs(DraftDesk(lambda: access.assistant().drafting, store, owner)))
    flat: dict[str, Any] = {"apply_default_css": False, "container": False}
    with gr.Row(elem_id="draft"):
        gr.HTML(draft_frame.left(), elem_id="draft-order", **flat)
        gr.HTML(draft_frame.middle(), elem_id="draft-paper", **flat)
        gr.HTML(draft_frame.right(), elem_id="draft-side", **flat)
    # The page's script takes each part from here to its place, so that nothing being typed is replaced.
    started = "reportAssistantDraft.start(element, trigger, watch);"
    wire = gr.HTML("", js_on_load=started, elem_id="draft-wire", **flat)

    def act(event: gr.EventData, request: gr.Request) -> Iterator[str]:
        user = access.user_of(request)
        try:
            access.require(user, "draft")
        except NotAllowed as fault:
            gr.Warning(str(fault), title=strings.HINT, duration=6)
            yield gr.skip()
            return
        _warm_up(access)
        for place in desks.of(user.name).act(request.session_hash or "", event._data):
            yield wire_html(place, surroundings(access))

    def leave(request: gr.Request) -> None:
        desks.of(access.user_of(request).name).leave(request.session_hash or "")

    quiet: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}
    wire.click(act, None, [wire], trigger_mode="multiple", **quiet)
    page.unload(leave)


def _warm_up(access: Access) -> None:
    """Whoever opens the tab will want a draft; without an archive there is nothing to draft from."""
    with contextlib.suppress(ReportAssistantError):
        access.assistant().drafting.warm_up()


def surroundings(access: Access) -> Surroundings:
    """What the archive and the settings offer just now."""
    try:
        assistant = access.assistant()
        model = assistant.model()
    except ReportAssistantError as error:
        return Surroundings((), str(error))
    return Surroundings(tuple(assistant.orgs()), "" if model is not None else strings.DRAFT_NO_MODEL)
