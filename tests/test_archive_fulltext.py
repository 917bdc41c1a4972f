"""Full-text search: found by word and by name, never by the wrong year, and never broken by what is typed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.archive import Archive, Scope, fulltext, terms
from ingest.archive.database import migrations
from ingest.period import Period
from tests.archive_builders import add, read_file, section, texts

SENTENCES = (
    "全县家庭医生签约服务覆盖十万人。",
    "产前筛查任务数为5,600人，实际完成5700人。",
    "云岭县医共体建设稳步推进。",
    "村卫生室标准化建设达标率为84.20%。",
    "开展爱国卫生运动，清理垃圾二百吨。",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create_or_open(tmp_path, write=True) as opened:
        add(opened, "a.txt", read_file(section(*SENTENCES, path=("一、妇幼健康",))))
        yield opened


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("家庭医生签约了多少人", 0),
        ("產前篩查", 1),
        ("5600", 1),
        ("５６００人", 1),
        ("云岭", 2),
        ("84.20%", 3),
        ("垃圾", 4),
    ],
)
def test_the_passage_is_found_however_it_is_written(archive: Archive, asked: str, found: int) -> None:
    best, *_ = archive.search_text([asked])
    assert texts(archive, [best.passage_id]) == [SENTENCES[found]]


def test_a_heading_leads_to_its_passages(archive: Archive) -> None:
    add(archive, "b.txt", read_file(section("新增床位三十张。", path=("二、中医药传承创新",))))
    assert texts(archive, [archive.search_text(["中医药传承"])[0].passage_id]) == ["新增床位三十张。"]


def test_common_words_do_not_stand_in_for_telling_ones(archive: Archive) -> None:
    add(archive, "b.txt", read_file(section(*(f"全县第{n}项工作有序开展。" for n in range(30)))))
    hits = archive.search_text(["全县工作开展家庭医生"])
    assert texts(archive, [hits[0].passage_id]) == [SENTENCES[0]]
    assert len(hits) <= 2


def test_in_a_large_archive_the_rarest_terms_are_looked_up(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "BUDGET", 1)  # as if every term stood in too many passages
    hits = archive.search_text(["建设垃圾清理"])
    assert texts(archive, [hit.passage_id for hit in hits]) == [SENTENCES[4]]


@pytest.mark.parametrize(
    "asked", ["", " ", '"', "';--", "NEAR(", "words : x", "AND OR NOT", "*", "。，？", "\x00", "a\x00b"]
)
def test_nothing_that_is_typed_breaks_the_query(archive: Archive, asked: str) -> None:
    archive.search_text([asked, asked])
    assert archive.search_text([asked, "垃圾"])[0].score > 0


def test_a_very_long_question_is_searched_by_its_telling_terms(archive: Archive) -> None:
    assert texts(archive, [archive.search_text(["请问" * 4_000 + "垃圾清理"])[0].passage_id]) == [SENTENCES[4]]


@given(st.text(max_size=80))
def test_terms_hold_nothing_that_the_index_would_cut(text: str) -> None:
    found = terms(text)
    for term in (*found.words, *found.grams):
        assert term and not set(term) & set(" \t\n\"'*:()^-+{}\x00")
        assert term == term.lower()
    assert all(len(gram) == 2 for gram in found.grams)


@given(st.text(alphabet="卫生健康局县2022年.%，。 Ab（", min_size=1, max_size=40))
def test_a_text_is_found_by_itself(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(migrations()[0])
    fulltext.add(connection, [(1, fulltext.row(text, ()))])
    query = fulltext.match(connection, fulltext.TermCounts(), [text])
    found = terms(text)
    assert (query is not None) == bool(found.words or found.grams)
    if query is not None:
        assert list(connection.execute("SELECT rowid FROM passage_fts WHERE passage_fts MATCH ?", (query,))) == [(1,)]


def test_given_passages_are_scored_on_the_scale_of_the_search(archive: Archive) -> None:
    hits = archive.search_text(["医共体建设", "达标"])
    everything = [item.id for item in archive.report_passages(archive.reports()[0].id)]
    scored = archive.text_scores(["医共体建设", "达标"], everything)
    assert scored == {**dict.fromkeys(everything, 0.0), **{hit.passage_id: pytest.approx(hit.score) for hit in hits}}


def test_frequencies_count_the_passages_that_hold_a_text(archive: Archive) -> None:
    asked = ["建设", "医共体", "云岭县医", "5600", "没有这个", "。", ""]
    assert archive.document_frequencies(asked) == dict(zip(asked, (2, 1, 1, 1, 0, 0, 0), strict=True))


class TestScope:
    @pytest.fixture
    def archive(self, tmp_path: Path) -> Iterator[Archive]:
        with Archive.create_or_open(tmp_path, write=True) as opened:
            for name, period in (
                ("y21", Period.year(2021)),
                ("h22", Period(2022, 2022, 1)),
                ("y22", Period.year(2022)),
                ("span", Period(2021, 2025)),
                ("none", None),
            ):
                add(opened, name, read_file(section(f"床位{name}新增。", period=period), title=name))
            add(
                opened,
                "plan",
                read_file(section("床位明年新增。", part="plan", period=Period.year(2023)), title="plan"),
            )
            yield opened

    @pytest.mark.parametrize(
        ("scope", "found"),
        [
            (Scope(), {"y21", "h22", "y22", "span", "none", "plan"}),
            (Scope(years=frozenset({2022})), {"h22", "y22"}),
            (Scope(years=frozenset({2021, 2023})), {"y21", "plan"}),
            (Scope(years=frozenset({2022}), unknown_year=True), {"h22", "y22", "none"}),
            (Scope(years=frozenset()), set()),
            (Scope(parts=frozenset({"plan"})), {"plan"}),
            (Scope(years=frozenset({2022}), parts=frozenset({"plan"})), set()),
        ],
    )
    def test_a_search_stays_within_its_scope(self, archive: Archive, scope: Scope, found: set[str]) -> None:
        def titles(passage_ids: list[int]) -> set[str]:
            return {archive.report(item.report_id).title for item in archive.passages(passage_ids)}

        assert titles([hit.passage_id for hit in archive.search_text(["床位新增"], scope)]) == found

    def test_only_the_reports_asked_for(self, archive: Archive) -> None:
        wanted = [report.id for report in archive.reports() if report.title in ("y21", "none")]
        hits = archive.search_text(["床位"], Scope(reports=frozenset(wanted)))
        assert {item.report_id for item in archive.passages([hit.passage_id for hit in hits])} == set(wanted)
