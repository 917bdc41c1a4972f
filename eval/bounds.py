"""Gates: `right=0.8,abstention_precision=0.9` as bounds to hold a result against."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from ingest.errors import ReportAssistantError


class BoundError(ReportAssistantError):
    """A bound is not written as name=number, or names no metric."""


def parse_bounds(text: str | None) -> dict[str, float]:
    """name=number, separated by commas. Raises BoundError."""
    bounds: dict[str, float] = {}
    for item in (text or "").split(","):
        if not item.strip():
            continue
        name, equals, number = item.partition("=")
        try:
            bounds[name.strip()] = float(number)
        except ValueError as error:
            raise BoundError(f"门槛“{item.strip()}”不合格式", "请写成 right=0.8,leaks=0 这样") from error
        if not equals:
            raise BoundError(f"门槛“{item.strip()}”不合格式", "请写成 right=0.8,leaks=0 这样")
    return bounds


def check_names(names: Iterable[str], known: Iterable[str]) -> None:
    """Raises BoundError for the first name that is not among the known ones."""
    allowed = list(known)
    for name in names:
        if name not in allowed:
            near = get_close_matches(name, allowed, n=1)
            raise BoundError(
                f"没有名为 {name} 的指标",
                f"是否想写 {near[0]}？可用的有 {'、'.join(allowed)}" if near else f"可用的有 {'、'.join(allowed)}",
            )


def beyond_bounds(
    values: Mapping[str, float | None], least: Mapping[str, float], most: Mapping[str, float]
) -> tuple[str, ...]:
    """The bounds that the values do not keep, one Chinese line each; what was not measured keeps no bound.

    Raises BoundError if a bound names no value.
    """
    check_names([*least, *most], values)
    broken: list[str] = []
    for bounds, sign, kept in ((least, "≥", operator.ge), (most, "≤", operator.le)):
        for name, bound in bounds.items():
            value = values[name]
            if value is None:
                broken.append(f"{name} 没有可衡量的题目，要求{sign}{bound:g}")
            elif not kept(value, bound):
                broken.append(f"{name} {value:.4g}，要求{sign}{bound:g}")
    return tuple(broken)
