"""The ledger follows its archive: what changed is made anew, what did not is kept, and nobody could tell which."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.ledger import Joins, Ledger, build_ledger
from assistant.ledger.making import LedgerMaker
from assistant.ledger.types import LedgerRow
from ingest.archive import Archive
from ingest.corrections import correct_report
from ingest.settings import Settings
from ingest.types import Changes
from tests.assistant_builders import CITY_2022, COUNTY_2021, COUNTY_2022, ingest

_COUNTY, _CITY = "青禾县", "临泽市"


class Held:
    """An archive of a county's and a city's reports, its ledger made again and again by one maker."""

    def __init__(self, folder: Path) -> None:
        self._home = folder / "home"
        self.ingest({"县21.txt": COUNTY_2021, "县22.txt": COUNTY_2022, "市22.txt": CITY_2022})
        self.archive = Archive.create_or_open(self._home)
        self._maker = LedgerMaker(self.archive)

    def ingest(self, files: dict[str, str]) -> None:
        ingest(self._home, files, embed=False)

    def correct(self, said: Changes) -> None:
        correct_report(Settings(self._home), 1, said)

    def change(self, change: Callable[[Archive], object]) -> None:
        with Archive.create_or_open(self._home, write=True, create=False) as archive:
            change(archive)

    def ledger(self) -> Ledger:
        return self._maker.make({report.id: report for report in self.archive.reports()})

    def made(self) -> tuple[LedgerRow, ...]:
        return self.ledger().rows

    def from_scratch(self) -> tuple[LedgerRow, ...]:
        joins = Joins.of(self.archive.indicator_joins())
        return tuple(build_ledger(self.archive.figures(), self.archive.reports(), joins))


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    held = Held(tmp_path)
    yield held
    held.archive.close()


def _of(rows: tuple[LedgerRow, ...], region: str) -> list[LedgerRow]:
    return [row for row in rows if row.region == region]


def test_it_is_the_ledger_made_from_all_figures_at_once(held: Held) -> None:
    rows = held.made()
    assert len(_of(rows, _COUNTY)) > 10
    assert rows == held.from_scratch()


def test_a_new_report_makes_the_rows_of_its_own_body_anew_and_of_no_other(held: Held) -> None:
    before = held.made()
    held.ingest({"市23.txt": CITY_2022.replace("2023", "2024").replace("2022", "2023").replace("68000", "70100")})
    after = held.made()
    assert after == held.from_scratch()
    assert any("70100人" in cell.text for row in after for cell in row.results)
    kept = {id(row) for row in before}
    assert all(id(row) in kept for row in _of(after, _COUNTY))
    assert not any(id(row) in kept for row in _of(after, _CITY))


def test_where_no_figure_changed_the_ledger_is_the_same_one(held: Held) -> None:
    first = held.ledger()
    held.change(lambda archive: archive.join_indicators("两癌筛查", "签约居民", None))
    assert held.ledger() is first


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda archive: archive.edit_figure(1, None), id="a figure is struck out"),
        pytest.param(lambda archive: archive.edit_figure(1, {"indicator": "别的指标"}), id="a figure gets a name"),
        pytest.param(lambda archive: archive.forget("县22.txt"), id="a report is forgotten"),
        pytest.param(
            lambda archive: archive.join_indicators("居民健康档案建档率", "签约居民", True), id="two names are joined"
        ),
        pytest.param(
            lambda archive: archive.join_indicators("两癌筛查", "免费产前筛查", False), id="two names are parted"
        ),
    ],
)
def test_whatever_changes_it_is_as_if_made_from_scratch(held: Held, change: Callable[[Archive], object]) -> None:
    before = held.made()
    held.change(change)
    after = held.made()
    assert after == held.from_scratch()
    assert after != before


@pytest.mark.parametrize("said", [{"year": 2019}, {"org": "临泽市卫生健康委员会", "region": "临泽市"}], ids=str)
def test_a_report_of_another_year_or_body_moves(held: Held, said: Changes) -> None:
    before = held.made()
    held.correct(said)
    after = held.made()
    assert after == held.from_scratch()
    assert after != before


def test_what_is_taken_back_is_as_it_was(held: Held) -> None:
    before = held.made()
    held.change(lambda archive: archive.edit_figure(1, None))
    assert held.made() != before
    held.change(lambda archive: archive.restore_figure(1))
    assert held.made() == before


def test_a_name_that_a_second_report_of_another_body_uses_counts_as_one(held: Held) -> None:
    """Whether an abstract phrase is an indicator is settled by all bodies together, and settled again."""
    told = "一、主要工作\n\n（零）环境。全年改善就医环境12处。\n"
    held.ingest({"县22.txt": COUNTY_2022.replace("一、2022年主要工作\n", f"一、2022年{told[2:]}")})
    alone = held.made()
    held.ingest({"市22.txt": CITY_2022.replace("一、主要工作\n", told)})
    both = held.made()
    assert both == held.from_scratch()
    assert [[row.named for row in rows if "改善" in row.name] for rows in (alone, both)] == [[False], [True, True]]
