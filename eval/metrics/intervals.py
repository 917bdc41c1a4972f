"""Confidence intervals of what is measured over questions: how far another draw of such questions may lie.

They say nothing about other archives or other machines; whoever reads them beside a figure must know that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Z95 = 1.959963984540054
"""The 97.5 % point of the standard normal distribution: 2.5 % are left out on either side."""
DRAWS = 2000
"""Resamples of a bootstrap: the ends of a 95 % interval then wobble by well under the figure's last shown digit."""
_SEED = 20260101
"""Fixed, so that the same answers give the same interval and a report can be rendered again."""


@dataclass(frozen=True, slots=True)
class Interval:
    """`low` ≤ `high`, in the unit of the figure; 95 % unless said otherwise."""

    low: float
    high: float


def wilson(right: float, n: float, z: float = Z95) -> Interval | None:
    """The score interval of `right` out of `n`; None for n = 0, where nothing was counted.

    Unlike p ± z·s it stays within 0 and 1 and has a width at 0 of n and n of n, which is where this project's shares
    are. E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American
    Statistical Association 22 (1927) 209-212; preferred for proportions by Brown, Cai and DasGupta, "Interval
    Estimation for a Binomial Proportion", Statistical Science 16 (2001) 101-133. Raises ValueError where `right` is
    not between 0 and `n`.
    """
    if n == 0:
        return None
    if not 0 <= right <= n:
        raise ValueError(f"{right} of {n} is no share")
    share, squared = right / n, z * z
    centre = (share + squared / (2 * n)) / (1 + squared / n)
    half = z / (1 + squared / n) * math.sqrt(share * (1 - share) / n + squared / (4 * n * n))
    return Interval(0.0 if right == 0 else centre - half, 1.0 if right == n else centre + half)


def bootstrap_mean(values: Sequence[float], draws: int = DRAWS, seed: int = _SEED) -> Interval | None:
    """The percentile interval of the mean of per-question values (a reciprocal rank, an nDCG); None without values.

    B. Efron, "Bootstrap Methods: Another Look at the Jackknife", Annals of Statistics 7 (1979) 1-26; the percentile
    interval: Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13.
    """
    return bootstrap_ratio(values, [1.0] * len(values), draws, seed)


def bootstrap_ratio(
    parts: Sequence[float], wholes: Sequence[float], draws: int = DRAWS, seed: int = _SEED
) -> Interval | None:
    """The percentile interval of sum(parts) / sum(wholes), a question being drawn with all that belongs to it.

    For shares of things that come several to a question (its citations): they are right or wrong together, so that an
    interval over single things would be too narrow. None where there is nothing to count.
    """
    import numpy as np

    if len(parts) != len(wholes):
        raise ValueError(f"{len(parts)} parts of {len(wholes)} wholes")
    above, below = np.asarray(parts, dtype=float), np.asarray(wholes, dtype=float)
    if not below.sum():
        return None
    random = np.random.default_rng(seed)
    means: list[float] = []
    for _ in range(draws):
        drawn = random.integers(0, len(below), len(below))
        if whole := below[drawn].sum():
            means.append(float(above[drawn].sum() / whole))
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(low), float(high))


def difference(before: float, before_within: Interval, after: float, after_within: Interval) -> tuple[float, Interval]:
    """after - before and its interval, from the intervals of the two alone.

    R. G. Newcombe, "Interval Estimation for the Difference Between Independent Proportions: Comparison of Eleven
    Methods", Statistics in Medicine 17 (1998) 873-890, method 10, which holds the two for independent. Two runs over
    the same questions are not: their difference is surer than this says, so that what is called a change here is one.
    """
    gap = after - before
    down = math.hypot(after - after_within.low, before_within.high - before)
    up = math.hypot(after_within.high - after, before - before_within.low)
    return gap, Interval(gap - down, gap + up)
