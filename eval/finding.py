"""Retrieval on a gold set, by kind of question: how much of the evidence is found, and how far up.

Two retrievals: `search` is the words of the question given to the retriever as they are, as any other program would do;
`gathered` is what `ask` hands to the composer once it has read the question, looked within its years, bodies and parts,
and kept the sentences that answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.gold import Gold
from eval.metrics.intervals import Interval, wilson
from eval.metrics.ranking import Ranks, all_at, first_ranks, ndcg_at, recall_at, reciprocal_rank
from eval.metrics.summary import TOTAL
from eval.product import DEPTH, Product, Relevance

SEARCH, GATHERED = "search", "gathered"

MEASURES: dict[str, Callable[[Ranks], float]] = {
    "recall_at_1": lambda ranks: recall_at(ranks, 1),
    "recall_at_5": lambda ranks: recall_at(ranks, 5),
    "recall_at_10": lambda ranks: recall_at(ranks, 10),
    "all_at_5": lambda ranks: float(all_at(ranks, 5)),
    "mrr": reciprocal_rank,
    "ndcg_at_10": lambda ranks: ndcg_at(ranks, 10),
}
"""Of one question; what is told is their mean over questions."""


@dataclass(frozen=True, slots=True)
class Found:
    """The ranks of one question's evidence in each retrieval, by the retrieval's name."""

    id: str
    kind: str
    ranks: Mapping[str, Ranks]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions with its 95 % interval.

    Wilson's, as if each question were right or wrong: a value between 0 and 1 varies less than that, so that the
    interval is rather too wide, and unlike a bootstrap's it has a width where every question got full marks.
    """

    value: float
    within: Interval

    def to_json(self) -> dict[str, float]:
        """value, low, high."""
        return {"value": self.value, **asdict(self.within)}


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every measure over `n` questions."""

    n: int
    measures: Mapping[str, Estimate]

    def to_json(self) -> dict[str, Any]:
        """n, and each measure as value, low, high."""
        return {"n": self.n, **{name: one.to_json() for name, one in self.measures.items()}}


def measured(gold: Sequence[Gold]) -> list[Gold]:
    """The questions that retrieval can be measured on: those with evidence in the archive."""
    return [one for one in gold if one.evidence and not one.expects_abstention]


def find_all(
    gold: Sequence[Gold],
    product: Product,
    copies: dict[str, frozenset[str]],
    told: Callable[[int, int], None] | None = None,
) -> list[Found]:
    """Both retrievals for every question that has evidence."""
    relevance = Relevance(product.archive, copies)
    questions = measured(gold)
    found = []
    for done, one in enumerate(questions, 1):
        gathered, _ = product.gathered(one.question, one.history)
        lists = {SEARCH: product.searched(one.question), GATHERED: gathered}
        ranks = {
            name: first_ranks(relevance.held(passages, one), len(one.evidence)) for name, passages in lists.items()
        }
        found.append(Found(one.id, one.kind, ranks))
        if told is not None:
            told(done, len(questions))
    return found


def rankings(found: Sequence[Found], retrieval: str) -> dict[str, Ranking]:
    """By kind of question, and of all (the last)."""
    kinds: dict[str, list[Ranks]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append(one.ranks[retrieval])
    groups = {kind: _ranking(ranks) for kind, ranks in kinds.items()}
    return {**groups, TOTAL: _ranking([one.ranks[retrieval] for one in found])} if found else {}


def to_json(found: Sequence[Found]) -> dict[str, Any]:
    """The machine form of the whole measurement."""
    return {
        "n": len(found),
        "depth": DEPTH,
        "retrievals": {
            name: {kind: one.to_json() for kind, one in rankings(found, name).items()} for name in (SEARCH, GATHERED)
        },
        "questions": [{"id": one.id, "kind": one.kind, **one.ranks} for one in found],
    }


def _ranking(ranks: Sequence[Ranks]) -> Ranking:
    measures = {}
    for name, measure in MEASURES.items():
        values = [measure(one) for one in ranks]
        within = wilson(min(sum(values), len(values)), len(values))
        if within is None:
            raise ValueError("no question to measure")
        measures[name] = Estimate(sum(values) / len(values), within)
    return Ranking(len(ranks), measures)
