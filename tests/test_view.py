"""A citation read in its place: the whole report, the quote highlighted where it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.citations import cite
from assistant.copies import copy
from assistant.view import part, view
from ingest.archive import Archive
from ingest.archive.records import PassageRecord
from ingest.errors import NotFound
from tests.assistant_builders import FILES, PAGE_MARKED, ingest


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    settings = ingest(tmp_path_factory.mktemp("view") / "home", {**FILES, "双溪2021.txt": PAGE_MARKED}, embed=False)
    with Archive.create_or_open(settings.home) as opened:
        yield opened


def passage_with(archive: Archive, words: str) -> PassageRecord:
    return next(
        passage
        for report in archive.reports()
        for passage in archive.report_passages(report.id)
        if words in passage.text.text
    )


def highlighted(archive: Archive, words: str) -> list[str]:
    """The highlighted pieces of the report in which `words` are cited."""
    passage = passage_with(archive, words)
    at = passage.text.text.index(words)
    shown = view(archive, cite(archive, passage, at, at + len(words), 1))
    return [paragraph.text[start:end] for paragraph in shown.paragraphs for start, end in paragraph.highlight]


def test_the_quote_and_nothing_else_is_highlighted(archive: Archive) -> None:
    assert highlighted(archive, "三是建立双向转诊平台。") == ["三是建立双向转诊平台。"]


def test_what_stands_in_the_report_twice_is_highlighted_once(archive: Archive) -> None:
    assert highlighted(archive, "妇幼健康。") == ["妇幼健康。"]


def test_a_quote_that_the_source_breaks_is_highlighted_whole(archive: Archive) -> None:
    words = "新建村卫生室24所"
    passage = passage_with(archive, words)
    at = passage.text.text.index(words)
    assert cite(archive, passage, at, at + len(words), 1).quote == "新建村卫\n3、生室24所"
    assert highlighted(archive, words) == [words]


def test_the_whole_report_is_there_in_its_order(archive: Archive) -> None:
    passage = passage_with(archive, "双向转诊")
    shown = view(archive, cite(archive, passage, 0, 5, 1))
    assert shown.report.title == "青禾县卫生健康局2022年工作总结及2023年工作计划"
    assert [paragraph.text for paragraph in shown.paragraphs] == [
        item.text.text for item in archive.report_passages(passage.report_id)
    ]
    assert {paragraph.part for paragraph in shown.paragraphs} == {"review", "problem", "plan"}


def test_one_paragraph_is_the_current_one_and_knows_its_place(archive: Archive) -> None:
    passage = passage_with(archive, "双向转诊")
    (current,) = [item for item in view(archive, cite(archive, passage, 0, 5, 1)).paragraphs if item.current]
    assert current.path[-1] == "（二）推进紧密型医共体建设"
    assert (current.part, current.period) == ("plan", "2023")


def test_a_citation_is_cut_from_the_source_and_names_it(archive: Archive) -> None:
    passage = passage_with(archive, "双向转诊")
    at = passage.text.text.index("建立双向转诊平台")
    citation = cite(archive, passage, at, at + 8, 4)
    assert citation.quote == FILES["青禾2022.txt"][citation.start : citation.end] == "建立双向转诊平台"
    assert (citation.n, citation.source_file, citation.year, citation.period) == (4, "青禾2022.txt", 2022, "2023")


def test_around_a_quote_no_more_is_shown_than_asked_for_and_the_rest_is_had_in_parts(archive: Archive) -> None:
    passage = passage_with(archive, "双向转诊")
    citation = cite(archive, passage, 0, 5, 1)
    whole = view(archive, citation).paragraphs
    shown = view(archive, citation, 1)
    assert [item.current for item in shown.paragraphs] == [False, True, False]
    assert (shown.first, shown.count) == (passage.ordinal - 1, len(whole))
    above = part(archive, passage.report_id, 0, shown.first)
    below = part(archive, passage.report_id, shown.first + 3, 999)
    assert [item.text for item in (*above.paragraphs, *shown.paragraphs, *below.paragraphs)] == [
        item.text for item in whole
    ]
    assert (above.before, shown.before) == (None, whole[shown.first - 1])
    assert part(archive, passage.report_id, 999, 1999).paragraphs == ()


def test_the_files_that_hold_a_report_are_given_out_by_keys_that_tell_nothing(archive: Archive) -> None:
    passage = passage_with(archive, "双向转诊")
    (file,) = view(archive, cite(archive, passage, 0, 5, 1)).copies
    assert (file.name, file.kept, "青禾" in file.key) == ("青禾2022.txt", True, False)
    assert copy(archive, file.key) == ("青禾2022.txt", FILES["青禾2022.txt"].encode())
    for other in ("", "../archive.db", file.key[:-1]):
        with pytest.raises(NotFound):
            copy(archive, other)
