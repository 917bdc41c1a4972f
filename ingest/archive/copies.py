"""Whether two reports of the archive are copies of one, and which of several copies is the one to read."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.archive import contents, fingerprint, shelf
from ingest.archive.agreement import Figures, disagreements, figures
from ingest.archive.rows import Facts, facts_of
from ingest.types import Mark, Section

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONTAINED = 0.9
"""So much of the shorter one's wording stands in the longer: what copying and a bad text layer leave."""

_LIKELY = 0.6
"""Containment of the samples from which on the whole texts are compared; a sample of 20 is seldom 0.3 off."""

_AS_LONG = 0.9
"""A copy of at least this share of the longest one's shingles is as complete, so that its damage decides."""

_CANDIDATES = (
    "WITH near AS (SELECT f.report_id AS id, count(*) AS n FROM fingerprints m JOIN fingerprints f ON f.hash = m.hash"
    " WHERE m.report_id = :report AND f.report_id <> :report GROUP BY f.report_id HAVING count(*) > 2)"
    " SELECT near.id, near.n FROM near JOIN reports r ON r.id = near.id"
    " WHERE :year IS NULL OR r.year IS NULL OR r.year = :year OR r.certainty LIKE '%given%'"
)
"""Those of another year fall out before their rows are read: most of a large archive share formula sentences."""
_SHORT_NAMES = (("卫生健康", "卫健"), ("委员会", "委"))


@dataclass(slots=True)
class Copy:
    """One report with what comparing needs of it."""

    facts: Facts
    sections: Sequence[Section]
    hashes: NDArray[np.uint64]
    marks: tuple[Mark, ...]
    known_figures: Figures | None = None

    @property
    def figures(self) -> Figures:
        """The figures, read at the first comparison that gets so far."""
        if self.known_figures is None:
            self.known_figures = figures(self.sections, self.marks, cut_off=self.facts.truncated)
        return self.known_figures


@dataclass(frozen=True, slots=True)
class Content:
    """A report's content as prepared for writing, before anything of it is in a table."""

    sections: Sequence[Section]
    rows: list[list[contents.Row]]
    hashes: NDArray[np.uint64]
    """Of the shingles, in reading order."""

    @classmethod
    def of(cls, sections: Sequence[Section]) -> Content:
        """Compute index terms and fingerprint."""
        return cls(sections, contents.rows(sections), fingerprint.hashes_of(fingerprint.wording(sections)))


class Copies:
    """The reports that one change of the archive makes us compare; each is loaded once."""

    def __init__(self, connection: sqlite3.Connection, fresh: Mapping[int, Content]) -> None:
        self._connection = connection
        self._fresh = fresh
        self._facts: dict[int, Facts] = {}
        self._loaded: dict[int, Copy] = {}
        self._same: dict[tuple[int, int], bool] = {}

    def candidates(self, report_id: int) -> list[int]:
        """The reports that may be copies of this one, by the stored samples and facts alone."""
        mine = self.facts(report_id)
        asked = {"report": report_id, "year": None if "given" in mine.certainty.values() else mine.year}
        found = self._connection.execute(_CANDIDATES, asked).fetchall()
        near = [(other, n) for other, n in found if compatible(mine, self.facts(other))]
        size = self._sampled(report_id) if near else 0
        return [other for other, n in near if n >= _LIKELY * min(size, self._sampled(other))]

    def same(self, left: int, right: int) -> bool:
        """Whether two reports are copies of one: wording, facts and every figure."""
        key = (min(left, right), max(left, right))
        if key not in self._same:
            self._same[key] = compatible(self.facts(left), self.facts(right)) and same_text(
                self.load(left), self.load(right)
            )
        return self._same[key]

    def best(self, report_ids: Sequence[int]) -> int:
        """Which of several copies is read: the one the user has corrected (until the others say so too), the complete
        one, the less damaged, the one whose year and body are known, the longer, the older.
        """
        given = [i for i in report_ids if "given" in self.facts(i).certainty.values()]
        copies = {i: self.load(i) for i in given or report_ids}
        longest = max(len(copy.hashes) for copy in copies.values())

        def rank(report_id: int) -> tuple[bool, int, int, int, int]:
            copy = copies[report_id]
            facts = copy.facts
            unknown = (facts.year is None) + (facts.org is None)
            return facts.truncated, len(copy.marks), unknown, -len(copy.hashes), report_id

        return min((i for i, copy in copies.items() if len(copy.hashes) >= _AS_LONG * longest), key=rank)

    def facts(self, report_id: int) -> Facts:
        """A report's row."""
        if report_id not in self._facts:
            self._facts[report_id] = facts_of(self._connection, report_id)
        return self._facts[report_id]

    def load(self, report_id: int) -> Copy:
        """A report with its text, from wherever that lies now."""
        if report_id not in self._loaded:
            facts = self.facts(report_id)
            self._loaded[report_id] = load(self._connection, facts, self._fresh.get(report_id))
        return self._loaded[report_id]

    def _sampled(self, report_id: int) -> int:
        sql = "SELECT count(*) FROM fingerprints WHERE report_id = ?"
        return int(self._connection.execute(sql, (report_id,)).fetchone()[0])


