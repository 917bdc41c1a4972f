"""The tab 指标台账: rows of the ledger, or a year's plan beside its review; at the side the passages and a plot."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, get_args

import gradio as gr

from assistant.answer import Citation
from assistant.ledger.query import Ledger, Query, years_of
from assistant.ledger.render import COLUMNS, columns
from assistant.ledger.types import STATUS_NAMES, Cell, LedgerRow, RowStatus
from ingest.errors import ReportAssistantError
from ui import strings
from ui.access import Access
from ui.escape import escape
from ui.passages import show
from ui.promises_view import compared_html
from ui.render import facts

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

logger = logging.getLogger(__name__)

LOOK_AGAIN = 20
"""Seconds between two looks at whether another process has changed the archive."""

SHOWN = 200
"""Rows shown at once; more would make every change of the table slow."""

_ANY_YEAR, _ANY, _NEVER, _FAILED, _LONGEST_NAME = 0, "", -1, -2, 100
_LEDGER, _COMPARED = "ledger", "compared"
_FEWEST = 2
"""Years with a value from which on a plot is worth drawing."""

_RESULT_COLOUR, _TARGET_COLOUR, _GRID = "#4f97a3", "#cf8a1d", "rgba(125,133,137,.22)"
_NUMBERS = {"separatethousands": True, "exponentformat": "none"}
_LAYOUT: dict[str, Any] = {
    "height": 210,
    "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "font": {"color": "#7d8589", "size": 12},
    "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
    "hovermode": "x",
    "dragmode": False,
    "xaxis": {"type": "category", "fixedrange": True},
    "yaxis": {"fixedrange": True, "gridcolor": _GRID, "zerolinecolor": _GRID, **_NUMBERS},
}
_TABLE = ("单位", "时期", "指标", "目标", "结果", "完成率", "差额", "状态")
_STATUSES: list[tuple[str, Any]] = [(strings.ALL_STATUSES, _ANY), *((name, one) for one, name in STATUS_NAMES.items())]

Values = tuple[Any, ...]
Places = Sequence[tuple[int, Cell | None]]


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
                status = _dropdown("status", strings.STATUS, _STATUSES, _ANY)
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
        return *_listed(access, None, wanted), shown, shown, *_beside(hint_html(hint))

    def choose(chosen: str | None, cited: list[Citation], event: gr.EventData) -> Values:
        return _choose(access, chosen, cited, event._data)

    quiet: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}
    looked = [seen, org, year, listed, cited]
    listed.click(look, [seen, chosen, *filters], looked, **quiet)
    gr.Timer(LOOK_AGAIN).tick(look_again, [seen, chosen, *filters], looked, **quiet)
    narrowed = [item.change for item in (org, year, indicator, status)]
    gr.on(narrowed, narrow, [chosen, *filters], [listed, cited], trigger_mode="always_last", **quiet)
    view.change(turn, filters, [listed, cited, indicator, status, *beside], **quiet)
    head.click(choose, [chosen, cited], beside, **quiet)


def _look(access: Access, seen: int, chosen: str | None, wanted: Filters) -> Values:
    """Filters and rows anew when the archive has changed; nothing moves on the page when it has not."""
    try:
        assistant = access.assistant()
        assistant.refresh()
        if assistant.generation == seen:
            return (gr.skip(),) * 5
        periods = years_of(assistant.ledger().rows)
        orgs, years = assistant.orgs(), list(dict.fromkeys(one.first for one in periods if one.single_year is not None))
    except Exception as error:
        return _FAILED, gr.skip(), gr.skip(), _fault_html(error), []
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
            return table_html(assistant.ledger().find(wanted.query), chosen), []
        if not wanted.org or not wanted.year:
            return hint_html(strings.CHOOSE_BODY_AND_YEAR), []
        found = assistant.promises(wanted.org, wanted.year)
        places = assistant.cite_promises(found)
        return compared_html(found, places), [one for planned, said in places for one in (planned, *said)]
    except Exception as error:
        return _fault_html(error), []


def _choose(access: Access, chosen: str | None, cited: Sequence[Citation], click: object) -> Values:
    """What stands beside the table after a click, which comes from the browser and may hold anything."""
    clicked = click if isinstance(click, dict) else {}
    kept = (gr.skip(),) * 4
    if clicked.get("close"):
        return *kept, ""
    if "n" in clicked:
        found = next((one for one in cited if one.n == clicked["n"]), None)
        return *kept, hint_html(strings.GONE_ROW) if found is None else show(access, found, opened=True)
    try:
        ledger = access.assistant().ledger()
        row = next((one for one in ledger.rows if one.id == clicked.get("row")), None)
        if row is None:
            return _beside(hint_html(strings.GONE_ROW))
        places = [one for cell in row.cells for one in (cell, *cell.same)]
        cell = next((one for one in places if one.record.id == clicked.get("figure")), None)
        opened = "" if cell is None else show(access, access.assistant().cite_cell(cell), opened=True)
        if cell is not None and row.id == chosen:
            return *kept, opened
        shown = [(one, replace(access.assistant().cite_cell(one), n=n)) for n, one in enumerate(places, 1)]
        drawn = plot_of(ledger, row)
        picture = gr.Plot(visible=False) if drawn is None else gr.Plot(drawn, visible=True)
        return row.id, head_html(row), picture, cells_html(row, shown), opened
    except Exception as error:
        return _beside(_fault_html(error))


def _beside(head: str) -> Values:
    return None, head, gr.Plot(visible=False), "", ""


def _fault_html(error: Exception) -> str:
    """What the user is told of an error; one that is not his to mend is logged."""
    if not isinstance(error, ReportAssistantError):
        logger.error("the ledger could not be shown", exc_info=error)
    return hint_html(str(error) if isinstance(error, ReportAssistantError) else strings.UNEXPECTED)


def hint_html(line: str) -> str:
    """One line where there is nothing else to show."""
    return f'<p class="hint" role="status">{escape(line)}</p>'


def table_html(rows: Sequence[LedgerRow], chosen: str | None = None) -> str:
    """The first `SHOWN` rows as a table; each value that stands in a report is a link to it."""
    if not rows:
        return hint_html(strings.NO_ROW)
    head = "".join(f'<th scope="col">{name}</th>' for name in _TABLE)
    body = "".join(_row_html(row, chosen=row.id == chosen) for row in rows[:SHOWN])
    more = strings.MORE_ROWS.format(count=SHOWN) if len(rows) > SHOWN else ""
    count = f'<p class="count">{strings.ROWS.format(count=len(rows))}{more}{strings.ROWS_NOTE}</p>'
    return f'{count}<table class="ledger"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row_html(row: LedgerRow, *, chosen: bool) -> str:
    said = dict(zip(COLUMNS, columns(row), strict=True))
    period = strings.period_label(None if row.period is None else str(row.period))
    scope = f'<span class="scope">{escape(row.scope)}</span>' if row.scope else ""
    done = _links(row, row.completions) if row.completions else escape(said["完成率"])
    inside = (
        escape(said["单位"]),
        period,
        f'<a href="#row-{row.id}">{escape(said["指标"])}</a>{scope}',
        _links(row, row.targets),
        _links(row, row.results),
        done,
        escape(said["差额"]),
        _sign(row),
    )
    fields = "".join(f'<td data-label="{name}">{html}</td>' for name, html in zip(_TABLE, inside, strict=True))
    mark = ' class="chosen"' if chosen else ""
    return f'<tr data-row="{row.id}"{mark}>{fields}</tr>'


def _links(row: LedgerRow, cells: Sequence[Cell]) -> str:
    link = '<a class="{}" title="{}" href="#cell-{}-{}">{}</a>'
    return "；".join(link.format(c.status, escape(c.reason), row.id, c.record.id, escape(c.text)) for c in cells)


def _sign(row: LedgerRow) -> str:
    return f'<span class="status {row.status}" title="{escape(row.reason)}">{row.status_name}</span>'


def head_html(row: LedgerRow) -> str:
    """What the row is about, how it stands, and what code worked out from which numbers."""
    said = dict(zip(COLUMNS, columns(row), strict=True))
    period = strings.period_label(None if row.period is None else str(row.period))
    about = "".join(f"<span>{escape(one)}</span>" for one in (said["单位"], period, row.scope) if one)
    worked = [
        f"{label}{escape(said[label])}：{escape(one.expression)}"
        for label, one in (("完成率", row.computed), ("差额", row.gap))
        if one is not None
    ]
    others = "、".join(one for one in row.phrases if one != row.name)
    lines = [escape(row.reason), *worked, f"{strings.ALSO_CALLED}{escape(others)}" if others else ""]
    told = "".join(f"<p>{line}</p>" for line in lines if line)
    return f'<h2>{escape(said["指标"])}{_sign(row)}</h2><p class="facts">{about}</p>{told}'


def cells_html(row: LedgerRow, places: Sequence[tuple[Cell, Citation]]) -> str:
    """Every place that a figure of the row stands in, the figure marked in its sentence."""
    return f'<h3>{strings.SOURCES}</h3><ul class="cells">{"".join(_place(row, *place) for place in places)}</ul>'


def _place(row: LedgerRow, cell: Cell, citation: Citation) -> str:
    figure = cell.record.figure
    start, end = (min(max(at - citation.start, 0), len(citation.quote)) for at in (figure.start, figure.end))
    before, value, after = map(escape, (citation.quote[:start], citation.quote[start:end], citation.quote[end:]))
    where = "".join(f"<span>{escape(one)}</span>" for one in facts(citation))
    doubt = f'<span class="doubt">{escape(cell.reason)}</span>' if cell.reason else ""
    return (
        f'<li><a href="#cell-{row.id}-{cell.record.id}" title="{strings.SHOW_SOURCE}">'
        f'<span class="value"><span class="role">{strings.ROLES[figure.role]}</span>{escape(cell.text)}{doubt}</span>'
        f'<span class="quote">{before}<mark>{value}</mark>{after}</span>'
        f'<span class="report">{escape(citation.report)}</span><span class="facts">{where}</span></a></li>'
    )


def plot_of(ledger: Ledger, row: LedgerRow) -> Figure | None:
    """Targets against results of the row's indicator, year by year; None where there is nothing to compare.

    Counts are bars from zero; rates are lines, whose differences bars would hide.
    """
    series = {} if row.org is None else ledger.series(row.org, row.name, row.measure, row.scope)
    points = {point.year: point for point in series.get((row.body, row.key, row.measure, row.unit), [])}
    targets = [(year, point.target) for year, point in points.items() if _number(point.target) is not None]
    results = [(year, point.result) for year, point in points.items() if _number(point.result) is not None]
    if len({year for year, _ in targets} | {year for year, _ in results}) < _FEWEST and not (targets and results):
        return None
    from plotly.graph_objects import Bar, Figure, Scatter

    years = list(range(min(points), max(points) + 1))
    bars = row.measure == "level"
    result, target = _trace(results, strings.RESULT, row, years), _trace(targets, strings.TARGET, row, years)
    if bars:
        mark = {"symbol": "line-ew", "size": 26, "line": {"color": _TARGET_COLOUR, "width": 3}}
        drawn = [Bar(**result, marker_color=_RESULT_COLOUR, width=0.55), Scatter(**target, mode="markers", marker=mark)]
    else:
        lines: dict[str, Any] = {"mode": "lines+markers", "connectgaps": True}
        dots = {"color": _TARGET_COLOUR, "dash": "dot"}
        drawn = [Scatter(**result, **lines, line_color=_RESULT_COLOUR), Scatter(**target, **lines, line=dots)]
    figure = Figure(drawn, _LAYOUT)
    figure.update_yaxes(rangemode="tozero" if bars else "normal")
    return figure


def _number(cell: Cell | None) -> float | None:
    """The value to draw; a doubtful one is not drawn, of a range its lower end."""
    low = None if cell is None or cell.status != "ok" else cell.record.figure.value.low
    return None if low is None else float(low)


def _trace(places: Places, name: str, row: LedgerRow, years: Sequence[int]) -> dict[str, Any]:
    said = dict(places)
    shown = [said.get(year) for year in years]
    return {
        "name": f"{name}（{escape(row.unit)}）" if row.unit else name,
        "x": [str(year) for year in years],
        "y": [_number(cell) for cell in shown],
        "hovertext": ["" if cell is None else f"{name} {escape(cell.text)}" for cell in shown],
        "hoverinfo": "text",
    }


def _orgs(orgs: Sequence[str]) -> list[tuple[str, Any]]:
    return [(strings.ALL_ORGS, _ANY), *((org, org) for org in orgs)]


def _years(years: Sequence[int]) -> list[tuple[str, Any]]:
    return [(strings.ALL_YEARS, _ANY_YEAR), *((strings.year_label(year), year) for year in years)]


def _dropdown(name: str, label: str, choices: list[tuple[str, Any]], value: int | str) -> gr.Dropdown:
    return gr.Dropdown(choices, value=value, label=label, elem_id=name, show_label=False, container=False)
