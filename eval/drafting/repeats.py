"""What a section says twice: filler that every other check lets pass, since it is neither false nor copied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eval.metrics.text import dense

SHORTEST = 5
"""Characters of a clause that says something: what is shorter comes up in any text (抓好落实)."""
_ALIKE = 0.75
_CLAUSE = re.compile(r"[，,。；;：:！!？?\n]")
_OPENING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]{1,3}是|(?:进一步|切实|确保|着力)+)+"
)
_WHO = re.compile(r"^由.{1,40}(?:牵头|负责|承担|组织|配合|落实)$")
"""Who leads is said with each measure, and is no filler."""
_BLANK = re.compile(r"【待填[^】]*】")


def said_twice(text: str) -> Iterator[str]:
    """Each clause of a section that says again what an earlier one of it said, whole or nearly so."""
    earlier: list[str] = []
    for clause in _CLAUSE.split(_BLANK.sub("", text)):
        plain = _OPENING.sub("", dense(clause))
        if len(plain) < SHORTEST or _WHO.match(plain):
            continue
        if any(_same(plain, other) for other in earlier):
            yield clause.strip()
        earlier.append(plain)


def _same(left: str, right: str) -> bool:
    shorter, longer = sorted((left, right), key=len)
    if shorter in longer:
        return True
    one, other = _pairs(left), _pairs(right)
    return 2 * len(one & other) >= _ALIKE * (len(one) + len(other))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
