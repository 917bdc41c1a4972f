"""Hybrid retrieval: BM25 over words and bigrams plus dense vectors, min-max normalised and summed.

Each side proposes a pool; every candidate of the union then gets its exact score from both sides, so that a passage
found by one index only is not punished for a rank it never competed for. Fusion by relative scores rather than ranks:
S. Bruch et al., "An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 2023.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.remembered import QueryEncoder, RememberedQueries
from assistant.retrieval.rewritten import Rewritten, reworded
from ingest.archive import Archive
from ingest.archive.records import PassageRecord, Scope

POOL = 50
"""How many candidates each index proposes."""

DENSE_WEIGHT = 1.0
"""Weight of the dense side against 1 for the full-text side."""

REWRITTEN = 1.0
"""What the best passage in a rewriter's words counts against the best one in the words asked for."""

ROOM_FOR_REWRITTEN = 5
"""In a list of so many at least one place is kept for a text in a rewriter's words, if there is any."""


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage with its fused score: 0 (worst of the pool on both sides) to 1 (best on both)."""

    passage: PassageRecord
    score: float


class Retriever:
    """Retrieves passages of one archive. Without an encoder it works by full text alone."""

    def __init__(self, archive: Archive, encoder: QueryEncoder | None) -> None:
        self.archive = archive
        self.encoder = None if encoder is None else RememberedQueries(encoder)
        self._rewritten = Rewritten(archive)

    def prepare(self, query: str) -> None:
        """Compute the vector of a query that will be asked soon, while others read the archive."""
        if self.encoder is not None:
            self.encoder.encode_queries([query])

    def retrieve(
        self, query: str, scope: Scope | None = None, k: int = 10, *, also: Sequence[str] = ()
    ) -> list[ScoredPassage]:
        """The `k` best passages for `query` within `scope`, best first. `also`: further wordings for the full text."""
        return self.retrieve_many([query], scope, k, also=also)[0]

    def retrieve_many(
        self, queries: Sequence[str], scope: Scope | None = None, k: int = 10, *, also: Sequence[str] = ()
    ) -> list[list[ScoredPassage]]:
        """`retrieve` for several queries, encoded in one batch."""
        where = scope or Scope()
        vectors = None if self.encoder is None else self.encoder.encode_queries(queries)
        found = []
        for i, query in enumerate(queries):
            spun = self._rewritten_hits(query, where)
            scores = self._fuse([query, *also], None if vectors is None else vectors[i], where, spun)
            order = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
            best = order[:k]
            if spun and k >= ROOM_FOR_REWRITTEN and not any(number in spun for number, _ in best):
                best[-1:] = [next(item for item in order if item[0] in spun)]
            passages = {record.id: record for record in self.archive.passages([number for number, _ in best])}
            found.append([ScoredPassage(passages[number], score) for number, score in best if number in passages])
        return found

    def _fuse(
        self, texts: Sequence[str], vector: NDArray[np.float32] | None, scope: Scope, spun: Mapping[int, float]
    ) -> dict[int, float]:
        dense = {} if vector is None else self._dense_hits(vector, scope)
        hits = self.archive.search_text(texts, scope, POOL, also=tuple(dense))
        lexical = dict.fromkeys(dense, 0.0) | {hit.passage_id: hit.score for hit in hits}
        lexical = _with_rewritten(lexical, spun)
        if vector is None:
            return _min_max(lexical)
        for number, stored in self.archive.vectors_of([n for n in lexical if n not in dense]).items():
            dense[number] = float(stored @ vector)
        left, right = _min_max(lexical), _min_max(dense)
        total = 1 + DENSE_WEIGHT
        return {
            number: (left.get(number, 0.0) + DENSE_WEIGHT * right.get(number, 0.0)) / total
            for number in left.keys() | right.keys()
        }

    def _dense_hits(self, vector: NDArray[np.float32], scope: Scope) -> dict[int, float]:
        return {hit.passage_id: hit.score for hit in self.archive.search_vectors(vector, scope, POOL)}

    def _rewritten_hits(self, query: str, scope: Scope) -> dict[int, float]:
        """bm25 of the passages of rewritten reports that hold the query in the rewriter's words."""
        variants = reworded(query)
        where = self._rewritten.scope(scope) if variants else None
        found: dict[int, float] = {}
        for variant in variants if where is not None else ():
            for hit in self.archive.search_text([variant], where, POOL):
                found[hit.passage_id] = max(hit.score, found.get(hit.passage_id, 0.0))
        return found


def _with_rewritten(lexical: dict[int, float], spun: Mapping[int, float]) -> dict[int, float]:
    """The best of `spun` gets REWRITTEN times the best ordinary score, so that they stand among the others."""
    best = max(spun.values(), default=0.0)
    if best <= 0:
        return lexical
    factor = REWRITTEN * max(lexical.values(), default=best) / best
    return lexical | {number: max(score * factor, lexical.get(number, 0.0)) for number, score in spun.items()}


def _min_max(scores: Mapping[int, float]) -> dict[int, float]:
    """Scores scaled to 0..1; a single candidate (or equal ones) get 1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high - low < 1e-12:
        return dict.fromkeys(scores, 1.0)
    return {number: (score - low) / (high - low) for number, score in scores.items()}
