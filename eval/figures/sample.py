"""The sample archive's figures beside the table of facts that its sentences were made from."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from rapidfuzz import fuzz

from eval.figures.match import Scored, Tally, Wanted, pairs, same_use, same_value
from eval.reading.samples import expected_period
from eval.sample import sentences
from eval.sample.archive import Placed, make_files
from eval.sample.facts import Table, load_table
from ingest.clean import normalise
from ingest.figures.extract import extract_figures
from ingest.figures.types import Figure
from ingest.period import Period
from ingest.pipeline import read_file
from ingest.settings import Settings

_ROLES = {
    "target": "target",
    "result": "result",
    "rate": "completion",
    "last": "baseline",
    "five": "result",
    "detail": "result",
    "gap": "change",
}
_WRITTEN = re.compile(
    r"(?P<number>[\d.,]+|[一二三四五六七八九十百]+|[xX×*＊]+)(?P<scale>[万亿]?)(?P<unit>[^\d以左至—]*)(?:[—至](?P<high>[\d.]+)%)?"
)
_FAULTS = frozenset({"replace_ten"})
"""Copies in which the printed numbers are no longer those of the table."""

_SPANS = {"“十三五”期间累计": "2016/2020", "“十三五”期间年均": "2016/2020", "五年累计": None, "2021年以来累计": None}


def score_sample(settings: Settings) -> Scored:
    """Read the sample archive and hold the figures of its stated sentences against the table."""
    table = load_table()
    value, use = Tally(), Tally()
    faults: list[str] = []
    for made in make_files():
        if _FAULTS & set(made.spec.defects):
            continue
        read = read_file(Path(made.spec.name), made.data, settings)
        figures = [
            figure
            for report in read.reports
            for section in report.sections
            for figure in extract_figures(section, read.clean.marks)
        ]
        for placed in made.placed:
            if not placed.said.stated or len(placed.texts) > 1:
                continue
            at = read.document.text.find(placed.texts[0])
            if at < 0:
                continue
            wanted = wanted_in(placed, at, table)
            within = [figure for figure in figures if at <= figure.start < at + len(placed.texts[0])]
            paired = pairs(wanted, within)
            good = [(want, figure) for want, figure in paired if figure is not None and same_value(want, figure)]
            best = [(want, figure) for want, figure in good if same_use(want, figure) and names(want, figure, table)]
            value += Tally(len(good), len(wanted), len(within))
            use += Tally(len(best), len(wanted), len(within))
            if len(best) < max(len(wanted), len(within)):
                told = [_short(want, placed.texts[0], at) for want in wanted]
                faults.append(f"{made.spec.name}: {placed.texts[0]}: {told}, found {[_told(one) for one in within]}")
    return Scored(value, use, tuple(faults))


def _short(want: Wanted, text: str, at: int) -> str:
    return f"{text[want.start - at : want.end - at]} {want.indicators[0]} {'/'.join(want.roles)} {want.period}"


def _told(figure: Figure) -> str:
    return f"{figure.text} {figure.indicator} {figure.role} {figure.period}"


def wanted_in(placed: Placed, at: int, table: Table) -> list[Wanted]:
    """What a sentence states, as spans of the document in which it begins at `at`."""
    text = normalise(placed.texts[0])
    spec = table.reports[placed.report]
    period = expected_period(spec, placed.said.part)
    indicator = table.indicators[str(placed.said.subject[3])]
    slots = table.bodies[spec.body].slots
    known = (indicator.name.format_map(slots), *indicator.ask)
    wanted: list[Wanted] = []
    taken: list[tuple[int, int]] = []
    fact = next((fact for fact in table.facts if fact.key == placed.said.subject), None)
    gap = {} if fact is None or placed.said.part == "plan" else {"gap": sentences.gap(fact)}
    stated = {name: printed for name, printed in {**placed.said.stated, **gap}.items() if printed}
    for name, printed in stated.items():
        written = _WRITTEN.match(printed)
        core = printed if written is None else written[0]
        roles = frozenset(_ROLES[other] for other, form in stated.items() if form == printed)
        for found in re.finditer(rf"(?<![\d.]){re.escape(core)}", text):
            if not any(start < found.end() and found.start() < end for start, end in taken):
                taken.append(found.span())
                span = (at + found.start(), at + found.end())
                wanted.append(_wanted(name, roles, written, span, period, known))
                break
    return sorted(wanted, key=lambda want: want.start)


def _wanted(
    name: str,
    roles: frozenset[str],
    written: re.Match[str] | None,
    span: tuple[int, int],
    period: Period | None,
    known: tuple[str, ...],
) -> Wanted:
    numbers = None
    if written is not None and written["number"][0] not in "xX×*＊":
        low = _value(written)
        numbers = (low, Decimal(written["high"] or low))
    if name == "last" and period is not None:
        period = Period(period.first - 1, period.first - 1, period.half)
    unit = "" if written is None else written["unit"]
    return Wanted(*span, numbers, unit, roles, None if period is None else str(period), known, judged=name != "five")


def _value(written: re.Match[str]) -> Decimal:
    from eval.sample.facts import number

    value = number(written[0])
    assert value is not None
    return Decimal(str(value)).normalize()


def names(want: Wanted, figure: Figure, table: Table) -> bool:
    """Whether the figure's phrase is nearer to the wanted indicator than to any other of the table."""
    own = max(_alike(figure.indicator, name) for name in want.indicators)
    others = [
        _alike(figure.indicator, name)
        for one in table.indicators.values()
        if one.ask[0] not in want.indicators
        for name in (one.name, *one.ask)
    ]
    return own >= 60 and own >= max(others)


def _alike(phrase: str, name: str) -> float:
    return float(fuzz.token_set_ratio(" ".join(phrase), " ".join(name)) + fuzz.ratio(phrase, name)) / 2
