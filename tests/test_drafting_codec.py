"""Orders and manuscripts come back whole from what was stored, with the exemplars that the archive still holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.codec import manuscript_from_dict, manuscript_to_dict, order_from_dict, order_to_dict
from assistant.drafting.types import Exemplar, Fact, Manuscript, Order
from ingest.archive import Archive
from tests.archive_builders import add, read_file
from tests.archive_builders import section as archived
from tests.paper_builders import exemplar, manuscript, section


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.create_or_open(tmp_path / "home", write=True)
    yield opened
    opened.close()


def _words() -> st.SearchStrategy[str]:
    return st.text(max_size=20)


@given(
    st.builds(
        Order,
        org=_words(),
        year=st.integers(1990, 2100),
        kind=st.sampled_from(["全年工作计划", "下半年工作安排", "工作要点", "总结"]),
        sections=st.lists(_words(), max_size=3).map(tuple),
        facts=st.lists(
            st.builds(Fact, _words(), st.none() | _words(), st.none() | _words(), st.none() | _words()), max_size=3
        ).map(tuple),
        up_to=st.none() | st.integers(1990, 2100),
        composer=st.sampled_from(["skeleton", "llm"]),
        tone=_words(),
        prefer=st.lists(_words(), max_size=2).map(tuple),
        exclude=st.lists(_words(), max_size=2).map(tuple),
        addressee=_words(),
        date=_words(),
    )
)
def test_an_order_comes_back_equal_through_json(given_order: Order) -> None:
    assert order_from_dict(json.loads(json.dumps(order_to_dict(given_order)))) == given_order


def test_a_manuscript_comes_back_equal_but_for_its_exemplars_where_there_is_no_archive() -> None:
    made = manuscript()
    read = manuscript_from_dict(json.loads(json.dumps(manuscript_to_dict(made))))
    assert [one.exemplars for one in read.sections] == [(), ()]
    assert read.to_json() == made.to_json() and read.order == made.order and read.citations == made.citations


def _drafted(archive: Archive) -> Manuscript:
    """A manuscript with the archive's first report as its exemplar."""
    report = archive.reports()[0]
    passages = tuple(archive.report_passages(report.id))
    return manuscript(section("签约", "做实签约。", exemplars=(exemplar(report=report, passages=passages),)))


def _found(archive: Archive, stored: dict[str, object]) -> tuple[tuple[Exemplar, ...], tuple[str, ...]]:
    read = manuscript_from_dict(stored, archive)
    return read.sections[0].exemplars, read.notes


def test_a_reopened_draft_shows_its_exemplars_from_the_archive(archive: Archive) -> None:
    add(archive, "上年.txt", read_file(archived("做实签约服务。", "扩大签约覆盖。", part="plan")))
    made = _drafted(archive)
    shown, notes = _found(archive, manuscript_to_dict(made))
    assert shown == made.sections[0].exemplars and notes == ()


def test_exemplars_are_found_by_their_words_when_the_file_was_read_anew(archive: Archive) -> None:
    add(archive, "上年.txt", read_file(archived("做实签约服务。", part="plan")))
    made = _drafted(archive)
    stored = manuscript_to_dict(made)
    archive.forget("上年.txt")
    add(archive, "别的.txt", read_file(archived("别的事情。"), title="别的报告"))
    add(archive, "上年.txt", read_file(archived("新加的一段。", "做实签约服务。", part="plan")))
    shown, notes = _found(archive, stored)
    assert [one.text for one in shown] == ["做实签约服务。"] and notes == ()
    assert shown[0].reason == made.sections[0].exemplars[0].reason and "上年.txt" in shown[0].report.sources


def test_an_exemplar_that_is_gone_is_left_out_and_told_once(archive: Archive) -> None:
    add(archive, "上年.txt", read_file(archived("做实签约服务。", part="plan")))
    stored = manuscript_to_dict(_drafted(archive))
    archive.forget("上年.txt")
    add(archive, "别的.txt", read_file(archived("另外的事情。")))
    shown, notes = _found(archive, stored)
    assert shown == () and notes == ("有1处参照材料已不在档案中，这里不再显示",)
    again = manuscript_from_dict({**stored, "notes": list(notes)}, archive)
    assert again.notes == notes
