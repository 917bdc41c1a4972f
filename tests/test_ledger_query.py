"""Filters and series over the ledger."""

from __future__ import annotations

import time

import pytest

from assistant.ledger import Ledger, Query
from tests.ledger_builders import Archive, report

_ROWS = 20_000
_SLOWEST = 0.05


@pytest.fixture
def ledger() -> Ledger:
    archive = Archive(report(1, 2021), report(2, 2022), report(3, 2022, org="白石市卫生健康委员会", region="白石市"))
    archive.say("目标", "农村适龄妇女“两癌”免费检查", "900人", period="2021").say(
        "结果", "两癌筛查", "950人", period="2021"
    )
    archive.say("目标", "两癌筛查", "1000人", number=2).say("结果", "建档率", "91%", number=2)
    archive.say("结果", "两癌筛查", "480人", period="2022-H1", number=2)
    archive.say("结果", "两癌筛查", "4500人", period="2016/2020", number=2)
    archive.say("结果", "两癌筛查", "7000人", number=3).say("结果", "某项新设备", "3台", number=3)
    return Ledger(archive.rows(), archive.reports)


def found(ledger: Ledger, query: Query) -> set[tuple[str | None, str]]:
    return {(row.region, str(row.period)) for row in ledger.find(query)}


def test_without_filters_everything_is_found_in_order(ledger: Ledger) -> None:
    assert ledger.find(Query()) == list(ledger.rows)


@pytest.mark.parametrize("org", ["青禾县卫生健康局", "青禾县卫健局", "青禾县", "青禾"])
def test_a_body_is_found_by_each_of_its_names(ledger: Ledger, org: str) -> None:
    assert {row.region for row in ledger.find(Query(org=org))} == {"青禾县"}


def test_a_body_that_is_not_there_has_no_rows(ledger: Ledger) -> None:
    assert ledger.find(Query(org="远山县")) == []


def test_a_year_holds_its_halves_and_no_run_of_years(ledger: Ledger) -> None:
    assert {period for _, period in found(ledger, Query(org="青禾县", year=2022))} == {"2022", "2022-H1"}
    assert ("青禾县", "2016/2020") not in found(ledger, Query(year=2018))
    assert ("青禾县", "2016/2020") in found(ledger, Query(year=2018, spans=True))
    assert {period for _, period in found(ledger, Query(year=2022, half=1))} == {"2022-H1"}


@pytest.mark.parametrize("word", ["两癌", "两癌筛查", "宫颈癌乳腺癌检查", "农村妇女两癌检查"])
def test_an_indicator_is_found_under_any_name(ledger: Ledger, word: str) -> None:
    rows = ledger.find(Query(indicator=word, year=2021))
    assert [row.name for row in rows] == ["农村适龄妇女“两癌”免费检查"]


@pytest.mark.parametrize("word", ["新设备", "设备", "项"])
def test_an_indicator_that_no_table_knows_is_found_by_a_piece_of_its_name(ledger: Ledger, word: str) -> None:
    assert [row.name for row in ledger.find(Query(indicator=word))] == ["某项新设备"]


def test_a_word_that_nothing_is_called_finds_nothing(ledger: Ledger) -> None:
    assert ledger.find(Query(indicator="地铁里程")) == []


def test_the_role_asks_for_a_cell_of_that_role(ledger: Ledger) -> None:
    assert all(row.targets for row in ledger.find(Query(role="target")))
    assert all(row.results or row.completions for row in ledger.find(Query(role="result")))


def test_a_status_is_a_filter(ledger: Ledger) -> None:
    assert {row.status for row in ledger.find(Query(status=frozenset({"met"})))} == {"met"}


def test_a_series_runs_over_whole_years_only(ledger: Ledger) -> None:
    (points,) = ledger.series("青禾县", "两癌筛查").values()
    assert [point.year for point in points] == [2021, 2022]
    assert [point.result.text if point.result else None for point in points] == ["950人", None]


def test_queries_over_many_rows_are_quick() -> None:
    archive = Archive(*(report(n, 2000 + n % 20, f"第{n}县卫生健康局", f"第{n}县") for n in range(1, 41)))
    for place in range(_ROWS):
        number = place % 40 + 1
        archive.say(
            "结果", f"{'两癌筛查' if place % 7 == 0 else f'设备{place % 500}更新'}", f"{place + 1}人", number=number
        )
    ledger = Ledger(archive.rows(), archive.reports)
    for query in (
        Query(year=2022),
        Query(indicator="两癌筛查"),
        Query(org="第3县"),
        Query(indicator="设备", role="result"),
    ):
        times = []
        for _ in range(3):
            began = time.perf_counter()
            ledger.find(query)
            times.append(time.perf_counter() - began)
        assert min(times) < _SLOWEST
