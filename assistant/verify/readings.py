"""The figures of a sentence read as at ingest: what each counts and does, and of what time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest.clean import normalise
from ingest.figures.extract import read_row
from ingest.figures.period import opened_run, period_of
from ingest.figures.prose import read_prose
from ingest.figures.reading import Context, Reading
from ingest.figures.rows import SEPARATOR, Table
from ingest.figures.types import Role
from ingest.period import Period
from ingest.structure.sentences import sentence_spans
from ingest.types import Part


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of a sentence as written, with what it counts and does (see `ingest.figures.types`).

    `named`: the phrase stands in its clause, rather than being concluded from what was said before. `front` and
    `behind`: the words of its clause between it and its neighbours; `lead`: all of the sentence before it, `before`:
    all of the text before it. `low` and `high` are None where digits are masked.
    """

    text: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    comparator: str
    role: Role
    growth: bool
    average: bool
    phrase: str
    named: bool
    scope: str
    front: str
    behind: str
    lead: str
    sentence: str
    before: str
    period: Period | None
    as_of: str | None


def readings(text: str, part: Part | None, period: Period | None = None) -> list[Said]:
    """The figures of a text; `part` and `period`: of the section that it stands in."""
    plain = normalise(text)
    context = Context("")
    return [
        said for start, end in sentence_spans(plain) for said in _of_sentence(plain, start, end, part, period, context)
    ]


def _of_sentence(
    text: str, start: int, end: int, part: Part | None, period: Period | None, context: Context
) -> Iterator[Said]:
    sentence = text[start:end]
    read = read_row(sentence, Table()) if SEPARATOR in sentence else read_prose(sentence, part, context)
    run = opened_run(sentence, period, part) or period
    for one in read:
        yield _said(text[:start], sentence, one, run, part)


def _said(before: str, sentence: str, one: Reading, section: Period | None, part: Part | None) -> Said:
    mention, value = one.mention, one.mention.value
    period, as_of = period_of(
        sentence,
        mention.before,
        value.start,
        section,
        part,
        one.role,
        growth=one.growth,
        average=one.average,
    )
    return Said(
        text=sentence[value.start : value.end],
        low=value.low,
        high=value.high,
        unit=value.unit,
        comparator=value.comparator,
        role=one.role,
        growth=one.growth,
        average=one.average,
        phrase=one.phrase,
        named=one.span is not None,
        scope=one.scope,
        front=sentence[mention.before : value.start],
        behind=sentence[value.end : mention.after],
        lead=sentence[: value.start],
        sentence=sentence,
        before=before + sentence[: value.start],
        period=period if one.year is None else Period.year(one.year),
        as_of=as_of,
    )
