"""The rows of all bodies in one order, and which of them are shown under a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.ledger.names import known_names
from assistant.ledger.plausible import is_name
from assistant.ledger.types import Joins, LedgerRow

NO_JOINS = Joins()


@dataclass(frozen=True, slots=True)
class BodyRows:
    """The rows of one body in order; the indicators (by key) that one of its reports tells of, and several do."""

    rows: tuple[LedgerRow, ...]
    once: tuple[str, ...]
    often: tuple[str, ...]


def in_order(parts: Iterable[BodyRows], joins: Joins = NO_JOINS) -> list[LedgerRow]:
    """All rows in the ledger's order, those called unnamed whose name is a piece of a sentence."""
    parts = sorted((part for part in parts if part.rows), key=among)
    common = told_twice(parts)
    spoken = frozenset[str]().union(*joins.equal)
    return named_first(row for part in parts for row in settled(part, common, spoken))


def told_twice(parts: Iterable[BodyRows]) -> frozenset[str]:
    """The indicators (by key) that more than one report tells of."""
    once, often = set[str](), set[str]()
    for part in parts:
        often.update(part.often, (key for key in part.once if key in once))
        once.update(part.once)
    return frozenset(often)


def settled(part: BodyRows, common: frozenset[str], spoken: frozenset[str]) -> tuple[LedgerRow, ...]:
    """The rows of a body, each called named or not. `common`: see `told_twice`; `spoken`: phrases that the user calls
    indicators.
    """
    return tuple(_with_name(row, 2 if row.key in common else 1, spoken) for row in part.rows)


def named_first(rows: Iterable[LedgerRow]) -> list[LedgerRow]:
    """Rows whose name is one before the others, else as they come."""
    return sorted(rows, key=lambda row: not row.named)


def among(part: BodyRows) -> tuple[object, ...]:
    """Bodies by name; those that are hidden (XX区) or unknown come last."""
    first = part.rows[0]
    return first.org is None or first.org[0] in "xX×＊*某", first.org or "", first.body


def _with_name(row: LedgerRow, reports: int, spoken: frozenset[str]) -> LedgerRow:
    """The row, called unnamed where its name is a piece of a sentence; `spoken`: what the user calls indicators."""
    known = row.key in known_names() or any(cell.record.edited for cell in row.places)
    if known or not spoken.isdisjoint(row.phrases):
        return row
    paired = bool(row.targets and row.results)
    named = is_name(row.name, row.measure, row.unit, paired=paired, reports=reports)
    return row if named == row.named else replace(row, named=named)
