"""Facts as a writer types or pastes them: sentences with targets, or a table with a header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.drafting.facts_table import from_rows
from assistant.drafting.types import Fact
from ingest.clean import normalise
from ingest.figures.prose import read_prose
from ingest.figures.reading import Context, Reading
from ingest.structure.numbering import numbering_at

_SENTENCE = re.compile(r"[。；;！!\n]+")
_CLAUSE = re.compile(r"[，,]")
_RULE = re.compile(r"[\s|:：\-—+=]*")
"""The line under a Markdown table's header."""
_CELLS = (re.compile(r"\t"), re.compile(r"[|｜]"), re.compile(r"[ 　]{2,}"))
_DONE = re.compile(r"去年|上年|前年|本年已|已经?(?:完成|达|实现)|实际(?:完成|达)?|(?:累计|共)完成")
_NEW = re.compile(r"今年|明年|目标|任务|计划|力争|确保|达到|提高到|提升到")
_STATES = re.compile(
    r"^(?:达到|达|不低于|不少于|不高于|不超过|控制|保持|高于|低于|超过|力争|确保|增长|下降|提高|提升|完成)"
)
_NAMED_TARGET = re.compile(r"(?:目标|任务)(?:数|值)?$")


def parse_facts(text: str) -> tuple[Fact, ...]:
    """The facts of a text, in its order; lines that are cells of a table are read with their header.

    A sentence without a figure is a fact as it stands. Contradictory facts are all kept: a check tells of them.
    """
    found: list[Fact] = []
    lines = [line.strip("\r\n") for line in text.split("\n")]
    at = 0
    while at < len(lines):
        rows, after = _table(lines, at)
        if rows:
            found += from_rows(rows, fact_of)
            at = after
            continue
        found += _sentences(lines[at])
        at += 1
    return tuple(dict.fromkeys(found))


def fact_of(indicator: str, target: str | None, result: str | None = None, text: str = "") -> Fact:
    """An indicator with its values, put in words where `text` is empty."""
    said = [f"{indicator}{_joined(indicator, '目标', target)}"] if target else []
    if result:
        said.insert(0, f"{indicator}{_joined(indicator, '完成', result)}")
    if result and target:
        said[1] = _joined("", "目标", target)
    return Fact(text or "，".join(said) or indicator, indicator, target or None, result or None)


def _joined(indicator: str, word: str, value: str) -> str:
    """目标 before a bare value; a value that says itself what it does (达到92%以上) stands alone."""
    return value if _STATES.match(value) or _NAMED_TARGET.search(indicator) else f"{word}{value}"


def _table(lines: Sequence[str], at: int) -> tuple[list[list[str]], int]:
    """Rows of a table that begins at a line, and the line after it; no rows where there is none."""
    for cells in _CELLS:
        rows: list[list[str]] = []
        here = at
        while here < len(lines):
            line = lines[here].strip(" 　") if cells is not _CELLS[0] else lines[here]
            if _RULE.fullmatch(line) and (rows and "-" in line):
                here += 1
                continue
            row = [cell.strip() for cell in cells.split(line.strip("|｜"))]
            if len(row) < 2 or not any(row):
                break
            rows.append(row)
            here += 1
        if len(rows) >= 2:
            return rows, here
    return [], at


def _sentences(line: str) -> Iterator[Fact]:
    """The facts of a line of prose; its number (1. 一是) is left out."""
    for piece in _SENTENCE.split(line):
        sentence = piece.strip(" 　\t，,")
        number = numbering_at(sentence)
        sentence = sentence[number.end :] if number is not None else sentence
        sentence = re.sub(r"^[一二三四五六七八九十]是", "", sentence).strip(" 　-—·•")
        if sentence:
            yield from _of_sentence(sentence)


def _of_sentence(sentence: str) -> Iterator[Fact]:
    plain = normalise(sentence)
    readings = [one for one in read_prose(plain, "plan", Context("")) if one.phrase]
    if not readings:
        yield Fact(sentence)
        return
    results: dict[str, str] = {}
    targets: list[tuple[str, str, str]] = []
    for number, one in enumerate(readings):
        clause = _clause(sentence, plain, readings, number)
        value = as_written(sentence, one)
        if _is_done(plain, readings, number):
            results[one.phrase] = value
        else:
            targets.append((one.phrase, value, clause))
    whole = len(readings) == 1
    for phrase, value, clause in targets:
        yield Fact(sentence if whole or phrase in results else clause, phrase, value, results.pop(phrase, None))
    for phrase, value in results.items():
        yield fact_of(phrase, None, value)


def as_written(sentence: str, reading: Reading) -> str:
    """The number with its unit and the word beside it that says more, less or about: 92%以上, 不低于45%."""
    value = reading.mention.value
    text, sign = sentence[value.start : value.end], value.comparator
    if not sign or sign in text:
        return text
    behind = sentence[value.end :].lstrip()
    return text + sign if normalise(behind).startswith(sign) else sign + text


def _is_done(sentence: str, readings: Sequence[Reading], number: int) -> bool:
    start = readings[number - 1].mention.value.end if number else 0
    before = sentence[start : readings[number].mention.value.start]
    done = [found.start() for found in _DONE.finditer(before)]
    new = [found.start() for found in _NEW.finditer(before)]
    return bool(done) and (not new or done[-1] > new[-1])


def _clause(sentence: str, plain: str, readings: Sequence[Reading], number: int) -> str:
    """The clauses between the figure before and the one behind, so that each fact reads by itself."""
    start = 0
    if number:
        gap = _CLAUSE.search(plain, readings[number - 1].mention.value.end)
        start = gap.end() if gap is not None else readings[number - 1].mention.value.end
    end = len(sentence)
    if number + 1 < len(readings):
        gap = _CLAUSE.search(plain, readings[number].mention.value.end)
        end = gap.start() if gap is not None else readings[number + 1].mention.value.start
    clause = sentence[min(start, readings[number].mention.value.start) : end].strip("，,、 　")
    phrase = readings[number].phrase
    return clause if phrase in normalise(clause) else f"{phrase}{clause}"
