"""Are copies of one report found, and different reports kept apart: the sample archive's known copies."""

from __future__ import annotations

import tempfile
from pathlib import Path

from eval.metrics.duplicates import duplicate_score, sample_copies
from eval.reading.measure import Measure
from eval.sample import generate


def measure_duplicates() -> list[Measure]:
    """Pairs of files that hold one report, found and missed; pairs that were taken for one and are not."""
    with tempfile.TemporaryDirectory(prefix="report-assistant-eval-") as temporary:
        score = duplicate_score(generate(Path(temporary)), Path(temporary) / "home", sample_copies())
    found, known = len(score.found), len(score.found) + len(score.missed)
    missed = tuple(f"not found: {' = '.join(sorted(pair))}" for pair in score.missed)
    wrong = tuple(f"different: {' / '.join(sorted(pair))}" for pair in score.wrong)
    return [
        Measure.share("sample: copies of one report found", found, known, 1.0, missed),
        Measure("sample: different reports taken for one", len(score.wrong), "count", most=0, faults=wrong),
    ]
