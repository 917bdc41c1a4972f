"""Small drawings without a library: dots with intervals, bars, and growth on log axes. Colours come from a style sheet.

Labels stand above their marks, so that a drawing reads at a phone's width as well.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH = 380
_ALONE = 460
"""Width at which a drawing in a file of its own is shown where nothing else says one."""
_ROW = 34
_LINE_HEIGHT = 230

STYLE = """
svg{font-family:system-ui,-apple-system,"Segoe UI","Noto Sans CJK SC","Microsoft YaHei",sans-serif;font-size:12px;
--ink:#1f2933;--faint:#5d6b7a;--grid:#dfe4ea;--own:#1d6fa5;--other:#8796a5;--s1:#1d6fa5;--s2:#b8580b;--s3:#2f7d4f}
@media(prefers-color-scheme:dark){svg{--ink:#e6ebf0;--faint:#9dabb9;--grid:#36424e;--own:#63b3ea;--other:#71808f;
--s1:#63b3ea;--s2:#eda35b;--s3:#74c796}}
text{fill:var(--ink)}.faint{fill:var(--faint);font-size:11px}.head{font-weight:600;font-size:13px}
.grid{stroke:var(--grid);stroke-width:1}.own{fill:var(--own)}.other{fill:var(--other)}
.s1{fill:var(--s1);stroke:var(--s1)}.s2{fill:var(--s2);stroke:var(--s2)}.s3{fill:var(--s3);stroke:var(--s3)}
.range{stroke-width:5;stroke-opacity:.32;stroke-linecap:round}.bound{stroke:var(--ink);stroke-dasharray:3 3}
.curve{fill:none;stroke-width:2}
""".strip()
"""What a drawing needs where it stands in a file of its own; a page has the same rules once."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled value, its interval if it has one, and how it is written. own: the product among others."""

    label: str
    value: float
    shown: str
    low: float | None = None
    high: float | None = None
    own: bool = True


@dataclass(frozen=True, slots=True)
class Curve:
    """Points (x, y), both above 0, in rising order of x."""

    name: str
    points: tuple[tuple[float, float], ...]


def dots(title: str, marks: Sequence[Mark], note: str = "") -> str:
    """Shares on one axis, each with its interval behind it."""
    least = min(value for mark in marks for value in (mark.value, mark.low) if value is not None)
    start = _floor(least)
    ticks = [start + (1 - start) * step / 4 for step in range(5)]

    def at(value: float) -> float:
        return 12 + (value - start) / (1 - start) * (_WIDTH - 24)

    top, bottom = 48, 48 + _ROW * len(marks)
    drawn = [_text(0, 14, title, "head"), _text(0, 31, note or "share, with its 95 % interval", "faint")]
    for tick, anchor in zip(ticks, ("start", "middle", "middle", "middle", "end"), strict=True):
        drawn.append(_line(at(tick), top - 6, at(tick), bottom, "grid"))
        told = f"{tick:.0%}" if start < 0.96 else f"{tick:.1%}"
        drawn.append(_text(at(tick), bottom + 15, told, "faint", anchor))
    for number, mark in enumerate(marks):
        y = top + _ROW * number
        drawn += [_text(0, y + 9, mark.label), _text(_WIDTH, y + 9, mark.shown, "", "end")]
        if mark.low is not None and mark.high is not None:
            drawn.append(_line(at(mark.low), y + 20, at(mark.high), y + 20, "s1 range"))
        drawn.append(
            f'<circle class="{"own" if mark.own else "other"}" cx="{at(mark.value):.1f}" cy="{y + 20}" r="4.5"/>'
        )
    return _drawing(bottom + 22, drawn, f"{title}: " + ", ".join(f"{mark.label} {mark.shown}" for mark in marks))


def bars(title: str, marks: Sequence[Mark], note: str = "", bound: float | None = None) -> str:
    """Bars from 0, each with its interval where it has one; a dashed line where something is demanded."""
    largest = max([mark.high or mark.value for mark in marks] + ([bound] if bound is not None else []))
    scale = (_WIDTH - 4) / largest if largest > 0 else 0.0
    top = 44
    drawn = [_text(0, 14, title, "head"), _text(0, 31, note, "faint")]
    for number, mark in enumerate(marks):
        y = top + _ROW * number
        drawn += [_text(0, y + 9, mark.label), _text(_WIDTH, y + 9, mark.shown, "", "end")]
        width = max(mark.value * scale, 1)
        kind = "own" if mark.own else "other"
        drawn.append(f'<rect class="{kind}" x="0" y="{y + 14}" width="{width:.1f}" height="10" rx="2"/>')
        if mark.low is not None and mark.high is not None:
            drawn.append(_line(mark.low * scale, y + 19, mark.high * scale, y + 19, "bound"))
    bottom = top + _ROW * len(marks)
    if bound is not None:
        drawn.append(_line(bound * scale, top, bound * scale, bottom - 6, "bound"))
    return _drawing(bottom + 2, drawn, f"{title}: " + ", ".join(f"{mark.label} {mark.shown}" for mark in marks))


def growth(title: str, curves: Sequence[Curve], x_name: str, y_name: str) -> str:
    """Curves on two log axes with a line at each power of ten: a straight line of slope 1 grows as its cause does."""
    points = [point for curve in curves for point in curve.points]
    left, right, top, bottom = 52.0, _WIDTH - 16.0, 46.0, _LINE_HEIGHT - 40.0
    x_ends, y_ends = (_powers([point[axis] for point in points]) for axis in (0, 1))

    def place(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - x_ends[0]) / (x_ends[1] - x_ends[0])
        up = (math.log10(y) - y_ends[0]) / (y_ends[1] - y_ends[0])
        return left + across * (right - left), bottom - up * (bottom - top)

    drawn = [_text(0, 14, title, "head"), _text(0, 31, y_name, "faint")]
    for power in range(x_ends[0], x_ends[1] + 1):
        x, _ = place(10**power, 10 ** y_ends[0])
        drawn += [_line(x, top, x, bottom, "grid"), _text(x, bottom + 16, short(10**power), "faint", "middle")]
    for power in range(y_ends[0], y_ends[1] + 1):
        _, y = place(10 ** x_ends[0], 10**power)
        drawn += [_line(left, y, right, y, "grid"), _text(left - 6, y + 4, short(10**power), "faint", "end")]
    drawn.append(_text((left + right) / 2, bottom + 34, x_name, "faint", "middle"))
    for number, curve in enumerate(curves):
        kind = f"s{number % 3 + 1}"
        placed = [place(x, y) for x, y in curve.points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        drawn.append(f'<polyline class="{kind} curve" style="fill:none" points="{path}"/>')
        drawn += [f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in placed]
        if len(curves) > 1:
            drawn.append(f'<circle class="{kind}" cx="{_WIDTH - 118}" cy="{10 + 15 * number}" r="4"/>')
            drawn.append(_text(_WIDTH - 108, 14 + 15 * number, curve.name, "faint"))
    return _drawing(_LINE_HEIGHT, drawn, f"{title}, {y_name} over {x_name}, both on log axes")


def standalone(drawing: str) -> str:
    """A drawing as a file of its own."""
    head, _, rest = drawing.partition(">")
    return f'{head} width="{_ALONE}" xmlns="http://www.w3.org/2000/svg"><style>{STYLE}</style>{rest}\n'


def short(value: float) -> str:
    """A power of ten as an axis has it: 0.01, 10, 1k, 1M."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def _floor(least: float) -> float:
    """Where an axis of shares begins, so that what lies close together near 1 can be told apart."""
    return next(start for start in (0.96, 0.9, 0.8, 0.6, 0.0) if least >= start or start == 0.0)


def _powers(values: Sequence[float]) -> tuple[int, int]:
    low, high = math.floor(math.log10(min(values)) + 1e-9), math.ceil(math.log10(max(values)) - 1e-9)
    return low, max(high, low + 1)


def _drawing(height: float, drawn: Sequence[str], said: str) -> str:
    return f'<svg viewBox="0 0 {_WIDTH} {height:.0f}" role="img" aria-label="{escape(said)}">{"".join(drawn)}</svg>'


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "") -> str:
    kinds = f' class="{kind}"' if kind else ""
    anchored = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{kinds}{anchored}>{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
