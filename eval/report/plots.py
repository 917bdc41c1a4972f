"""Which drawings a part has, made of its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eval.report.kept import Figure
from eval.report.parts import Part, Plot
from eval.report.shown import shown
from eval.report.svg import Curve, Mark, bars, dots, growth

OWN = ("ours", "ours float32", "ours int8", "student float32", "student int8", "report-assistant", "full", "all")
"""Items that are the product itself; the others beside it are drawn paler."""
_SAID = {"higher": "higher is better", "lower": "lower is better", "neither": ""}

_UNITS = {"mb": "MB", "per_second": "per second", "times": "times", "count": "number"}


def drawings(part: Part, figures: Sequence[Figure]) -> list[str]:
    """Every plot of the part that its figures can fill, as SVG."""
    return [drawing for plot in part.plots for drawing in _drawn(plot, part, figures)]


def _drawn(plot: Plot, part: Part, figures: Sequence[Figure]) -> Iterator[str]:
    wanted = [one for one in figures if _within(one, plot)]
    if plot.kind == "dots":
        shares = [one for one in wanted if one.value is not None and one.unit in ("share", "score")]
        if shares:
            yield dots(plot.title, [_mark(one, shares) for one in shares])
        return
    for field in plot.fields or tuple(dict.fromkeys(one.field or one.key for one in wanted)):
        own = [one for one in wanted if (one.field or one.key) == field and one.value is not None]
        if not own:
            continue
        if plot.kind == "panels":
            least = next((one.least for one in own if one.least is not None), None)
            name, _, extra = own[0].label.partition(" (")
            note = "; ".join(filter(None, [_SAID[own[0].better], extra.rstrip(")")]))
            yield bars(_head(plot, name), [_mark(one, own) for one in own], note, least)
        elif points := _points(own, plot.x, figures):
            what = next(row.label for row in part.specs() if row.key == plot.x)
            yield growth(
                _head(plot, own[0].label), [Curve(own[0].label, points)], what, _UNITS.get(own[0].unit, own[0].unit)
            )


def _within(figure: Figure, plot: Plot) -> bool:
    named = not plot.fields or (figure.field or figure.key) in plot.fields
    return named and (not plot.items or figure.item in plot.items)


def _mark(figure: Figure, beside: Sequence[Figure]) -> Mark:
    several = len({one.field for one in beside}) > 1
    label = figure.label if not figure.item else f"{figure.item}: {figure.label}" if several else figure.item
    alone = not any(one.item in OWN for one in beside)
    value = figure.value if figure.value is not None else 0.0
    return Mark(label, value, shown(figure), figure.low, figure.high, alone or figure.item in OWN)


def _points(own: Sequence[Figure], x: str, figures: Sequence[Figure]) -> tuple[tuple[float, float], ...]:
    across = {one.item: one.value for one in figures if one.field == x and one.value}
    placed = [(across[one.item], one.value) for one in own if one.item in across and one.value]
    return tuple(sorted((float(x_value or 0), float(y_value)) for x_value, y_value in placed if x_value and y_value))


def _head(plot: Plot, label: str) -> str:
    return f"{plot.title}: {label}" if plot.title else label
