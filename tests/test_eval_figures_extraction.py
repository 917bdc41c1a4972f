"""The score of figure extraction falls when a figure is wrong: planted faults, one at a time."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from eval.figures.match import Tally, Wanted, pairs, same_use, same_value
from eval.figures.report import measures
from eval.figures.sample import score_sample
from eval.reading.report import TopicError
from ingest.figures.types import Figure, Value
from ingest.period import Period
from ingest.settings import load_settings

WANTED = Wanted(10, 15, (Decimal(4480),), "人", frozenset({"result"}), "2022")
FOUND = Figure(
    10,
    15,
    "4480人",
    Value(0, 5, Decimal(4480), Decimal(4480), "人"),
    "两癌筛查",
    None,
    "result",
    False,
    Period.year(2022),
)


def test_the_same_figure_is_right() -> None:
    assert pairs([WANTED], [FOUND]) == [(WANTED, FOUND)]
    assert same_value(WANTED, FOUND) and same_use(WANTED, FOUND)


@pytest.mark.parametrize(
    "value", [replace(FOUND.value, low=Decimal(4481)), replace(FOUND.value, unit="户"), replace(FOUND.value, low=None)]
)
def test_another_number_or_unit_is_wrong(value: Value) -> None:
    assert not same_value(WANTED, replace(FOUND, value=value))


def test_another_role_or_period_is_wrong_though_the_number_is_right() -> None:
    assert not same_use(WANTED, replace(FOUND, role="target"))
    assert not same_use(WANTED, replace(FOUND, period=Period(2018, 2022)))
    assert not same_use(WANTED, replace(FOUND, period=None))


def test_a_range_is_both_its_ends() -> None:
    wanted = replace(WANTED, numbers=(Decimal(5), Decimal(6)))
    assert same_value(wanted, replace(FOUND, value=replace(FOUND.value, low=Decimal(5), high=Decimal(6))))
    assert not same_value(wanted, replace(FOUND, value=replace(FOUND.value, low=Decimal(5), high=Decimal(5))))


def test_a_figure_elsewhere_is_missing_and_one_found_serves_once() -> None:
    assert pairs([WANTED], [replace(FOUND, start=20, end=25)]) == [(WANTED, None)]
    assert [found for _, found in pairs([WANTED, WANTED], [FOUND])] == [FOUND, None]


def test_what_is_found_too_much_lowers_the_score() -> None:
    assert Tally(2, 2, 2).f1 == 1
    assert Tally(2, 2, 4).f1 == pytest.approx(2 / 3) and Tally(2, 2, 4).precision == 0.5
    assert Tally(2, 4, 2).f1 == pytest.approx(2 / 3) and Tally(2, 4, 2).recall == 0.5
    assert Tally().f1 == 0


def test_the_sample_s_figures_are_read_as_the_table_says(tmp_path: Path) -> None:
    scored = score_sample(load_settings(tmp_path))
    assert scored.value.wanted > 1000
    assert scored.value.f1 >= 0.97 and scored.use.f1 >= 0.93


def test_real_figures_are_held_against_labels_or_skipped_with_a_word(tmp_path: Path) -> None:
    ((_, told),) = measures(tmp_path, load_settings(tmp_path), ["labelled"])
    assert isinstance(told, str) and told.startswith("skipped")
    shared = Path(__file__).parents[1].parent / "shared"
    if not (shared / "archive").is_dir():
        pytest.skip("the real reports are not there")
    ((_, real),) = measures(shared, load_settings(tmp_path), ["labelled"])
    assert isinstance(real, list) and all(measure.kept and measure.total > 600 for measure in real)


def test_a_topic_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(TopicError, match="sample"):
        list(measures(tmp_path, load_settings(tmp_path), ["samples"]))
