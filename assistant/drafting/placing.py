"""Which section each fact of the writer's belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.drafting.headings import bigrams, core
from assistant.drafting.themes import themes_of, words_for
from assistant.drafting.types import Fact, Order, Topic

_LEAST = 0.5


def place_facts(order: Order, topics: Sequence[Topic], field: str) -> list[list[int]]:
    """For each topic the numbers of the facts that stand in it; every fact stands somewhere, in the first where none
    fits.
    """
    placed: list[list[int]] = [[] for _ in topics]
    if not topics:
        return placed
    for number, fact in enumerate(order.facts):
        scores = [fit(fact, topic, field) for topic in topics]
        best = max(range(len(topics)), key=lambda i: (scores[i], -i))
        placed[best if scores[best] >= _LEAST else 0].append(number)
    return placed


def fit(fact: Fact, topic: Topic, field: str) -> float:
    """How well a fact fits a topic: by its heading, the words of its field, and what its exemplars say."""
    said = f"{fact.indicator or ''} {fact.text}"
    pairs = bigrams(fact.indicator or fact.text)
    heading = bigrams(core(topic.heading))
    score = 2.0 * len(pairs & heading) / max(1, min(len(pairs), len(heading)))
    score += 1.5 * bool(themes_of(said, field) & themes_of(topic.heading, field))
    score += 0.5 * min(2, sum(word in said for word in words_for(topic.heading, field)))
    for exemplar in topic.exemplars:
        shared = len(pairs & bigrams(exemplar.text)) / max(1, len(pairs))
        score += (0.6 if exemplar.own else 0.2) * shared * shared
    return score
