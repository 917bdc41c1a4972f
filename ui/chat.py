"""The tab 问答: past conversations, the open one with its filters and question, the cited passages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr
from gradio.components.chatbot import ExampleMessage

from assistant.conversations import Turn
from ui import strings
from ui.access import Access, Holdings
from ui.conversing import Conversing, Shown
from ui.desk import NEW, Desk, Listed
from ui.escape import escape
from ui.passages import open_citation, panel
from ui.talks import talks_html
from ui.welcome import notice_html, summary_html, welcome_html

LOOK_AGAIN = 20
"""Seconds between two looks at whether another process has ingested."""

_ANY_YEAR = 0
_ANY_ORG = ""

_QUIET: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}


def build(page: gr.Blocks, access: Access) -> None:
    """Add the tab's components and events to the page."""
    desk = Desk(access)
    conversing = Conversing(access, desk)
    holdings = access.holdings()
    turns = gr.State([])
    key = gr.State(NEW)
    seen = gr.State(Holdings())
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="past"):
            search, new, talks = _past()
        with gr.Column(elem_id="talk"):
            with gr.Row(elem_id="filters"):
                past = gr.Button(strings.TALKS_BUTTON, elem_id="show-past", variant="secondary", size="sm")
                year = _dropdown("year", strings.YEAR, _year_choices(holdings), _ANY_YEAR)
                org = _dropdown("org", strings.ORG, _org_choices(holdings), _ANY_ORG)
                summary = gr.HTML(summary_html(holdings), elem_id="holdings", apply_default_css=False)
            notice = gr.HTML(notice_html(holdings), elem_id="notice", apply_default_css=False)
            conversation = _conversation(access)
            question, send, stop = _question()
            gr.HTML(f'<p class="model">{escape(access.model_line())}</p>', elem_id="model", apply_default_css=False)
        with gr.Column(elem_id="evidence"):
            passages = panel()

    def ask(
        text: str, year: int, org: str, turns: list[Turn], key: str, search: str, request: gr.Request
    ) -> Iterator[Shown]:
        yield from conversing.ask(request.session_hash or "", text, (year, org), turns, key, search)

    def ask_example(
        year: int, org: str, turns: list[Turn], key: str, search: str, event: gr.SelectData, request: gr.Request
    ) -> Iterator[Shown]:
        text = str(event.value["text"])
        yield from conversing.ask(request.session_hash or "", text, (year, org), turns, key, search)

    def act(turns: list[Turn], key: str, search: str, event: gr.EventData, request: gr.Request) -> Iterator[Shown]:
        yield from conversing.act(request.session_hash or "", event._data, turns, key, search)

    def begin(turns: list[Turn], key: str, search: str, request: gr.Request) -> Iterator[Shown]:
        yield from conversing.act(request.session_hash or "", {"new": True}, turns, key, search)

    def rename(key: str, search: str, event: gr.EventData) -> str:
        return conversing.rename(event._data, key, search)

    def find(key: str, search: str) -> str:
        return conversing.talks(key, search)

    def open_passage(turns: list[Turn], key: str, event: gr.EventData) -> str:
        return open_citation(access, conversing.cited(turns, key), event._data)

    def look_again(seen: Holdings, year: int, org: str) -> tuple[Any, ...]:
        return _changes(access, seen, year, org)

    def leave(request: gr.Request) -> None:
        desk.leave(request.session_hash or "")

    filters = [year, org]
    at = [turns, key, search]
    shown = [conversation, turns, key, passages, talks, question]
    gr.on([question.submit, send.click], ask, [question, *filters, *at], shown, trigger_mode="multiple", **_QUIET)
    conversation.example_select(ask_example, [*filters, *at], shown, trigger_mode="multiple", **_QUIET)
    talks.click(act, at, shown, trigger_mode="multiple", **_QUIET)
    gr.on([new.click, conversation.clear], begin, at, shown, trigger_mode="multiple", **_QUIET)
    talks.select(rename, [key, search], [talks], trigger_mode="multiple", **_QUIET)
    search.change(find, [key, search], [talks], trigger_mode="always_last", **_QUIET)
    stop.click(desk.stop, [key], None, trigger_mode="multiple", **_QUIET)
    past.click(None, None, None, js="() => reportAssistantTalks.show()")
    passages.click(open_passage, [turns, key], [passages], trigger_mode="multiple", **_QUIET)
    gr.on(
        [page.load, gr.Timer(LOOK_AGAIN).tick],
        look_again,
        [seen, *filters],
        [seen, *filters, summary, notice, conversation],
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


def _changes(access: Access, seen: Holdings, year: int, org: str) -> tuple[Any, ...]:
    """Refresh what depends on the archive; nothing moves on the page when nothing has changed."""
    now = access.holdings()
    if now == seen:
        return (gr.skip(),) * 6
    years, orgs = _year_choices(now), _org_choices(now)
    return (
        now,
        gr.Dropdown(choices=years, value=year if year in now.years else _ANY_YEAR),
        gr.Dropdown(choices=orgs, value=org if org in now.orgs else _ANY_ORG),
        summary_html(now),
        notice_html(now),
        gr.Chatbot(examples=_examples(access)),
    )


def _dropdown(name: str, label: str, choices: list[tuple[str, Any]], value: int | str) -> gr.Dropdown:
    return gr.Dropdown(
        choices, value=value, label=label, elem_id=name, show_label=False, container=False, min_width=120
    )


def _year_choices(holdings: Holdings) -> list[tuple[str, Any]]:
    return [(strings.ALL_YEARS, _ANY_YEAR), *((strings.year_label(year), year) for year in holdings.years)]


def _org_choices(holdings: Holdings) -> list[tuple[str, Any]]:
    return [(strings.ALL_ORGS, _ANY_ORG), *((org, org) for org in holdings.orgs)]


def _examples(access: Access) -> list[ExampleMessage]:
    return [ExampleMessage(text=text) for text in access.examples()]
