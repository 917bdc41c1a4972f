"""The ledger at the size of a large archive: the sample's figures again and again, each time of other bodies."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count, islice

from assistant.ledger import Ledger, Query, build_ledger
from eval.figures.archive import in_memory
from eval.metrics.summary import percentile
from eval.sample.archive import make_files
from ingest.archive.records import ReportRecord
from ingest.figures.record import FigureRecord
from ingest.settings import Settings

FIGURES = 100_000
_ROUNDS = 15
_PLACES = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True, slots=True)
class Scale:
    """Figures and rows of the ledger, seconds to build it (once per change of the archive), milliseconds of a query."""

    figures: int
    rows: int
    build_seconds: float
    median_ms: float
    slowest_ms: float


def measure_scale(settings: Settings, figures: int = FIGURES) -> Scale:
    """Build a ledger of so many figures and ask it by body, year, indicator, role and status, alone and together."""
    told, reports = copies(settings, figures)
    started = time.perf_counter()
    rows = build_ledger(told, reports)
    ledger = Ledger(rows, reports)
    built = time.perf_counter() - started
    spent = [_milliseconds(ledger, query) for query in _queries(reports) for _ in range(_ROUNDS)]
    return Scale(len(told), len(rows), built, percentile(spent, 50), max(spent))


def copies(settings: Settings, figures: int) -> tuple[list[FigureRecord], list[ReportRecord]]:
    """The first so many figures of endless copies of the sample, each copy of bodies with another name."""
    read = in_memory(((made.spec.name, made.data) for made in make_files()), settings)
    told: list[FigureRecord] = []
    reports: list[ReportRecord] = []
    for copy in count():
        if len(told) >= figures:
            return told, reports
        first = len(reports)
        name = "".join(_PLACES[int(digit)] for digit in f"{copy:03d}")
        reports += [
            replace(
                one,
                id=first + one.id,
                org=one.org and f"{name}{one.org}",
                region=one.region and f"{name}{one.region}",
                title=f"{name}{one.title}",
            )
            for one in read.reports
        ]
        start = len(told)
        told += [
            replace(one, id=start + place, report_id=first + one.report_id)
            for place, one in enumerate(islice(read.figures, figures - start), 1)
        ]
    raise AssertionError("count() never ends")


def _queries(reports: list[ReportRecord]) -> list[Query]:
    org = next(one.org for one in reports[len(reports) // 2 :] if one.org)
    return [
        Query(org=org),
        Query(org=org, year=2022),
        Query(year=2022, role="target"),
        Query(indicator="两癌筛查"),
        Query(indicator="建档率", year=2023),
        Query(org=org, indicator="家庭医生签约", role="result"),
        Query(year=2023, status=frozenset({"missed"})),
        Query(status=frozenset({"missed"})),
    ]


def _milliseconds(ledger: Ledger, query: Query) -> float:
    find: Callable[[Query], object] = ledger.find
    started = time.perf_counter()
    find(query)
    return 1000 * (time.perf_counter() - started)
