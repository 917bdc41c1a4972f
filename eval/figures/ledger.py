"""Targets joined with results in the sample archive, beside the table of facts that its sentences were made from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.ledger import LedgerRow, build_ledger
from eval.figures.archive import InMemory, in_memory
from eval.reading.samples import expected_period
from eval.sample.archive import Made, Placed, make_files
from eval.sample.facts import Table, load_table, number
from ingest.figures.types import Figure
from ingest.settings import Settings

_DAMAGED = frozenset({"replace_ten"})
"""Copies in which the printed numbers are no longer those of the table."""

PRECISION, RECALL = 0.97, 0.9
"""What is demanded."""

_NEAR = 40
"""Characters between the cells of one table row, at most."""

Fact = tuple[str, str | None, str]
"""Body, period and indicator of the table."""

_ROLES = {
    "target": "target",
    "result": "result",
    "rate": "completion",
    "last": "baseline",
    "five": "five",
    "detail": "detail",
}

Told = tuple[Fact, frozenset[str]]
"""The fact that a figure states, and what it does in it."""


@dataclass(frozen=True, slots=True)
class PairScore:
    """`rows`: those with target and result, and how many are right; `facts`: those stated with both, and how many are
    joined in a right row; each fault in one line.
    """

    rows: int
    right: int
    facts: int
    found: int
    faults: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Of the rows that join a target with a result, the share that is right."""
        return self.right / self.rows if self.rows else 0.0

    @property
    def recall(self) -> float:
        """Of the facts stated with target and result, the share that is joined."""
        return self.found / self.facts if self.facts else 0.0


def score_pairs(settings: Settings) -> PairScore:
    """Join the figures of the sample archive and hold each row with target and result against the facts.

    A row is right when every number it calls a target or a result stands where the table has that role of one and the
    same fact. A fact is found when a row joins a target of it with a result of it.
    """
    table = load_table()
    made = make_files()
    archive = in_memory(((one.spec.name, one.data) for one in made), settings)
    told: dict[int, Told] = {}
    for file, one in enumerate(made, 1):
        if not _DAMAGED & set(one.spec.defects):
            told.update(_told(file, one, archive, table))
    stated: dict[Fact, set[str]] = defaultdict(set)
    for fact, roles in told.values():
        stated[fact] |= roles
    wanted = {fact for fact, roles in stated.items() if {"target", "result"} <= roles}
    damaged = {file for file, one in enumerate(made, 1) if _DAMAGED & set(one.spec.defects)}
    right = paired = 0
    found: set[Fact] = set()
    faults: list[str] = []
    for row in build_ledger(archive.figures, archive.reports):
        if not (row.targets and row.results) or any(cell.record.file_id in damaged for cell in row.cells):
            continue
        paired += 1
        facts = _judged(row, told)
        if len(facts) == 1 and None not in facts:
            right += 1
            found |= {fact for fact in facts if fact is not None}
        else:
            faults.append(f"joined wrongly: {_shown(row)}: {sorted(map(str, facts))}")
    faults += [f"not joined: {fact}" for fact in sorted(wanted - found, key=str)]
    return PairScore(paired, right, len(wanted), len(wanted & found), tuple(faults))


def _told(file: int, made: Made, archive: InMemory, table: Table) -> Iterator[tuple[int, Told]]:
    """Each figure that the table of facts put into a file, by its id, with its fact and roles.

    By its value within the sentence, not by its offset: lines and page marks break numbers in two.
    """
    figures = [one for one in archive.figures if one.file_id == file]
    for placed in made.placed:
        spec = table.reports[placed.report]
        period = expected_period(spec, placed.said.part)
        fact = spec.body, None if period is None else str(period), str(placed.said.subject[-1])
        main = placed.said.kind in ("fact", "words", "compare")
        start, end = _extent(placed, archive.texts[file])
        for one in figures:
            if start <= one.figure.start < end:
                roles = frozenset(
                    _ROLES[name] for name, printed in placed.said.stated.items() if _is_value(printed, one.figure)
                )
                if roles:
                    yield one.id, (fact, roles if main else frozenset({placed.said.kind}))


def _is_value(written: str, figure: Figure) -> bool:
    """Whether a figure is the one that the table has in this form; masked ones only by their mask."""
    low, high = figure.value.low, figure.value.high
    if low is None or high is None:
        return figure.text in written or figure.value.masked
    span = re.match(r"([\d.]+)%?[—至]([\d.]+)", written)
    if span is not None:
        return (float(low), float(high)) == (float(span[1]), float(span[2]))
    value = number(written)
    return value is not None and round(value, 4) == round(float(low), 4)


def _extent(placed: Placed, text: str) -> tuple[int, int]:
    """Where a sentence (or the cells of a table row) lies in a file; an empty stretch where it is not found."""
    at = text.find(placed.texts[0])
    while at >= 0:
        end = at + len(placed.texts[0])
        for piece in placed.texts[1:]:
            start = text.find(piece, end, end + _NEAR + len(piece))
            if start < 0:
                break
            end = start + len(piece)
        else:
            return at, end
        at = text.find(placed.texts[0], at + 1)
    return 0, 0


def _judged(row: LedgerRow, told: dict[int, Told]) -> set[Fact | None]:
    """The facts that a row's targets and results stand for; None for a number of none, or with another role."""
    facts: set[Fact | None] = set()
    for role, cells in (("target", row.targets), ("result", row.results)):
        for cell in cells:
            for one in (cell, *cell.same):
                fact, roles = told.get(one.record.id, (None, frozenset[str]()))
                facts.add(fact if role in roles else None)
    return facts


def _shown(row: LedgerRow) -> str:
    targets, results = ("、".join(cell.text for cell in cells) for cells in (row.targets, row.results))
    return f"{row.org} {row.period} {row.name} {row.scope} 目标 {targets} 结果 {results}"


def main() -> None:
    """Print precision and recall; exit code 1 below what is demanded."""
    score = score_pairs(Settings(home=Path("unused")))
    for fault in score.faults:
        print(fault)
    print(
        f"sample pairs: P {score.precision:.3f} ({score.right}/{score.rows})"
        f"  R {score.recall:.3f} ({score.found}/{score.facts})"
    )
    raise SystemExit(score.precision < PRECISION or score.recall < RECALL)


if __name__ == "__main__":
    main()
