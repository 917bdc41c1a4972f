"""The tab 指标台账: rows of the ledger, or a year's plan beside its review; at the side the passages and a plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

import gradio as gr

from assistant.accounts import LOCAL, User
from assistant.answer import Citation
from assistant.ledger.query import Query
from assistant.ledger.types import RowStatus
from ingest.errors import ReportAssistantError
from ui import strings
from ui.access import Access
from ui.ledger_panel import Values, changed, fault_html, nothing, opened
from ui.ledger_view import hint_html, struck_html, table_html
from ui.promises_view import compared_html

LOOK_AGAIN = 20
"""Seconds between two looks at whether another process has changed the archive."""

_ANY_YEAR, _ANY, _NEVER, _FAILED, _LONGEST_NAME = 0, "", -1, -2, 100
_LEDGER, _COMPARED, _STRUCK = "ledger", "compared", "struck"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the filters of the page hold."""

    view: str = _LEDGER
    org: str = _ANY
    year: int = _ANY_YEAR
    indicator: str | None = None
    status: str = _ANY

    @property
    def query(self) -> Query:
        """As the ledger is asked."""
        status = frozenset(one for one in get_args(RowStatus) if one == self.status)
        indicator = (self.indicator or "").strip() or None
        return Query(self.org or None, self.year or None, indicator=indicator, status=status or None)


def build(page: gr.Blocks, access: Access) -> None:
    """Add the tab's components and events to the page. The ledger is made when the tab is first looked at."""
    seen = gr.State(_NEVER)
    chosen = gr.State(None)
    cited = gr.State([])
    bare: dict[str, Any] = {"show_label": False, "container": False}
    flat: dict[str, Any] = {"apply_default_css": False}
    with gr.Row(elem_id="book"):
        with gr.Column(elem_id="rows"):
            with gr.Row(elem_id="book-filters"):
                views = [(strings.VIEW_LEDGER, _LEDGER), (strings.VIEW_COMPARED, _COMPARED)]
                view = gr.Radio(views, value=_LEDGER, label=strings.VIEW, elem_id="view", **bare)
                org = _dropdown("book-org", strings.ORG, _orgs([]), _ANY)
                year = _dropdown("book-year", strings.YEAR, _years([]), _ANY_YEAR)
                indicator = gr.Textbox(
                    label=strings.INDICATOR,
                    placeholder=strings.INDICATOR,
                    elem_id="indicator",
                    lines=1,
                    max_lines=1,
                    max_length=_LONGEST_NAME,
                    min_width=100,
                    **bare,
                )
                status = _dropdown("status", strings.STATUS, _statuses(), _ANY)
            waiting = hint_html(strings.LOOKING)
            listed = gr.HTML(waiting, js_on_load="reportAssistant.ledger(element, trigger);", elem_id="listed", **flat)
        with gr.Column(elem_id="beside"):
            hint = hint_html(strings.CHOOSE_ROW)
            head = gr.HTML(hint, js_on_load="reportAssistant.row(element, trigger);", elem_id="row-head", **flat)
            plot = gr.Plot(visible=False, elem_id="plot", **bare)
            cells = gr.HTML(elem_id="cells", **flat)
            source = gr.HTML(js_on_load="reportAssistant.source(element, watch);", elem_id="source", **flat)

    filters = [view, org, year, indicator, status]
    beside = [chosen, head, plot, cells, source]

    def look(seen: int, chosen: str | None, *typed: Any) -> Values:
        return _look(access, seen, chosen, Filters(*typed))

    def look_again(seen: int, chosen: str | None, *typed: Any) -> Values:
        return (gr.skip(),) * 5 if seen == _NEVER else _look(access, seen, chosen, Filters(*typed))

    def narrow(chosen: str | None, *typed: Any) -> Values:
        return _listed(access, chosen, Filters(*typed))

    def turn(*typed: Any) -> Values:
        wanted = Filters(*typed)
        shown = gr.update(visible=wanted.view == _LEDGER)
        hint = strings.CHOOSE_ROW if wanted.view == _LEDGER else strings.CHOOSE_MEASURE
        return *_listed(access, None, wanted), shown, shown, *nothing(hint_html(hint))

    def click(
        event: gr.EventData, request: gr.Request, chosen: str | None, cited: list[Citation], *typed: Any
    ) -> Values:
        return _clicked(access, chosen, cited, Filters(*typed), event._data, access.user_of(request))

    quiet: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}
    looked = [seen, org, year, listed, cited]
    listed.click(look, [seen, chosen, *filters], looked, **quiet)
    gr.Timer(LOOK_AGAIN).tick(look_again, [seen, chosen, *filters], looked, **quiet)
    narrowed = [item.change for item in (org, year, indicator, status)]
    gr.on(narrowed, narrow, [chosen, *filters], [listed, cited], trigger_mode="always_last", **quiet)
    view.change(turn, filters, [listed, cited, indicator, status, *beside], **quiet)
    head.click(click, [chosen, cited, *filters], [*beside, seen, listed, cited], **quiet)


