"""Which rows of the ledger answer a question: one for each body and year, or all that stand so to their targets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.ledger import Ledger, LedgerRow, Query
from assistant.ledger.types import Measure, RowStatus
from assistant.question.standing import Standing
from assistant.question.types import BodyMention, Question, Role
from ingest.types import Part

Place = tuple[BodyMention | None, int]
"""A body (None: any) and a year that an answer must speak of."""

_TIME = re.compile(r"^(?:各|逐|历|每|[两二三四五六几近]+)年$")
_TAIL = re.compile(r"(?:逐年|历年|各年|每年|比)$")
_RESIDUE = re.compile(
    r"^(?:完成|达到|达标|实现|超额|超过|超出|欠账|落后|按[时期]|如期|全面|还|尚|做完|垫底|最[低高差好少多]|[哪几]一?[项个]|项目|事项|未|没有?)+$"
)
"""What a question for a standing leaves in its topic beside the topic itself."""
_GROWS = re.compile(r"增速|增幅|增长|涨幅|涨了")
_JUDGED: frozenset[RowStatus] = frozenset({"met", "near", "missed", "under_way"})
_PLAN: frozenset[Part] = frozenset({"plan"})
_UNJUDGED: frozenset[RowStatus] = frozenset({"masked", "doubtful", "conflict", "mixed", "unclear"})


def rows_for(question: Question, places: Sequence[Place], ledger: Ledger) -> dict[Place, LedgerRow]:
    """The same indicator for every place, in one sort of number and unit; empty where that is not sure.

    At least half of the places must be known, and no other indicator may fit the words as well; where no body is named,
    no other body may have it.
    """
    keys = keys_of_topic(question, ledger)
    if not keys:
        return {}
    series: dict[tuple[str, Measure, str], dict[Place, list[LedgerRow]]] = defaultdict(lambda: defaultdict(list))
    for place in places:
        for row in _of(place, question, ledger, keys):
            if measure_fits(question, row.measure) and (row.targets if role_of(question) == "target" else row.results):
                series[row.key, row.measure, row.unit][place].append(row)
    sure = {kind: {place: rows[0] for place, rows in found.items() if len(rows) == 1} for kind, found in series.items()}
    if (
        not question.bodies
        and len({row.body for found in series.values() for rows in found.values() for row in rows}) > 1
    ):
        return {}
    if question.unit is None and any(kind[1] == "level" for kind in sure):
        sure = {kind: found for kind, found in sure.items() if kind[1] == "level"}
    ordered = sorted(sure.values(), key=len, reverse=True)
    if not ordered or 2 * len(ordered[0]) < len(places) or (len(ordered) > 1 and len(ordered[1]) == len(ordered[0])):
        return {}
    return ordered[0]


def standing_rows(question: Question, ledger: Ledger) -> tuple[list[LedgerRow], list[LedgerRow], bool]:
    """Rows that stand as asked, rows with a target that cannot be judged, and whether any can be.

    Without a year named, the latest year of each body that has rows to judge.
    """
    rows = _meant(question, ledger)
    judged = [row for row in rows if row.status in _JUDGED]
    if question.years is None:
        last: dict[str, int] = {}
        for row in judged:
            last[row.body] = max(last.get(row.body, 0), _year(row))
        judged = [row for row in judged if _year(row) == last[row.body]]
        rows = [row for row in rows if _year(row) == last.get(row.body)]
    unsure = [row for row in rows if row.status in _UNJUDGED and row.targets]
    return _standing(question.standing, judged), unsure, bool(judged)


def role_of(question: Question) -> Role | None:
    """What is asked for; a question to plans alone asks for the promise."""
    return "target" if question.role is None and question.parts == _PLAN else question.role


def rate_of(row: LedgerRow) -> Decimal | None:
    """The completion rate in percent, as stated or else as calculated."""
    for cell in row.completions:
        if cell.status == "ok":
            return cell.record.figure.value.low
    return None if row.computed is None else Decimal(row.computed.value.rstrip("%"))


def disagreeing(question: Question, ledger: Ledger) -> list[LedgerRow]:
    """Rows on what is asked, of the one year asked about, for which the archive states several results."""
    if question.years is None or len(question.years) != 1 or not (keys := keys_of_topic(question, ledger)):
        return []
    bodies: Iterable[BodyMention | None] = question.bodies or (None,)
    return [
        row
        for body in bodies
        for row in _of((body, question.years[0]), question, ledger, keys)
        if len(row.results) > 1 and row.status != "mixed"
    ]


def is_of(row: LedgerRow, body: BodyMention | None) -> bool:
    """Whether a row speaks of a body: no cell of it stands in another body's report."""
    return body is None or all(cell.report_id in body.reports for cell in row.cells)


