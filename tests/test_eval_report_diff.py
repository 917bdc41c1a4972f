"""The diff: planted changes are seen, chance and a machine's mood are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.metrics.intervals import wilson
from eval.report.diff import compare, verdict
from eval.report.kept import Figure
from eval.report.measured import Failure, Saved
from eval.report.parts import Row
from tests.eval_report_builders import MACHINE, figure, measured, part


def share(right: int, n: int, **more: float) -> Figure:
    within = wilson(right, n)
    assert within is not None
    return figure(value=right / n, n=n, low=within.low, high=within.high, **more)


def count(value: float, better: str = "lower") -> Figure:
    return figure(value=value, unit="count", better=better)


def seconds(value: float) -> Figure:
    return figure(value=value, unit="seconds", better="lower")


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (share(300, 326), share(250, 326), "worse"),
        (share(250, 326), share(300, 326), "better"),
        (share(300, 326), share(297, 326), "same"),
        (share(300, 326), share(300, 326), "same"),
        (share(300, 326, least=0.915), share(297, 326, least=0.915), "worse"),
        (count(0.0), count(1.0), "worse"),
        (count(3.0), count(1.0), "better"),
        (count(3.0, better="neither"), count(1.0, better="neither"), "changed"),
        (seconds(1.0), seconds(1.2), "same"),
        (seconds(1.0), seconds(1.5), "worse"),
        (seconds(1.5), seconds(1.0), "better"),
        (figure(value=2.0, unit="times", least=1.6), figure(value=1.59, unit="times", least=1.6), "worse"),
        (figure(value=0.5), figure(value=None), "changed"),
    ],
)
def test_what_became_of_a_figure(before: Figure, after: Figure, wanted: str) -> None:
    assert verdict(before, after)[0] == wanted


def test_a_row_may_have_its_own_noise() -> None:
    before, after = (figure(value=value, unit="seconds", better="lower", noise=0.6) for value in (1.0, 1.5))
    assert verdict(before, after)[0] == "same"


def test_new_and_vanished_rows_are_told() -> None:
    saved = {"one": Saved(measured(figure("kept"), figure("new")), measured(figure("kept"), figure("old")))}
    found = compare([part()], saved)
    assert [(change.key, change.verdict) for change in found.changes] == [
        ("kept", "same"), ("old", "gone"), ("new", "new"),
    ]  # fmt: skip
    assert found.regressed


def test_nothing_worse_is_no_regression() -> None:
    found = compare([part()], {"one": Saved(measured(figure(value=0.95)), measured(figure(value=0.9)))})
    assert not found.regressed
    assert len(found.of("better")) == 1


def test_times_of_another_machine_are_not_compared_but_a_broken_demand_is() -> None:
    slow = figure("slow", 9.0, unit="seconds", better="lower")
    bound = figure("bound", 9.0, unit="seconds", better="lower", most=5.0)
    now = measured(slow, bound, machine={**MACHINE, "cores": 64})
    before = measured(replace(slow, value=1.0), replace(bound, value=1.0))
    found = compare([part()], {"one": Saved(now, before)})
    assert {change.key: change.verdict for change in found.changes} == {"slow": "elsewhere", "bound": "worse"}


def test_a_failed_part_is_a_regression_even_with_older_figures() -> None:
    saved = {"one": Saved(measured(figure()), None, Failure("2026-03-02", "x", "it broke"))}
    found = compare([part()], saved)
    assert found.failed == (("one", "it broke"),)
    assert found.regressed


def test_questions_that_turned_are_named_even_within_the_interval() -> None:
    before = measured(share(9, 10), asked=10, wrong=("a",))
    after = measured(share(9, 10), asked=10, wrong=("b",))
    found = compare([part()], {"one": Saved(after, before)})
    assert [(one.lost, one.won) for one in found.flips] == [(("b",), ("a",))]
    assert not found.regressed


def test_another_report_can_be_compared_with() -> None:
    mine = {"one": Saved(measured(figure(value=0.5)), measured(figure(value=0.5)))}
    other = {"one": Saved(measured(figure(value=0.9)))}
    assert compare([part()], mine, other).regressed
    assert not compare([part()], mine).regressed


def test_a_demand_raised_in_the_table_holds_for_what_is_saved() -> None:
    row = Row("right", "right", "right", least=0.95)
    saved = {"one": Saved(measured(figure(value=0.94)), measured(figure(value=0.96)))}
    (change,) = compare([part("one", row)], saved).changes
    assert (change.verdict, change.why) == ("worse", "the demand is no longer kept")
