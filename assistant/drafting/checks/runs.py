"""What two texts have in common: the runs, and the share of 13-grams, both by hashing slices.

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


def grams_of(texts: Sequence[Letters]) -> frozenset[str]:
    """All 13-grams."""
    return frozenset(
        text[at : at + GRAM] for one in texts for text, _ in one.pieces for at in range(len(text) - GRAM + 1)
    )


@dataclass(frozen=True, slots=True)
class Common:
    """What a text has in common with another: `runs` of 13 characters and more (start, end, characters; places in the
    text), and the `share` of its 13-grams, 0 to 1; `grams`: how many it has.
    """

    runs: tuple[tuple[int, int, int], ...]
    share: float
    grams: int

    @property
    def run(self) -> int:
        """Characters of the longest run; 0 where none has 13."""
        return max((size for _, _, size in self.runs), default=0)


def common(mine: Letters, theirs: Sequence[Letters]) -> Common:
    """How much of a text stands in the texts of one report: the one measure, for the check and for the composers."""
    held = grams_of(theirs)
    grams = mine.grams
    return Common(tuple(_runs(mine, held)), _shared(mine, held) / grams if grams else 0.0, grams)


def _shared(mine: Letters, other: frozenset[str]) -> int:
    return sum(text[at : at + GRAM] in other for text, _ in mine.pieces for at in range(len(text) - GRAM + 1))


def _runs(mine: Letters, other: frozenset[str]) -> Iterator[tuple[int, int, int]]:
    """13-grams that follow upon each other make one run. It is never shorter than what stands in the other text in one
    piece; two pieces of that text count as one run only where they have twelve characters in common.
    """
    for text, places in mine.pieces:
        start = -1
        for at in range(len(text) - GRAM + 2):
            if at <= len(text) - GRAM and text[at : at + GRAM] in other:
                start = at if start < 0 else start
            elif start >= 0:
                last = at + GRAM - 2
                yield places[start], places[last] + 1, last + 1 - start
                start = -1
