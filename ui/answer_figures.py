"""The figures of an answer as a small table, and as a plot where they are a run of years. Pure functions.

Every figure is one of the answer's own sentences; the plot is drawn as SVG, which needs no script.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from assistant.answer import Answer
from assistant.tabled import Row, Series, rows_of, series_of
from ui import strings
from ui.escape import escape

Marks = Callable[[tuple[int, ...]], str]
"""The marks of citations as HTML."""

_CLOSE = 16
"""Points within which the dash of a target above a bar would strike through the bar's number."""

_WIDTH, _HEIGHT, _TOP, _BOTTOM, _SIDE = 320, 130, 20, 20, 24


def figures_html(answer: Answer, marks: Marks) -> str:
    """Table and plot; empty for an answer that is no list of figures."""
    rows = rows_of(answer)
    if not rows:
        return ""
    series = series_of(rows)
    drawn = "" if series is None else plot_svg(series)
    return f'<div class="figures">{_table(rows, marks)}{drawn}</div>'


def _table(rows: Sequence[Row], marks: Marks) -> str:
    columns: list[tuple[str, str, list[str]]] = []
    same: list[str] = []
    for label, name in ((strings.INDICATOR, "name"), (strings.ORG, "who"), (strings.YEAR, "when")):
        told = [getattr(row, name) for row in rows]
        if len(set(told)) > 1:
            columns.append((label, "text", told))
        elif told[0]:
            same.append(told[0])
    for label, name in ((strings.TARGET, "target"), (strings.RESULT, "result"), (strings.RATE, "rate")):
        told = [getattr(row, name) for row in rows]
        if any(told):
            columns.append((label, "number", told))
    head = "".join(f'<th class="{kind}">{label}</th>' for label, kind, _ in columns)
    body = "".join(
        "<tr>"
        + "".join(f'<td class="{kind}">{escape(told[at]) or "—"}</td>' for _, kind, told in columns)
        + f'<td class="from">{marks(row.citations)}</td></tr>'
        for at, row in enumerate(rows)
    )
    caption = f"<caption>{escape(' · '.join(same))}</caption>" if same else ""
    return (
        f'<table class="told">{caption}<thead><tr>{head}<th class="from">{strings.SOURCES}</th></tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def plot_svg(series: Series) -> str:
    """Results as bars (counts, from zero) or as a line (rates, whose differences tell), targets as dashes."""
    counts = "%" not in series.unit and "‰" not in series.unit
    numbers = [one for one in (*series.targets, *series.results) if one is not None]
    low, high = (Decimal(0) if counts else min(numbers)), max(numbers)
    spread = (high - low) or Decimal(1)
    step = (_WIDTH - 2 * _SIDE) / max(1, len(series.years) - 1)
    room = _HEIGHT - _TOP - _BOTTOM

    def x(at: int) -> float:
        return _SIDE + at * step

    def y(value: Decimal) -> float:
        share = float((value - low) / spread)
        return _TOP + room * (1 - (share if counts else 0.15 + 0.85 * share))

    drawn: list[str] = []
    half = min(16.0, step / 3)
    points = [(x(at), y(value), value) for at, value in enumerate(series.results) if value is not None]
    if counts:
        drawn += [
            f'<rect class="bar" x="{a - half:.1f}" y="{b:.1f}" width="{2 * half:.1f}" height="{_TOP + room - b:.1f}">'
            "</rect>"
            for a, b, _ in points
        ]
    else:
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b, _ in points)
        drawn.append(f'<polyline class="line" points="{line}"></polyline>')
        drawn += [f'<circle class="dot" cx="{a:.1f}" cy="{b:.1f}" r="3"></circle>' for a, b, _ in points]
    drawn += [
        f'<line class="target" x1="{x(at) - half - 3:.1f}" y1="{y(value):.1f}" x2="{x(at) + half + 3:.1f}"'
        f' y2="{y(value):.1f}"></line>'
        for at, value in enumerate(series.targets)
        if value is not None
    ]
    for at, (result, target) in enumerate(zip(series.results, series.targets, strict=True)):
        if result is not None:
            top = y(result)
            over = target is not None and 0 <= top - y(target) < _CLOSE
            drawn.append(_label(x(at), (y(target) if over and target is not None else top) - 6, f"{result:f}"))
    drawn += [_label(x(at), _HEIGHT - 5, year) for at, year in enumerate(series.years)]
    title = strings.plot_title(series.who, series.name, series.unit)
    told = "，".join(
        f"{year} {value:f}" for year, value in zip(series.years, series.results, strict=True) if value is not None
    )
    key = strings.plot_key(any(value is not None for value in series.targets))
    return (
        f'<div class="plotted"><svg class="plot" width="{_WIDTH}" height="{_HEIGHT}">'
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc>{''.join(drawn)}</svg>"
        f'<p class="key">{escape(key)}</p></div>'
    )


def _label(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.1f}" y="{max(y, 9):.1f}" text-anchor="middle">{escape(text)}</text>'
