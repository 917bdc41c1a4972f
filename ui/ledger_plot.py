"""The plot of an indicator over the years, as a plotly figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.ledger.chart import Chart, number_of
from assistant.ledger.types import Cell
from ui import strings
from ui.escape import escape

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

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


def plot_of(chart: Chart) -> Figure:
    """Targets against results. Counts are bars from zero; rates are lines, whose differences bars would hide."""
    from plotly.graph_objects import Bar, Figure, Scatter

    result = _trace(chart, chart.results, strings.RESULT)
    target = _trace(chart, chart.targets, strings.TARGET)
    if chart.counts:
        mark = {"symbol": "line-ew", "size": 26, "line": {"color": _TARGET_COLOUR, "width": 3}}
        drawn = [Bar(**result, marker_color=_RESULT_COLOUR, width=0.55), Scatter(**target, mode="markers", marker=mark)]
    else:
        lines: dict[str, Any] = {"mode": "lines+markers", "connectgaps": True}
        dots = {"color": _TARGET_COLOUR, "dash": "dot"}
        drawn = [Scatter(**result, **lines, line_color=_RESULT_COLOUR), Scatter(**target, **lines, line=dots)]
    figure = Figure(drawn, _LAYOUT)
    figure.update_yaxes(rangemode="tozero" if chart.counts else "normal")
    return figure


def _trace(chart: Chart, cells: Sequence[Cell | None], name: str) -> dict[str, Any]:
    return {
        "name": f"{name}（{escape(chart.unit)}）" if chart.unit else name,
        "x": [str(year) for year in chart.years],
        "y": [number_of(cell) for cell in cells],
        "hovertext": ["" if cell is None else f"{name} {escape(cell.text)}" for cell in cells],
        "hoverinfo": "text",
    }
