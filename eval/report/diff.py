"""Holds a run against the one before: which figures are better or worse by more than chance or a machine's mood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.metrics.intervals import Interval, difference
from eval.report.kept import Figure
from eval.report.measured import Measured, Saved
from eval.report.parts import Part
from eval.report.picked import described

Verdict = Literal["worse", "better", "same", "changed", "new", "gone", "elsewhere"]
NOISE = {
    "seconds": 0.25,
    "ms": 0.25,
    "times": 0.2,
    "per_second": 0.2,
    "mb": 0.1,
    "share": 0.0,
    "score": 0.0,
    "count": 0.0,
}
"""Relative change that the same code shows between two runs on the same quiet machine, by unit."""
TIMES = ("seconds", "ms", "per_second")
"""Units that mean nothing across machines."""


@dataclass(frozen=True, slots=True)
class Change:
    """One figure before and after. elsewhere: measured on another machine, so that times tell nothing."""

    part: str
    key: str
    label: str
    verdict: Verdict
    before: Figure | None
    after: Figure | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Flips:
    """Questions of a part that were answered rightly before and are not now, and the other way round."""

    part: str
    lost: tuple[str, ...]
    won: tuple[str, ...]


def verdict(before: Figure, after: Figure) -> tuple[Verdict, str]:
    """What became of a figure, and why it is called so.

    A demand that was kept and no longer is makes it worse whatever the interval says. Otherwise what has an interval
    must differ by more than that of the difference, what has none by more than its noise.
    """
    if before.kept and not after.kept:
        return "worse", "the demand is no longer kept"
    if before.value is None or after.value is None:
        return ("same", "") if before.value is after.value else ("changed", "not measured in one of the runs")
    gap = after.value - before.value
    if not gap:
        return "same", ""
    rising: Verdict = "better" if (gap > 0) == (after.better == "higher") else "worse"
    direction: Verdict = "changed" if after.better == "neither" else rising
    within_before, within_after = _interval(before), _interval(after)
    if within_before is not None and within_after is not None:
        _, of_gap = difference(before.value, within_before, after.value, within_after)
        beyond = of_gap.low > 0 or of_gap.high < 0
        return (direction, "beyond the 95 % interval") if beyond else ("same", "within the 95 % interval")
    noise = NOISE[after.unit] if after.noise is None else after.noise
    if abs(gap) <= noise * max(abs(before.value), abs(after.value)):
        return "same", f"within {noise:.0%}"
    return direction, f"beyond {noise:.0%}" if noise else ""


def changes(part: Part, before: Measured, after: Measured) -> Iterator[Change]:
    """Every figure of either run."""
    old = {key: described(figure, part) for key, figure in before.by_key().items()}
    new = {key: described(figure, part) for key, figure in after.by_key().items()}
    same_machine = before.machine == after.machine
    for key in [*old, *(key for key in new if key not in old)]:
        was, now = old.get(key), new.get(key)
        either = now or was
        assert either is not None
        label = f"{either.item}: {either.label}" if either.item else either.label
        if was is None or now is None:
            yield Change(part.name, key, label, "new" if was is None else "gone", was, now)
        elif now.unit in TIMES and not same_machine and was.kept == now.kept:
            yield Change(part.name, key, label, "elsewhere", was, now, "another machine")
        else:
            told, why = verdict(was, now)
            yield Change(part.name, key, label, told, was, now, why)


def flips(part: str, before: Measured, after: Measured) -> Flips | None:
    """Which questions turned; None where either run has no list of them or none turned."""
    if not before.asked or not after.asked:
        return None
    lost = tuple(name for name in after.wrong if name not in before.wrong)
    won = tuple(name for name in before.wrong if name not in after.wrong)
    return Flips(part, lost, won) if lost or won else None


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changed. failed: parts whose last run came to nothing, with its word."""

    changes: tuple[Change, ...]
    flips: tuple[Flips, ...]
    failed: tuple[tuple[str, str], ...]
    compared: int

    def of(self, *verdicts: Verdict) -> list[Change]:
        """The changes with one of these verdicts."""
        return [change for change in self.changes if change.verdict in verdicts]

    @property
    def regressed(self) -> bool:
        """Whether anything is worse, gone or no longer measured."""
        return bool(self.of("worse", "gone") or self.failed)


def compare(parts: Sequence[Part], saved: dict[str, Saved], others: dict[str, Saved] | None = None) -> Difference:
    """Each part's last run beside the one before it, or beside the last one of `others` where given."""
    found: list[Change] = []
    turned: list[Flips] = []
    failed: list[tuple[str, str]] = []
    compared = 0
    for part in parts:
        mine = saved.get(part.name, Saved())
        other = mine.before if others is None else others.get(part.name, Saved()).last
        if mine.failure is not None:
            failed.append((part.name, mine.failure.word))
        if mine.last is None or other is None:
            continue
        compared += 1
        found += changes(part, other, mine.last)
        if (questions := flips(part.name, other, mine.last)) is not None:
            turned.append(questions)
    return Difference(tuple(found), tuple(turned), tuple(failed), compared)


def _interval(figure: Figure) -> Interval | None:
    return None if figure.low is None or figure.high is None else Interval(figure.low, figure.high)
