"""Recall, reciprocal rank and discounted gain: worked by hand, against a reference, and with rankings made worse."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.ranking import Ranks, all_at, first_ranks, ndcg_at, recall_at, reciprocal_rank

NOTHING: frozenset[int] = frozenset()
FIRST, SECOND = frozenset({0}), frozenset({1})
BOTH = FIRST | SECOND

METRICS: dict[str, Callable[[Ranks], float]] = {
    "recall@1": lambda ranks: recall_at(ranks, 1),
    "recall@5": lambda ranks: recall_at(ranks, 5),
    "all@5": lambda ranks: float(all_at(ranks, 5)),
    "mrr": reciprocal_rank,
    "ndcg@10": lambda ranks: ndcg_at(ranks, 10),
}

ranks_of = st.lists(st.none() | st.integers(1, 30), min_size=1, max_size=6)


def test_a_piece_has_the_rank_of_the_first_passage_that_holds_it() -> None:
    assert first_ranks([NOTHING, SECOND, BOTH, FIRST], 3) == (3, 2, None)
    assert first_ranks([], 2) == (None, None)


@pytest.mark.parametrize(
    ("ranks", "recall_1", "recall_5", "recall_10", "whole", "reciprocal"),
    [
        ((1,), 1, 1, 1, True, 1),
        ((5,), 0, 1, 1, True, 1 / 5),
        ((6,), 0, 0, 1, False, 1 / 6),
        ((None,), 0, 0, 0, False, 0),
        ((3, 1), 0.5, 1, 1, True, 1),
        ((2, None), 0, 0.5, 0.5, False, 1 / 2),
        ((2, 7, 11), 0, 1 / 3, 2 / 3, False, 1 / 2),
        ((1, 1), 1, 1, 1, True, 1),
    ],
)
def test_recall_and_reciprocal_rank_by_hand(
    ranks: Ranks, recall_1: float, recall_5: float, recall_10: float, whole: bool, reciprocal: float
) -> None:
    assert [recall_at(ranks, k) for k in (1, 5, 10)] == pytest.approx([recall_1, recall_5, recall_10])
    assert all_at(ranks, 5) is whole
    assert reciprocal_rank(ranks) == pytest.approx(reciprocal)


@pytest.mark.parametrize(
    ("ranks", "gain"),
    [
        ((1,), 1.0),
        ((2,), 0.63093),
        ((3,), 0.5),
        ((11,), 0.0),
        ((None,), 0.0),
        ((1, 2), 1.0),
        ((1, 3), (1 + 0.5) / 1.63093),
        ((1, None), 1 / 1.63093),
        ((2, 2), 0.63093),  # one passage brings both
        ((2, 2, None), 0.63093 / 1.63093),
    ],
)
def test_discounted_gain_by_hand(ranks: Ranks, gain: float) -> None:
    assert ndcg_at(ranks, 10) == pytest.approx(gain, abs=1e-5)


def test_discounted_gain_of_single_pieces_is_the_reference_implementations() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    for ranks in [(1, 4), (2, 3, 9), (5,), (1, 2, 3, 4), (10, 11)]:
        relevant = [[float(place in ranks) for place in range(1, 31)]]
        scores = [[float(-place) for place in range(1, 31)]]
        assert ndcg_at(ranks, 10) == pytest.approx(metrics.ndcg_score(relevant, scores, k=10))
        assert ndcg_at(ranks, 5) == pytest.approx(metrics.ndcg_score(relevant, scores, k=5))


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize(
    ("mistake", "ranking"),
    [
        ("pushed down", [NOTHING] * 5 + [BOTH]),
        ("removed", [NOTHING] * 10),
        ("behind copies of a wrong one", [NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, FIRST, SECOND]),
    ],
)
def test_every_metric_falls_when_the_ranking_is_made_worse(
    metric: str, mistake: str, ranking: list[frozenset[int]]
) -> None:
    measure = METRICS[metric]
    assert measure(first_ranks(ranking, 2)) < measure(first_ranks([BOTH], 2)) == 1, mistake


def test_one_piece_twice_does_not_stand_for_the_other() -> None:
    twice, whole = first_ranks([FIRST, FIRST], 2), first_ranks([FIRST, SECOND], 2)
    for metric in ("recall@5", "all@5", "ndcg@10"):
        assert METRICS[metric](twice) < METRICS[metric](whole), metric
    assert twice == first_ranks([FIRST], 2)


def test_without_evidence_there_is_nothing_to_measure() -> None:
    for metric in METRICS.values():
        with pytest.raises(ValueError, match="evidence"):
            metric(())


@given(ranks_of)
def test_every_metric_lies_between_0_and_1(ranks: list[int | None]) -> None:
    assert all(0 <= metric(ranks) <= 1 for metric in METRICS.values())


@given(ranks_of, st.integers(1, 20))
def test_a_deeper_look_never_finds_less(ranks: list[int | None], k: int) -> None:
    assert recall_at(ranks, k) <= recall_at(ranks, k + 1)
    assert all_at(ranks, k) <= all_at(ranks, k + 1)


@given(ranks_of, st.integers(1, 10))
def test_pushing_the_whole_ranking_down_never_helps(ranks: list[int | None], by: int) -> None:
    down = [None if rank is None else rank + by for rank in ranks]
    for name, metric in METRICS.items():
        assert metric(down) <= metric(ranks) + 1e-12, name


@given(ranks_of, st.data())
def test_losing_a_piece_never_helps(ranks: list[int | None], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(ranks) - 1))
    fewer: list[int | None] = [*ranks[:at], None, *ranks[at + 1 :]]
    for name, metric in METRICS.items():
        assert metric(fewer) <= metric(ranks) + 1e-12, name


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6, unique=True))
def test_full_marks_are_for_the_top_alone(ranks: list[int]) -> None:
    assert math.isclose(ndcg_at(ranks, 30), 1) == (sorted(ranks) == list(range(1, len(ranks) + 1)))
