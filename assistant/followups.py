"""What may be asked next: questions about the figures of an answer that the archive can answer too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.answer import Answer
from assistant.ledger import Ledger, LedgerRow, Query
from ingest.clean import normalise

MOST = 3
"""Suggestions at most."""

_ENOUGH = 0.3
"""Least share of an indicator's name in the question, by which it is the one asked for."""

_NUMBERS = "率数额量值比分"
_JUDGED = frozenset({"met", "near", "missed"})


def followups(answer: Answer, ledger: Ledger) -> list[str]:
    """At most `MOST` questions, none of them asked already; each asks for a row that the ledger is sure of."""
    if answer.abstained:
        return []
    row = _asked_for(answer, ledger)
    asked = {_plain(one) for one in (answer.question, *answer.standalone_question.split("\n"))}
    offers = _about_year(answer, ledger) if row is None else _offers(answer, row, ledger)
    offered = dict.fromkeys(one for one in offers if _plain(one) not in asked and not _is_list(one, asked))
    return list(offered)[:MOST]


def _offers(answer: Answer, row: LedgerRow, ledger: Ledger) -> Iterator[str]:
    """Nearest first: how it ended, the year before or after, the whole year's standing, a sister body."""
    assert row.period is not None
    year = row.period.first
    told = "".join(sentence.text for sentence in answer.sentences)
    own = [one for one in _alike(ledger, row, year) if one.id == row.id]
    if own and row.status in _JUDGED and not all(cell.text in told for cell in (*row.targets[:1], *row.results[:1])):
        yield f"{row.org}{year}年{row.name}完成了吗？"
    years = {one.period.first for one in _alike(ledger, row, None) if one.period is not None and one.org == row.org}
    for other in (year - 1, year + 1):
        if other in years and f"{other}年" not in told:
            yield _how_much(row, row.org, other)
            break
    yield from _missed(row.org, year, ledger)
    for one in _alike(ledger, row, year):
        if one.body != row.body and one.org and one.org not in told:
            yield _how_much(one, one.org, year)
            break


def _about_year(answer: Answer, ledger: Ledger) -> Iterator[str]:
    """Of the body and year that the answer speaks of first."""
    for one in answer.citations[:1]:
        if one.year is not None:
            yield from _missed(one.org, one.year, ledger)


def _missed(org: str | None, year: int, ledger: Ledger) -> Iterator[str]:
    rows = [] if not org else ledger.find(Query(org=org, year=year, status=frozenset({"missed"})))
    if any(_whole(one) and one.org == org for one in rows):
        yield f"{org}{year}年哪些指标没有完成？"


def _how_much(row: LedgerRow, org: str | None, year: int) -> str:
    """Asks for the number with its unit where the name is a deed and not a number's (规范管理多少人, but …率是多少)."""
    counted = row.measure == "level" and row.unit and row.name[-1] not in _NUMBERS
    return f"{org}{year}年{row.name}{f'多少{row.unit}' if counted else '是多少'}？"


def _alike(ledger: Ledger, row: LedgerRow, year: int | None) -> list[LedgerRow]:
    """Rows of the same indicator and sort of number for a whole year, whose result is sure."""
    found = ledger.find(Query(year=year, indicator=row.name, role="result"))
    return [one for one in found if one.key == row.key and one.measure == row.measure and _sure(one)]


def _asked_for(answer: Answer, ledger: Ledger) -> LedgerRow | None:
    """The row that the first figure of the answer stands in; among several of one sentence the one asked for."""
    spans = {one.passage_id: (one.start, one.end) for one in reversed(answer.citations)}
    told = ledger.told_in({one.report_id for one in answer.citations})
    rows = [row for row in told if _whole(row) and any(_within(row, spans))]
    asked = _grams(answer.standalone_question)
    scored = [(max(_share(name, asked) for name in (row.name, *row.phrases)), row) for row in rows]
    best = max(scored, key=lambda item: item[0], default=(0.0, None))
    return best[1] if best[0] >= _ENOUGH or len(rows) == 1 else None


def _within(row: LedgerRow, spans: dict[int, tuple[int, int]]) -> Iterable[bool]:
    for cell in row.places:
        start, end = spans.get(cell.passage_id, (0, 0))
        yield start <= cell.record.figure.start < end


def _whole(row: LedgerRow) -> bool:
    period = row.period
    return bool(row.named and row.org and not row.scope and period and period.single_year and period.half is None)


def _sure(row: LedgerRow) -> bool:
    return _whole(row) and len(row.results) == 1 and row.results[0].status == "ok"


def _is_list(offered: str, asked: set[str]) -> bool:
    """Whether both ask which indicators fell short, in whatever words."""
    return "哪些指标" in offered and any("哪些" in one and "完成" in one for one in asked)


def _share(name: str, asked: set[str]) -> float:
    grams = _grams(name)
    return len(grams & asked) / max(1, len(grams))


def _grams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _plain(text: str) -> str:
    return normalise(text).strip("？?。 ")
