"""The table of facts is consistent in itself."""

from __future__ import annotations

import pytest

from eval.sample.facts import HIDDEN_YEAR, Fact, load_table, number, unit
from eval.sample.sentences import gap

TABLE = load_table()


def _counts() -> list[Fact]:
    return [
        fact
        for fact in TABLE.facts
        if TABLE.indicators[fact.indicator].kind == "count"
        and fact.target
        and fact.result
        and "words" not in fact.flags
    ]


def test_the_table_has_enough_to_tell() -> None:
    assert len({fact.indicator for fact in TABLE.facts}) >= 18
    assert {fact.year for fact in TABLE.facts if fact.body == "yl" and fact.result} == set(range(2019, 2025))


def test_every_row_stands_once() -> None:
    keys = [fact.key for fact in TABLE.facts]
    assert len(keys) == len(set(keys))


def test_rates_are_result_over_target() -> None:
    rated = [fact for fact in _counts() if fact.rate]
    assert len(rated) > 100
    for fact in rated:
        target, result, rate = number(fact.target), number(fact.result), number(fact.rate)
        assert target and result and rate
        assert rate == pytest.approx(100 * result / target, abs=0.006), fact


def test_target_and_result_have_the_same_unit() -> None:
    for fact in _counts():
        assert unit(fact.target).removeprefix("万") == unit(fact.result).removeprefix("万"), fact


def test_targets_are_missed_met_and_exceeded() -> None:
    signs = [(number(fact.result) or 0) - (number(fact.target) or 0) for fact in _counts() if not fact.half]
    assert sum(sign < 0 for sign in signs) >= 20
    assert sum(sign == 0 for sign in signs) >= 8
    assert sum(sign > 0 for sign in signs) >= 40


def test_a_half_year_has_the_target_of_its_year_and_less_than_its_result() -> None:
    for half in [fact for fact in _counts() if fact.half]:
        whole = TABLE.find(half.body, half.year, half.indicator)
        assert whole is not None
        assert half.target == whole.target
        if whole.result:
            assert (number(half.result) or 0) < (number(whole.result) or 0), half


def test_totals_of_several_years_are_the_sum_of_the_years_held() -> None:
    checked = 0
    for fact in TABLE.facts:
        if fact.five is None or not fact.five[0].startswith(("2021年以来", "“十四五”以来")):
            continue
        years = [TABLE.find(fact.body, year, fact.indicator) for year in range(2021, fact.year + 1)]
        total = sum(number(row.result) or 0 for row in years if row is not None)
        mean = "年均" in fact.five[0]
        assert number(fact.five[1]) == round(total / len(years) if mean else total)
        checked += 1
    assert checked >= 3


def test_a_row_never_repeats_for_another_body_or_year() -> None:
    for key, indicator in TABLE.indicators.items():
        results = [fact.result for fact in TABLE.facts if fact.indicator == key and fact.result and not fact.half]
        long = [result for result in results if len(result) > 5]
        assert len(long) == len(set(long)) or key == "zhongyi", indicator.name


def test_every_way_of_being_hidden_or_hurt_is_in_the_table() -> None:
    flags = {flag.partition("=")[0] for fact in TABLE.facts for flag in fact.flags}
    assert flags == {"plan", "prev", "table", "cut", "words", "not_reported", "mask_target", "mask_result"}
    assert any(fact.year == HIDDEN_YEAR for fact in TABLE.facts)


def test_topics_that_are_planned_are_followed_up() -> None:
    both = [item for item in TABLE.items if item.plan and item.done]
    assert len(both) >= 40
    assert all(item.key_plan in item.plan and item.key_done in item.done for item in both)
    assert all(name in item.plan for item in TABLE.items for name in item.names if item.plan)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.45万人", 14500),
        ("10,082人", 10082),
        ("93%以上", 93),
        ("十二个", 12),
        ("二十三个", 23),
        ("九个", 9),
        ("3.1‰以内", 3.1),
    ],
)
def test_written_figures_have_a_value(written: str, value: float) -> None:
    assert number(written) == pytest.approx(value)


def test_words_have_no_value() -> None:
    assert number("保持在合理水平") is None


def test_the_gap_is_said_in_the_unit_of_the_target() -> None:
    row = next(fact for fact in _counts() if "万" in fact.target and "万" in fact.result and fact.target != fact.result)
    assert gap(row).endswith(unit(row.target))
