"""Figures of real reports beside labels made by reading: every figure of the labelled pieces, and no others."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from eval.figures.match import Scored, Tally, Wanted, pairs, same_use, same_value
from eval.reading.labels import labelled
from ingest.clean import clean, normalise
from ingest.figures.extract import extract_figures
from ingest.figures.types import Figure
from ingest.structure import find_reports

LABELS = "figures.jsonl"
_BUDGET = 400


def score_labelled(folder: Path, files: slice = slice(None)) -> Scored:
    """Value and unit; role and period besides. `files`: which of the labelled files. Raises LabelError.

    Targets in words are not labelled, nor counted; spans that a reader left open count neither way.
    """
    value, use = Tally(), Tally()
    faults: list[str] = []
    for row, path, document in list(labelled(LABELS, folder))[files]:
        cleaned = clean(document)
        figures = [
            figure
            for report in find_reports(document, cleaned, path, _BUDGET)
            for section in report.sections
            for figure in extract_figures(section, cleaned.marks)
        ]
        for start, end in row["pieces"]:
            wanted = [want_of(label) for label in row["figures"] if start <= label[0] < end]
            within = [one for one in figures if start <= one.start < end and _counts(one, row["ignored"])]
            paired = pairs(wanted, within)
            good = [(want, figure) for want, figure in paired if figure is not None and same_value(want, figure)]
            best = [(want, figure) for want, figure in good if same_use(want, figure)]
            value += Tally(len(good), len(wanted), len(within))
            use += Tally(len(best), len(wanted), len(within))
            faults += _faults(row["file"], document.text, paired, within)
    return Scored(value, use, tuple(faults))


def want_of(label: list[Any]) -> Wanted:
    """A label's row: start, end, numbers, unit, role, period, as of, status, span of the indicator."""
    start, end, numbers, unit, role, period, _, status, _ = label
    bounds = None if numbers is None or status != "ok" else tuple(Decimal(number) for number in numbers)
    return Wanted(start, end, bounds, normalise(unit), frozenset({role}), period)


def _counts(figure: Figure, ignored: list[list[int]]) -> bool:
    worded = figure.value.low is None and not figure.value.masked and figure.status == "ok"
    return not worded and not any(start < figure.end and figure.start < end for start, end in ignored)


def _faults(file: str, text: str, paired: list[tuple[Wanted, Figure | None]], within: list[Figure]) -> list[str]:
    faults = []
    for want, figure in paired:
        if figure is None or not same_value(want, figure) or not same_use(want, figure):
            context = text[max(0, want.start - 30) : want.start] + "【" + text[want.start : want.end] + "】"
            found = None if figure is None else f"{figure.text} {figure.value.unit} {figure.role} {figure.period}"
            faults.append(f"{file}: {context!r} {'/'.join(want.roles)} {want.period} {want.unit}: found {found}")
    met = {id(figure) for _, figure in paired}
    for figure in within:
        if id(figure) not in met:
            context = (
                text[max(0, figure.start - 30) : figure.start]
                + "【"
                + text[figure.start : figure.end]
                + "】"
                + text[figure.end : figure.end + 10]
            )
            faults.append(f"{file}: {context!r}: found, not labelled")
    return faults
