"""Asks the gold questions and sorts the wrong answers by cause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from eval.causes import Reach, fault_of, to_json
from eval.gold import Gold
from eval.opened import Opened
from eval.product import Product, Relevance, product
from eval.run import ask_all, scored


def faults(gold: Sequence[Gold], archive: Opened, told: Callable[[int, int], None] | None = None) -> dict[str, Any]:
    """The groups of causes over the whole gold set, as JSON (see `eval.causes.to_json`)."""
    with product(archive.settings) as asked:
        answers, seconds = ask_all(gold, asked, "extractive", told)
        run = scored(gold, answers, seconds, archive)
        found = [
            fault_of(one, answer, score, archive.copies, partial(reach, one, asked, archive.copies))
            for one, answer, score in zip(gold, run.answers, run.scores, strict=True)
        ]
    return to_json([fault for fault in found if fault is not None], len(gold))


def reach(gold: Gold, asked: Product, copies: dict[str, frozenset[str]]) -> Reach:
    """How far retrieval came for one question."""
    relevance = Relevance(asked.archive, copies)
    _, read = asked.gathered(gold.question, gold.history)
    retrieved = any(relevance.held(read, gold))
    return Reach(retrieved, retrieved or relevance.anywhere(gold))
