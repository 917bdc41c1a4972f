"""What a model's sentence rests on: what it names, else what says it."""

from __future__ import annotations

import pytest

from assistant.generation.attribution import attributions
from assistant.generation.sentences import Written
from tests.generation_builders import SCREENED, SIGNED, given

GIVEN = given(SCREENED, SIGNED)


def passages(text: str, *keys: int) -> list[list[int]]:
    return [[support.passage.id for support in supports] for supports in attributions(Written(text, keys), GIVEN)]


def test_what_the_sentence_names_is_tried_first_and_what_says_it_next() -> None:
    assert passages("免费产前筛查签约居民12.3万人。", 1) == [[1], [2]]


def test_a_piece_that_says_it_far_better_than_the_one_named_takes_its_place() -> None:
    assert passages("全县签约居民12.3万人。", 1) == [[2]]


def test_named_and_found_alike_is_tried_once() -> None:
    assert passages("全县签约居民12.3万人。", 2) == [[2]]


def test_numbers_that_were_not_given_are_passed_over() -> None:
    assert passages("全县签约居民12.3万人。", 99, 0, 2) == [[2]]
    assert passages("全县签约居民12.3万人。", 7) == [[2]]


def test_a_sentence_without_a_number_is_given_to_the_evidence_that_says_it() -> None:
    assert passages("产前筛查实际完成4380人。") == [[1]]


def test_further_evidence_is_added_for_the_numbers_still_missing() -> None:
    assert passages("免费产前筛查实际完成4380人，签约居民12.3万人。") == [[1, 2]]


@pytest.mark.parametrize("text", ["群众交口称赞。", "The target was reached.", "。", "12.3"])
def test_what_no_evidence_says_rests_on_nothing(text: str) -> None:
    assert passages(text) == []


def test_without_evidence_there_is_no_attribution() -> None:
    assert list(attributions(Written("", (1,)), ())) == []
    assert list(attributions(Written("签约居民", (1,)), ())) == []
