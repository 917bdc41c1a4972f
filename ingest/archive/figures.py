"""Figures in the archive: written with their report, read with what the user has said of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import Any

from ingest.errors import NotFound
from ingest.figures.record import FigureChanges, FigureRecord
from ingest.figures.types import Figure, Role, Status, Value
from ingest.period import Period

_SELECT = (
    "SELECT g.id, g.report_id, r.file_id, g.section_id, g.passage_id, s.part, g.figure, e.changes, e.start IS NOT NULL"
    " FROM figures g JOIN reports r ON r.id = g.report_id JOIN sections s ON s.id = g.section_id"
    " JOIN files f ON f.id = r.file_id"
    ' LEFT JOIN figure_edits e ON e.sha256 = f.sha256 AND e.start = g.start AND e."end" = g."end"'
)


def write(connection: sqlite3.Connection, report_id: int, placed: Iterable[tuple[int, int, Figure]]) -> None:
    """Enter the figures of a report; `placed` gives (section id, passage id, figure)."""
    connection.executemany(
        'INSERT INTO figures (report_id, section_id, passage_id, start, "end", figure) VALUES (?, ?, ?, ?, ?, ?)',
        [(report_id, *ids, one.start, one.end, json.dumps(to_json(one), ensure_ascii=False)) for *ids, one in placed],
    )


def remove(connection: sqlite3.Connection, report_id: int) -> None:
    """Take the figures of a report out; what the user has said of them stays."""
    connection.execute("DELETE FROM figures WHERE report_id = ?", (report_id,))


def of_section(connection: sqlite3.Connection, section_id: int) -> tuple[Figure, ...]:
    """The figures of a section as they were read, without the user's changes."""
    sql = "SELECT figure FROM figures WHERE section_id = ? ORDER BY id"
    return tuple(from_json(json.loads(row[0])) for row in connection.execute(sql, (section_id,)))


def figures(connection: sqlite3.Connection, report_ids: Sequence[int] | None = None) -> list[FigureRecord]:
    """The figures of these reports (all where None), in reading order, without those that the user struck out."""
    if report_ids is None:
        rows = connection.execute(f"{_SELECT} ORDER BY g.id")
    else:
        ids = json.dumps(list(report_ids))
        rows = connection.execute(
            f"{_SELECT} WHERE g.report_id IN (SELECT value FROM json_each(?)) ORDER BY g.id", (ids,)
        )
    return list(_standing(rows))


def struck(connection: sqlite3.Connection) -> list[FigureRecord]:
    """The figures that the user struck out."""
    rows = connection.execute(f"{_SELECT} WHERE e.start IS NOT NULL AND e.changes IS NULL ORDER BY g.id")
    return [_record(row[:7]) for row in rows]


def marks(connection: sqlite3.Connection) -> dict[int, bytes]:
    """For each report bytes that are others once its facts, sections or figures are, or what the user says of them."""
    sql = (
        "SELECT r.id, coalesce(s.digest, randomblob(16)), (SELECT group_concat(e.start || ' ' || e.\"end\" || ' ' ||"
        " coalesce(e.changes, '-'), '\n') FROM figure_edits e WHERE e.sha256 = f.sha256)"
        " FROM reports r JOIN files f ON f.id = r.file_id LEFT JOIN seals s ON s.what = 'report' AND s.id = r.id"
    )
    return {number: digest + (edits or "").encode() for number, digest, edits in connection.execute(sql)}


def told(connection: sqlite3.Connection, phrases: Iterable[str]) -> dict[str, int]:
    """How many figures are told of each phrase."""
    sql = (
        "SELECT json_extract(figure, '$[4]') AS phrase, count(*) FROM figures"
        " WHERE phrase IN (SELECT value FROM json_each(?)) GROUP BY phrase"
    )
    return dict(connection.execute(sql, (json.dumps(list(phrases)),)))


def edit(connection: sqlite3.Connection, figure_id: int, changes: FigureChanges | None) -> None:
    """Correct a figure for good, or strike it out (None). Raises NotFound."""
    told = None if changes is None else json.dumps(changes, ensure_ascii=False)
    connection.execute(
        'INSERT OR REPLACE INTO figure_edits (sha256, start, "end", changes) VALUES (?, ?, ?, ?)',
        (*_place(connection, figure_id), told),
    )


