"""Figures as people read them."""

from __future__ import annotations

from eval.report.kept import Figure

NOTHING = "–"


def shown(figure: Figure) -> str:
    """The value with its unit."""
    return NOTHING if figure.value is None else written(figure.value, figure.unit)


def written(value: float, unit: str) -> str:
    """A value in its unit."""
    match unit:
        case "share":
            return f"{_percent(value)} %"
        case "score":
            return f"{value:.3f}"
        case "seconds":
            return f"{_three(value)} s"
        case "ms":
            return f"{_three(value)} ms"
        case "times":
            return f"{_three(value)}×"
        case "mb":
            return f"{value / 1000:.2f} GB" if abs(value) >= 1000 else f"{value:.0f} MB"
        case "per_second":
            return f"{_three(value)} /s"
        case _:
            return _three(value) if value % 1 else f"{value:,.0f}"


def interval(figure: Figure) -> str:
    """Its 95 % interval, empty where it has none."""
    if figure.low is None or figure.high is None:
        return ""
    if figure.unit == "share":
        return f"{_percent(figure.low)}–{_percent(figure.high)} %"
    return f"{figure.low:.3f}–{figure.high:.3f}"


def demand(figure: Figure) -> str:
    """What is demanded, empty where nothing is."""
    bounds = ((sign, bound) for sign, bound in (("≥", figure.least), ("≤", figure.most)) if bound is not None)
    share = figure.unit == "share"
    return ", ".join(
        f"{sign} {f'{100 * bound:g} %' if share else written(bound, figure.unit)}" for sign, bound in bounds
    )


def change(before: Figure, after: Figure) -> str:
    """From what to what."""
    return f"{shown(before)} → {shown(after)}"


def _three(value: float) -> str:
    """Three significant digits, thousands separated, no exponent."""
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    for least, digits in ((10, 1), (1, 2), (0.1, 3)):
        if size >= least:
            return _trimmed(value, digits)
    return _trimmed(value, 4)


def _percent(share: float) -> str:
    """One decimal, and as many more as keep almost all from being shown as all."""
    if share in (0.0, 1.0):
        return f"{100 * share:.0f}"
    digits = next(digits for digits in (1, 2, 3, 9) if 0 < float(f"{100 * share:.{digits}f}") < 100 or digits == 9)
    return f"{100 * share:.{digits}f}"


def _trimmed(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
