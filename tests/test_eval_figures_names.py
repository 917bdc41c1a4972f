"""The score of names falls when a name is left out or a piece of a sentence is listed: planted faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.ledger import LedgerRow
from eval.figures.names import SPLITS, Label, NameScore, digest, judge, score_names
from eval.figures.report import measures
from eval.reading.labels import LabelError
from ingest.settings import Settings, load_settings
from tests.ledger_builders import Archive

SHARED = Path(__file__).parents[1].parent / "shared"
FILE = "a.txt"


def held() -> Archive:
    """A name of an indicator and a piece of a sentence."""
    return Archive().say("结果", "新增养老床位", "900张").say("结果", "改善", "40公里")


def labels(archive: Archive) -> list[Label]:
    return [
        Label(
            (FILE, one.figure.start, one.figure.end),
            one.figure.indicator == "新增养老床位",
            "held_out",
            digest(one.figure.indicator),
        )
        for one in archive.figures
    ]


def score(rows: Iterable[LedgerRow], told: Iterable[Label]) -> NameScore:
    return judge(told, rows, {1: FILE})["held_out"]


def counts(found: NameScore) -> tuple[int, int, int, int, int]:
    return found.kept, found.lost, found.passed, found.caught, found.stale


def test_a_ledger_that_agrees_with_every_label_is_perfect() -> None:
    found = score(held().rows(), labels(held()))
    assert counts(found) == (1, 0, 0, 1, 0) and not found.faults
    assert (found.names, found.shown, found.pieces, found.labels) == (1, 1, 1, 2)


def test_a_piece_of_a_sentence_that_is_listed_is_a_fault() -> None:
    rows = [replace(row, named=True) for row in held().rows()]
    found = score(rows, labels(held()))
    assert counts(found) == (1, 0, 1, 0, 0) and "改善" in found.faults[0]


def test_a_name_that_is_left_out_is_a_fault() -> None:
    rows = [replace(row, named=False) for row in held().rows()]
    found = score(rows, labels(held()))
    assert counts(found) == (0, 1, 0, 1, 0) and "新增养老床位" in found.faults[0]


def test_a_row_whose_name_has_changed_since_it_was_read_counts_neither_way() -> None:
    rows = [replace(row, name=f"{row.name}里程") for row in held().rows()]
    assert counts(score(rows, labels(held()))) == (0, 0, 0, 0, 2)


def test_a_row_that_is_gone_counts_neither_way() -> None:
    assert counts(score(held().rows()[:1], labels(held()))) == (1, 0, 0, 0, 1)


def test_each_half_is_counted_for_itself() -> None:
    told = [replace(one, split="development") for one in labels(held())]
    assert judge(told, held().rows(), {1: FILE})["held_out"].labels == 0


def test_labels_of_files_that_are_not_there_measure_nothing(tmp_path: Path) -> None:
    with pytest.raises(LabelError):
        score_names(tmp_path, Settings(home=tmp_path))


def test_without_the_real_reports_the_topic_says_so(tmp_path: Path) -> None:
    ((name, told),) = measures(tmp_path, Settings(home=tmp_path), ["names"])
    assert name == "names" and isinstance(told, str) and told.startswith("skipped")


@pytest.mark.skipif(not (SHARED / "archive" / "municipal_docx").is_dir(), reason="the real reports are not here")
def test_the_names_of_the_real_ledger_keep_what_is_demanded() -> None:
    ((_, told),) = measures(SHARED, load_settings(), ["names"])
    assert not isinstance(told, str) and len(told) == 4 * len(SPLITS)
    assert all(one.kept for one in told), [one.line() for one in told if not one.kept]
