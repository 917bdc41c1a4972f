"""What is shown for a measure beside what a reader found: precision of 有对应表述, and how many pairs are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.promises.types import Promise, Verdict

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A measure as a reader labelled it. `start:end` in the plan's source; `answers`: spans of the review's source
    that speak of it, empty where the label is no.
    """

    start: int
    end: int
    label: Verdict
    answers: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown over a labelled measure: one verdict, and where its evidence stands in the review's source."""

    verdict: Verdict
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """`yes_right` of `yes_shown` are right; `found` of `pairs` that exist; `silent` of `absent` are shown as no."""

    yes_right: int = 0
    yes_shown: int = 0
    found: int = 0
    pairs: int = 0
    silent: int = 0
    absent: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.yes_right + other.yes_right,
            self.yes_shown + other.yes_shown,
            self.found + other.found,
            self.pairs + other.pairs,
            self.silent + other.silent,
            self.absent + other.absent,
        )

    @property
    def precision(self) -> float:
        """Of the pairs shown as 有对应表述, the share that is right; 0 where none is shown."""
        return self.yes_right / self.yes_shown if self.yes_shown else 0.0

    @property
    def recall(self) -> float:
        """Of the pairs that exist, the share that is shown, in full or in part, with the right passage."""
        return self.found / self.pairs if self.pairs else 0.0

    @property
    def silence(self) -> float:
        """Of the measures that the review does not mention, the share that is shown so."""
        return self.silent / self.absent if self.absent else 0.0

    def line(self) -> str:
        """For people."""
        return (
            f"yes right {self.yes_right}/{self.yes_shown} = {self.precision:.3f}  "
            f"pairs found {self.found}/{self.pairs} = {self.recall:.3f}  "
            f"absent shown so {self.silent}/{self.absent} = {self.silence:.3f}"
        )


def shown_over(wanted: Wanted, promises: Iterable[Promise]) -> Shown:
    """What the measures that overlap a labelled one show together: yes or no where all agree, else part.

    A labelled measure that no extracted one overlaps is shown nowhere, hence no.
    """
    over = [promise for promise in promises if _touch(promise.measure.source, (wanted.start, wanted.end))]
    verdicts = {promise.verdict for promise in over}
    evidence = tuple(item.source for promise in over for item in promise.evidence)
    if verdicts == {"yes"}:
        return Shown("yes", evidence)
    return Shown("part" if verdicts - {"no"} else "no", evidence)


def judge(wanted: Wanted, shown: Shown) -> Tally:
    """One labelled measure: yes is right only where the label is yes and the evidence touches a labelled answer."""
    touches = any(_touch(one, other) for one in shown.evidence for other in wanted.answers)
    exists = wanted.label != "no"
    said_yes = shown.verdict == "yes"
    return Tally(
        yes_right=int(said_yes and wanted.label == "yes" and touches),
        yes_shown=int(said_yes),
        found=int(exists and shown.verdict != "no" and touches),
        pairs=int(exists),
        silent=int(not exists and shown.verdict == "no"),
        absent=int(not exists),
    )


def score(pairs: Sequence[tuple[Wanted, Shown]]) -> Tally:
    """All of them."""
    return sum((judge(wanted, shown) for wanted, shown in pairs), Tally())


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
