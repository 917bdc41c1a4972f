"""How much nearer in meaning a clause is to a measure than the other clauses are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.promises.types import Embeds

_FROM, _TO = 2.5, 5.5
"""Standard deviations above the mean similarity: below the first a clause gains nothing, from the second on all."""
_MOST = 0.15
"""What a clause gains at most: it never speaks of a measure by nearness alone."""


def nearness(measures: Sequence[str], clauses: Sequence[str], encoder: Embeds) -> list[dict[int, float]]:
    """For each measure, what the clauses (by number) gain that stand out by their similarity to it.

    Similarities of one model lie close together (0.85 to 0.98 for e5), hence relative to all clauses of the review.
    """
    if not measures or len(clauses) < 2:
        return [{} for _ in measures]
    similar = encoder.encode_passages(measures) @ encoder.encode_passages(clauses).T
    spread = np.maximum(similar.std(axis=1, keepdims=True), 1e-6)
    gains = _MOST * np.clip(((similar - similar.mean(axis=1, keepdims=True)) / spread - _FROM) / (_TO - _FROM), 0, 1)
    return [{int(number): float(row[number]) for number in np.flatnonzero(row)} for row in gains]
