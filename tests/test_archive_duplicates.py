"""Copies of one report are one report with several sources; what differs in a figure or a year never is."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.archive import Archive, Source
from ingest.types import ReadFile
from tests.archive_builders import VERSION, FakeEncoder
from tests.copies_builders import prose, put, report_file

TEXT = prose(1)
FIRST = 24
"""How many sentences a shortened copy keeps."""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create_or_open(tmp_path, write=True) as opened:
        yield opened
        check_sound(opened)


def check_sound(archive: Archive) -> None:
    """What must hold after every change: see ingest/archive/duplicates.py."""
    connection = archive._database.connection()

    def none(sql: str) -> None:
        assert connection.execute(sql).fetchall() == [], sql

    none("SELECT * FROM reports r JOIN reports b ON b.id = r.duplicate_of WHERE b.duplicate_of IS NOT NULL")
    none("SELECT id FROM reports WHERE (duplicate_of IS NULL) = (id IN (SELECT report_id FROM shelf))")
    none("SELECT p.id FROM passages p JOIN reports r ON r.id = p.report_id WHERE r.duplicate_of IS NOT NULL")
    none("SELECT id FROM reports WHERE duplicate_of IS NULL AND id NOT IN (SELECT report_id FROM passages)")
    none("SELECT passage_id FROM queue WHERE passage_id NOT IN (SELECT id FROM passages)")
    none("SELECT sha FROM embeddings WHERE sha NOT IN (SELECT embed_sha FROM passages)")
    assert [finding for finding in archive.doctor() if finding.severity == "error"] == []


def changed(sentences: list[str], at: int, old: str, new: str) -> list[str]:
    assert old in sentences[at]
    return [*sentences[:at], sentences[at].replace(old, new, 1), *sentences[at + 1 :]]


def number_of(sentence: str) -> str:
    return "".join(c for c in sentence if c.isdigit())


def titles(archive: Archive) -> list[int]:
    return [report.id for report in archive.reports()]


class TestTheSame:
    def test_a_copy_under_another_name_is_a_source_and_in_no_list_count_or_search(self, archive: Archive) -> None:
        first = put(archive, "总结.txt", report_file(TEXT))
        second = put(archive, "网上下载.txt", report_file(TEXT, cover="收藏 分享\n下载\n"))
        (report,) = archive.reports()
        assert (report.id, report.sources, report.duplicates) == (first, ("总结.txt", "网上下载.txt"), (second,))
        aside = archive.report(second)
        assert (aside.duplicate_of, aside.passages, aside.sources) == (first, 0, ("网上下载.txt",))
        assert (archive.counts().reports, archive.counts().passages) == (1, report.passages)
        assert archive.reports_of(aside.file_id) == [] and aside.file_id not in archive.sizes()
        hits = archive.passages([hit.passage_id for hit in archive.search_text([TEXT[0]], limit=100)])
        assert {passage.report_id for passage in hits} == {first}
        assert archive.copies_told(aside.file_id) == (
            "与《青禾县卫生健康局2022年工作总结》（总结.txt）基本相同，已记为同一份报告",
        )
        assert not any("没有找到正文" in finding.message for finding in archive.doctor())

    @pytest.mark.parametrize(
        "copy",
        [
            report_file([s.replace("，", " ") for s in TEXT], cover="另\n"),
            report_file(TEXT[:FIRST], truncated=True),
            report_file([*TEXT[:FIRST], "落实加强完善建立开展组织提升7"], truncated=True),
            report_file([f"（{n}）{sentence}" for n, sentence in enumerate(TEXT, 1)]),
            report_file(TEXT, year=None, org=None, cover="无名\n"),
            report_file(TEXT, org="云州市青禾县卫健局", cover="市\n"),
            report_file(TEXT, kind="其他", cover="其他\n"),
        ],
        ids=[
            "other-punctuation",
            "cut-off",
            "cut-off-in-a-figure",
            "numbered",
            "nameless",
            "short-name",
            "kind-unknown",
        ],
    )
    def test_what_copying_does_to_a_report_does_not_make_it_another(self, archive: Archive, copy: ReadFile) -> None:
        put(archive, "a.txt", report_file(TEXT))
        put(archive, "b.txt", copy)
        assert [report.sources for report in archive.reports()] == [("a.txt", "b.txt")]

    def test_a_figure_that_is_masked_or_doubtful_in_one_copy_may_be_any(self, archive: Archive) -> None:
        number = number_of(TEXT[3])
        masked = changed(TEXT, 3, number, "××")
        damaged = changed(TEXT, 3, number, "20230")
        put(archive, "a.txt", report_file(TEXT))
        put(archive, "b.txt", report_file(masked, marked=["××"], mark="masked"))
        put(archive, "c.txt", report_file(damaged, marked=["20230"]))
        assert [report.sources for report in archive.reports()] == [("a.txt", "b.txt", "c.txt")]

    def test_within_one_file(self, archive: Archive) -> None:
        put(archive, "范文三篇.txt", report_file(TEXT, prose(2), TEXT))
        assert [(report.title[-3:], len(report.duplicates)) for report in archive.reports()] == [
            ("作总结", 1),
            ("（2）", 0),
        ]


class TestNotTheSame:
    @pytest.mark.parametrize(
        "other",
        [
            report_file(TEXT, year=2023, cover="二三\n"),
            report_file(TEXT, org="白石县卫生健康局", cover="白石\n"),
            report_file(TEXT, kind="计划", cover="计划\n"),
            report_file(changed(TEXT, 5, number_of(TEXT[5]), "77777")),
            report_file(changed(TEXT, 5, number_of(TEXT[5]), number_of(TEXT[6]))),
            report_file(changed(changed(TEXT, 5, number_of(TEXT[5]), number_of(TEXT[6])), 6, number_of(TEXT[6]),
                                number_of(TEXT[5]))),
            report_file(changed(TEXT[:FIRST], 5, number_of(TEXT[5]), "77777"), truncated=True),
            report_file(changed(TEXT, 5, number_of(TEXT[5]), "77777"), year=None, org=None),
            report_file([*TEXT[:10], *prose(3, 30)]),
            report_file(changed(TEXT, 5, "人次", "万人次六成"), changed(TEXT, 5, "人次", "万人次七成")),
        ],
        ids=[
            "other-year", "other-body", "other-kind", "other-figure", "figure-that-stands-elsewhere",
            "figures-exchanged", "cut-off-draft", "nameless-draft", "other-text", "figure-in-words",
        ],
    )  # fmt: skip
    def test_both_are_kept_and_found(self, archive: Archive, other: ReadFile) -> None:
        put(archive, "a.txt", report_file(changed(TEXT, 5, "人次", "万人次八成") if len(other.reports) > 1 else TEXT))
        put(archive, "b.txt", other)
        assert len(archive.reports()) == 1 + len(other.reports)
        assert all(report.duplicates == () for report in archive.reports())

    def test_a_nameless_copy_does_not_join_two_years_to_one(self, archive: Archive) -> None:
        put(archive, "a.txt", report_file(TEXT, year=2021, cover="a\n"))
        put(archive, "b.txt", report_file(TEXT, year=None, cover="b\n"))
        put(archive, "c.txt", report_file(TEXT, year=2022, cover="c\n"))
        assert len(archive.reports()) == 2
        for report in archive.reports():
            years = {archive.report(i).year for i in (report.id, *report.duplicates)} - {None}
            assert len(years) == 1

    def test_a_few_lines_say_too_little_to_be_the_same(self, archive: Archive) -> None:
        put(archive, "a.txt", report_file(TEXT[:3], cover="a\n"))
        put(archive, "b.txt", report_file(TEXT[:3], cover="b\n"))
        assert len(archive.reports()) == 2


class TestWhichIsRead:
    @pytest.mark.parametrize(
        ("worse", "better"),
        [
            (report_file(TEXT[:FIRST]), report_file(TEXT)),
            (report_file(TEXT[:-1], truncated=True), report_file(TEXT)),
            (report_file(TEXT, marked=[number_of(TEXT[2])], cover="w\n"), report_file(TEXT)),
            (report_file(TEXT, year=None, cover="w\n"), report_file(TEXT)),
        ],
        ids=["longer", "not-cut-off", "less-damaged", "year-known"],
    )
    def test_the_better_copy_whichever_comes_first(self, tmp_path: Path, worse: ReadFile, better: ReadFile) -> None:
        for number, order in enumerate(itertools.permutations((("坏.txt", worse), ("好.txt", better)))):
            with Archive.create_or_open(tmp_path / str(number), write=True) as archive:
                for name, read in order:
                    put(archive, name, read)
                assert [report.sources for report in archive.reports()] == [("好.txt", "坏.txt")]
                check_sound(archive)

    def test_a_better_copy_that_comes_later_takes_the_place_and_says_so(self, archive: Archive) -> None:
        cut = put(archive, "预览.txt", report_file(TEXT[:FIRST], truncated=True))
        archive.embed_pending(FakeEncoder())
        whole = put(archive, "全文.txt", report_file(TEXT))
        assert titles(archive) == [whole] and archive.report(cut).duplicate_of == whole
        assert archive.copies_told(archive.report(whole).file_id) == (
            "与《青禾县卫生健康局2022年工作总结》（预览.txt）基本相同，已记为同一份报告，以本文件为准",
        )
        assert archive.counts().pending > 0, "what only the better copy has is queued"
        archive.embed_pending(FakeEncoder())
        assert archive.counts().pending == 0


class TestEvents:
    @pytest.fixture
    def pair(self, archive: Archive) -> tuple[int, int]:
        return put(archive, "a.txt", report_file(TEXT)), put(archive, "b.txt", report_file(TEXT, cover="b\n"))

    def test_forgetting_a_report_forgets_its_copies_and_says_so(self, archive: Archive, pair: tuple[int, int]) -> None:
        title = "《青禾县卫生健康局2022年工作总结》"
        assert archive.forget(str(pair[0])) == [f"已删除报告 {number}{title}" for number in pair]
        assert archive.reports() == [] and archive.files() == [] and not archive.search_text([TEXT[0]])

    def test_equal_text_keeps_its_vectors_when_a_copy_comes_forward(
        self, archive: Archive, pair: tuple[int, int]
    ) -> None:
        archive.embed_pending(FakeEncoder())
        archive.forget("a.txt")
        assert titles(archive) == [pair[1]] and archive.search_text([TEXT[0]])
        assert archive.counts().pending == 0
        assert archive.search_vectors(FakeEncoder().vector(TEXT[0]))

    def test_forgetting_the_copy_leaves_the_report(self, archive: Archive, pair: tuple[int, int]) -> None:
        archive.forget(str(pair[1]))
        assert [(report.id, report.sources) for report in archive.reports()] == [(pair[0], ("a.txt",))]

    def test_forgetting_by_title_forgets_all_copies(self, archive: Archive, pair: tuple[int, int]) -> None:
        assert len(archive.forget("青禾县卫生健康局2022年工作总结")) == 2
        assert archive.files() == []

    def test_forgetting_a_file_brings_copies_of_its_reports_forward(
        self, archive: Archive, pair: tuple[int, int]
    ) -> None:
        archive.forget("a.txt")
        assert titles(archive) == [pair[1]]

    def test_a_replaced_path_brings_the_copy_forward(self, archive: Archive, pair: tuple[int, int]) -> None:
        other = put(archive, "a.txt", report_file(prose(9)))
        assert titles(archive) == [pair[1], other]

    def test_a_path_that_now_holds_another_content_of_the_archive(
        self, archive: Archive, pair: tuple[int, int]
    ) -> None:
        third = put(archive, "c.txt", report_file(prose(9)))
        data = report_file(prose(9)).document.text.encode()
        archive.add_source(Source.of(Path("/reports/a.txt"), data), archive.report(third).file_id)
        assert titles(archive) == [pair[1], third]

    def test_a_reading_that_finds_another_year_parts_the_copies_and_ids_stay(
        self, archive: Archive, pair: tuple[int, int]
    ) -> None:
        archive.reread(archive.report(pair[0]).file_id, report_file(TEXT, year=2021), "test/2")
        assert titles(archive) == list(pair)
        archive.reread(archive.report(pair[0]).file_id, report_file(TEXT), "test/3")
        assert titles(archive) == [pair[0]]
        archive.reread(archive.report(pair[1]).file_id, report_file(TEXT, year=2021, cover="b\n"), "test/2")
        assert titles(archive) == list(pair)

    def test_three_copies_settle_around_the_best_that_is_left(self, archive: Archive, pair: tuple[int, int]) -> None:
        third = put(archive, "c.txt", report_file(TEXT, cover="c\n"))
        assert archive.reports()[0].duplicates == (pair[1], third)
        archive.forget("a.txt")
        (report,) = archive.reports()
        assert (report.id, report.duplicates, report.sources) == (pair[1], (third,), ("b.txt", "c.txt"))

    def test_a_report_forgotten_within_its_file_takes_its_copy_there_along(self, archive: Archive) -> None:
        first = put(archive, "汇编.txt", report_file(TEXT, prose(2), TEXT))
        third = archive.report(first).duplicates[0]
        assert len(archive.forget(str(first))) == 2
        assert len(archive.reports()) == 1 and not {first, third} & set(titles(archive))

    def test_a_change_that_fails_leaves_everything_as_it_was(
        self, archive: Archive, pair: tuple[int, int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise sqlite3.OperationalError("planted")

        with monkeypatch.context() as patch:
            patch.setattr("ingest.archive.meta.bump", fail)
            with pytest.raises(sqlite3.OperationalError):
                archive.forget("a.txt")
        assert [report.duplicates for report in archive.reports()] == [(pair[1],)]


def test_an_archive_without_fingerprints_gets_them_from_rebuild(archive: Archive) -> None:
    first = put(archive, "a.txt", report_file(TEXT))
    connection = archive._database.connection()
    connection.execute("DELETE FROM fingerprints")
    second = put(archive, "b.txt", report_file(TEXT, cover="b\n"))
    assert len(archive.reports()) == 2
    archive.rebuild()
    assert [(report.id, report.duplicates) for report in archive.reports()] == [(first, (second,))]


def test_every_order_of_arrival_gives_the_same_report(tmp_path: Path) -> None:
    files = {
        "全文.txt": report_file(TEXT),
        "预览.txt": report_file(TEXT[:FIRST], truncated=True),
        "隐去.txt": report_file([s.replace(number_of(s), "××") for s in TEXT], marked=["××"], mark="masked"),
        "草稿.txt": report_file(changed(TEXT, 5, number_of(TEXT[5]), "77777")),
    }
    seen = set()
    for number, order in enumerate(itertools.permutations(files)):
        with Archive.create_or_open(tmp_path / str(number), write=True) as archive:
            for name in order:
                archive.add(Path("/reports", name), name.encode(), files[name], VERSION)
            check_sound(archive)
            seen.add(frozenset((report.sources[0], frozenset(report.sources)) for report in archive.reports()))
    for one in seen:
        for best, sources in one:
            assert not {"全文.txt", "草稿.txt"} <= sources
            assert best in ("全文.txt", "草稿.txt")
