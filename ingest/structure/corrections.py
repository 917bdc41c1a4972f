"""Which report of a file each of the user's corrections speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.types import Changes, Correction


def changes_by_report(spans: Sequence[tuple[int, int]], corrections: Sequence[Correction]) -> list[Changes]:
    """The changes for each of the reports at these source spans; a later correction wins over an earlier one.

    A correction belongs to the report that it overlaps most (the first of equals), because a better reader may cut a
    file a little differently from the one whose result was corrected; one that overlaps none is ignored.
    """
    changes: list[Changes] = [{} for _ in spans]
    for correction in corrections:
        shared = [min(end, correction.end) - max(start, correction.start) for start, end in spans]
        most = max(shared, default=0)
        if most > 0:
            changes[shared.index(most)].update(correction.changes)
    return changes
