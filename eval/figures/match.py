"""Wanted figures beside found ones: counts for precision, recall and F1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.figures.types import Figure


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure that a reader finds: its span in the source, its number and what it does.

    `numbers`: the bounds of a range, one number else; None where it is masked or said in words. `indicators`: any of
    the phrases by which it may be named, empty where that is not judged; `period` None is a period not known;
    `judged` False leaves the period out of the judgement.
    """

    start: int
    end: int
    numbers: tuple[Decimal, ...] | None
    unit: str
    roles: frozenset[str]
    period: str | None
    indicators: tuple[str, ...] = ()
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """`right` of `wanted` were found among `found`."""

    right: int = 0
    wanted: int = 0
    found: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.wanted + other.wanted, self.found + other.found)

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Of what is there, the share that was found."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.right / (self.wanted + self.found) if self.wanted + self.found else 0.0


@dataclass(frozen=True, slots=True)
class Scored:
    """Tallies of value and unit, and of indicator, role and period besides; each fault in one line."""

    value: Tally
    use: Tally
    faults: tuple[str, ...]


def pairs(wanted: Sequence[Wanted], found: Sequence[Figure]) -> list[tuple[Wanted, Figure | None]]:
    """Each wanted figure with the found one that covers most of its span; a found one serves once."""
    left = list(found)
    paired: list[tuple[Wanted, Figure | None]] = []
    for want in wanted:
        best = max(left, key=lambda figure: _shared(want, figure), default=None)
        if best is None or _shared(want, best) <= 0:
            paired.append((want, None))
            continue
        left.remove(best)
        paired.append((want, best))
    return paired


def _shared(want: Wanted, figure: Figure) -> int:
    return min(want.end, figure.end) - max(want.start, figure.start)


def same_value(want: Wanted, figure: Figure) -> bool:
    """Equal numbers and one unit (个百分点 is 百分点)."""
    if _unit(want.unit) != _unit(figure.value.unit):
        return False
    low, high = figure.value.low, figure.value.high
    if want.numbers is None:
        return True
    if low is None or high is None:
        return False
    return {low, high} == set(want.numbers)


def same_use(want: Wanted, figure: Figure) -> bool:
    """Equal role, and equal period where it is judged."""
    period = None if figure.period is None else str(figure.period)
    return figure.role in want.roles and (not want.judged or want.period == period)


def _unit(unit: str) -> str:
    return unit.removeprefix("个") if unit.endswith("百分点") else unit
