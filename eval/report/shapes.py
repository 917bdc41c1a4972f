"""The two shapes of JSON that several commands share: topics with measures, and rows of values beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from eval.metrics.intervals import wilson
from eval.report.kept import Figure
from eval.report.parts import Better, Matrix, Unit
from eval.report.paths import PathError, look_up

BEHIND = "behind"
"""The key of the figure that says in how many rows of quality the own item is behind."""
_SIZE = re.compile(r", [\d,]+ characters$")
"""What a measure's name says of its material; the figure is the same one over a little more."""
_MANUSCRIPTS = re.compile(r", (\d+) (?:of \d+ )?manuscripts$")
_NO_DRAWS = re.compile(r": characters| / ")
_UNITS: tuple[tuple[str, Unit], ...] = (
    ("_ms", "ms"),
    ("_seconds", "seconds"),
    ("_mb", "mb"),
    ("_per_second", "per_second"),
    ("pieces", "count"),
    ("characters_top5", "count"),
)
"""The end of a row's key and its unit; a row of quality ends in none of these."""
_SAID_UNIT = re.compile(r", (?:ms|s|MB|characters/s)(?= \(|$)")


def of_topic(body: Any, topic: str, beside: bool) -> Iterator[Figure]:
    """The measures of one topic with their demands. beside: the topic is an item among others. Raises PathError."""
    measures = body.get(topic) if isinstance(body, dict) else None
    if not isinstance(measures, list):
        raise PathError(measures if isinstance(measures, str) else f"{topic}: no measures")
    # How many drafts there were stands last in a topic's name; the figure is the same one however many there were.
    item = (topic.rpartition(", ")[0] or topic) if beside else ""
    if counted := _MANUSCRIPTS.search(topic):
        made = "manuscripts"
        yield Figure(f"{item}/{made}", made, float(counted[1]), "count", "neither", item, made)
    for one in measures:
        yield _of_measure(one, item)


def _of_measure(one: dict[str, Any], item: str) -> Figure:
    label, value, total = str(one["name"]), float(one["value"]), int(one.get("total") or 0)
    name = _SIZE.sub("", label)
    # An F1 counts each right one twice. Characters and seconds are no draws of their own: no interval can be had.
    n = 0 if one["unit"] != "share" or _NO_DRAWS.search(label) else total // 2 if "F1" in label else total
    within = wilson(value * n, n) if n and 0 <= value <= 1 else None
    least, most = one.get("least"), one.get("most")
    better: Better = "higher" if least is not None else "lower" if most is not None else "neither"
    if better == "neither" and one["unit"] != "count":
        better = "higher" if one["unit"] == "share" else "lower"
    return Figure(
        key=f"{item}/{name}" if item else name,
        label=name,
        value=value,
        unit=one["unit"],
        better=better,
        item=item,
        field=name if item else "",
        n=n or None,
        low=None if within is None else within.low,
        high=None if within is None else within.high,
        least=least,
        most=most,
    )


def of_matrix(matrix: Matrix, body: Any) -> Iterator[Figure]:
    """Every value, and how many rows of quality the own item is behind in. Raises PathError."""
    behind = 0
    for row in look_up(body, matrix.path):
        key = str(row["key"])
        unit = next((unit for end, unit in _UNITS if key.endswith(end)), None)
        behind += unit is None and bool(row["behind"])
        for item, value in row["values"].items():
            better: Better = row["better"] if item == matrix.own else "neither"
            label = _SAID_UNIT.sub("", str(row["title"])) + (" – behind" if row["behind"] else "")
            yield Figure(f"{item}/{key}", label, value, unit or "score", better, item, key)
    words = "rows of quality behind another"
    yield Figure(BEHIND, words, float(behind), "count", "lower", most=0, goal=matrix.goal)


def reasons_of(matrix: Matrix, body: Any) -> list[str]:
    """Why the own item is behind, a line for each row in which it is."""
    rows = [row for row in look_up(body, matrix.path) if row["behind"]]
    return [f"{row['title']}: {'; '.join(row['reasons']) or 'behind ' + ', '.join(row['behind'])}" for row in rows]
