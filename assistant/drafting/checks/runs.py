"""Common runs of two texts: the longest, and the share of 13-grams, both by hashing slices.

White space counts for nothing, full-width forms are folded, and fixed formulae part a text: no run reaches across one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.drafting.checks import phrases
from ingest.clean import normalise

GRAM = 13


@dataclass(frozen=True, slots=True)
class Letters:
    """A text for comparison: its characters with the place of each, in pieces between formulae."""

    pieces: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def grams(self) -> int:
        """How many 13-grams it has."""
        return sum(max(0, len(text) - GRAM + 1) for text, _ in self.pieces)


def letters(text: str) -> Letters:
    """`text` without white space, cut at the fixed formulae and at placeholders."""
    plain = normalise(text)
    cuts = sorted([*phrases.spans("formulae", plain), *_blanks(plain)])
    pieces: list[tuple[str, tuple[int, ...]]] = []
    at = 0
    for start, end in [*cuts, (len(plain), len(plain))]:
        places = tuple(place for place in range(at, max(at, start)) if not plain[place].isspace())
        if places:
            pieces.append(("".join(plain[place] for place in places), places))
        at = max(at, end)
    return Letters(tuple(pieces))


def _blanks(text: str) -> Iterator[tuple[int, int]]:
    at = text.find("【待填")
    while at >= 0:
        end = text.find("】", at)
        if end < 0:
            return
        yield at, end + 1
        at = text.find("【待填", end)


def grams_of(texts: Sequence[Letters], size: int = GRAM) -> frozenset[str]:
    """All runs of `size` characters."""
    return frozenset(
        text[at : at + size] for one in texts for text, _ in one.pieces for at in range(len(text) - size + 1)
    )


def shared(mine: Letters, other: frozenset[str]) -> int:
    """How many of the 13-grams are the other's; `other` from `grams_of`."""
    return sum(text[at : at + GRAM] in other for text, _ in mine.pieces for at in range(len(text) - GRAM + 1))


def share(mine: Letters, other: Letters) -> float:
    """Share of the 13-grams that stand in the other text too, 0 to 1; 0 where there are none."""
    return shared(mine, grams_of([other])) / mine.grams if mine.grams else 0.0


def longest_run(mine: Letters, other: Letters) -> int:
    """Length of the longest run of characters in common; by bisection, since a part of a common run is one."""
    low, high = 0, max((len(text) for text, _ in mine.pieces), default=0)
    while low < high:
        middle = (low + high + 1) // 2
        if grams_of([mine], middle) & grams_of([other], middle):
            low = middle
        else:
            high = middle - 1
    return low


def common_runs(mine: Letters, other: frozenset[str]) -> list[tuple[int, int, int]]:
    """Runs of 13 characters and more in common: (start, end, characters), places in the text that `mine` was made of.

    Overlapping 13-grams join, so that a run may be pieced together from two places of the other text.
    """
    found: list[tuple[int, int, int]] = []
    for text, places in mine.pieces:
        start = end = -1
        for at in range(len(text) - GRAM + 1):
            if text[at : at + GRAM] not in other:
                continue
            if start >= 0 and at < end:
                end = at + GRAM
                continue
            if start >= 0:
                found.append((places[start], places[end - 1] + 1, end - start))
            start, end = at, at + GRAM
        if start >= 0:
            found.append((places[start], places[end - 1] + 1, end - start))
    return found
