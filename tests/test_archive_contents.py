"""What is stored of a passage's map to its source is what the map says."""

from __future__ import annotations

import json
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.archive.contents import runs_json
from ingest.archive.fingerprint import MODULUS, distinct, hashes_of, sample, shared, shingles, wording
from ingest.archive.terms import terms
from ingest.mapped import MappedText
from ingest.types import Section
from tests.copies_builders import prose


@st.composite
def mapped(draw: st.DrawFn) -> MappedText:
    """Any map: runs of single characters, runs that stand for one span, empty spans, jumps back and forth."""
    starts, ends = array("l"), array("l")
    for length, start, width in draw(
        st.lists(st.tuples(st.integers(1, 5), st.integers(0, 30), st.integers(0, 3)), max_size=8)
    ):
        step = 1 if width == 1 else 0
        for i in range(length):
            starts.append(start + i * step)
            ends.append(start + i * step + width)
    return MappedText("字" * len(starts), starts, ends)


@given(mapped())
def test_the_stored_runs_are_those_of_the_map(text: MappedText) -> None:
    assert [tuple(run) for run in json.loads(runs_json(text))] == list(text.runs())
    assert MappedText.from_runs(text.text, json.loads(runs_json(text))) == text


@given(st.text(alphabet="卫生健康局工作总结", max_size=400), st.integers(0, 400))
def test_a_piece_of_a_text_is_contained_in_it_and_its_sample_in_the_texts_sample(words: str, at: int) -> None:
    whole, piece = shingles(words), shingles(words[at:])
    assert list(whole) == sorted(set(hashes_of(words).tolist()))
    assert shared(whole, piece) == (1.0 if len(piece) else 0.0)
    if sample(piece):
        assert set(sample(piece)) <= set(sample(whole))


def test_another_text_shares_little() -> None:
    one, other = (shingles("".join(prose(seed, 200))) for seed in (1, 2))
    assert shared(one, other) < 0.1
    assert len(distinct(one)) == len(one)


def test_the_sample_is_a_fair_share_of_the_text() -> None:
    hashes = shingles("".join(prose(3, 2000)))
    assert len(sample(hashes)) * MODULUS == pytest.approx(len(hashes), rel=0.15)


@given(st.text(alphabet="卫生2,.%Ａ３ 、，。x×", max_size=40))
def test_terms_are_the_words_without_punctuation_and_all_neighbouring_pairs(text: str) -> None:
    found = terms(text)
    assert all(term and not set(term) - set("卫生2.%a3x") for term in found.words if "×" not in term)
    assert all(len(gram) == 2 and set(gram) <= set("卫生") for gram in found.grams)
    assert terms(text) == found


def test_a_section_without_passages_has_no_wording() -> None:
    assert wording([Section((), None, None, 0, 0)]) == ""
