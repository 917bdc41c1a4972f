"""What stands beside the ledger's table after a click: a row, a passage, and what the user has changed of them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.accounts.audit import Ending
from assistant.answer import Citation
from assistant.ledger.chart import chart_of
from assistant.ledger.revise import Relate, Revision, Strike
from assistant.ledger.types import Cell, LedgerRow
from ingest.errors import ReportAssistantError
from ui import strings
from ui.access import Access
from ui.ledger_plot import plot_of
from ui.ledger_view import cells_html, head_html, hint_html, passage_html, said_html
from ui.passages import show
from ui.reading import fault_html as gone_html

if TYPE_CHECKING:
    from assistant.service import Assistant

logger = logging.getLogger(__name__)

Values = tuple[Any, ...]
"""Chosen row, head, plot, cells, passage: what the components beside the table are given."""

_KEPT: Values = (gr.skip(),) * 4


def nothing(head: str) -> Values:
    """No row, but a line that says why or what to do (HTML)."""
    return None, head, gr.Plot(visible=False), "", ""


def fault_html(error: Exception) -> str:
    """What the user is told of an error; one that is not his to mend is logged."""
    return hint_html(_fault(error))


def opened(access: Access, chosen: str | None, cited: Sequence[Citation], clicked: Mapping[str, object]) -> Values:
    """After a click on a row, a figure, a passage of the comparison, or the cross; it may hold anything."""
    if clicked.get("close"):
        return *_KEPT, ""
    if "n" in clicked:
        found = next((one for one in cited if one.n == clicked["n"]), None)
        return *_KEPT, gone_html(strings.GONE_ROW) if found is None else show(access, found, opened=True)
    try:
        assistant = access.assistant()
        ledger = assistant.ledger()
        row = ledger.row(clicked.get("row"))
        if row is None:
            struck = ledger.struck_cell(clicked.get("figure"))
            return nothing(hint_html(strings.GONE_ROW)) if struck is None else (*_KEPT, _passage(access, struck, True))
        cell = row.place(clicked.get("figure"))
        passage = "" if cell is None else _passage(access, cell)
        return (*_KEPT, passage) if cell is not None and row.id == chosen else _row(assistant, row, passage)
    except Exception as error:
        return nothing(fault_html(error))


def changed(access: Access, chosen: str | None, clicked: Mapping[str, object], ending: Ending) -> Values:
    """After a click on a button that strikes out, brings back, parts or joins again; how it ended goes to the audit."""
    try:
        match clicked.get("act"):
            case "strike" | "restore" as act:
                return _struck(access, chosen, clicked.get("figure"), ending, undone=act == "restore")
            case "part" | "rejoin" as act:
                return _related(access, clicked, False if act == "part" else None, ending)
            case _:
                return nothing(hint_html(strings.GONE_ROW))
    except Exception as error:
        return nothing(fault_html(error))


def _struck(access: Access, chosen: str | None, figure: object, ending: Ending, *, undone: bool) -> Values:
    assistant = access.assistant()
    ledger = assistant.ledger()
    row = ledger.row_of(figure)
    cell = ledger.struck_cell(figure) if undone else None if row is None else row.place(figure)
    if cell is None:
        return nothing(hint_html(strings.GONE_ROW))
    done = Strike(cell.record.id, undone)
    fault = _tried(access, done, ending)
    line = strings.NOW_RESTORED if undone else strings.NOW_STRUCK
    said = said_html(fault) if fault else said_html(line.format(text=cell.text), done.command)
    passage = _passage(access, cell, undone if fault else not undone, said)
    ledger = assistant.ledger()
    row = ledger.row_of(figure) or ledger.row(chosen)
    return (*nothing(hint_html(strings.CHOOSE_ROW))[:-1], passage) if row is None else _row(assistant, row, passage)


def _related(access: Access, clicked: Mapping[str, object], same: bool | None, ending: Ending) -> Values:
    assistant = access.assistant()
    ledger = assistant.ledger()
    row = ledger.row(clicked.get("row"))
    link = None if row is None else next((one for one in ledger.links(row) if one.id == clicked.get("link")), None)
    if row is None or link is None or link.fixed:
        return nothing(hint_html(strings.GONE_ROW))
    done = Relate(link.first, link.second, same, before=link.said)
    fault = _tried(access, done, ending)
    names = strings.TWO_NAMES.format(first=link.first, second=link.second)
    line = (strings.NOW_BACK if same is None else strings.NOW_PARTED).format(names=names)
    now = assistant.ledger().like(row, link.first) or row
    return _row(assistant, now, said=said_html(fault) if fault else said_html(line, done.command))


def _tried(access: Access, revision: Revision, ending: Ending) -> str:
    """Do it while nothing else writes; what the user is told where it cannot be done, empty where it was."""
    try:
        with access.collecting.writing():
            access.assistant().revise(revision)
    except Exception as error:
        ending.outcome = error.fault if isinstance(error, ReportAssistantError) else type(error).__name__
        return _fault(error)
    return ""


def _row(assistant: Assistant, row: LedgerRow, passage: str = "", said: str = "") -> Values:
    ledger = assistant.ledger()
    shown = [(one, replace(assistant.cite_cell(one), n=n)) for n, one in enumerate(row.places, 1)]
    chart = chart_of(ledger, row)
    picture = gr.Plot(visible=False) if chart is None else gr.Plot(plot_of(chart), visible=True)
    return row.id, head_html(row, ledger.links(row), said), picture, cells_html(row, shown), passage


def _passage(access: Access, cell: Cell, struck: bool = False, said: str = "") -> str:
    report = show(access, access.assistant().cite_cell(cell), opened=True)
    return passage_html(report, cell, struck=struck, said=said)


def _fault(error: Exception) -> str:
    if isinstance(error, ReportAssistantError):
        return str(error)
    logger.error("the ledger could not be shown or changed", exc_info=error)
    return strings.UNEXPECTED
