"""Targets and results of the main indicators over two years of provincial reports, beside labels made by reading.

A slot is a year's target or result. Averages and totals of several years are labelled too: none of them may be given as
the figure of a year.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.ledger import Cell, LedgerRow, build_ledger
from eval.figures.archive import in_memory
from eval.reading.labels import labelled
from ingest.period import Period
from ingest.settings import Settings

LABELS = "chains.jsonl"
FOUND = 0.95
"""Share of the stated slots that is demanded; of averages given as a year's figure none is allowed."""

_KEYS = {
    "gdp": frozenset({"地区生产总值"}),
    "jobs": frozenset({"城镇新增就业"}),
    "cpi": frozenset({"居民消费价格"}),
    "income": frozenset({"居民人均可支配收入", "城镇居民人均可支配收入", "农村居民人均可支配收入"}),
    "grain": frozenset({"粮食产量"}),
}
_AVERAGE, _FROM_TO = "average", "from_to"
"""`from_to`: a change over several years told by the amounts at both ends, each with its own year; not judged."""

_YEARS = frozenset({2025, 2026})
_DOUBTED = frozenset({"conflict", "mixed"})
"""A row with one of these statuses says itself that it may hold a total beside the year's figure."""

Slot = tuple[str, int, int, str, str, bool]
"""File, span, indicator, slot (target_2025, result_2025, average …), and whether it is stated in a number."""


@dataclass(frozen=True, slots=True)
class ChainScore:
    """Slots stated in numbers and in words with how many were found, averages given as a year's or
    standing in a year's row that says itself to be doubtful; faults in lines.
    """

    numbers: int
    numbers_found: int
    words: int
    words_found: int
    averages: int
    averages_given: int
    averages_doubted: int
    faults: tuple[str, ...]

    @property
    def recall(self) -> float:
        """Of all stated slots, the share found."""
        stated = self.numbers + self.words
        return (self.numbers_found + self.words_found) / stated if stated else 0.0


def score_chains(folder: Path, settings: Settings, names: Sequence[str] = (), *, others: bool = False) -> ChainScore:
    """`names`: only files with one of these in their name (all but these with `others`). Raises LabelError."""
    slots: list[Slot] = []
    files: list[tuple[str, bytes]] = []
    for row, path, _ in labelled(LABELS, folder):
        if not names or any(name in path.name for name in names) != others:
            files.append((path.name, path.read_bytes()))
            slots += [
                (path.name, start, end, indicator, slot, numbers is not None)
                for start, end, indicator, slot, numbers, _ in row["slots"]
                if slot != _FROM_TO
            ]
    archive = in_memory(files, settings)
    rows = build_ledger(archive.figures, archive.reports)
    counted: Counter[str] = Counter()
    faults: list[str] = []
    for slot in slots:
        file, start, end, indicator, kind, in_number = slot
        meets = [(row, role) for row, role, cell in _cells(rows) if _touches(cell, archive.names, file, start, end)]
        sort = _AVERAGE if kind == _AVERAGE else "number" if in_number else "word"
        counted[sort] += 1
        if sort == _AVERAGE and any(row.status in _DOUBTED and _is_years(row, indicator) for row, _ in meets):
            counted[f"{_AVERAGE} doubted"] += 1
        if (sort == _AVERAGE) == any(_is_slot(row, role, indicator, kind) for row, role in meets):
            text = archive.texts[next(number for number, name in archive.names.items() if name == file)]
            given = [f"{row.name} {row.period} {role} {row.scope}" for row, role in meets]
            faults.append(f"{file}: {indicator} {kind} {text[max(0, start - 20) : end]!r}: {given}")
            counted[f"{sort} wrong"] += 1
    return ChainScore(
        counted["number"],
        counted["number"] - counted["number wrong"],
        counted["word"],
        counted["word"] - counted["word wrong"],
        counted[_AVERAGE],
        counted[f"{_AVERAGE} wrong"],
        counted[f"{_AVERAGE} doubted"],
        tuple(faults),
    )


def _cells(rows: Iterable[LedgerRow]) -> Iterable[tuple[LedgerRow, str, Cell]]:
    for row in rows:
        for role, cells in (("target", row.targets), ("result", row.results)):
            for cell in cells:
                for one in (cell, *cell.same):
                    yield row, role, one


def _touches(cell: Cell, names: dict[int, str], file: str, start: int, end: int) -> bool:
    figure = cell.record.figure
    return names[cell.record.file_id] == file and figure.start < end and start < figure.end


def _is_slot(row: LedgerRow, role: str, indicator: str, kind: str) -> bool:
    """Whether a row gives a cell as this slot; an average is given wrongly as either year's figure."""
    if row.key not in _KEYS[indicator] or row.scope:
        return False
    if kind == _AVERAGE:
        return _is_years(row, indicator) and row.status not in _DOUBTED
    wanted, _, year = kind.partition("_")
    return role == wanted and row.period == Period.year(int(year))


def _is_years(row: LedgerRow, indicator: str) -> bool:
    """Whether a row is the indicator's of one of the two years."""
    period = row.period
    return row.key in _KEYS[indicator] and not row.scope and period is not None and period.single_year in _YEARS


def main() -> None:
    """Print the score; exit code 1 below what is demanded."""
    parser = argparse.ArgumentParser(prog="python -m eval.figures.chains")
    parser.add_argument("folder", type=Path, help="the folder that holds provincial/")
    parser.add_argument("--only", nargs="*", default=(), help="only files with one of these in their name")
    parser.add_argument("--but", nargs="*", default=(), help="all files but these")
    asked = parser.parse_args()
    score = score_chains(asked.folder, Settings(home=Path("unused")), asked.only or asked.but, others=bool(asked.but))
    for fault in score.faults:
        print(fault)
    print(
        f"chains: {score.recall:.3f} of the slots found (numbers {score.numbers_found}/{score.numbers},"
        f" words {score.words_found}/{score.words});"
        f" averages given as a year's: {score.averages_given}/{score.averages}"
        f" (in rows marked 不一致 or 多种口径: {score.averages_doubted})"
    )
    raise SystemExit(score.recall < FOUND or score.averages_given > 0)


if __name__ == "__main__":
    main()
