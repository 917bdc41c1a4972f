"""The full-text index: FTS5 over the terms of each passage, ranked by bm25 (Robertson & Zaragoza 2009, as in FTS5)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Literal

from ingest.archive import meta
from ingest.archive.records import Hit, Scope
from ingest.archive.scope import scope_sql
from ingest.archive.terms import fingerprint, terms

Column = Literal["words", "grams"]

MAX_TERMS = 24
COMMON = 0.4
"""A term in more than this share of all passages tells nothing (and costs most to look up)."""

BUDGET = 30_000
"""The terms of one query together stand in about so many passages at most, whatever the archive's size: looking up
a passage costs the same however little its term tells."""

_WEIGHTS = (1.0, 0.6, 0.5)
"""bm25 weights of the columns words, grams, heading. On CMRC2018 (questions → paragraphs, full text alone) the grams'
0.3, 0.6 and 1.0 give the same recall within half a point; 0 costs 1.4 points of R@1."""

_BM25 = f"-bm25(passage_fts, {_WEIGHTS[0]}, {_WEIGHTS[1]}, {_WEIGHTS[2]})"


def row(text: str, path: Sequence[str]) -> tuple[str, str, str]:
    """The index columns (words, grams, heading) of a passage."""
    body = terms(text)
    return " ".join(body.words), " ".join(body.grams), _heading(tuple(path))


@lru_cache(maxsize=1_024)  # a section's passages share their headings
def _heading(path: tuple[str, ...]) -> str:
    return " ".join(word for title in path for word in terms(title).words)


def add(connection: sqlite3.Connection, rows: Iterable[tuple[int, tuple[str, str, str]]]) -> None:
    """Index passages by id."""
    connection.executemany(
        "INSERT INTO passage_fts (rowid, words, grams, heading) VALUES (?, ?, ?, ?)",
        ((passage_id, *columns) for passage_id, columns in rows),
    )


def remove(connection: sqlite3.Connection, passage_ids: Sequence[int]) -> None:
    """Take passages out of the index; call before their rows are deleted, because the same terms are needed again."""
    connection.executemany(
        "INSERT INTO passage_fts (passage_fts, rowid, words, grams, heading) VALUES ('delete', ?, ?, ?, ?)",
        [(passage_id, *row(text, path)) for passage_id, text, path in _contents(connection, passage_ids)],
    )


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the whole index again from the passages."""
    connection.execute("INSERT INTO passage_fts (passage_fts) VALUES ('delete-all')")
    add(connection, all_rows(connection))
    enter_terms(connection)
    meta.bump(connection)


def all_rows(connection: sqlite3.Connection) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """What the index must hold: each passage's columns."""
    return ((passage_id, row(text, path)) for passage_id, text, path in _contents(connection, None))


