"""An answer in other words than the question's: taken where full text and vectors agree, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from assistant.evidence.candidates import Candidate
from assistant.evidence.nearest import nearest
from assistant.retrieval import Retriever
from assistant.retrieval.remembered import RememberedQueries
from ingest.archive import Archive
from tests.assistant_builders import question
from tests.builders import passage, report

ASKED = question("2022年青禾县改厕的事谁来把关")
BEST = "厕所改造一律由村委会验收"
OTHER = "新建垃圾中转站三座"


class Meaning:
    """Texts as vectors of two numbers: how near each is to any question is given."""

    def __init__(self, near: dict[str, float]) -> None:
        self.near = near

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[1.0, 0.0]] * len(texts), dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[self.near[text], (1 - self.near[text] ** 2) ** 0.5] for text in texts], dtype=np.float32)


class _Search:
    def __init__(self, near: dict[str, float] | None) -> None:
        self.archive = cast(Archive, None)
        self.encoder = None if near is None else RememberedQueries(Meaning(near))


def searching(near: dict[str, float] | None) -> Retriever:
    return cast(Retriever, _Search(near))


def candidate(text: str, own: float = 0.4, prior: float = 1.0) -> Candidate:
    return Candidate(passage(1, 1, text), REPORT, 0, len(text), text, own=own, coverage=own, prior=prior)


REPORT = report(1, "青禾县卫生健康局", "青禾县", "县", 2022)
FOUND = [candidate(BEST), candidate(OTHER, own=0.1, prior=0.5)]


def test_the_best_by_words_is_taken_when_it_is_nearest_in_meaning_too() -> None:
    assert nearest(ASKED, FOUND, searching({BEST: 0.9, OTHER: 0.8})) is FOUND[0]


def test_not_when_another_sentence_is_nearer() -> None:
    assert nearest(ASKED, FOUND, searching({BEST: 0.9, OTHER: 0.92})) is None


def test_not_when_nothing_is_near() -> None:
    assert nearest(ASKED, FOUND, searching({BEST: 0.85, OTHER: 0.8})) is None


def test_not_when_it_holds_next_to_nothing_of_the_topic_or_was_found_late() -> None:
    search = searching({BEST: 0.99})
    assert nearest(ASKED, [replace(FOUND[0], own=0.1)], search) is None
    assert nearest(ASKED, [replace(FOUND[0], prior=0.6)], search) is None
    assert nearest(ASKED, [], search) is None


def test_a_little_of_the_topic_is_enough_where_nothing_else_comes_near() -> None:
    best, other = replace(FOUND[0], own=0.2, score=0.9), replace(FOUND[1], score=0.6)
    search = searching({BEST: 0.9, OTHER: 0.8})
    assert nearest(ASKED, [best, other], search) is best
    assert nearest(ASKED, [best, replace(other, score=0.85)], search) is None


def test_not_without_a_model() -> None:
    assert nearest(ASKED, FOUND, searching(None)) is None
