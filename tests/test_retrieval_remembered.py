"""Queries are embedded once: by whoever asks first, and outside the time that others wait for the archive."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.retrieval.remembered import RememberedQueries


class Counting:
    """An encoder that notes what it was given."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([[len(text), sum(map(ord, text))] for text in texts], dtype=np.float32).reshape(len(texts), 2)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise NotImplementedError


def test_the_same_query_is_embedded_once() -> None:
    encoder = Counting()
    remembered = RememberedQueries(encoder)
    first, second = remembered.encode_queries(["签约率"]), remembered.encode_queries(["签约率"])
    assert encoder.asked == ["签约率"] and np.array_equal(first, second)


def test_only_the_unknown_ones_of_several_are_embedded() -> None:
    encoder = Counting()
    remembered = RememberedQueries(encoder)
    remembered.encode_queries(["甲"])
    remembered.encode_queries(["乙", "甲", "乙"])
    assert encoder.asked == ["甲", "乙"]


def test_the_oldest_is_forgotten_when_there_are_too_many() -> None:
    encoder = Counting()
    remembered = RememberedQueries(encoder, kept=2)
    for text in ("甲", "乙", "甲", "丙", "甲", "乙"):
        remembered.encode_queries([text])
    assert encoder.asked == ["甲", "乙", "丙", "乙"]


def test_no_query_gives_no_vector() -> None:
    assert RememberedQueries(Counting()).encode_queries([]).shape == (0, 2)


@given(st.lists(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=8), max_size=8), st.integers(1, 3))
def test_remembering_changes_no_vector(batches: list[list[str]], kept: int) -> None:
    remembered = RememberedQueries(Counting(), kept)
    for batch in batches:
        assert np.array_equal(remembered.encode_queries(batch), Counting().encode_queries(batch))
