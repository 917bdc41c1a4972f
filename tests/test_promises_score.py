"""The scorer finds planted wrong answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.promises.types import Evidence, Measure, Promise, Verdict
from eval.promises.labelled import DEVELOPMENT, HELD_OUT, chains, score_labelled
from eval.promises.score import Shown, Tally, Wanted, judge, score, shown_over
from tests.builders import passage

SHARED = Path(__file__).parents[1].parent / "shared" / "archive"
YES = Wanted(0, 10, "yes", ((100, 120),))
PART = Wanted(0, 10, "part", ((100, 120),))
NO = Wanted(0, 10, "no")
RIGHT, WRONG = ((110, 130),), ((500, 520),)


def test_a_right_yes_counts_for_both() -> None:
    assert judge(YES, Shown("yes", RIGHT)) == Tally(yes_right=1, yes_shown=1, found=1, pairs=1)


def test_a_yes_with_the_wrong_passage_is_wrong_and_finds_nothing() -> None:
    assert judge(YES, Shown("yes", WRONG)) == Tally(yes_shown=1, pairs=1)


def test_a_yes_for_what_is_answered_in_part_is_wrong_but_found() -> None:
    assert judge(PART, Shown("yes", RIGHT)) == Tally(yes_shown=1, found=1, pairs=1)


def test_a_yes_for_what_is_not_mentioned_is_wrong() -> None:
    assert judge(NO, Shown("yes", RIGHT)) == Tally(yes_shown=1, absent=1)


def test_a_no_for_a_pair_that_exists_is_missed() -> None:
    assert judge(YES, Shown("no")) == Tally(pairs=1)


def test_evidence_that_ends_where_the_answer_begins_does_not_touch_it() -> None:
    assert judge(YES, Shown("yes", ((90, 100),))).yes_right == 0


def test_showing_everything_as_yes_does_not_pay() -> None:
    told = score([(wanted, Shown("yes", RIGHT)) for wanted in (YES, PART, NO)])
    assert told.precision == pytest.approx(1 / 3)
    assert (told.recall, told.silence) == (1.0, 0.0)


def test_showing_nothing_does_not_pay() -> None:
    told = score([(wanted, Shown("no")) for wanted in (YES, PART, NO)])
    assert (told.precision, told.recall, told.silence) == (0.0, 0.0, 1.0)


def _promise(start: int, end: int, verdict: Verdict) -> Promise:
    text = "新建村卫生室，改造卫生院" * 3
    said = passage(2, 2, text)
    evidence = () if verdict == "no" else (Evidence(said, 0, 5, 1.0),)
    return Promise(Measure(passage(1, 1, text, part="plan"), start, end), verdict, evidence, 1.0, "")


def test_a_label_over_several_measures_is_yes_only_where_all_are() -> None:
    wanted = Wanted(0, 12, "part")
    assert shown_over(wanted, [_promise(0, 6, "yes"), _promise(7, 12, "yes")]).verdict == "yes"
    assert shown_over(wanted, [_promise(0, 6, "yes"), _promise(7, 12, "no")]).verdict == "part"
    assert shown_over(wanted, [_promise(0, 6, "no"), _promise(12, 20, "yes")]).verdict == "no"


def test_a_label_that_no_measure_overlaps_is_shown_nowhere() -> None:
    assert shown_over(Wanted(0, 5, "yes"), [_promise(6, 12, "yes")]) == Shown("no")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled reports are not here")
def test_the_labels_fit_their_reports_and_no_file_serves_both_splits() -> None:
    found = list(chains(SHARED))
    assert sum(len(chain.wanted) for chain in found) >= 100
    splits = {split: {chain.plan for chain in found if chain.split == split} for split in (DEVELOPMENT, HELD_OUT)}
    assert not splits[DEVELOPMENT] & splits[HELD_OUT]
    assert all(bool(wanted.answers) == (wanted.label != "no") for chain in found for wanted in chain.wanted)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled reports are not here")
@pytest.mark.parametrize("split", [DEVELOPMENT, HELD_OUT])
def test_the_labelled_chains_reach_what_is_demanded(split: str) -> None:
    told, _ = score_labelled(SHARED, split)
    assert told.precision >= 0.85
    assert told.recall >= 0.8
