"""One indicator of one year in all bodies: a sentence for each, from the ledger."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import Warning
from assistant.compose.draft import Draft
from assistant.compose.ledger_rows import keys_of_topic, measure_fits, role_of, topic_words
from assistant.compose.ledger_wording import PassageOf, say
from assistant.ledger import Cell, Ledger, LedgerRow, Query
from assistant.ledger.types import Measure
from assistant.question.across import Across, Bound
from assistant.question.types import Question, Role

_MOST = 30
"""Bodies that are listed at most."""
_FIRST = 3
"""Of those in order, as many are shown."""

_UP = re.compile(r"以上|超过?|逾|突破|不低于|不少于|不小于|至少|高于|多于|大于|开外|[≥>＞]")
_DOWN = re.compile(r"以[下内]|之内|低于|少于|小于|不高于|不超过?|不多于|不大于|最多|控制在|接?近|将近|[≤<＜]")
"""Words by which a value lies above what is written, or below it."""


def concerns(question: Question) -> bool:
    """Whether a question is put to all bodies, of one year or none in particular."""
    return question.across is not None and len(question.years or (0,)) == 1 and question.standing is None


def compose(question: Question, ledger: Ledger, passage_of: PassageOf) -> Draft | None:
    """What the ledger has; None where it knows the indicator of less than two bodies."""
    across, role = question.across, role_of(question) or "result"
    if across is None:
        return None
    rows, others = _rows(question, role, ledger)
    rows = _of_level(rows, across)
    if len(rows) < 2:
        return None
    sure = [row for row in rows if _value(row, role) is not None]
    warnings = _lacking(rows, sure, across)
    if units := {row.unit for row in _of_level(others, across)}:
        text = f"另有单位的这项数字用别的计量单位（{'、'.join(sorted(units))}），没有放在一起。"
        warnings.append(Warning("unsupported", text))
    if across.bound is not None:
        bound = across.bound
        asked = [row for row in sure if (value := _value(row, role)) is not None and bound.holds(*value)]
        near = len(asked)
        asked = [row for row in asked if _is_said(_cells(row, role)[0], bound)]
        if near > len(asked):
            text = f"另有{near - len(asked)}个单位的数带有“不到”“接近”“以上”等字样，说不准是否符合，没有列出。"
            warnings.append(Warning("unsupported", text))
        if not asked:
            text = f"档案里{len(sure)}个有这项数字的单位中，没有符合的。"
            return Draft((), (*warnings, Warning("unsupported", text)))
    else:
        asked = sure if across.order is not None else rows
    if across.order is not None or across.bound is not None:
        asked = sorted(asked, key=lambda row: (_value(row, role) or (Decimal(0),))[0], reverse=across.order != "least")
    shown = asked[: _FIRST if across.order is not None else _MOST]
    said = [one for row in shown if (one := say(row, role, passage_of, labelled=True)) is not None]
    if not said:
        return None
    if len(asked) > len(said):
        what = f"有这项数字的共有{len(asked)}个单位" if across.bound is None else f"符合的共有{len(asked)}个单位"
        warnings.append(Warning("unsupported", f"{what}，这里列出{len(said)}个，其余见指标台账。"))
    warnings.extend(warning for one in said for warning in one.warnings)
    return Draft(tuple(one.sentence for one in said), tuple(dict.fromkeys(warnings)))


def _rows(question: Question, role: Role, ledger: Ledger) -> tuple[list[LedgerRow], list[LedgerRow]]:
    """One row for each body, all of one indicator, sort of number and unit: those that most bodies have; and rows of
    the same indicator in other units, of other bodies.
    """
    keys = keys_of_topic(question, ledger)
    whole = [
        row
        for word in topic_words(question)[:1]
        for row in ledger.find(Query(year=question.years[0] if question.years else None, indicator=word))
        if row.key in keys and not row.scope and row.org and row.period is not None
        if row.period.single_year is not None and row.period.half == question.half
        if _cells(row, role) and _fits(question, row)
    ]
    year = question.years[0] if question.years else _latest(whole)
    series: dict[tuple[str, Measure, str], dict[str, list[LedgerRow]]] = defaultdict(lambda: defaultdict(list))
    for row in whole:
        if row.period is not None and row.period.single_year == year:
            series[row.key, row.measure, row.unit][row.body].append(row)
    kind = max(series, key=lambda kind: len(series[kind]), default=None)
    if kind is None:
        return [], []
    best = series[kind]
    alike = [found for other, found in series.items() if other[:2] == kind[:2] and other != kind]
    others = [rows[0] for found in alike for body, rows in found.items() if body not in best and rows[0].unit]
    return [rows[0] for rows in best.values() if len(rows) == 1], others


def _latest(rows: Sequence[LedgerRow]) -> int | None:
    """The latest year of which at least half as many bodies tell as of any."""
    bodies: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        if row.period is not None and row.period.single_year is not None:
            bodies[row.period.single_year].add(row.body)
    most = max((len(found) for found in bodies.values()), default=0)
    return max((year for year, found in bodies.items() if 2 * len(found) >= most), default=None)


def _fits(question: Question, row: LedgerRow) -> bool:
    """Whether a row holds the sort of number that is asked for, by the bound where there is one."""
    bound = None if question.across is None else question.across.bound
    if bound is None or not bound.unit:
        return measure_fits(question, row.measure)
    if bound.unit == "%":
        return row.measure in ("growth", "share")
    return row.unit == bound.unit


def _of_level(rows: Sequence[LedgerRow], across: Across) -> list[LedgerRow]:
    return [row for row in rows if across.fits(row.region)]


def _cells(row: LedgerRow, role: Role) -> tuple[Cell, ...]:
    return row.targets if role == "target" else row.results


def _value(row: LedgerRow, role: Role) -> tuple[Decimal, Decimal] | None:
    """The value, or the ends of the range; None where it is masked, doubtful, in words, or told in several ways."""
    cells = _cells(row, role)
    value = cells[0].record.figure.value
    if len(cells) != 1 or cells[0].status != "ok" or value.low is None or value.high is None:
        return None
    return value.low, value.high


def _is_said(cell: Cell, bound: Bound) -> bool:
    """Whether the word beside a value leaves no doubt: 不到10万 does not reach it, 超过8万 may be above anything."""
    value = cell.record.figure.value
    for_it, against = (_UP, _DOWN) if bound.above else (_DOWN, _UP)
    if not value.comparator or for_it.fullmatch(value.comparator):
        return True
    return not against.fullmatch(value.comparator) and bound.value not in (value.low, value.high)


def _lacking(rows: Sequence[LedgerRow], sure: Sequence[LedgerRow], across: Across) -> list[Warning]:
    """How many bodies could not be judged where one must be judged."""
    unsure = len(rows) - len(sure)
    if not unsure or (across.bound is None and across.order is None):
        return []
    return [Warning("unsupported", f"另有{unsure}个单位的这项数字隐去、存疑、不一致或只有文字，不能比较。")]
