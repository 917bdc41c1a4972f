"""Cuts a long sentence down to the clauses that answer, in one unbroken piece, so that the quote stays verbatim."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence.coverage import Gram, coverage
from assistant.evidence.figures import has_unit, mentions

LONG = 120
"""Characters from which on a sentence is worth cutting."""

_CLAUSE = re.compile(r"[^，,；;]+[，,；;]?")
_CONTINUES = re.compile(
    r"^(?:其中|占|达|完成率|完成|较|比|同比|增长|下降|提高|覆盖率|率|超|为|任务|已|实际|共|筛查率|管理率|签约率|规范管理率|建档率|接种率)"
)
_AS_OF = re.compile(r"^(?:截至|截止|到|至).{0,14}(?:月|日|底|末|止|前)[，,]?$")


def _balanced(text: str) -> bool:
    """Whether no quotation or bracket is cut in two."""
    pairs = all(text.count(left) == text.count(right) for left, right in ("“”", "（）", "《》", "()", "‘’"))
    return pairs and text.count('"') % 2 == 0


def around(text: str, offsets: Sequence[int]) -> tuple[int, int]:
    """The span of the clauses of `text` that hold all `offsets`, with the day that they are of; short texts whole."""
    if len(text) < LONG or not offsets:
        return 0, len(text)
    clauses = [found.span() for found in _CLAUSE.finditer(text)]
    first = max((i for i, (start, _) in enumerate(clauses) if start <= min(offsets)), default=0)
    last = next((i for i, (_, end) in enumerate(clauses) if end > max(offsets)), len(clauses) - 1)
    while first > 0 and (
        _AS_OF.match(text[slice(*clauses[first - 1])]) or _CONTINUES.match(text[clauses[first][0] :].lstrip())
    ):
        first -= 1
    start, end = clauses[first][0], clauses[last][1]
    return (start, end) if _balanced(text[start:end]) else (0, len(text))


def clip(text: str, grams: tuple[Gram, ...], unit: str | None) -> tuple[int, int]:
    """The span of `text` to show: the shortest run of clauses with (nearly) all that the sentence says on the topic."""
    if len(text) < LONG:
        return 0, len(text)
    clauses = [found.span() for found in _CLAUSE.finditer(text)]
    whole = coverage(grams, [(text, 1.0)])
    if len(clauses) < 3 or not whole:
        return 0, len(text)
    best: tuple[int, int] | None = None
    for size in range(1, len(clauses)):
        fitting = [
            (i, i + size)
            for i in range(len(clauses) - size + 1)
            if coverage(grams, [(text[clauses[i][0] : clauses[i + size - 1][1]], 1.0)]) >= 0.95 * whole
            and _balanced(text[clauses[i][0] : clauses[i + size - 1][1]])
        ]
        if fitting:
            best = fitting[0]
            break
    if best is None:
        return 0, len(text)
    first, last = best

    def piece() -> str:
        return text[clauses[first][0] : clauses[last - 1][1]]

    wanted = unit if unit is not None and has_unit(text, unit) else None
    counts = bool(mentions(text))

    def lacks_figure() -> bool:
        return (wanted is not None and not has_unit(piece(), wanted)) or (counts and not mentions(piece()))

    shortest = last
    while last < len(clauses) and (lacks_figure() or _CONTINUES.match(text[clauses[last][0] :].lstrip())):
        last += 1
    if lacks_figure():
        last = shortest  # the figure stands to the left, if anywhere
    while first > 0 and (lacks_figure() or _AS_OF.match(text[slice(*clauses[first - 1])]) or _CONTINUES.match(piece())):
        first -= 1
    start, end = clauses[first][0], clauses[last - 1][1]
    if end - start > 0.8 * len(text) or not _balanced(piece()):
        return 0, len(text)
    return start, end
