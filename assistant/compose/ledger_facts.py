"""A known indicator of one year told in the sentences that the ledger's cells stand in.

Only for indicators of the alias table, named by everything that the question is about, and only where the ledger knows
all that is asked for sure. The quoted sentences that the search found stand as they are where they hold the same cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Warning
from assistant.compose.clauses import around
from assistant.compose.draft import Draft, DraftSentence, Support
from assistant.compose.ledger_rows import Place, is_of, role_of
from assistant.compose.ledger_wording import PassageOf, support_of
from assistant.compose.wording import cautions, finish, in_words
from assistant.evidence.figures import has_unit
from assistant.ledger import Cell, Ledger, LedgerRow, Query
from assistant.ledger.names import Entry, name_of
from assistant.question.data import table
from assistant.question.types import Question, Role

_GROWTH_ASKED = re.compile(r"增速|增幅|增长|涨|增加|加快|放缓|快|慢")
_DOUBTED = frozenset({"conflict", "mixed", "masked", "doubtful", "unclear"})
_CUES = re.compile(
    "^{0}|{0}$".format(
        "(?:"
        + "|".join(
            sorted(
                {
                    word
                    for name in ("plan", "target", "result", "compare", "overview", "number")
                    for word in table("cues")[name]
                },
                key=len,
                reverse=True,
            )
        )
        + ")+"
    )
)
"""Words of asking that were left at either end of a topic."""

_RESIDUE = frozenset({"数据", "资料", "数"})
"""Words for figures as such, which tell nothing of what is asked for."""


@dataclass(frozen=True, slots=True)
class Told:
    """The cells that answer for one body and year, in the order of telling: promises before what was reached.

    `lacking`: of a promise and its outcome the one that the ledger does not have.
    """

    place: Place
    cells: tuple[Cell, ...]
    lacking: tuple[Role, ...] = ()


def indicator_of(question: Question) -> Entry | None:
    """The indicator of the alias table that every word of the topic names; None where one names anything else."""
    runs = [run for run in question.topic.runs if run not in _RESIDUE]
    entries = [_entry(run) for run in runs]
    if entries and entries[0] is not None and all(entry is entries[0] for entry in entries):
        return entries[0]
    return _entry("".join(runs)) if len(runs) > 1 else None


def _entry(words: str) -> Entry | None:
    """The entry that the words name, or what clerks type for it."""
    bare = _CUES.sub("", words)
    others = table("synonyms")["shorthand"].get(bare, ())
    return next((entry for word in (words, bare, *others) if (entry := name_of(word).entry) is not None), None)


def concerns(question: Question) -> bool:
    """Whether one known indicator of one year is asked for."""
    return (
        len(question.years or ()) == 1
        and question.intent != "trend"
        and question.half is None
        and all(body.named for body in question.bodies)
        and bool(question.bodies)
        and indicator_of(question) is not None
    )


def has_several(question: Question) -> bool:
    """Whether the indicator has more than one number a year, and which of them is meant is left open: an amount and
    its growth, or the parts of a whole.
    """
    entry = indicator_of(question)
    if entry is None:
        return False
    return bool(parts_of(entry)) or (entry.percent_grows and question.unit is None and not _asks_growth(question))


def tell(question: Question, ledger: Ledger) -> list[Told] | None:
    """What the ledger has for every body asked about; None where it lacks something or is not sure of it."""
    entry = indicator_of(question)
    if entry is None or question.years is None:
        return None
    year = question.years[0]
    told = []
    for body in question.bodies:
        rows = [row for row in _rows(ledger, entry, year) if is_of(row, body)]
        cells, lacking = _answering(question, rows)
        written = question.report_year is None or all(cell.year == question.report_year for cell in cells)
        if not cells or not written:
            return None
        told.append(Told((body, year), cells, lacking))
    return told


def holds(draft: Draft, told: Sequence[Told], ledger: Ledger, entry: Entry) -> bool:
    """Whether sentences already quoted show every cell, and none of the indicator's other years."""
    wanted = [cell for one in told for cell in one.cells]
    if not all(_shown(draft, cell) for cell in wanted):
        return False
    years = {one.place[1] for one in told}
    others = [
        cell
        for key in (entry.name, *parts_of(entry))
        for row in ledger.find(Query(indicator=key))
        if row.key == key and (row.period is None or row.period.single_year not in years)
        for cell in (*row.targets, *row.results)
    ]
    return not any(_shown(draft, cell) for cell in others)