def restore(connection: sqlite3.Connection, figure_id: int) -> None:
    """Take back what the user has said of a figure. Raises NotFound."""
    connection.execute(
        'DELETE FROM figure_edits WHERE sha256 = ? AND start = ? AND "end" = ?', _place(connection, figure_id)
    )


def join(connection: sqlite3.Connection, first: str, second: str, same: bool | None) -> None:
    """Call two names of indicators the same or different; None takes it back."""
    pair = tuple(sorted((first, second)))
    if same is None:
        connection.execute("DELETE FROM indicator_joins WHERE first = ? AND second = ?", pair)
    else:
        sql = "INSERT OR REPLACE INTO indicator_joins (first, second, same) VALUES (?, ?, ?)"
        connection.execute(sql, (*pair, int(same)))


def joins(connection: sqlite3.Connection) -> list[tuple[str, str, bool]]:
    """Every pair of names the user has spoken of, and whether they are the same."""
    sql = "SELECT first, second, same FROM indicator_joins ORDER BY first, second"
    return [(first, second, bool(same)) for first, second, same in connection.execute(sql)]


def _place(connection: sqlite3.Connection, figure_id: int) -> tuple[str, int, int]:
    sql = (
        'SELECT f.sha256, g.start, g."end" FROM figures g JOIN reports r ON r.id = g.report_id'
        " JOIN files f ON f.id = r.file_id WHERE g.id = ?"
    )
    row = connection.execute(sql, (figure_id,)).fetchone()
    if row is None:
        raise NotFound(f"档案中没有编号为 {figure_id} 的指标数据", "请用 report-assistant figures --json 查看编号")
    return row[0], row[1], row[2]


def _standing(rows: Iterable[tuple[Any, ...]]) -> Iterator[FigureRecord]:
    same: dict[int, int] = {}  # the numbers of reports, sections and passages come again and again: each is kept once
    for figure_id, *places, part, figure, changes, edited in rows:
        row = (figure_id, *(same.setdefault(place, place) for place in places), part, figure)
        if not edited:
            yield _record(row)
        elif changes is not None:
            yield _changed(_record(row), json.loads(changes))


def _record(row: Sequence[Any]) -> FigureRecord:
    figure_id, report_id, file_id, section_id, passage_id, part, figure = row
    return FigureRecord(
        figure_id, report_id, file_id, section_id, passage_id, part == "plan", from_json(json.loads(figure))
    )


def _changed(record: FigureRecord, changes: FigureChanges) -> FigureRecord:
    figure = record.figure
    if "indicator" in changes:
        figure = replace(figure, indicator=changes["indicator"], named=None)
    if "role" in changes:
        figure = replace(figure, role=changes["role"])
    if "period" in changes:
        told = changes["period"]
        figure = replace(figure, period=None if told is None else Period.parse(told))
    return replace(record, figure=figure, edited=True)


def to_json(figure: Figure) -> list[Any]:
    """A figure as a JSON array, for storage."""
    value, period = figure.value, figure.period
    numbers = [None if number is None else str(number) for number in (value.low, value.high)]
    return [
        *(figure.start, figure.end, figure.text),
        [value.start, value.end, *numbers, value.unit, value.comparator, value.masked],
        *(figure.indicator, figure.named, figure.role, figure.growth, None if period is None else str(period)),
        *(figure.as_of, figure.scope, figure.status, figure.reason),
    ]


def from_json(made: list[Any]) -> Figure:
    """A figure from what `to_json` made.

    A ledger holds every figure of the archive, and the same words again and again: each word is kept once.
    """
    start, end, text, value, indicator, named, role, growth, period, as_of, scope, status, reason = made
    at, to, low, high, unit, comparator, masked = value
    least = None if low is None else _number(low)
    most = least if low == high else None if high is None else _number(high)
    return Figure(
        start,
        end,
        intern(text),
        Value(at, to, least, most, intern(unit), intern(comparator), masked),
        intern(indicator),
        None if named is None else (named[0], named[1]),
        _role(role),
        growth,
        None if period is None else _period(period),
        None if as_of is None else intern(as_of),
        intern(scope),
        _status(status),
        intern(reason),
    )


_period = lru_cache(1_024)(Period.parse)
_number = lru_cache(8_192)(Decimal)


@lru_cache(16)
def _role(word: Role) -> Role:
    return word


@lru_cache(16)
def _status(word: Status) -> Status:
    return word
