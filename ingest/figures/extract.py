"""The figures of a section, sentence by sentence; what a sentence leaves unsaid is taken from the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.clean import normalise
from ingest.figures.clauses import mentions
from ingest.figures.doubts import completions, contradicted, impossible, with_marks
from ingest.figures.lexer import values
from ingest.figures.period import period_of
from ingest.figures.prose import read_prose, spoken_of
from ingest.figures.reading import Context, Reading
from ingest.figures.rows import SEPARATOR, WHEN, WHOLE, WHOSE, Table
from ingest.figures.types import Figure, Role
from ingest.period import Period
from ingest.structure.sentences import sentence_spans
from ingest.types import Mark, Passage, Section

_NUMBERING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|第[一二三四五六七八九十]+[章节部分条]*)\s*")
_MAY_COUNT = re.compile(
    r"\d|[xXＸ×*＊_]|[一二两三四五六七八九十百千]+(?:余|多)?[^\s一二三四五六七八九十]|番|半|同步|保持|稳|持续|只增|清零"
)


def extract_figures(section: Section, marks: Sequence[Mark] = ()) -> list[Figure]:
    """Every figure of a section in the order of the text; `marks` are those of its document."""
    heading = _NUMBERING.sub("", section.path[-1]) if section.path else ""
    context = Context(heading)
    table = Table()
    return [figure for passage in section.passages for figure in _of_passage(passage, section, marks, context, table)]


def _of_passage(
    passage: Passage, section: Section, marks: Sequence[Mark], context: Context, table: Table
) -> Iterator[Figure]:
    text = normalise(passage.text.text)
    near = [mark for mark in marks if mark.start < passage.end and passage.start < mark.end]
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        readings: list[Reading] = []
        if SEPARATOR in sentence:
            readings = list(_row(sentence, table))
        elif _MAY_COUNT.search(sentence):
            readings = list(read_prose(sentence, section.part, context))
        if not readings:
            context.told = spoken_of(sentence)
            continue
        context.told = ""
        figures = [_figure(passage, section, sentence, start, reading) for reading in readings]
        marked = completions([with_marks(figure, near) for figure in figures])
        yield from contradicted([impossible(figure) for figure in marked])


def _row(row: str, table: Table) -> Iterator[Reading]:
    read = table.read(row)
    if read is None:
        return
    name, span, cells = read
    whose = WHOSE.match(name)
    year = WHEN.match(name)
    for mention in mentions(row, values(row)):
        cell = next((cell for cell in cells if cell.start <= mention.value.start < cell.end), None)
        if cell is None:
            continue
        role: Role = cell.role or "result"
        growth = role == "change" and mention.value.is_rate
        told = cell.year or (int(year[1]) if year is not None else None)
        if cell.indicator and (whose is not None or year is not None):
            scope = "" if year is not None or name in WHOLE else name
            yield Reading(mention, cell.indicator, None, role, growth, scope, told)
        else:
            yield Reading(mention, name, span, role, growth, "", told)


def _figure(passage: Passage, section: Section, sentence: str, at: int, reading: Reading) -> Figure:
    value, role = reading.mention.value, reading.role
    start, end = passage.text.span(at + value.start, at + value.end)
    named = None if reading.span is None else passage.text.span(at + reading.span[0], at + reading.span[1])
    period, as_of = period_of(sentence, reading.mention.before, value.start, section.period, section.part, role)
    if reading.year is not None and (period is None or period.single_year != reading.year):
        period = Period.year(reading.year)
    if role == "result" and period is not None and section.period is not None and period.last < section.period.first:
        role = "baseline"  # what an earlier year had, told beside this one's
    return Figure(
        start,
        end,
        passage.text.text[at + value.start : at + value.end],
        replace(value, start=at + value.start, end=at + value.end),
        reading.phrase,
        named,
        role,
        reading.growth,
        period,
        as_of,
        reading.scope,
    )
