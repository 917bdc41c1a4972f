"""Two texts laid side by side by their letters: which stretch of one is the other, and what either lacks.

Only letters and digits are compared (a text layer loses punctuation and blanks first); positions are letter numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from statistics import median

_LETTER = re.compile(r"[^\W_]")
_K = 5
"""Letters in a row that must agree to be an anchor; with one letter in eight dropped half of the rows survive."""
_ANCHORS = 0.1
"""This share of the rows must be found once in the other text; official phrases repeat, so many occur twice."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a text and where each stands in it."""

    string: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Letters:
        """Letters and digits of `text`, without white space and punctuation."""
        found = list(_LETTER.finditer(text))
        return cls("".join(match[0] for match in found), tuple(match.start() for match in found))


@dataclass(frozen=True, slots=True)
class Alignment:
    """Runs `(left, right, length)` of equal letters in order, offsets in the whole right text.

    `left_only`, `right_only`: letters between the first and the last run that the other text lacks.
    """

    runs: tuple[tuple[int, int, int], ...]
    left_only: int
    right_only: int

    @property
    def matched(self) -> int:
        """Letters that both texts hold."""
        return sum(length for _, _, length in self.runs)

    def to_right(self, position: int) -> int:
        """Where the letter `position` of the left text stands in the right one, or would stand."""
        return _across([(left, right, length) for left, right, length in self.runs], position)

    def to_left(self, position: int) -> int:
        """The inverse of `to_right`."""
        return _across([(right, left, length) for left, right, length in self.runs], position)


def _across(runs: list[tuple[int, int, int]], position: int) -> int:
    index = bisect_right([run[0] for run in runs], position) - 1
    if index < 0:
        return runs[0][1]
    source, target, length = runs[index]
    return target + min(position - source, length)


def shingles(letters: str) -> dict[str, int]:
    """Each row of five letters that occurs once in `letters` → where; a row that occurs again → -1."""
    places: dict[str, int] = {}
    for i in range(len(letters) - _K + 1):
        row = letters[i : i + _K]
        places[row] = -1 if row in places else i
    return places


def anchors(left: str, places: dict[str, int]) -> list[tuple[int, int]]:
    """`(left, right)` places of the rows that both hold; empty when fewer than one row in ten of `left` is found,
    or when they do not lie on one line."""
    rows = len(left) - _K + 1
    found = [(i, at) for i in range(rows) if (at := places.get(left[i : i + _K], -1)) >= 0]
    if len(found) < _ANCHORS * rows:
        return []
    middle = median(at - i for i, at in found)
    near = [(i, at) for i, at in found if abs(at - i - middle) <= 0.3 * len(left)]
    return near if len(near) >= _ANCHORS * rows else []


def align(left: str, right: str, start: int, end: int) -> Alignment | None:
    """`left` against `right[start:end]` by longest common runs; None when they have nothing in common."""
    blocks = SequenceMatcher(None, left, right[start:end], autojunk=False).get_matching_blocks()
    runs = tuple((a, start + b, size) for a, b, size in blocks if size)
    # A short run with a wide gap behind it is chance, or the end of something else (a title told twice).
    while len(runs) > 1 and runs[0][2] < max(2, _gap(runs[0], runs[1])):
        runs = runs[1:]
    while len(runs) > 1 and runs[-1][2] < max(2, _gap(runs[-2], runs[-1])):
        runs = runs[:-1]
    if not runs:
        return None
    matched = sum(length for _, _, length in runs)
    first, last = runs[0], runs[-1]
    return Alignment(runs, last[0] + last[2] - first[0] - matched, last[1] + last[2] - first[1] - matched)


def _gap(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    """The letters between two runs, in the text that has more of them there."""
    return max(other[0] - one[0], other[1] - one[1]) - one[2]
