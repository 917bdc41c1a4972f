"""An answer of several figures as rows: nothing but what its sentences say, one row for each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from assistant.answer import Answer, Sentence
from assistant.evidence.figures import numbers_in
from ingest.clean import normalise
from ingest.figures.lexer import values

FEWEST_DRAWN = 3
"""Years from which on a plot tells more than its table."""

_LABEL = re.compile(r"^(?P<who>[^（）：。，]{2,40})（(?P<when>\d{4}年(?:上半年|下半年)?)）：")
_VALUE = r"(?:[^，。：；、（）\d]{0,6}\d[^，。：；、（）]{0,16})"
_MORE = r"(?:（[^（）]{1,20}）)?"
_ROW = re.compile(
    rf"(?P<name>[^，。：；、]{{2,40}}?)(?:目标(?P<target>{_VALUE}){_MORE}"
    rf"(?:，实际(?P<reached>{_VALUE}){_MORE})?(?:，完成率(?P<rate>{_VALUE}){_MORE})?|为(?P<result>{_VALUE}){_MORE})。"
)
_NUMBER = re.compile(r"^\D*?(\d[\d,]*(?:\.\d+)?)\s*(\S*?)(?:以上|以下|以内|左右)?$")


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence: the indicator, whose and of when, and its figures as they stand in it; empty where it has none."""

    name: str
    who: str
    when: str
    target: str
    result: str
    rate: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The rows of a plot: years in order, with the numbers of targets and results in one unit."""

    name: str
    who: str
    unit: str
    years: tuple[str, ...]
    targets: tuple[Decimal | None, ...]
    results: tuple[Decimal | None, ...]


def rows_of(answer: Answer) -> tuple[Row, ...]:
    """The rows where at least two sentences tell a figure in a form that is sure; else none."""
    if answer.abstained:
        return ()
    rows = [row for sentence in answer.sentences if (row := _row(sentence, answer)) is not None]
    told = [row for row in rows if row.target or row.result]
    return tuple(rows) if len(told) > 1 and 2 * len(told) > len(rows) else ()


def series_of(rows: tuple[Row, ...]) -> Series | None:
    """What can be drawn: one indicator of one body over at least `FEWEST_DRAWN` whole years, in one unit."""
    if len(rows) < FEWEST_DRAWN or len({(row.name, row.who) for row in rows}) != 1 or not rows[0].name:
        return None
    if len({row.when for row in rows}) != len(rows) or any(len(row.when) != 5 for row in rows):
        return None
    ordered = sorted(rows, key=lambda row: row.when)
    read = [(_read(row.target), _read(row.result)) for row in ordered]
    units = {unit for pair in read for one in pair if one is not None for unit in (one[1],)}
    drawn = [pair for pair in read if pair[1] is not None]
    if len(units) != 1 or len(drawn) < FEWEST_DRAWN:
        return None
    return Series(
        rows[0].name,
        rows[0].who,
        units.pop(),
        tuple(row.when[:4] for row in ordered),
        tuple(None if target is None else target[0] for target, _ in read),
        tuple(None if result is None else result[0] for _, result in read),
    )


def _row(sentence: Sentence, answer: Answer) -> Row | None:
    label = _LABEL.match(sentence.text)
    who, when = (label["who"], label["when"]) if label else ("", "")
    said = sentence.text[label.end() :] if label else sentence.text
    found = _ROW.fullmatch(said)
    if found is None:
        return None if label is None else _quoted(sentence, who, when, said, answer)
    row = Row(
        found["name"],
        who,
        when,
        found["target"] or "",
        found["reached"] or found["result"] or "",
        found["rate"] or "",
        sentence.citations,
    )
    return row if _stands(row, sentence, answer) else None


def _quoted(sentence: Sentence, who: str, when: str, said: str, answer: Answer) -> Row:
    """A quoted sentence: its figure where it holds just one; where it stands in a plan, that is a target."""
    parts = {one.part for one in answer.citations if one.n in sentence.citations}
    plain = normalise(said)
    found = [one for one in values(plain) if one.unit and one.unit not in ("年", "月", "日")]
    only = plain[found[0].start : found[0].end] if len(found) == 1 and not found[0].masked else ""
    planned = parts == {"plan"}
    row = Row("", who, when, only if planned else "", "" if planned else only, "", sentence.citations)
    return row if _stands(row, sentence, answer) else Row("", who, when, "", "", "", sentence.citations)


def _stands(row: Row, sentence: Sentence, answer: Answer) -> bool:
    """Whether every number of the row is one of a cited quote, or was worked out from them."""
    quoted = "".join(one.quote for one in answer.citations if one.n in sentence.citations)
    held = numbers_in("".join(normalise(quoted).split())).union(*(numbers_in(one.value) for one in sentence.computed))
    return all(numbers_in(normalise(told)) <= held for told in (row.target, row.result, row.rate))


def _read(told: str) -> tuple[Decimal, str] | None:
    found = _NUMBER.match(normalise(told))
    if found is None:
        return None
    try:
        return Decimal(found[1].replace(",", "")), found[2]
    except InvalidOperation:
        return None
