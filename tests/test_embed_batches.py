"""Batches: every text once, no batch over the budget, neighbours of similar length."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.embed.batches import estimate_tokens, plan_batches

LENGTHS = st.lists(st.integers(1, 512), max_size=60)


@given(LENGTHS, st.integers(1, 2000))
def test_every_text_is_in_exactly_one_batch(lengths: list[int], budget: int) -> None:
    batches = plan_batches(lengths, budget)

    assert sorted(position for batch in batches for position in batch) == list(range(len(lengths)))


@given(LENGTHS, st.integers(1, 2000))
def test_a_padded_batch_is_within_the_budget_unless_it_is_a_single_text(lengths: list[int], budget: int) -> None:
    for batch in plan_batches(lengths, budget):
        assert len(batch) == 1 or len(batch) * max(lengths[i] for i in batch) <= budget


@given(LENGTHS)
def test_no_text_is_shorter_than_any_text_of_a_later_batch(lengths: list[int]) -> None:
    batches = plan_batches(lengths)

    for earlier, later in pairwise(batches):
        assert min(lengths[i] for i in earlier) >= max(lengths[i] for i in later)


def test_lengths_beyond_the_model_do_not_count() -> None:
    assert estimate_tokens("报" * 10_000) == 512


def test_three_chinese_characters_are_about_two_tokens() -> None:
    assert 195 <= estimate_tokens("全县基层医疗卫生机构服务能力稳步提升" * 16) <= 250