def _look(access: Access, seen: int, chosen: str | None, wanted: Filters) -> Values:
    """Filters and rows anew when the archive has changed; nothing moves on the page when it has not."""
    try:
        assistant = access.assistant()
        assistant.refresh()
        if assistant.generation == seen:
            return (gr.skip(),) * 5
        orgs, years = assistant.orgs(), assistant.ledger().years()
    except Exception as error:
        return _FAILED, gr.skip(), gr.skip(), fault_html(error), []
    org = wanted.org if wanted.org in orgs else _ANY
    year = wanted.year if wanted.year in years else _ANY_YEAR
    found = _listed(access, chosen, replace(wanted, org=org, year=year))
    choices = gr.Dropdown(choices=_orgs(orgs), value=org), gr.Dropdown(choices=_years(years), value=year)
    return assistant.generation, *choices, *found


def _listed(access: Access, chosen: str | None, wanted: Filters) -> Values:
    """The table that was asked for, and the citations that its links name."""
    try:
        assistant = access.assistant()
        if wanted.view == _LEDGER:
            ledger = assistant.ledger()
            struck = wanted.status == _STRUCK
            return struck_html(ledger.struck) if struck else table_html(ledger.find(wanted.query), chosen), []
        if not wanted.org or not wanted.year:
            return hint_html(strings.CHOOSE_BODY_AND_YEAR), []
        found = assistant.promises(wanted.org, wanted.year)
        places = assistant.cite_promises(found)
        return compared_html(found, places), [one for planned, said in places for one in (planned, *said)]
    except Exception as error:
        return fault_html(error), []


def _clicked(
    access: Access,
    chosen: str | None,
    cited: Sequence[Citation],
    wanted: Filters,
    click: object,
    user: User = LOCAL,
) -> Values:
    """What changes after a click, which comes from the browser and may hold anything; the table after a change only."""
    held = click if isinstance(click, dict) else {}
    if "act" not in held:
        return *opened(access, chosen, cited, held), gr.skip(), gr.skip(), gr.skip()
    try:
        access.require(user, "correct")
        with access.recorded(user, "correct", _told(held)) as ending:
            beside = changed(access, chosen, held, ending)
    except ReportAssistantError as fault:
        beside = nothing(fault_html(fault))
    try:
        generation = access.assistant().generation
    except Exception as error:
        return *beside, _FAILED, fault_html(error), []
    return *beside, generation, *_listed(access, beside[0], wanted)


def _told(held: dict[str, Any]) -> str:
    """A change as the audit names it."""
    act = {"strike": "删去", "restore": "恢复", "part": "分开", "rejoin": "并回"}.get(str(held.get("act")), "更改")
    return f"指标台账 {act} {held.get('figure') or held.get('row') or ''}"


def _orgs(orgs: Sequence[str]) -> list[tuple[str, Any]]:
    return [(strings.ALL_ORGS, _ANY), *((org, org) for org in orgs)]


def _years(years: Sequence[int]) -> list[tuple[str, Any]]:
    return [(strings.ALL_YEARS, _ANY_YEAR), *((strings.year_label(year), year) for year in years)]


def _dropdown(name: str, label: str, choices: list[tuple[str, Any]], value: int | str) -> gr.Dropdown:
    return gr.Dropdown(choices, value=value, label=label, elem_id=name, show_label=False, container=False)


def _statuses() -> list[tuple[str, Any]]:
    named = [(name, one) for one, name in strings.ROW_STATUSES.items()]
    return [(strings.ALL_STATUSES, _ANY), *named, (strings.STRUCK, _STRUCK)]
