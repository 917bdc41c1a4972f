"""A report's sections and passages: into the tables that are searched, out of them, and back as plain data."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from ingest.archive import figures, fulltext, queue
from ingest.archive.embedtext import content_key, embed_text
from ingest.figures.types import Figure
from ingest.mapped import MappedText
from ingest.period import Period
from ingest.types import Passage, Section


@dataclass(frozen=True, slots=True)
class Row:
    """A passage with everything that is computed before the transaction begins, to keep that short."""

    passage: Passage
    runs: str
    columns: tuple[str, str, str]
    sha: bytes


def rows(sections: Sequence[Section]) -> list[list[Row]]:
    """The passages of each section with their index terms and content keys; passages without text are left out."""
    return [[_row(passage, section.path) for passage in _said(section)] for section in sections]


def _said(section: Section) -> list[Passage]:
    return [passage for passage in section.passages if passage.text.text.strip()]


def _row(passage: Passage, path: tuple[str, ...]) -> Row:
    text = passage.text.text
    return Row(passage, runs_json(passage.text), fulltext.row(text, path), content_key(embed_text(text, path)))


def write(
    connection: sqlite3.Connection, file_id: int, report_id: int, sections: Sequence[Section], made: list[list[Row]]
) -> None:
    """Put a report's sections and passages in: searchable by text from the commit on, queued for their vectors."""
    section_ids = count(_next_id(connection, "sections"))
    passage_ids = count(_next_id(connection, "passages"))
    ordinals = count()
    headers, slim, texts, index = [], [], [], []
    counted: list[tuple[int, int, Figure]] = []
    for number, (section, passages) in enumerate(zip(sections, made, strict=True)):
        section_id, period = next(section_ids), section.period
        year, first = (None, None) if period is None else (period.single_year, period.first)
        path = json.dumps(section.path, ensure_ascii=False)
        told = None if period is None else str(period)
        headers.append((section_id, report_id, number, path, section.part, told, section.start, section.end))
        ids: list[int] = []
        for row in passages:
            passage_id, passage = next(passage_ids), row.passage
            place = (passage_id, report_id, file_id, section_id, next(ordinals))
            slim.append((*place, year, first, section.part, passage.page, *passage.text.span(), row.sha))
            texts.append((passage_id, passage.text.text, row.runs))
            index.append((passage_id, row.columns))
            ids.append(passage_id)
        counted += [(section_id, ids[at], figure) for at, figure in _placed(section.figures, passages)]
    connection.executemany(
        'INSERT INTO sections (id, report_id, ordinal, path, part, period, start, "end")'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        headers,
    )
    connection.executemany(
        "INSERT INTO passages (id, report_id, file_id, section_id, ordinal, year, first, part, page, start,"
        ' "end", embed_sha) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        slim,
    )
    connection.executemany("INSERT INTO passage_texts (passage_id, text, runs) VALUES (?, ?, ?)", texts)
    figures.write(connection, report_id, counted)
    queue.put(connection, report_id)
    # Last: FTS5 writes out what it has gathered before any statement that inserts what it selects, as the queue's does.
    fulltext.add(connection, index)


def _placed(found: Sequence[Figure], passages: Sequence[Row]) -> Iterator[tuple[int, Figure]]:
    """Each figure with the number of the passage that it stands in."""
    spans = [row.passage.text.span() for row in passages]
    for figure in found:
        at = next((i for i, (start, end) in enumerate(spans) if start <= figure.start < end), None)
        if at is not None:
            yield at, figure


def remove(connection: sqlite3.Connection, report_id: int) -> list[bytes]:
    """Take a report's sections and passages out; returns the content keys that may have lost their last passage."""
    found = connection.execute("SELECT id, embed_sha FROM passages WHERE report_id = ?", (report_id,)).fetchall()
    fulltext.remove(connection, [row[0] for row in found])
    figures.remove(connection, report_id)
    connection.execute("DELETE FROM passages WHERE report_id = ?", (report_id,))
    connection.execute("DELETE FROM sections WHERE report_id = ?", (report_id,))
    return [row[1] for row in found]


def read(connection: sqlite3.Connection, report_id: int) -> list[Section]:
    """A report's sections as they were written."""
    passages: dict[int, list[Passage]] = {}
    sql = (
        "SELECT p.section_id, t.text, t.runs, p.page FROM passages p JOIN passage_texts t ON t.passage_id = p.id"
        " WHERE p.report_id = ? ORDER BY p.ordinal"
    )
    for section_id, text, runs, page in connection.execute(sql, (report_id,)):
        passage = Passage(MappedText.from_runs(text, json.loads(runs)), page)
        passages.setdefault(section_id, []).append(passage)
    sql = 'SELECT id, path, part, period, start, "end" FROM sections WHERE report_id = ? ORDER BY ordinal'
    return [
        Section(
            tuple(json.loads(path)),
            part,
            None if period is None else Period.parse(period),
            start,
            end,
            tuple(passages.get(section_id, ())),
            figures.of_section(connection, section_id),
        )
        for section_id, path, part, period, start, end in connection.execute(sql, (report_id,))
    ]


def sweep_embeddings(connection: sqlite3.Connection, keys: Iterable[bytes]) -> None:
    """Delete vectors that no passage uses any more; after the new passages are in, so that a reread keeps its own."""
    connection.executemany(
        "DELETE FROM embeddings WHERE sha = ?1 AND NOT EXISTS (SELECT 1 FROM passages WHERE embed_sha = ?1)",
        [(key,) for key in dict.fromkeys(keys)],
    )


def runs_json(text: MappedText) -> str:
    """A text's map to its source, for storage: what `MappedText.runs` gives, for all characters at once."""
    import numpy as np

    if not len(text):
        return "[]"
    starts = np.frombuffer(text.starts, dtype=np.dtype("l"))
    widths = np.frombuffer(text.ends, dtype=np.dtype("l")) - starts
    breaks = (starts[1:] - starts[:-1] != (widths[:-1] == 1)) | (widths[1:] != widths[:-1])
    if not breaks.any():
        return f"[[{len(text)},{starts[0]},{widths[0]}]]"
    first = [0, *(np.flatnonzero(breaks) + 1).tolist()]
    lengths = [end - start for start, end in pairwise([*first, len(text)])]
    runs = zip(lengths, starts[first].tolist(), widths[first].tolist(), strict=True)
    return "[" + ",".join(f"[{length},{start},{width}]" for length, start, width in runs) + "]"


def _next_id(connection: sqlite3.Connection, table: str) -> int:
    """The id that AUTOINCREMENT would give next: ids of what is gone are never used again, Chroma may hold them."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return 1 if row is None else int(row[0]) + 1
