"""The sample archive's targets and results, joined and held against its facts."""

from __future__ import annotations

from pathlib import Path

from eval.figures.ledger import PRECISION, RECALL, score_pairs
from ingest.settings import Settings


def test_targets_and_results_of_the_sample_archive_are_joined_rightly() -> None:
    score = score_pairs(Settings(home=Path("unused")))
    assert score.facts > 250
    assert score.precision >= PRECISION, score.faults
    assert score.recall >= RECALL, score.faults
