"""The tab 问答: filters, conversation, question; beside it the cited passages."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import gradio as gr
from gradio.components.chatbot import ExampleMessage

from ingest.errors import ReportAssistantError
from ui import strings
from ui.access import Access, Holdings
from ui.passages import open_citation, panel, show
from ui.reading import empty_html
from ui.render import Turn, messages
from ui.welcome import notice_html, summary_html, welcome_html

logger = logging.getLogger(__name__)

LOOK_AGAIN = 20
"""Seconds between two looks at whether another process has ingested."""

Replies = Iterator[tuple[Any, ...]]
"""Successive values for conversation, turns, question and passages."""

_ANY_YEAR = 0
_ANY_ORG = ""


def build(page: gr.Blocks, access: Access) -> None:
    """Add the tab's components and events to the page."""
    holdings = access.holdings()
    turns = gr.State([])
    seen = gr.State(Holdings())
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="talk"):
            with gr.Row(elem_id="filters"):
                year = _dropdown("year", strings.YEAR, _year_choices(holdings), _ANY_YEAR)
                org = _dropdown("org", strings.ORG, _org_choices(holdings), _ANY_ORG)
                summary = gr.HTML(summary_html(holdings), elem_id="holdings", apply_default_css=False)
                clear = gr.Button(strings.CLEAR, elem_id="clear", variant="secondary", size="sm")
            notice = gr.HTML(notice_html(holdings), elem_id="notice", apply_default_css=False)
            conversation = gr.Chatbot(
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
        with gr.Column(elem_id="evidence"):
            passages = panel()

    def ask(text: str, year: int, org: str, turns: list[Turn]) -> Replies:
        yield from _converse(access, text, year, org, turns)

    def ask_example(year: int, org: str, turns: list[Turn], event: gr.SelectData) -> Replies:
        yield from _converse(access, str(event.value["text"]), year, org, turns)

    def open_passage(turns: list[Turn], event: gr.EventData) -> str:
        return open_citation(access, turns, event._data)

    def look_again(seen: Holdings, year: int, org: str) -> tuple[Any, ...]:
        return _changes(access, seen, year, org)

    filters = [year, org]
    answered = [conversation, turns, question, passages]
    gr.on(
        [question.submit, send.click],
        ask,
        [question, *filters, turns],
        answered,
        show_progress="hidden",
        concurrency_limit=None,
        api_visibility="private",
    )
    conversation.example_select(
        ask_example,
        [*filters, turns],
        answered,
        show_progress="hidden",
        concurrency_limit=None,
        api_visibility="private",
    )
    gr.on([clear.click, conversation.clear], _clear, None, answered, show_progress="hidden", api_visibility="private")
    passages.click(
        open_passage,
        [turns],
        [passages],
        show_progress="hidden",
        concurrency_limit=None,
        api_visibility="private",
    )
    gr.on(
        [page.load, gr.Timer(LOOK_AGAIN).tick],
        look_again,
        [seen, *filters],
        [seen, *filters, summary, notice, conversation],
        show_progress="hidden",
        concurrency_limit=None,
        api_visibility="private",
    )


def _converse(access: Access, question: str, year: int, org: str, turns: list[Turn]) -> Replies:
    """Show the question at once, then its answer; yields values for `answered`."""
    asked = question.strip()
    if not asked:
        gr.Info(strings.EMPTY_QUESTION, title=strings.HINT, duration=4)
        yield (gr.skip(),) * 4
        return
    yield messages([*turns, Turn(asked)]), turns, "", gr.skip()
    done = _answer(access, asked, year or None, org or None, turns)
    after = [*turns, done]
    cited = done.answer.citations if done.answer else ()
    panel_html = show(access, cited[0], opened=False) if cited else empty_html()
    yield messages(after), after, gr.skip(), panel_html


def _answer(access: Access, question: str, year: int | None, org: str | None, turns: list[Turn]) -> Turn:
    history = [turn.question for turn in turns if turn.answer is not None and turn.answer.standalone_question]
    try:
        return Turn(question, access.assistant().ask(question, history, year=year, org=org))
    except ReportAssistantError as error:
        return Turn(question, fault=str(error))
    except Exception:
        logger.exception("the question could not be answered")
        return Turn(question, fault=strings.UNEXPECTED)


def _clear() -> tuple[Any, ...]:
    return [], [], "", empty_html()


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
