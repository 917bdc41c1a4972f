"""Near-duplicates: of several copies of a report one is read, the others are kept on the shelf as its sources.

`settle` is called in the transaction of every change, with whatever the change has touched, so that at each commit:
a report with `duplicate_of` lies on the shelf and in no index, the report it points to is indexed, and all copies that
point to one report are the same as that one and as each other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from ingest.archive import contents, corrections, fingerprint, shelf
from ingest.archive.copies import Content, Copies

_INSERT = "INSERT OR IGNORE INTO fingerprints (hash, report_id) VALUES (?, ?)"


def settle(connection: sqlite3.Connection, fresh: Mapping[int, Content], touched: Iterable[int] = ()) -> list[bytes]:
    """Decide anew which reports are copies of which, and move their content accordingly.

    `fresh` holds the content of new and rewritten reports, which is in no table yet; `touched` are others to look at
    again. Reports whose better copy is gone are always looked at. Returns the content keys that may have lost their
    last passage.
    """
    for report_id, content in fresh.items():
        enter_fingerprint(connection, report_id, content)
    copies = Copies(connection, fresh)
    keys: list[bytes] = []
    starts = dict.fromkeys([*fresh, *touched, *shelf.forsaken(connection)])
    for report_id, better in _clusters(connection, copies, list(starts)).items():
        keys += _place(connection, report_id, better, fresh.get(report_id))
    return keys


def enter_fingerprint(connection: sqlite3.Connection, report_id: int, content: Content) -> None:
    """Store the sample that makes a report found as a candidate, in place of any earlier one."""
    connection.execute("DELETE FROM fingerprints WHERE report_id = ?", (report_id,))
    connection.executemany(_INSERT, [(value, report_id) for value in fingerprint.sample(content.hashes)])


def fill_fingerprints(connection: sqlite3.Connection) -> list[bytes]:
    """Fingerprint the reports of an archive that an earlier release made, and settle them; as `settle`."""
    sql = "SELECT id FROM reports WHERE duplicate_of IS NULL AND id NOT IN (SELECT report_id FROM fingerprints)"
    bare = [row[0] for row in connection.execute(sql)]
    for report_id in bare:
        found = fingerprint.shingles(fingerprint.wording(contents.read(connection, report_id)))
        connection.executemany(_INSERT, [(value, report_id) for value in fingerprint.sample(found)])
    return settle(connection, {}, bare)


def of(connection: sqlite3.Connection, report_ids: Iterable[int]) -> list[int]:
    """The copies on the shelf that point to one of these reports."""
    sql = "SELECT id FROM reports WHERE duplicate_of = ? ORDER BY id"
    return [row[0] for report_id in report_ids for row in connection.execute(sql, (report_id,))]


def _clusters(connection: sqlite3.Connection, copies: Copies, starts: list[int]) -> dict[int, int | None]:
    """For every report that may be concerned, the better copy it is a duplicate of, or None."""
    reached, waiting = set(starts), list(starts)
    while waiting:
        report_id = waiting.pop()
        known = copies.facts(report_id).duplicate_of
        near = [other for other in copies.candidates(report_id) if copies.same(report_id, other)]
        for other in [*near, *of(connection, [report_id]), *([] if known is None else [known])]:
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    result: dict[int, int | None] = {}
    remaining = sorted(reached)
    while remaining:
        cluster = _around(copies, remaining)
        best = copies.best(cluster) if len(cluster) > 1 else cluster[0]
        result[best] = None
        result.update((other, best) for other in cluster if other != best)
        remaining = [other for other in remaining if other not in cluster]
        if len(cluster) > 1:
            corrections.spread(connection, [copies.facts(other) for other in cluster])
    # The reports to read come first: those that point to them must find them.
    return dict(sorted(result.items(), key=lambda item: item[1] is not None))


def _around(copies: Copies, remaining: list[int]) -> list[int]:
    """The oldest of the remaining reports with all that are the same as it and as each other."""
    cluster = remaining[:1]
    for other in remaining[1:]:
        if all(copies.same(other, member) for member in cluster):
            cluster.append(other)
    return cluster


def _place(connection: sqlite3.Connection, report_id: int, better: int | None, content: Content | None) -> list[bytes]:
    """Index a report or lay it on the shelf; for one that is where it belongs, only note what it is a copy of."""
    connection.execute(
        "UPDATE reports SET duplicate_of = ? WHERE id = ? AND duplicate_of IS NOT ?", (better, report_id, better)
    )
    laid = None if content is not None else shelf.read(connection, report_id)
    if better is None:
        if content is None and laid is None:
            return []
        shelf.remove(connection, report_id)
        content = content or Content.of(laid or [])
        file_id = connection.execute("SELECT file_id FROM reports WHERE id = ?", (report_id,)).fetchone()[0]
        contents.write(connection, file_id, report_id, content.sections, content.rows)
        return []
    if laid is not None:
        return []
    sections = contents.read(connection, report_id) if content is None else content.sections
    shelf.put(connection, report_id, sections)
    return contents.remove(connection, report_id) if content is None else []