def topic_words(question: Question) -> list[str]:
    """What the question is about, without words of time and of completion that were left in its topic."""
    words = [_TAIL.sub("", run) or run for run in question.topic.runs if not _TIME.match(run)]
    return [word for word in words if not (question.standing and _RESIDUE.match(word))]


def keys_of_topic(question: Question, ledger: Ledger) -> frozenset[str]:
    """The indicators that all words of the topic name; none where a word names no indicator."""
    found = [ledger.keys_of(word) for word in topic_words(question)]
    return frozenset.intersection(*found) if found else frozenset()


def _of(place: Place, question: Question, ledger: Ledger, keys: frozenset[str]) -> list[LedgerRow]:
    body, year = place
    return [
        row
        for word in topic_words(question)[:1]
        for row in ledger.find(Query(year=year, indicator=word))
        if row.key in keys
        and not row.scope
        and row.period is not None
        and row.period.half == question.half
        and is_of(row, body)
    ]


def measure_fits(question: Question, measure: Measure) -> bool:
    """Whether this sort of number is what the question asks for."""
    if measure == "words":
        return False
    if _GROWS.search(question.standalone):
        return measure == "growth"
    return measure != "level" if question.unit == "%" else measure == "level" or question.unit is None


def _meant(question: Question, ledger: Ledger) -> list[LedgerRow]:
    """The whole rows of the bodies, years and topic asked about; an unknown topic leaves none."""
    keys = keys_of_topic(question, ledger) if topic_words(question) else None
    rows = (
        ledger.rows
        if question.years is None
        else [row for year in question.years for row in ledger.find(Query(year=year, unnamed=True))]
    )
    bodies: Iterable[BodyMention | None] = question.bodies or (None,)
    return [
        row
        for row in rows
        if not row.scope
        and (row.named if keys is None else row.key in keys)
        and _in_time(row, question)
        and any(is_of(row, body) for body in bodies)
    ]


def _in_time(row: LedgerRow, question: Question) -> bool:
    """One year or the half asked about; a body's report without a year only where no year was asked for."""
    if row.period is None:
        return question.years is None and bool(question.bodies)
    return row.period.single_year is not None and row.period.half == question.half


def _standing(standing: Standing | None, judged: Sequence[LedgerRow]) -> list[LedgerRow]:
    rated = [(row, rate) for row in judged if (rate := rate_of(row)) is not None]
    match standing:
        case "missed":
            short = [row for row in judged if row.status in ("missed", "under_way")]
            return sorted(short, key=_by_rate)
        case "exceeded":
            over = [pair for pair in rated if pair[0].status == "met" and pair[1] > 100]
            return [row for row, _ in sorted(over, key=lambda pair: -pair[1])]
        case "met":
            return [row for row in judged if row.status == "met"]
        case "lowest" | "highest" if len(rated) > 1:
            wanted = (min if standing == "lowest" else max)(rate for _, rate in rated)
            return [row for row, rate in rated if rate == wanted]
    return []


def _by_rate(row: LedgerRow) -> Decimal:
    """Rates of completion first, from the lowest; what has none is a share or a growth and comes behind."""
    rate = rate_of(row)
    return Decimal("Infinity") if rate is None else rate


def _year(row: LedgerRow) -> int:
    return 0 if row.period is None else row.period.last
