"""Tasks and what became of them, masked and damaged figures: the ledger of the real web copies beside labels.

A label's numbers are None where the source does not give one that can be trusted (said in words, or damaged).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from assistant.ledger import Cell, LedgerRow, build_ledger
from eval.figures.archive import InMemory, in_memory
from eval.reading.labels import labelled
from ingest.settings import Settings

LABELS = "seeds_pairs.jsonl"

_PAGE_MARK = re.compile(r"\n\s*\d{1,3}、")
"""What a preview puts where a page ends, in the middle of a figure at times."""

Kind = Literal["count", "words", "rate"]
"""How a task's completion is stated: by a number reached or a completion rate, in words, or only by another rate of the
same indicator (任务数…人，管理率…%), which no row may join with a count."""


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a file's text; `number` is what stands there."""

    start: int
    end: int
    number: Decimal | None = None

    @classmethod
    def parse(cls, row: Sequence[Any]) -> Place:
        """From a JSON row [start, end] or [start, end, number]."""
        number = row[2] if len(row) > len(("start", "end")) else None
        return cls(int(row[0]), int(row[1]), None if number is None else Decimal(number))

    def meets(self, cell: Cell) -> bool:
        """Whether the cell's figure stands there, with this number if one is labelled."""
        figure = cell.record.figure
        there = figure.start < self.end and self.start < figure.end
        return there and (self.number is None or figure.value.low == figure.value.high == self.number)


@dataclass(frozen=True, slots=True)
class Pair:
    """A task and every place that says what became of it."""

    file: str
    indicator: str
    kind: Kind
    target: Place
    results: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A masked or damaged figure; `places` are copies of one statement, any of which may be the one that is kept."""

    file: str
    status: Literal["masked", "doubtful"]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `total`."""

    right: int
    total: int


@dataclass(frozen=True, slots=True)
class SeedsScore:
    """Pairs by kind and marks by status, how many are in the ledger as they should be; each fault in one line."""

    shares: dict[str, Share]
    faults: tuple[str, ...]


def score_seeds(folder: Path, settings: Settings) -> SeedsScore:
    """Hold the ledger made of every labelled file under `folder` against the labels. Raises LabelError."""
    files: list[tuple[str, bytes]] = []
    pairs: list[Pair] = []
    marks: list[Mark] = []
    for row, path, _ in labelled(LABELS, folder):
        files.append((path.name, path.read_bytes()))
        pairs += _pairs(row)
        marks += _marks(row)
    archive = in_memory(files, settings)
    return judge(pairs, marks, build_ledger(archive.figures, archive.reports), archive)


def judge(pairs: Sequence[Pair], marks: Sequence[Mark], rows: Sequence[LedgerRow], archive: InMemory) -> SeedsScore:
    """How many labels the rows meet; `archive` tells files by number and their texts."""
    by_file: dict[str, list[LedgerRow]] = {name: [] for name in archive.names.values()}
    for row in rows:
        for name in {archive.names[cell.record.file_id] for cell in _all(row.cells)}:
            by_file[name].append(row)
    texts = {archive.names[file]: text for file, text in archive.texts.items()}
    right: dict[str, int] = {}
    total: dict[str, int] = {}
    faults: list[str] = []
    labels: list[Pair | Mark] = [*pairs, *marks]
    for label in labels:
        kind = label.kind if isinstance(label, Pair) else label.status
        held = by_file.get(label.file, [])
        good = _joined(label, held) if isinstance(label, Pair) else _shown(label, held, texts[label.file])
        total[kind] = total.get(kind, 0) + 1
        right[kind] = right.get(kind, 0) + good
        if not good:
            faults.append(_fault(label, held, texts[label.file]))
    return SeedsScore({kind: Share(right[kind], total[kind]) for kind in total}, tuple(faults))


def _pairs(row: dict[str, Any]) -> Iterator[Pair]:
    for one in row["pairs"]:
        results = tuple(map(Place.parse, one["results"]))
        yield Pair(row["file"], one["indicator"], one["kind"], Place.parse(one["target"]), results)


def _marks(row: dict[str, Any]) -> Iterator[Mark]:
    for places in row["masked"]:
        yield Mark(row["file"], "masked", tuple(map(Place.parse, places)))
    for places in row["doubtful"]:
        yield Mark(row["file"], "doubtful", tuple(map(Place.parse, places)))


def _joined(pair: Pair, rows: Sequence[LedgerRow]) -> bool:
    """One row holds the task and all that is said of it; a rate of its own stands in a row of the same indicator."""
    for row in rows:
        if not any(pair.target.meets(cell) for cell in _all(row.targets)):
            continue
        beside = [row] if pair.kind != "rate" else [one for one in rows if _alike(one, row)]
        reached = [cell for one in beside for cell in _all((*one.results, *one.completions))]
        if all(any(place.meets(cell) for cell in reached) for place in pair.results):
            return True
    return False


def _alike(one: LedgerRow, other: LedgerRow) -> bool:
    return (one.body, one.key, one.scope, one.period) == (other.body, other.key, other.scope, other.period)


def _shown(mark: Mark, rows: Sequence[LedgerRow], text: str) -> bool:
    """Every cell at one of its places has the status, and shows the source's own characters."""
    for place in mark.places:
        cells = [cell for row in rows for cell in _all(row.cells) if place.meets(cell)]
        if cells and all(cell.status == mark.status and _is_raw(cell, text) for cell in cells):
            return True
    return False


def _is_raw(cell: Cell, text: str) -> bool:
    """Whether the digits and masks shown are those of the source without the page marks: nothing was put right."""
    figure = cell.record.figure
    return _telling(figure.text) in _telling(_PAGE_MARK.sub("", text[figure.start : figure.end]))


def _telling(text: str) -> str:
    return "".join(char for char in text.upper() if char.isdigit() or char in ".X*")


def _all(cells: Iterable[Cell]) -> list[Cell]:
    return [one for cell in cells for one in (cell, *cell.same)]


def _fault(label: Pair | Mark, rows: Sequence[LedgerRow], text: str) -> str:
    places = (label.target, *label.results) if isinstance(label, Pair) else label.places
    said = "".join(text[max(0, places[0].start - 20) : places[-1].end + 5].split())
    found = [
        f"{row.name}/{row.measure}/{role} {cell.text} {cell.status}"
        for row in rows
        for role in ("targets", "results", "completions", "changes", "baselines", "details")
        for cell in _all(getattr(row, role))
        if any(Place(place.start, place.end).meets(cell) for place in places)
    ]
    kind = f"{label.indicator} {label.kind}" if isinstance(label, Pair) else label.status
    return f"{label.file}: {kind} at {places[0].start} {said!r}: found {found}"
