"""Archives of any size: what is generated is sound, repeatable and as asked; the bench tells what it measured."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from eval.scale.build import build
from eval.scale.corpus import reports
from eval.scale.queries import KINDS, queries, questions
from eval.scale.run import Scale, Size
from eval.scale.vectors import SyntheticEncoder
from eval.scale.words import TOPICS, bodies
from ingest.archive import Archive


class StoppedError(Exception):
    """Thrown in the middle of a building."""


@given(st.integers(1, 200))
@settings(deadline=None, max_examples=20)
def test_as_many_passages_are_made_as_asked_each_where_the_text_has_it(passages: int) -> None:
    held = 0
    for made in reports(passages, figures=False):
        for section in made.read.reports[0].sections:
            for passage in section.passages:
                start, end = passage.text.span()
                assert made.text[start:end] == passage.text.text
                assert section.start <= start < end <= section.end
                held += 1
    assert held == passages


def test_the_same_reports_come_again_and_no_passage_twice() -> None:
    first, again = ([made.text for made in reports(150, ["今天多云转晴。"])] for _ in range(2))
    assert first == again
    lines = "".join(first).splitlines()
    long = [line for line in lines if len(line) > 100]
    assert len(long) == len(set(long)) == 150


def test_figures_are_as_dense_as_in_real_reports() -> None:
    found = [section for made in reports(300) for section in made.read.reports[0].sections]
    each = sum(len(section.figures) for section in found) / sum(len(section.passages) for section in found)
    assert 2 <= each <= 5


def test_more_bodies_than_names_are_refused() -> None:
    with pytest.raises(ValueError, match="bodies"):
        bodies(1_000_000)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
@settings(deadline=None)
def test_synthetic_vectors_are_unit_vectors_and_the_same_for_the_same_text(texts: list[str]) -> None:
    made = SyntheticEncoder().encode_passages(texts)
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    assert np.array_equal(made, SyntheticEncoder().encode_passages(texts))


def test_a_built_archive_holds_what_was_asked_and_is_asked_in_every_scope(tmp_path: Path) -> None:
    built = build(tmp_path, 130, SyntheticEncoder(), (), lambda line: None)
    with Archive.create_or_open(tmp_path) as archive:
        counts, held = archive.counts(), archive.reports()
        asked = queries(held, 2)
        assert archive.doctor() == [] or all(one.severity != "error" for one in archive.doctor())
    assert built.passages == counts.passages == counts.embedded == 130
    assert counts.pending == 0 and built.database > 0 and built.chroma > 0
    assert sorted({one.kind for one in asked}) == sorted(KINDS) and len(asked) == 2 * len(KINDS)
    assert all(any(topic in one for topic in TOPICS) or "年" in one for one in questions(held, 6))


def test_a_building_that_was_stopped_is_taken_up_again_without_claiming_rates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(line: str) -> None:
        if line.startswith("2 "):
            raise StoppedError

    class Stopping(SyntheticEncoder):
        def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            raise StoppedError

    monkeypatch.setattr("eval.scale.build._EVERY", 1)
    with pytest.raises(StoppedError):
        build(tmp_path / "a", 190, SyntheticEncoder(), (), stop)
    with pytest.raises(StoppedError):
        build(tmp_path / "a", 190, Stopping(), (), lambda line: None)
    again = build(tmp_path / "a", 190, SyntheticEncoder(), (), lambda line: None)
    whole = build(tmp_path / "b", 190, SyntheticEncoder(), (), lambda line: None)
    assert (again.making, again.store, again.vectors) == (None, None, None)
    assert whole.store is not None and whole.vectors is not None
    titles = []
    for home in (tmp_path / "a", tmp_path / "b"):
        with Archive.create_or_open(home) as archive:
            assert archive.counts().passages == archive.counts().embedded == 190
            titles.append(sorted(report.title for report in archive.reports()))
    assert titles[0] == titles[1]


def test_a_size_says_what_was_not_measured_by_leaving_it_out() -> None:
    size = Size(
        1_000_000, None, 900.0, 90.0, 8_000, 2_000, 6, 80, 240, {"open": (80, 240)}, 60, 90, 900, 0, None, None, None
    )
    (head, line) = Scale((size,), news=False).lines()
    assert "synthetic" in head and "generated" in head
    assert "read" not in line and "answer" not in line and "1,000,000" in line
    assert Scale((size,), news=False).bounded()["p95_1000000"] == 240
