"""Figures are compared in their places: whatever figure is changed, and however a copy breaks the lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from ingest.archive.agreement import Figures, disagreements, figures
from ingest.mapped import MappedText
from ingest.types import Mark, Section
from ingest.types import Passage as PassageOf
from tests.copies_builders import prose

TEXT = "".join(prose(1))
NUMBERS = [found.span() for found in re.finditer(r"\d+", TEXT)]


def read(*pieces: str, marks: Sequence[Mark] = ()) -> Figures:
    made, at = [], 0
    for piece in pieces:
        made.append(PassageOf(MappedText.identity(piece, at)))
        at += len(piece)
    return figures([Section((), None, None, 0, at, tuple(made))], marks)


@given(st.integers(0, len(NUMBERS) - 1), st.integers(0, 99_999))
def test_any_other_figure_in_any_place_is_noticed_from_both_sides(which: int, new: int) -> None:
    start, end = NUMBERS[which]
    assume(str(new) != TEXT[start:end])
    one, other = read(TEXT), read(TEXT[:start] + str(new) + TEXT[end:])
    assert disagreements(one, other) > 0 and disagreements(other, one) > 0


@given(st.integers(0, len(NUMBERS) - 1), st.integers(0, len(NUMBERS) - 1))
def test_two_figures_that_changed_places_are_noticed(left: int, right: int) -> None:
    (a, b), (c, d) = sorted((NUMBERS[left], NUMBERS[right]))
    assume(TEXT[a:b] != TEXT[c:d])
    other = TEXT[:a] + TEXT[c:d] + TEXT[b:c] + TEXT[a:b] + TEXT[d:]
    assert disagreements(read(other), read(TEXT)) > 0


@given(st.sets(st.sampled_from([m.end() for m in re.finditer("[。，]", TEXT)]), max_size=12))
def test_how_a_copy_is_broken_into_passages_does_not_matter(breaks: set[int]) -> None:
    edges = [0, *sorted(breaks), len(TEXT)]
    pieces = [TEXT[start:end] for start, end in pairwise(edges)]
    assert disagreements(read(*pieces), read(TEXT)) == 0 == disagreements(read(TEXT), read(*pieces))


@given(st.integers(0, len(NUMBERS) - 1), st.integers(0, 99_999))
def test_a_marked_figure_may_be_any(which: int, new: int) -> None:
    start, end = NUMBERS[which]
    changed = TEXT[:start] + str(new) + TEXT[end:]
    mark = Mark(start, start + len(str(new)), "doubtful", "存疑")
    assert disagreements(read(changed, marks=[mark]), read(TEXT)) == 0
    assert disagreements(read(TEXT), read(changed, marks=[mark])) == 0


def test_a_figure_read_from_a_picture_counts_as_it_was_read() -> None:
    start, end = NUMBERS[0]
    changed = f"{TEXT[:start]}0{TEXT[end:]}"
    assert disagreements(read(changed, marks=[Mark(0, len(changed), "ocr", "识别")]), read(TEXT)) == 1


def test_numbering_is_no_figure_and_thousands_separators_are_none_either() -> None:
    plain = read("落实制度共12345人。加强培训共6项。")
    for other in ("一、落实制度共12,345人。", "1.落实制度共12345人。", "（一）落实制度共12345人。"):
        assert disagreements(read(f"{other}（2）加强培训共6项。"), plain) == 0


def test_figures_in_words_and_units_count() -> None:
    assert disagreements(read("全县建成六个中医馆。"), read("全县建成七个中医馆。")) == 1
    assert disagreements(read("全县签约56人次。"), read("全县签约56万人次。")) == 1