def enter_terms(connection: sqlite3.Connection) -> None:
    """Note that the index is made with the terms of this program."""
    meta.put(connection, "terms", fingerprint())


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the index was made with the terms of this program (an empty archive: nothing was made yet)."""
    return meta.get(connection, "terms") in (None, fingerprint())


def indexed(connection: sqlite3.Connection) -> int:
    """How many rows the index has."""
    return int(connection.execute("SELECT count(*) FROM passage_fts_docsize").fetchone()[0])


class TermCounts:
    """In how many passages a term stands, and how many there are; looked up once as long as the archive stays."""

    def __init__(self) -> None:
        self._generation = -1
        self._known: dict[tuple[str, str], int] = {}
        self.passages = 0

    def look_again(self, connection: sqlite3.Connection) -> None:
        """Forget what was counted before the archive changed; to be called once for each query."""
        now = meta.generation(connection)
        if now != self._generation:
            self._generation, self._known, self.passages = now, {}, indexed(connection)

    def of(self, connection: sqlite3.Connection, column: Column, term: str) -> int:
        """The passages with `term` in `column` (for words: in the text or in a heading, whichever is more)."""
        known = self._known
        count = known.get((column, term))
        if count is None:
            sql = "SELECT col, doc FROM passage_terms WHERE term = ?"
            found: dict[str, int] = dict(connection.execute(sql, (term,)))
            count = max(found.get(column, 0), found.get("heading", 0) if column == "words" else 0)
            known[column, term] = count
        return count


def search(
    connection: sqlite3.Connection,
    counts: TermCounts,
    texts: Sequence[str],
    scope: Scope,
    limit: int,
    also: Sequence[int] = (),
) -> list[Hit]:
    """The `limit` best passages of the scope for any of the texts (words, names or whole questions), best first.

    After them those of `also` that are in the scope, hold any of the terms and are not among the best: all is scored
    in one walk through the index, which is what a search costs.
    """
    query = match(connection, counts, texts)
    if query is None or (limit <= 0 and not also):
        return []
    where, values = scope_sql(scope, "p")
    # CROSS JOIN keeps the index as the outer loop; the planner would else look up every passage of the scope in it.
    inside = "" if scope == Scope() else f" CROSS JOIN passages p ON p.id = passage_fts.rowid AND {where}"
    found = f"SELECT passage_fts.rowid AS id, {_BM25} AS score FROM passage_fts{inside} WHERE passage_fts MATCH ?"
    best = "SELECT id, score FROM found ORDER BY score DESC, id LIMIT ?"
    if not also:
        rows = connection.execute(f"WITH found AS ({found}) {best}", (*values, query, limit))
        return [Hit(*row) for row in rows]
    chosen = "SELECT id, score FROM found WHERE id IN (SELECT value FROM json_each(?))"
    sql = f"WITH found AS MATERIALIZED ({found}) SELECT * FROM ({best}) UNION {chosen} ORDER BY score DESC, id"
    return [Hit(*row) for row in connection.execute(sql, (*values, query, max(limit, 0), json.dumps(list(also))))]


def scores(
    connection: sqlite3.Connection, counts: TermCounts, texts: Sequence[str], passage_ids: Sequence[int]
) -> dict[int, float]:
    """bm25 of the given passages; 0.0 for those without any of the terms."""
    found = search(connection, counts, texts, Scope(), 0, passage_ids)
    return dict.fromkeys(passage_ids, 0.0) | {hit.passage_id: hit.score for hit in found}


def match(connection: sqlite3.Connection, counts: TermCounts, texts: Sequence[str]) -> str | None:
    """The FTS5 query: any of the most telling terms of the texts; None when no passage has any of them.

    Telling means rare: terms are taken by rising number of passages, at most MAX_TERMS and within BUDGET, and those in
    more than COMMON of all passages only when there are no others.
    """
    counts.look_again(connection)
    found = [terms(text) for text in texts]
    asked: dict[Column, tuple[str, ...]] = {
        "words": tuple(word for item in found for word in item.words),
        "grams": tuple(gram for item in found for gram in item.grams),
    }
    known = sorted(
        (count, column, term)
        for column, group in asked.items()
        for term in set(group)
        if (count := counts.of(connection, column, term)) > 0
    )
    common = COMMON * counts.passages
    telling = [entry for entry in known if entry[0] <= common] or known
    cost = accumulate(entry[0] for entry in telling)
    chosen = [entry for entry, so_far in zip(telling[:MAX_TERMS], cost, strict=False) if so_far <= BUDGET] or telling[
        :1
    ]
    clauses = [
        f"{{{where}}} : ({' OR '.join(_quoted(term) for term in group)})"
        for where, name in (("words heading", "words"), ("grams", "grams"))
        if (group := [term for _, column, term in chosen if column == name])
    ]
    return " OR ".join(clauses) or None


def frequency(connection: sqlite3.Connection, counts: TermCounts, text: str) -> int:
    """In how many passages `text` stands: as it is when it is all Han, else by all of its terms."""
    counts.look_again(connection)
    found = terms(text)
    if len(found.grams) == len(text) - 1 > 1:
        query = f"grams : {_quoted(' '.join(found.grams))}"  # a phrase of overlapping pairs is the text itself
    elif len(found.grams) == 1 and len(text) == 2:
        return counts.of(connection, "grams", found.grams[0])
    elif len(found.words) == 1:
        return counts.of(connection, "words", found.words[0])
    else:
        query = " AND ".join(f"words : {_quoted(word)}" for word in dict.fromkeys(found.words))
    if not query:
        return 0
    sql = "SELECT count(*) FROM passage_fts WHERE passage_fts MATCH ?"
    return int(connection.execute(sql, (query,)).fetchone()[0])


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _contents(
    connection: sqlite3.Connection, passage_ids: Sequence[int] | None
) -> Iterable[tuple[int, str, tuple[str, ...]]]:
    chosen = "" if passage_ids is None else " WHERE p.id IN (SELECT value FROM json_each(?))"
    sql = (
        "SELECT p.id, t.text, s.path FROM passages p JOIN passage_texts t ON t.passage_id = p.id"
        f" JOIN sections s ON s.id = p.section_id{chosen} ORDER BY p.id"
    )
    values = () if passage_ids is None else (json.dumps(list(passage_ids)),)
    for passage_id, text, path in connection.execute(sql, values):
        yield passage_id, text, tuple(json.loads(path))
