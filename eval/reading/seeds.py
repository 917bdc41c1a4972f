"""The real web copies: reports, bodies, years and parts found in each file; marks and furniture on their spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from eval.reading.labels import Turns, labelled
from eval.reading.measure import Measure
from eval.reading.sections import judge
from ingest.clean import clean
from ingest.structure import find_reports
from ingest.types import CleanDocument, Document, Report

REPORTS = "seeds_reports.jsonl"
MARKS = "seeds_marks.jsonl"
_BUDGET = 400


class Span(Protocol):
    """Anything with a place in the source."""

    @property
    def start(self) -> int:
        """First offset."""

    @property
    def end(self) -> int:
        """Offset after the last."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled span; `kind` is a mark's kind or empty."""

    start: int
    end: int
    kind: str = ""


def measure_seeds(folder: Path) -> list[Measure]:
    """Reports and marks of the files under `folder` that are labelled. Raises LabelError."""
    return [*_measure_reports(folder), *_measure_marks(folder)]


def _measure_reports(folder: Path) -> list[Measure]:
    rows: dict[str, list[dict[str, Any]]] = {}
    found: dict[str, tuple[Report, ...]] = {}
    for row, path, document in labelled(REPORTS, folder):
        rows.setdefault(row["file"], []).append(row)
        if row["file"] not in found:
            found[row["file"]] = find_reports(document, clean(document), path, _BUDGET)
    counted = [file for file, labels in rows.items() if len(found[file]) == len(labels)]
    miscounted = tuple(
        f"{file}: {len(found[file])} reports, labelled {len(labels)}"
        for file, labels in rows.items()
        if len(found[file]) != len(labels)
    )
    pairs = [(row, best) for file, labels in rows.items() for row in labels if (best := _most_of(row, found[file]))]
    total = sum(map(len, rows.values()))
    judged = [
        one
        for row, report in pairs
        for one in judge(
            row["file"], [report], Turns.parse([[turn["at"], turn["part"], turn["period"]] for turn in row["sections"]])
        )
    ]
    wrong = tuple(one.fault() for one in judged if not one.right)
    return [
        Measure.share("seeds: files with the right number of reports", len(counted), len(rows), 1.0, miscounted),
        _fact("seeds: body", pairs, total, "org", lambda row: {row["org"], *row["org_also"]}),
        _fact("seeds: year", pairs, total, "year", lambda row: {row["year"]}),
        _masked_years(pairs),
        _fact("seeds: kind", pairs, total, "kind", lambda row: {row["kind"], *row["kind_also"]}),
        Measure.share("seeds: sections, part and period", len(judged) - len(wrong), len(judged), 0.97, wrong),
    ]


def _most_of(row: dict[str, Any], reports: Sequence[Report]) -> Report | None:
    """The report that shares the most text with a labelled one; None where it shares less than half of it."""
    best = max(reports, key=lambda report: _shared(row["start"], row["end"], report), default=None)
    if best is None or 2 * _shared(row["start"], row["end"], best) < row["end"] - row["start"]:
        return None
    return best


def _shared(start: int, end: int, span: Span) -> int:
    return max(0, min(end, span.end) - max(start, span.start))


def _fact(name: str, pairs: list[tuple[dict[str, Any], Report]], total: int, field: str, wanted: Any) -> Measure:
    wrong = tuple(
        f"{row['file']} @{row['start']}: {getattr(report, field)}, labelled {wanted(row)}"
        for row, report in pairs
        if getattr(report, field) not in wanted(row)
    )
    return Measure.share(name, len(pairs) - len(wrong), total, 1.0, wrong)


def _masked_years(pairs: list[tuple[dict[str, Any], Report]]) -> Measure:
    """A year that the source hides is called hidden; one that it shows is not."""
    wrong = tuple(
        f"{row['file']} @{row['start']}: {report.year}, {report.reasons.get('year')}"
        for row, report in pairs
        if row["masked"] != (report.year is None and "隐去" in report.reasons.get("year", ""))
    )
    return Measure.share("seeds: years known to be masked", len(pairs) - len(wrong), len(pairs), 1.0, wrong)


def _measure_marks(folder: Path) -> list[Measure]:
    hits = wanted = sound = made = lost = within = 0
    missed: list[str] = []
    strange: list[str] = []
    left = labelled_furniture = 0
    for row, _, document in labelled(MARKS, folder):
        cleaned = clean(document)
        exact = [mark for mark in row["marks"] if mark.get("cause") != "dropped"]
        dropped = [Labelled(mark["start"], mark["end"], mark["kind"]) for mark in row["marks"] if mark not in exact]
        labels = [Labelled(mark["start"], mark["end"], mark["kind"]) for mark in exact]
        found = [Labelled(mark.start, mark.end, mark.kind) for mark in cleaned.marks]
        misses = unmet(labels, found)
        extras = unmet(found, labels + dropped)
        lost, within = lost + len(dropped), within + len(dropped) - len(unmet(dropped, found))
        wanted, hits = wanted + len(labels), hits + len(labels) - len(misses)
        made, sound = made + len(found), sound + len(found) - len(extras)
        missed += [f"{row['file']} {one.start}–{one.end} {one.kind} not marked" for one in misses]
        strange += [f"{row['file']} {one.start}–{one.end} {one.kind} marked, not labelled" for one in extras]
        pieces = [Labelled(piece["start"], piece["end"]) for piece in row["furniture"]]
        labelled_furniture += sum(letters(document, one) for one in pieces)
        left += kept_letters(document, cleaned, pieces)
    gone = labelled_furniture - left
    return [
        Measure.share("seeds: labelled marks found", hits, wanted, 0.95, tuple(missed)),
        Measure.share("seeds: dropped characters, their paragraph marked", within, lost),
        Measure.share("seeds: marks that are labelled", sound, made, None, tuple(strange)),
        Measure.share("seeds: furniture characters out of the text", gone, labelled_furniture, 1.0),
    ]


def unmet(wanted: Sequence[Labelled], found: Sequence[Labelled]) -> list[Labelled]:
    """The spans that none of the same kind in `found` touches."""
    return [
        one
        for one in wanted
        if not any(other.kind == one.kind and other.start < one.end and one.start < other.end for other in found)
    ]


def letters(document: Document, span: Span) -> int:
    """Characters of a span that are not blank."""
    return sum(not char.isspace() for char in document.text[span.start : span.end])


def kept_letters(document: Document, cleaned: CleanDocument, furniture: Sequence[Labelled]) -> int:
    """Characters labelled as furniture that are still in the cleaned text."""
    kept = {
        at
        for block in cleaned.blocks
        for at, end in zip(block.text.starts, block.text.ends, strict=True)
        if end > at and not document.text[at].isspace()
    }
    return sum(at in kept for piece in furniture for at in range(piece.start, piece.end))
