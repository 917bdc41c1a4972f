"""The tab 问答: past conversations, the open one with its filters and question, the cited passages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr
from gradio.components.chatbot import ExampleMessage

from assistant.conversations import Turn
from ui import strings
from ui.access import Access, Holdings
from ui.answer_filters import filters_html, read_filters
from ui.conversing import Conversing, Shown
from ui.desk import NEW, Desk, Listed
from ui.escape import escape
from ui.owner import PerOwner
from ui.passages import open_citation, panel
from ui.talks import talks_html
from ui.welcome import notice_html, summary_html, welcome_html

LOOK_AGAIN = 20
"""Seconds between two looks at whether another process has ingested."""

_WITH_FILTERS = "(_, ...given) => [reportAssistantAnswers.chosen(), ...given]"
"""Puts what is chosen in the page at this moment into the first input of an event."""

_QUIET: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}


def build(page: gr.Blocks, access: Access) -> None:
    """Add the tab's components and events to the page."""
    desks = PerOwner(lambda owner: Desk(access, owner))
    conversings = PerOwner(lambda owner: Conversing(access, desks.of(owner)))

    def mine(request: gr.Request) -> Conversing:
        return conversings.of(access.user_of(request).name)

    holdings = access.holdings()
    turns = gr.State([])
    key = gr.State(NEW)
    seen = gr.State(Holdings())
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="past"):
            search, new, talks = _past()
        with gr.Column(elem_id="talk"):
            with gr.Row(elem_id="above"):
                past = gr.Button(strings.TALKS_BUTTON, elem_id="show-past", variant="secondary", size="sm")
                summary = gr.HTML(summary_html(holdings), elem_id="holdings", apply_default_css=False)
            notice = gr.HTML(notice_html(holdings), elem_id="notice", apply_default_css=False)
            conversation = _conversation(access)
            filters = gr.HTML(
                filters_html(holdings),
                elem_id="filters",
                apply_default_css=False,
                js_on_load="reportAssistantAnswers.filters(element, watch);",
            )
            question, send, stop = _question()
            gr.HTML(f'<p class="model">{escape(access.model_line())}</p>', elem_id="model", apply_default_css=False)
        with gr.Column(elem_id="evidence"):
            passages = panel()
    chosen = gr.Textbox("", visible=False)
    acts = gr.HTML("", elem_id="acts", js_on_load="reportAssistantAnswers.watch(element, trigger, watch);")
    listed = gr.State("")

    def ask(chosen: str, text: str, turns: list[Turn], key: str, search: str, request: gr.Request) -> Iterator[Shown]:
        yield from mine(request).ask(request.session_hash or "", text, read_filters(chosen), turns, key, search)

    def ask_example(
        chosen: str, turns: list[Turn], key: str, search: str, event: gr.SelectData, request: gr.Request
    ) -> Iterator[Shown]:
        text = str(event.value["text"])
        yield from mine(request).ask(request.session_hash or "", text, read_filters(chosen), turns, key, search)

    def ask_on(
        chosen: str, turns: list[Turn], key: str, search: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[Shown]:
        filters = read_filters(chosen)
        yield from mine(request).ask_on(request.session_hash or "", event._data, filters, turns, key, search)

    def judge(turns: list[Turn], key: str, event: gr.EventData, request: gr.Request) -> object:
        return mine(request).judge(event._data, turns, key)

    def refresh(turns: list[Turn], key: str, search: str, listed: str, request: gr.Request) -> Shown:
        shown, now = mine(request).refresh(request.session_hash or "", turns, key, search, listed)
        return *shown, now

    def act(turns: list[Turn], key: str, search: str, event: gr.EventData, request: gr.Request) -> Iterator[Shown]:
        yield from mine(request).act(request.session_hash or "", event._data, turns, key, search)

    def begin(turns: list[Turn], key: str, search: str, request: gr.Request) -> Iterator[Shown]:
        yield from mine(request).act(request.session_hash or "", {"new": True}, turns, key, search)

    def rename(key: str, search: str, event: gr.EventData, request: gr.Request) -> str:
        return mine(request).rename(event._data, key, search)

    def find(key: str, search: str, request: gr.Request) -> str:
        return mine(request).talks(key, search)

    def open_passage(turns: list[Turn], key: str, event: gr.EventData, request: gr.Request) -> str:
        return open_citation(access, mine(request).cited(turns, key), event._data)

    def look_again(seen: Holdings) -> tuple[Any, ...]:
        return _changes(access, seen)

    def leave(request: gr.Request) -> None:
        desks.of(access.user_of(request).name).leave(request.session_hash or "")

    def stop_asking(key: str, request: gr.Request) -> None:
        desks.of(access.user_of(request).name).stop(key)

    at = [turns, key, search]
    shown = [conversation, turns, key, passages, talks, question]
    asked: dict[str, Any] = {"outputs": shown, "js": _WITH_FILTERS, "trigger_mode": "multiple", **_QUIET}
    gr.on([question.submit, send.click], ask, [chosen, question, *at], **asked)
    conversation.example_select(ask_example, [chosen, *at], **asked)
    acts.click(ask_on, [chosen, *at], **asked)
    acts.select(judge, [turns, key], [conversation], trigger_mode="multiple", **_QUIET)
    acts.submit(refresh, [*at, listed], [*shown, listed], trigger_mode="once", **_QUIET)
    talks.click(act, at, shown, trigger_mode="multiple", **_QUIET)
    gr.on([new.click, conversation.clear], begin, at, shown, trigger_mode="multiple", **_QUIET)
    talks.select(rename, [key, search], [talks], trigger_mode="multiple", **_QUIET)
    search.change(find, [key, search], [talks], trigger_mode="always_last", **_QUIET)
    stop.click(stop_asking, [key], None, trigger_mode="multiple", **_QUIET)
    past.click(None, None, None, js="() => reportAssistantTalks.show()")
    passages.click(open_passage, [turns, key], [passages], trigger_mode="multiple", **_QUIET)
    gr.on(
        [page.load, gr.Timer(LOOK_AGAIN).tick],
        look_again,
        [seen],
        [seen, filters, summary, notice, conversation],
        **_QUIET,
    )
    page.unload(leave)


def _past() -> tuple[gr.Textbox, gr.Button, gr.HTML]:
    new = gr.Button(strings.CLEAR, elem_id="new", variant="secondary", size="sm")
    search = gr.Textbox(
        "",
        label=strings.FIND_TALK,
        placeholder=strings.FIND_TALK,
        show_label=False,
        container=False,
        elem_id="find-talk",
        lines=1,
        max_lines=1,
    )
    talks = gr.HTML(
        talks_html(Listed()),
        elem_id="talks",
        apply_default_css=False,
        js_on_load="reportAssistantTalks.watch(element, trigger, watch);",
    )
    return search, new, talks


def _conversation(access: Access) -> gr.Chatbot:
    return gr.Chatbot(
        label=strings.CONVERSATION,
        show_label=False,
        elem_id="conversation",
        placeholder=welcome_html(),
        examples=_examples(access),
        layout="bubble",
        buttons=[],
        latex_delimiters=[],
        feedback_options=None,
        height="100%",
        container=False,
        autoscroll=False,
        group_consecutive_messages=False,
    )


def _question() -> tuple[gr.Textbox, gr.Button, gr.Button]:
    with gr.Row(elem_id="ask"):
        question = gr.Textbox(
            label=strings.QUESTION,
            placeholder=strings.QUESTION_HINT,
            elem_id="question",
            show_label=False,
            container=False,
            lines=1,
            max_lines=5,
            autofocus=True,
        )
        send = gr.Button(strings.SEND, elem_id="send", variant="primary")
        stop = gr.Button(strings.STOP, elem_id="stop", variant="secondary")
    return question, send, stop


def _changes(access: Access, seen: Holdings) -> tuple[Any, ...]:
    """Refresh what depends on the archive; nothing moves on the page when nothing has changed."""
    now = access.holdings()
    if now == seen:
        return (gr.skip(),) * 5
    return now, filters_html(now), summary_html(now), notice_html(now), gr.Chatbot(examples=_examples(access))


def _examples(access: Access) -> list[ExampleMessage]:
    return [ExampleMessage(text=text) for text in access.examples()]
