"""A sentence as clauses, and the words before and behind each number in its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.figures.types import Value

_BREAK = re.compile(
    r"(?P<kept>[（(][A-Z]{2,8}[）)])"  # 居民消费价格指数（CPI）: part of a name
    r"|[，,；;。：:！？!?\n]|(?<=[㐀-鿿\d%])[（(]|[）)]|\s\|\s"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A value with its surroundings as offsets into the sentence.

    `before:value.start` are the words of its clause since the last number, `value.end:after` those up to the next one.
    `first` is True for the first number of its clause; `clause` counts the clauses.
    """

    value: Value
    before: int
    after: int
    clause: int
    first: bool


def mentions(sentence: str, values: list[Value]) -> list[Mention]:
    """Each value (offsets into `sentence`, rising) between its neighbours."""
    cuts = [
        found.span() for found in _BREAK.finditer(sentence) if not (found["kept"] or _inside(found.start(), values))
    ]
    found: list[Mention] = []
    for i, value in enumerate(values):
        clause = sum(end <= value.start for _, end in cuts)
        start = cuts[clause - 1][1] if clause else 0
        end = cuts[clause][0] if clause < len(cuts) else len(sentence)
        before, after = start, end
        if i and values[i - 1].end > start:
            before = values[i - 1].end
        if i + 1 < len(values) and values[i + 1].start < end:
            after = values[i + 1].start
        found.append(Mention(value, before, after, clause, before == start))
    return found


def _inside(at: int, values: list[Value]) -> bool:
    return any(value.start <= at < value.end for value in values)
