"""How well a ranking of passages finds what a question needs: recall, reciprocal rank, discounted gain.

A question needs one or more pieces of evidence. Every function here takes their ranks: for each piece the place, from
1, of the first passage that holds it, None where no passage does. A passage that holds a piece once more gains nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

Ranks = Sequence[int | None]


def first_ranks(found: Sequence[frozenset[int]], pieces: int) -> tuple[int | None, ...]:
    """The ranks of pieces 0..`pieces`-1; `found`: for each passage, best first, the pieces that it holds."""
    return tuple(next((rank for rank, held in enumerate(found, 1) if piece in held), None) for piece in range(pieces))


def recall_at(ranks: Ranks, k: int) -> float:
    """The share of the pieces among the first `k` passages."""
    return sum(_within(rank, k) for rank in ranks) / _count(ranks)


def all_at(ranks: Ranks, k: int) -> bool:
    """Whether every piece is among the first `k` passages."""
    return recall_at(ranks, k) == 1


def reciprocal_rank(ranks: Ranks) -> float:
    """1 over the rank of the first passage that holds any piece; 0 where none does."""
    _count(ranks)
    return 1 / min((rank for rank in ranks if rank is not None), default=math.inf)


def ndcg_at(ranks: Ranks, k: int) -> float:
    """Normalised discounted cumulative gain at `k` (Järvelin & Kekäläinen 2002), gains of 1 discounted by log2.

    Pieces that one passage brings together are one gain: the ideal ranking has each gain, and each piece that was not
    found, in a passage of its own at the top.
    """
    _count(ranks)
    places = {rank for rank in ranks if rank is not None}
    ideal = len(places) + sum(rank is None for rank in ranks)
    gained = sum(_discount(place) for place in places if place <= k)
    return gained / sum(_discount(place) for place in range(1, min(ideal, k) + 1))


def _discount(place: int) -> float:
    return 1 / math.log2(place + 1)


def _within(rank: int | None, k: int) -> bool:
    return rank is not None and rank <= k


def _count(ranks: Ranks) -> int:
    if not ranks:
        raise ValueError("a question without evidence has no ranking to measure")
    return len(ranks)
