"""Answers as they are stored: nothing is lost, and what older or newer programs wrote can be read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Check, Citation, Computed, Sentence, Understood, Warning
from assistant.citations import cite
from assistant.conversations import Conversations, Turn
from assistant.conversations.codec import UnreadableAnswer, decode, encode
from assistant.conversations.sources import gone, held_by
from assistant.view import view
from ingest.archive import Archive
from ingest.errors import NotFound
from tests.answer_builders import answer, citation
from tests.assistant_builders import CITY_2022, COUNTY_2022, ingest

WORDS = st.text(max_size=12)
CITATIONS = st.builds(
    Citation,
    n=st.integers(1, 9),
    report=WORDS,
    org=st.none() | WORDS,
    year=st.none() | st.integers(1990, 2050),
    part=st.sampled_from([None, "review", "plan", "problem"]),
    period=st.none() | st.just("2022-H1"),
    section=st.lists(WORDS, max_size=3).map(tuple),
    source_file=WORDS,
    quote=WORDS,
    start=st.integers(0),
    end=st.integers(0),
    page=st.none() | st.integers(1, 99),
    passage_id=st.integers(1),
    report_id=st.integers(1),
)
SENTENCES = st.builds(
    Sentence,
    WORDS,
    st.lists(st.integers(1, 9), max_size=3).map(tuple),
    st.lists(st.builds(Computed, WORDS, WORDS), max_size=2).map(tuple),
)
ANSWERS = st.builds(
    Answer,
    WORDS,
    WORDS,
    st.booleans(),
    st.lists(SENTENCES, max_size=3).map(tuple),
    st.lists(CITATIONS, max_size=3).map(tuple),
    st.lists(st.builds(Warning, st.sampled_from(["masked_figure", "other_year"]), WORDS), max_size=2).map(tuple),
    WORDS,
    st.floats(0, 100),
    understood=st.none()
    | st.builds(
        Understood,
        st.lists(st.integers(1990, 2050), max_size=2).map(tuple),
        st.lists(WORDS, max_size=2).map(tuple),
        st.just(("plan",)),
        by_hand=st.just(("year",)),
    ),
    checks=st.lists(
        st.builds(Check, st.sampled_from(["checked", "dropped"]), WORDS, st.none() | st.integers(0, 5)), max_size=2
    ).map(tuple),
    note=WORDS,
    model=st.none() | WORDS,
)


@given(ANSWERS)
def test_an_answer_comes_back_as_it_was(given_answer: Answer) -> None:
    assert decode(encode(given_answer)) == given_answer


def test_what_leads_back_into_the_archive_is_stored_too() -> None:
    (back,) = decode(encode(answer(citations=(citation(3, report_id=7),)))).citations
    assert (back.passage_id, back.report_id) == (3, 7)


def test_an_answer_of_an_older_or_newer_program_can_be_read() -> None:
    stored = json.loads(encode(answer(Sentence("签约8.4万人。", (1,)), citations=(citation(),))))
    for late in ("checks", "note", "model"):
        del stored[late]
    stored["colour"] = "blue"
    stored["citations"][0]["smell"] = "rose"
    back = decode(json.dumps(stored))
    assert (back.answer, back.checks, back.note, back.model) == ("签约8.4万人。〔1〕", (), "", None)


@pytest.mark.parametrize("stored", ["", "{", "[]", "null", "3", "{}", '{"sentences": [1]}', "[" * 100_000])
def test_what_is_no_answer_is_refused(stored: str) -> None:
    with pytest.raises(UnreadableAnswer):
        decode(stored)


def one_citation(home: Path, words: str) -> Citation:
    """The citation of `words` as the archive at `home` has them now."""
    with Archive.create_or_open(home) as archive:
        for report in archive.reports():
            for passage in archive.report_passages(report.id):
                at = passage.text.text.find(words)
                if at >= 0:
                    return cite(archive, passage, at, at + len(words), 1)
    raise AssertionError(f"{words} stands nowhere")


def test_a_kept_answer_outlives_its_report_and_says_that_the_source_is_gone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    ingest(home, {"青禾2022.txt": COUNTY_2022, "临泽2022.txt": CITY_2022}, embed=False)
    words = "签约居民12.3万人"
    cited = answer(Sentence(f"{words}。", (1,)), citations=(one_citation(home, words),))
    talk = Conversations(home).start("", Turn("签约多少？", cited))
    with Archive.create_or_open(home, write=True) as archive:
        assert gone(cited, held_by(archive.reports())) == frozenset()
        archive.forget("青禾2022.txt")

    (turn,) = Conversations(home).turns("", talk.id)
    assert turn.answer is not None and turn.answer.citations[0].quote == words
    with Archive.create_or_open(home) as archive:
        assert gone(turn.answer, held_by(archive.reports())) == {1}
        with pytest.raises(NotFound, match="已不在档案中"):
            view(archive, turn.answer.citations[0])


def test_a_kept_citation_finds_its_passage_after_the_file_was_forgotten_and_read_anew(tmp_path: Path) -> None:
    home = tmp_path / "home"
    ingest(home, {"青禾2022.txt": COUNTY_2022}, embed=False)
    kept = one_citation(home, "签约居民12.3万人")
    with Archive.create_or_open(home, write=True) as archive:
        archive.forget("青禾2022.txt")
    ingest(home, {"临泽2022.txt": CITY_2022, "青禾2022.txt": COUNTY_2022}, embed=False)
    other = one_citation(home, "全市签约居民86.5万人")
    with Archive.create_or_open(home) as archive:
        for stale in (kept, replace(kept, report_id=other.report_id, passage_id=other.passage_id)):
            (current,) = [item for item in view(archive, stale).paragraphs if item.current]
            ((start, end),) = current.highlight
            assert current.text[start:end] == "签约居民12.3万人"


def test_a_number_that_now_means_another_report_never_opens_that_one(tmp_path: Path) -> None:
    home = tmp_path / "home"
    ingest(home, {"临泽2022.txt": CITY_2022}, embed=False)
    other = one_citation(home, "全市签约居民86.5万人")
    stale = citation(1, "签约居民12.3万人", source_file="青禾2022.txt", report_id=other.report_id)
    with Archive.create_or_open(home) as archive, pytest.raises(NotFound):
        view(archive, replace(stale, passage_id=other.passage_id))
