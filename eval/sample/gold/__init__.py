"""Gold questions: one module per family of kinds, all from the table and from where its sentences lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from eval.sample.archive import Made
from eval.sample.gold.absent import unanswerable
from eval.sample.gold.damage import corrupt, masked
from eval.sample.gold.figures import facts, plans, promises
from eval.sample.gold.index import Index
from eval.sample.gold.series import comparisons, trends
from eval.sample.gold.talk import followups
from eval.sample.gold.topics import lists, topic_facts, topic_plans

_FAMILIES = (
    facts,
    topic_facts,
    plans,
    topic_plans,
    lists,
    comparisons,
    promises,
    trends,
    masked,
    corrupt,
    followups,
    unanswerable,
)


def all_questions(files: Sequence[Made]) -> list[dict[str, Any]]:
    """Every gold question, numbered within its kind."""
    index = Index(files)
    seen: Counter[str] = Counter()
    questions = []
    for family in _FAMILIES:
        for question in family(index):
            seen[question.kind] += 1
            questions.append(question.to_json(f"{question.kind}-{seen[question.kind]:03d}"))
    return questions