def load(connection: sqlite3.Connection, facts: Facts, content: Content | None = None) -> Copy:
    """A report with what comparing needs of it; `content` where it is in no table yet."""
    if content is not None:
        sections, hashes = content.sections, fingerprint.distinct(content.hashes)
    else:
        laid = shelf.read(connection, facts.id)
        sections = contents.read(connection, facts.id) if laid is None else laid
        hashes = fingerprint.shingles(fingerprint.wording(sections))
    sql = 'SELECT start, "end", kind, reason FROM marks WHERE file_id = ? AND start < ? AND "end" > ? ORDER BY start'
    marks = tuple(Mark(*row) for row in connection.execute(sql, (facts.file_id, facts.end, facts.start)))
    return Copy(facts, sections, hashes, marks)


def same_text(left: Copy, right: Copy) -> bool:
    """Whether the shorter text stands in the longer, with every figure that the shorter one is sure of."""
    shorter, longer = sorted((left, right), key=lambda copy: len(copy.hashes))
    if len(shorter.hashes) < fingerprint.LEAST or fingerprint.shared(shorter.hashes, longer.hashes) < CONTAINED:
        return False
    return disagreements(shorter.figures, longer.figures) == 0


def compatible(left: Facts, right: Facts) -> bool:
    """Whether nothing that is known of two reports says that they are two. What a user says of one of them does not
    count against what the program concluded for the other.
    """
    return (
        (None in (left.year, right.year) or left.year == right.year or _said_of_one(left, right, "year"))
        and (None in (left.org, right.org) or same_body(left.org, right.org) or _said_of_one(left, right, "org"))
        and (_same_kind(left, right) or _said_of_one(left, right, "kind"))
    )


def same_body(left: str | None, right: str | None) -> bool:
    """Whether two names mean one body: 云州市青禾县卫生健康局 and 青禾县卫健局 do."""
    if left is None or right is None:
        return False
    one, other = _short(left), _short(right)
    return one.endswith(other) or other.endswith(one)


def _short(name: str) -> str:
    for long, short in _SHORT_NAMES:
        name = name.replace(long, short)
    return name


def _same_kind(left: Facts, right: Facts) -> bool:
    if left.kind == right.kind or "其他" in (left.kind, right.kind):
        return True
    # What was cut off is the plan, so that the rest looks like a summary.
    both = {(left.kind, left.truncated), (right.kind, right.truncated)}
    return ("总结", True) in both and "总结和计划" in (left.kind, right.kind)


def _said_of_one(left: Facts, right: Facts, field: str) -> bool:
    return (left.certainty.get(field) == "given") != (right.certainty.get(field) == "given")
