"""What the ledger offers for the writer to accept: last year's target and result, what was short, and the trend.

A target of the new year is never offered: that is the writer's to set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.drafting.bodies import field_of, sort_of
from assistant.drafting.themes import SAME, similarity, themes_of
from assistant.drafting.types import Fact, Offer, Order, Topic
from assistant.ledger import Cell, Ledger, LedgerRow, Query
from ingest.clean import normalise

MOST = 6
"""Offers under one heading."""
_MOST_SINGLE = 2
_YEARS = 3
_MEASURES = frozenset({"level", "share"})


def offers(ledger: Ledger, order: Order, topics: Sequence[Topic]) -> tuple[Offer, ...]:
    """The offers in the order of the topics, under each heading the fullest first.

    Only whole years up to the order's last one count (for 下半年工作安排 also its first half), and no figure that is
    masked or doubtful. Indicators that the writer has given already are left out.
    """
    rows = [row for row in ledger.find(Query(org=order.org)) if _usable(row, order)]
    history: dict[tuple[str, str, str, str], dict[int, LedgerRow]] = defaultdict(dict)
    for row in rows:
        if row.period is not None and row.period.half is None:
            history[_key(row)].setdefault(row.period.first, row)
    found: dict[int, list[tuple[tuple[int, ...], Offer]]] = defaultdict(list)
    given = {normalise(fact.indicator) for fact in order.facts if fact.indicator}
    for row in _latest(rows, order):
        place = _section(row, order, topics)
        if place is None or given & {normalise(name) for name in (row.name, *row.phrases)}:
            continue
        offer, fullness = _offer(row, history[_key(row)], order, topics[place].heading)
        found[place].append((fullness, offer))
    return tuple(offer for place in sorted(found) for offer in _best(found[place]))


def _best(found: Sequence[tuple[tuple[int, ...], Offer]]) -> list[Offer]:
    """The fullest; of those that the archive knows a single value of no more than a few."""
    ranked = sorted(found, key=lambda pair: ([-number for number in pair[0]], pair[1].row))
    full = [offer for _, offer in ranked if len(offer.series) > 1]
    single = [offer for _, offer in ranked if len(offer.series) == 1]
    return [*full, *single[:_MOST_SINGLE]][:MOST]


def _key(row: LedgerRow) -> tuple[str, str, str, str]:
    return row.body, row.key, row.measure, row.unit


def _usable(row: LedgerRow, order: Order) -> bool:
    period = row.period
    if period is None or period.single_year is None or row.scope or row.measure not in _MEASURES:
        return False
    if period.half is not None:
        return order.kind == "下半年工作安排" and period.half == 1 and period.first == order.year
    told = _cells(row.targets, order) or [  # 完成两条 is a turn of phrase rather than an indicator
        cell for cell in _cells(row.results, order) if any(char.isdigit() for char in cell.text)
    ]
    return period.last <= order.last_year and bool(told)


def _cells(cells: Sequence[Cell], order: Order) -> list[Cell]:
    """Those that can be trusted and were known before the draft is written."""
    known = [cell for cell in cells if cell.year is None or cell.year <= order.year]
    return [
        cell
        for cell in known
        if cell.status == "ok" and cell.record.figure.value.low is not None and cell.record.figure.value.unit
    ]


def _latest(rows: Sequence[LedgerRow], order: Order) -> list[LedgerRow]:
    """One row of each indicator: of the first half of the year where that is wanted, else of the last year."""
    newest: dict[tuple[str, str, str, str], LedgerRow] = {}
    for row in rows:
        period = row.period
        if period is None or period.last < order.last_year:
            continue
        held = newest.get(_key(row))
        if held is None or (period.half is not None and held.period is not None and held.period.half is None):
            newest[_key(row)] = row
    return list(newest.values())


def _section(row: LedgerRow, order: Order, topics: Sequence[Topic]) -> int | None:
    """The topic that an indicator belongs to: where its figures stand, what it is about, whose text names it."""
    own = {cell.passage_id for cell in row.places}
    field = field_of(sort_of(order.org))
    best, at = 0.0, None
    for number, topic in enumerate(topics):
        stands = any(passage.id in own for one in topic.exemplars if one.own for passage in one.passages)
        alike = max((similarity(topic.heading, name, field) for name in (row.name, *row.phrases)), default=0.0)
        same = bool(themes_of(topic.heading, field) & themes_of(row.name, field))
        named = any(row.name in one.text for one in topic.exemplars)
        score = 0.5 * stands + 0.6 * (alike >= SAME or same) + 0.2 * alike + 0.3 * named
        if score > best:
            best, at = score, number
    return at if best >= 0.3 else None


def _offer(row: LedgerRow, history: dict[int, LedgerRow], order: Order, heading: str) -> tuple[Offer, tuple[int, ...]]:
    period = row.period
    last = period.last if period is not None else order.last_year
    when = f"{last}年上半年" if period is not None and period.half is not None else f"{last}年"
    target = next(iter(_cells(row.targets, order)), None)
    result = next(iter(_cells(row.results, order)), None)
    text = f"{when}{row.name}{_reached(result)}" if result is not None else row.name
    years = [year for year in range(last - _YEARS + 1, last + 1) if year in history]
    series = tuple(
        (year, role, cells[0].text)
        for year in years
        for role, cells in (
            ("target", _cells(history[year].targets, order)),
            ("result", _cells(history[year].results, order)),
        )
        if cells
    )
    fact = Fact(text, row.name, None, result.text if result is not None else None)
    reached = [(year, cells[0]) for year in years if (cells := _cells(history[year].results, order))]
    parts = [_last_year(row, when, target, result), _trend(reached)]
    note = "；".join(part for part in parts if part) + "。"
    return Offer(fact, row.id, heading, series, note), (int(target is not None) + int(result is not None), len(series))


def _last_year(row: LedgerRow, when: str, target: Cell | None, result: Cell | None) -> str:
    said = [f"目标{target.text}" if target is not None else "", _reached(result) if result is not None else ""]
    line = f"{when}{row.name}{'，'.join(part for part in said if part)}"
    if target is None or result is None:
        return line + ("，档案中未见结果" if result is None else "，档案中未见目标")
    if row.gap is not None and row.targets[0] is target and row.results[0] is result:
        over, amount = row.gap.value[:1], row.gap.value.lstrip("+-")
        line += f"，{'低' if over == '-' else '高'}于目标{amount}" if over in ("+", "-") else "，与目标持平"
    return line + f"，{row.status_name}"


def _reached(result: Cell) -> str:
    """完成9800人, 为2.07‰; a value that says itself how it stands (突破1300亿元) needs no verb."""
    if result.sign and result.text.startswith(result.sign) and result.sign[0] not in "≥≤><":
        return result.text
    return f"{'为' if result.record.figure.value.is_rate else '完成'}{result.text}"


def _trend(reached: Sequence[tuple[int, Cell]]) -> str:
    """The results of up to three years with their direction; nothing for a single year."""
    if len(reached) < 2:
        return ""
    numbers = [cell.record.figure.value.low or Decimal(0) for _, cell in reached]
    steps = {(later > earlier) - (later < earlier) for earlier, later in pairwise(numbers)}
    direction = {frozenset({1}): "逐年上升", frozenset({-1}): "逐年下降", frozenset({0}): "持平"}
    told = direction.get(frozenset(steps), "有升有降")
    values = "、".join(f"{year}年{cell.text}" for year, cell in reached)
    return f"完成情况：{values}，{told if len(reached) > 2 else told.replace('逐年', '')}"
