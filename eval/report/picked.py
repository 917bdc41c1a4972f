"""From a command's JSON to the figures that are kept: value, how many it is of, and its interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from eval.metrics.intervals import Interval, bootstrap_mean, bootstrap_ratio, wilson
from eval.report.kept import Cause, Figure, Picked
from eval.report.parts import Each, Part, Row
from eval.report.paths import PathError, look_up, numbers
from eval.report.shapes import of_matrix, of_topic, reasons_of

SHARES = ("share", "score")
_LONGEST = 80
"""Characters of a cause's example that are kept."""
_One = TypeVar("_One")


def pick(part: Part, body: Any) -> Picked:
    """The figures that `part` wants of `body`; what is not there is named, never left out in silence."""
    missing: list[str] = []

    def there(wanted: Callable[[], Iterable[_One]]) -> tuple[_One, ...]:
        try:
            return tuple(wanted())
        except (PathError, KeyError, TypeError, ValueError, AttributeError) as error:
            missing.append(str(error))
            return ()

    reasons: tuple[str, ...] = ()
    found: list[Figure] = []
    for row in part.rows:
        found += there(partial(_alone, row, body))
    for each in part.each:
        found += there(partial(_each, each, body))
    for topic in _topics(part, body):
        found += there(partial(of_topic, body, topic, part.beside))
    if part.matrix is not None:
        found += there(partial(of_matrix, part.matrix, body))
        reasons = there(partial(reasons_of, part.matrix, body))
    causes = there(partial(_causes, body, part.causes)) if part.causes else ()
    questions = there(partial(_questions, body, part.questions)) if part.questions else ()
    remarks = [line for path in part.remarks for line in there(partial(_lines, body, path))]
    wrong = tuple(name for name, right in questions if not right)
    return Picked(tuple(found), tuple(missing), causes, len(questions), wrong, (*reasons, *remarks))


def figure(row: Row, body: Any, item: str = "", field: str = "") -> Figure:
    """One row's figure. Raises PathError where the JSON lacks it."""
    value = look_up(body, row.path)
    if value is not None and not (isinstance(value, int | float) and math.isfinite(value)):
        raise PathError(f"{row.path}: not a number")
    n = round(sum(numbers(body, row.n))) if row.n else None
    within = _interval(row, body, value, n)
    return Figure(
        key=f"{item}/{row.key}" if item else row.key,
        label=row.label,
        value=None if value is None else float(value),
        unit=row.unit,
        better=row.better,
        item=item,
        field=field,
        n=n,
        low=None if within is None else within.low,
        high=None if within is None else within.high,
        least=row.least,
        most=row.most,
        goal=row.goal,
        noise=row.noise,
    )


def described(found: Figure, part: Part) -> Figure:
    """A kept figure with the words and demands that the table of parts has now: these may be mended without measuring
    again.
    """
    for row in part.specs():
        if row.key == (found.field or found.key):
            return replace(
                found,
                label=row.label,
                unit=row.unit,
                better=row.better,
                least=row.least,
                most=row.most,
                goal=row.goal,
                noise=row.noise,
            )
    return found


def _interval(row: Row, body: Any, value: float | None, n: int | None) -> Interval | None:
    if value is None:
        return None
    if row.interval:
        given = look_up(body, row.interval)
        low, high = (given["low"], given["high"]) if isinstance(given, dict) else given
        return Interval(float(low), float(high))
    if row.values:
        return bootstrap_mean(numbers(body, row.values))
    if row.parts and row.wholes:
        return bootstrap_ratio(numbers(body, row.parts), numbers(body, row.wholes))
    if n and row.unit in SHARES and 0 <= value <= 1:
        return wilson(value * n, n)
    return None


def _each(each: Each, body: Any) -> Iterator[Figure]:
    items = look_up(body, each.path)
    if not isinstance(items, list | dict):
        raise PathError(f"{each.path}: neither a list nor an object")
    named = items.items() if isinstance(items, dict) else [(str(look_up(one, each.key)), one) for one in items]
    for name, one in named:
        for row in each.rows:
            try:
                yield figure(row, one, str(name), row.key)
            except PathError:
                yield figure(Row(row.key, row.label, "", row.unit, row.better), None, str(name), row.key)


def _topics(part: Part, body: Any) -> list[str]:
    if "*" not in part.measures:
        return list(part.measures)
    return list(body) if isinstance(body, dict) else []


def _alone(row: Row, body: Any) -> list[Figure]:
    return [figure(row, body)]


def _causes(body: Any, path: str) -> list[Cause]:
    return [_cause(one) for one in look_up(body, path)]


def _questions(body: Any, path: str) -> list[tuple[str, bool]]:
    return [(str(one["id"]), bool(one["right"])) for one in look_up(body, path)]


def _cause(one: dict[str, Any]) -> Cause:
    examples = tuple(
        (str(each.get("id", "")), _short(str(each.get("question", ""))), _short(str(each.get("note", ""))))
        for each in one.get("examples", [])[:3]
    )
    return Cause(str(one.get("what") or one["cause"]), int(one["n"]), examples)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _lines(body: Any, path: str) -> list[str]:
    """Text, a list of it (what was skipped is said to be), or an object of names with text."""
    found = look_up(body, path)
    if isinstance(found, dict):
        return [f"{name}: {line}" for name, line in found.items() if line]
    said = "skipped: " if path.endswith("skipped") else ""
    return [f"{said}{line}" for line in (found if isinstance(found, list) else [found])]
