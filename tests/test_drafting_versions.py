"""Which versions of a draft are folded away: never the newest, never one that has a reason to be there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.versions import (
    BEFORE_DRAFTING,
    BEFORE_REWRITING,
    SAVED,
    SPELL,
    DraftVersion,
    folded,
    prevailing,
    saved_note,
)

NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)
NOTES = st.sampled_from(["", "", "", SAVED, saved_note("送审稿"), BEFORE_DRAFTING, "恢复自第2版"])


@st.composite
def histories(draw: st.DrawFn) -> tuple[DraftVersion, ...]:
    """Versions of one draft at any times; a clock may have been set back."""
    minutes = draw(st.lists(st.integers(-10, 60 * 24 * 5), min_size=1, max_size=40))
    if draw(st.booleans()):
        minutes.sort(reverse=True)
    return tuple(DraftVersion("d", n, NOW - timedelta(minutes=m), draw(NOTES)) for n, m in enumerate(minutes, 1))


def left(versions: Sequence[DraftVersion], now: datetime = NOW) -> tuple[DraftVersion, ...]:
    gone = folded(versions, now)
    return tuple(one for one in versions if one.number not in gone)


@given(histories(), st.integers(0, 60 * 24 * 9))
def test_neither_the_newest_nor_what_has_a_reason_is_ever_folded(
    versions: tuple[DraftVersion, ...], later: int
) -> None:
    kept = left(versions, NOW + timedelta(minutes=later))
    assert versions[-1] in kept
    assert [one for one in kept if not one.automatic] == [one for one in versions if not one.automatic]


@given(histories(), st.integers(0, 60 * 24 * 9))
def test_folding_twice_is_folding_once(versions: tuple[DraftVersion, ...], later: int) -> None:
    now = NOW + timedelta(minutes=later)
    assert left(left(versions, now), now) == left(versions, now)


@given(histories())
def test_every_spell_of_the_last_day_and_every_day_before_leaves_its_last_version(
    versions: tuple[DraftVersion, ...],
) -> None:
    kept = left(versions)
    for one in versions:
        later = [other for other in kept if other.number >= one.number]
        near = [other for other in later if other.saved.astimezone().date() == one.saved.astimezone().date()]
        if one.saved > NOW - timedelta(days=1):
            near = [other for other in later if abs(other.saved - one.saved) < SPELL]
        assert near, "something close to it, and not older, is still there"


def test_the_writers_word_outweighs_the_programs() -> None:
    plain, saved = DraftVersion("d", 1, NOW), DraftVersion("d", 1, NOW, saved_note("送审稿"))
    assert prevailing(plain, BEFORE_REWRITING) == BEFORE_REWRITING
    assert prevailing(saved, BEFORE_REWRITING) == prevailing(saved, saved_note()) == saved.note
    assert prevailing(saved, saved_note("定稿")) == saved_note("定稿")
    assert prevailing(DraftVersion("d", 1, NOW, BEFORE_REWRITING), saved_note()) == SAVED
    assert (saved.label, plain.label, DraftVersion("d", 1, NOW, SAVED).label) == ("送审稿", "", "")
