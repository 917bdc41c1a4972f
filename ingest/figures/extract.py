"""The figures of a section, sentence by sentence; what a sentence leaves unsaid is taken from the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.clean import normalise
from ingest.figures.clauses import mentions
from ingest.figures.doubts import completions, contradicted, impossible, with_marks
from ingest.figures.lexer import values
from ingest.figures.period import moves_on, opened_run, period_of, years_ahead
from ingest.figures.prose import read_prose, speaks_of_average
from ingest.figures.reading import Context, Reading
from ingest.figures.rows import SEPARATOR, WHEN, WHOLE, WHOSE, Table
from ingest.figures.types import AVERAGE, Figure, Role
from ingest.period import Period
from ingest.structure.sentences import sentence_spans
from ingest.types import Mark, Passage, Section

_NUMBERING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|第[一二三四五六七八九十]+[章节部分条]*)\s*")
_BULLET = re.compile(r"\s*[—–·●■◆▶]")
"""A paragraph that goes on with what the one before led up to (五年来，… ⏎ ——综合实力…)."""

_MAY_COUNT = re.compile(
    r"\d|[xXＸ×*＊_]|[一二两三四五六七八九十百千]+(?:余|多)?[^\s一二三四五六七八九十]|番|半|同步|保持|稳|持续|只增|清零"
    r"|[高快好优]于|跑赢|控制|任务|[居列排]全"
)


def extract_figures(section: Section, marks: Sequence[Mark] = ()) -> list[Figure]:
    """Every figure of a section in the order of the text; `marks` are those of its document."""
    heading = _NUMBERING.sub("", section.path[-1]) if section.path else ""
    context = Context(heading)
    table = Table()
    figures: list[Figure] = []
    last = -1
    for passage, text in _normalised(section.passages):
        start, end = passage.text.span()
        near = [mark for mark in marks if mark.start < end and start < mark.end]
        figures += _of_passage(passage, text, section, near, context, table, goes_on=start == last)
        last = end
    return figures


def _normalised(passages: Sequence[Passage]) -> Iterator[tuple[Passage, str]]:
    """Each passage that is not empty, with its normalised text. Done at once: short texts take as long as long ones."""
    text = normalise("\n".join(passage.text.text for passage in passages))
    at = 0
    for passage in passages:
        end = at + len(passage.text)
        if at < end:
            yield passage, text[at:end]
        at = end + 1


def _of_passage(
    passage: Passage,
    text: str,
    section: Section,
    near: Sequence[Mark],
    context: Context,
    table: Table,
    *,
    goes_on: bool,
) -> Iterator[Figure]:
    """`text`: the passage's, normalised; `near`: the marks in it; `goes_on`: it begins in the middle of a paragraph."""
    last = 0
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        if SEPARATOR not in sentence and _addressed(passage, start, end, near):
            context.told = ""
            continue
        begins = "\n" in text[last : start + 1] or (start == 0 and not goes_on)
        _follow(context, sentence, section, begins=begins)
        last = end - 1
        readings: list[Reading] = []
        if SEPARATOR in sentence:
            readings = list(read_row(sentence, table))
        elif _MAY_COUNT.search(sentence):
            readings = list(read_prose(sentence, section.part, context))
        if not readings:
            context.told = sentence
            continue
        context.told = ""
        figures = [_figure(passage, section, sentence, start, reading, context.run) for reading in readings]
        figures = [figure for figure in figures if not _meant_for_program(figure, near)]
        marked = completions([with_marks(figure, near) for figure in figures])
        yield from contradicted([impossible(figure) for figure in marked])


def _addressed(passage: Passage, start: int, end: int, marks: Sequence[Mark]) -> bool:
    """Whether a sentence addresses a program: its figures are nobody's, not even doubtful ones beside the true ones."""
    return bool(marks) and _touched(*passage.text.span(start, end), marks)


def _meant_for_program(figure: Figure, marks: Sequence[Mark]) -> bool:
    """Whether a row's cell, or the cell that names its indicator, addresses a program."""
    named = figure.named
    return _touched(figure.start, figure.end, marks) or (named is not None and _touched(*named, marks))


def _touched(start: int, end: int, marks: Sequence[Mark]) -> bool:
    return any(mark.kind == "addressed" and mark.start < end and start < mark.end for mark in marks)


def _follow(context: Context, sentence: str, section: Section, *, begins: bool) -> None:
    """What run of years the paragraph speaks of from this sentence on. `begins`: the sentence opens a paragraph."""
    opened = opened_run(sentence, section.period, section.part)
    dated = moves_on(sentence)
    if begins and _BULLET.match(sentence) is None:
        context.run, context.dated = None, False
    if opened is not None or dated:
        context.run, context.dated = opened, dated
    if section.part == "plan" and not context.dated and context.run is None and speaks_of_average(sentence):
        context.run = years_ahead(section.period)  # goals beside an average are of its years as well


def read_row(row: str, table: Table) -> Iterator[Reading]:
    """The numbers of one row of a table, written out with its header (名称：值 | 名称：值)."""
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


def _figure(passage: Passage, section: Section, sentence: str, at: int, reading: Reading, run: Period | None) -> Figure:
    value, role = reading.mention.value, reading.role
    start, end = passage.text.span(at + value.start, at + value.end)
    named = None if reading.span is None else passage.text.span(at + reading.span[0], at + reading.span[1])
    period, as_of = period_of(
        sentence,
        reading.mention.before,
        value.start,
        run or section.period,
        section.part,
        role,
        growth=reading.growth,
        average=reading.average,
    )
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
        f"{reading.scope}{AVERAGE}" if reading.average else reading.scope,
    )