def compose(told: Sequence[Told], passage_of: PassageOf) -> Draft:
    """The clauses around the cells, one sentence for each sentence of a source."""
    sentences: list[DraftSentence] = []
    warnings: list[Warning] = []
    for one in told:
        grouped: dict[tuple[int, int, int], list[Cell]] = {}
        for cell in one.cells:
            support = support_of(cell, passage_of)
            grouped.setdefault((support.passage.id, support.start, support.end), []).append(cell)
        for (passage_id, start, end), cells in grouped.items():
            passage = passage_of(passage_id)
            first, last = around(passage.text.text[start:end], _offsets(cells, passage_of, start))
            quoted = finish(passage.text.text[start + first : start + last])
            note, cautioned = cautions(passage.marks, *passage.text.span(start + first, start + last))
            front = f"{cells[0].org or cells[0].report_title}（{in_words(passage.period)}）：" if len(told) > 1 else ""
            support = Support(passage, start + first, start + last)
            sentences.append(DraftSentence(front + quoted + note, (support,), quoted=quoted))
            warnings.extend(cautioned)
    return Draft(tuple(sentences), tuple(dict.fromkeys(warnings)))


def parts_of(entry: Entry) -> tuple[str, ...]:
    """Indicators that an indicator is told by where it is told by halves: incomes of town and country."""
    return tuple(table("indicators")["parts"].get(entry.name, ()))


def _rows(ledger: Ledger, entry: Entry, year: int) -> list[LedgerRow]:
    return [
        row
        for key in (entry.name, *parts_of(entry))
        for row in ledger.find(Query(year=year, indicator=key))
        if row.key == key and not row.scope and row.period is not None and row.period.half is None
    ]


def _answering(question: Question, rows: Sequence[LedgerRow]) -> tuple[tuple[Cell, ...], tuple[Role, ...]]:
    """The cells for the role asked for, and the role that is lacking; no cells unless all of them are sound."""
    fitting = [row for row in rows if _fits(question, row)]
    role = role_of(question)
    promised = _numbers_first([(row, row.targets) for row in fitting])
    reached = _numbers_first([(row, row.results) for row in fitting])
    lacking: tuple[Role, ...] = ()
    if role == "both":
        cells = [*promised, *reached]
        lacking = (*(() if promised else ("target",)), *(() if reached else ("result",)))
    elif role == "target":
        cells = promised
    else:
        awaited = role is None and all(row.status == "awaiting" for row in fitting)
        cells = promised if awaited else reached
    sound = all(cell.status == "ok" and not cell.superseded for cell in cells)
    doubted = any(row.status in _DOUBTED for row in fitting)
    return (tuple(cells), lacking) if sound and not doubted else ((), ())


def _numbers_first(rows: Sequence[tuple[LedgerRow, Sequence[Cell]]]) -> list[Cell]:
    """The cells of rows, without words beside numbers of the same indicator, which tell nothing more."""
    numbered = {row.key for row, cells in rows if cells and row.measure != "words"}
    return [cell for row, cells in rows if row.measure != "words" or row.key not in numbered for cell in cells]


def _fits(question: Question, row: LedgerRow) -> bool:
    """Whether a row is of the sort of number asked for; targets in words are of every sort."""
    if row.measure == "words":
        return True
    if question.unit == "%" or (question.unit is None and _asks_growth(question)):
        return row.measure != "level"
    cells = (*row.targets, *row.results)
    return question.unit is None or (
        row.measure == "level" and any(has_unit(cell.record.figure.text, question.unit) for cell in cells)
    )


def _asks_growth(question: Question) -> bool:
    return _GROWTH_ASKED.search(question.standalone) is not None


def _offsets(cells: Iterable[Cell], passage_of: PassageOf, start: int) -> list[int]:
    """Where names and values of the cells stand in the cleaned sentence that begins at `start`."""
    found = []
    for cell in cells:
        text = passage_of(cell.passage_id).text
        figure = cell.record.figure
        ends = (figure.start, figure.end - 1, *((figure.named[0],) if figure.named else ()))
        for source in ends:
            at = next((i for i in range(len(text)) if text.starts[i] <= source < text.ends[i]), None)
            if at is not None and at >= start:
                found.append(at - start)
    return found


def _shown(draft: Draft, cell: Cell) -> bool:
    """Whether a sentence shows the value and rests on the place where it stands."""
    return any(
        one.record.figure.text in item.text and any(_covers(support, one) for support in item.supports)
        for item in draft.sentences
        for one in (cell, *cell.same)
    )


def _covers(support: Support, cell: Cell) -> bool:
    start, end = support.passage.text.span(support.start, support.end)
    return support.passage.id == cell.passage_id and start <= cell.record.figure.start < end
