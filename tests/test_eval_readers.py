"""`bench readers`: it is right about one writer and many readers, and it would see what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.bench.chroma_server import chroma_server
from eval.bench.readers import bench_readers, is_stale, was_there
from eval.bench.readers_work import Search, Writing

WRITTEN = Writing(added={1: 10, 2: 20}, gone={1: 30}, rebuilds=0, errors=[])


def search(wanted: int, before: int, after: int, *found: int) -> Search:
    return Search(wanted, before, after, found, found, 0.0)


@pytest.mark.parametrize(
    ("before", "after", "stale"), [(29, 29, False), (29, 31, False), (30, 30, True), (35, 36, True), (5, 40, False)]
)
def test_a_report_that_was_gone_before_the_search_began_must_not_be_shown(before: int, after: int, stale: bool) -> None:
    assert is_stale(search(1, before, after, 1, 2), WRITTEN) == stale
    assert not is_stale(search(1, before, after, 2), WRITTEN)


@pytest.mark.parametrize(
    ("wanted", "before", "after", "there"),
    [
        (1, 10, 29, True),
        (1, 9, 12, False),
        (1, 12, 30, False),
        (1, 31, 32, False),
        (2, 20, 99, True),
        (3, 1, 99, False),
    ],
)
def test_only_what_was_there_all_the_time_must_be_found(wanted: int, before: int, after: int, there: bool) -> None:
    assert was_there(search(wanted, before, after), WRITTEN) == there


@pytest.mark.parametrize("on_a_server", [False, True], ids=["folder", "server"])
def test_readers_beside_a_writer_see_what_is_true(tmp_path: Path, on_a_server: bool) -> None:
    def measured(url: str | None) -> None:
        result = bench_readers(tmp_path / "home", 2, 3.0, url, lambda line: None, passages=300)
        assert result.errors == ()
        assert result.stale == result.missed_text == result.missed_vectors == 0
        assert result.added > 0 and result.checked > 0 and result.quiet.n > 0
        assert result.fallbacks == 0 or not on_a_server

    if not on_a_server:
        measured(None)
        return
    with chroma_server(tmp_path / "server") as server:
        measured(server.url)
