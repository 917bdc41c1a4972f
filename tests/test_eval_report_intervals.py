"""Intervals: known values from the papers, and that they hold what they promise."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.intervals import Interval, bootstrap_mean, bootstrap_ratio, difference, wilson


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_score_interval_is_that_of_the_published_examples(right: int, n: int, low: float, high: float) -> None:
    found = wilson(right, n)  # the four examples of Newcombe, Statistics in Medicine 17 (1998) 857-872
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_all_right_is_not_certain_and_nothing_asked_is_no_interval() -> None:
    whole = wilson(14, 14)
    assert whole is not None
    assert whole.high == 1.0
    assert 0.7 < whole.low < 0.8
    assert wilson(0, 0) is None


def test_more_right_than_asked_is_an_error() -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(3, 2)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_score_interval_holds_the_share_and_mirrors_its_complement(asked: tuple[int, int]) -> None:
    right, n = asked
    found, other = wilson(right, n), wilson(n - right, n)
    assert found is not None and other is not None
    assert 0 <= found.low <= right / n <= found.high <= 1
    assert found.low == pytest.approx(1 - other.high, abs=1e-12)


@pytest.mark.parametrize("n", [20, 60, 200])
def test_the_score_interval_covers_the_truth_as_often_as_it_says(n: int) -> None:
    intervals = [wilson(right, n) for right in range(n + 1)]
    truths = [place / 100 for place in range(5, 100, 5)]
    covered = [
        sum(
            math.comb(n, right) * truth**right * (1 - truth) ** (n - right)
            for right, within in enumerate(intervals)
            if within is not None and within.low <= truth <= within.high
        )
        for truth in truths
    ]
    assert 0.94 < sum(covered) / len(covered) < 0.965
    assert min(covered) > 0.9


def test_the_bootstrap_covers_the_truth_about_as_often_as_it_says() -> None:
    drawn = random.Random(7)
    held = 0
    for _ in range(150):
        found = bootstrap_mean([drawn.random() ** 2 for _ in range(80)], draws=300)
        assert found is not None
        held += found.low <= 1 / 3 <= found.high
    assert 0.88 < held / 150 < 0.99


def test_the_bootstrap_gives_the_same_interval_again_and_none_of_nothing() -> None:
    values = [1.0, 0.5, 0.0, 1.0, 0.25]
    assert bootstrap_mean(values) == bootstrap_mean(values)
    assert bootstrap_mean([]) is None
    assert bootstrap_mean([0.5] * 9) == Interval(0.5, 0.5)
    assert bootstrap_ratio([0.0], [0.0]) is None


def test_things_that_come_together_have_a_wider_interval_than_single_ones() -> None:
    """Ten citations to a question, right or wrong together, tell no more than ten questions do."""
    wholes = [10.0] * 20
    together = bootstrap_ratio([10.0 if place % 4 else 0.0 for place in range(20)], wholes)
    single = wilson(150, 200)
    assert together is not None and single is not None
    assert together.high - together.low > 2 * (single.high - single.low)


def test_the_difference_is_that_of_the_published_example() -> None:
    before, after = wilson(48, 80), wilson(56, 70)
    assert before is not None and after is not None
    gap, within = difference(48 / 80, before, 56 / 70, after)
    assert gap == pytest.approx(0.2)  # Newcombe, Statistics in Medicine 17 (1998) 873-890, example (a), method 10
    assert (round(within.low, 4), round(within.high, 4)) == (0.0524, 0.3339)
