"""What the user says of a report holds, whatever becomes of its file, until it is taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.archive import Archive, Scope, Source, meta
from ingest.corrections import InvalidCorrection, correct_report, reset_report, to_changes
from ingest.errors import NotFound
from ingest.period import Period
from ingest.settings import Settings
from ingest.types import Changes, ReadFile
from tests.archive_builders import VERSION, FakeEncoder
from tests.copies_builders import BODY, Readings, prose, put, report_file

TEXT = prose(1)
FOUND = report_file(TEXT, year=2021)
SAID = Changes(year=2022, org="白石县卫生健康局")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


@pytest.fixture
def report_id(settings: Settings) -> int:
    with Archive.create_or_open(settings.home, write=True) as archive:
        return put(archive, "a.txt", FOUND)


def now(settings: Settings) -> list[tuple[int | None, str | None]]:
    with Archive.create_or_open(settings.home) as archive:
        return [(report.year, report.org) for report in archive.reports()]


def ingest(settings: Settings, name: str, read: ReadFile, reader: Readings) -> None:
    """What the runner does with a new or changed file."""
    path, data = Path("/reports", name), read.document.text.encode()
    with Archive.create_or_open(settings.home, write=True) as archive:
        said = archive.corrections(Source.of(path, data).sha256)
        said = said or archive.carried(path, reader(path, data, settings))
        archive.add(path, data, reader(path, data, settings, said), VERSION)


class TestCorrecting:
    def test_the_report_keeps_its_id_and_tells_what_was_given(self, settings: Settings, report_id: int) -> None:
        record = correct_report(settings, report_id, SAID, Readings(FOUND))
        assert (record.id, record.year, record.org) == (report_id, 2022, "白石县卫生健康局")
        assert record.certainty == {"year": "given", "org": "given"}

    def test_the_periods_of_all_sections_follow_and_nothing_is_embedded_twice(
        self, settings: Settings, report_id: int
    ) -> None:
        encoder = FakeEncoder()
        with Archive.create_or_open(settings.home, write=True) as archive:
            archive.embed_pending(encoder)
        encoder.encoded.clear()
        correct_report(settings, report_id, SAID, Readings(FOUND))
        with Archive.create_or_open(settings.home, write=True) as archive:
            assert archive.counts().pending == 0 and archive.embed_pending(encoder) == 0
            for scope, many in ((Scope(years=frozenset({2022})), True), (Scope(years=frozenset({2021})), False)):
                assert bool(archive.search_text([TEXT[0]], scope)) == many
                assert bool(archive.search_vectors(encoder.vector(TEXT[0]), scope)) == many
            archive._chroma.use(archive._read(meta.chroma))
            in_chroma = archive._chroma.query(encoder.vector(TEXT[0]), 50, {"year": 2022})
            assert len(in_chroma) == archive.counts().passages
            assert archive._chroma.query(encoder.vector(TEXT[0]), 50, {"year": 2021}) == []
            assert [finding for finding in archive.doctor() if finding.severity != "info"] == []

    def test_a_page_that_has_the_vectors_open_in_the_same_process_sees_the_change(
        self, settings: Settings, report_id: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        with Archive.create_or_open(settings.home, write=True) as archive:
            archive.embed_pending(FakeEncoder())
        with Archive.create_or_open(settings.home) as page:
            before = page.search_vectors(FakeEncoder().vector(TEXT[0]))
            correct_report(settings, report_id, SAID, Readings(FOUND))
            after = page.search_vectors(FakeEncoder().vector(TEXT[0]))
            assert [hit.score for hit in after] == pytest.approx([hit.score for hit in before])
            assert {record.period for record in page.passages([hit.passage_id for hit in after])} == {
                Period(2022, 2022)
            }
        assert caplog.records == []

    def test_a_second_correction_adds_to_the_first(self, settings: Settings, report_id: int) -> None:
        correct_report(settings, report_id, Changes(year=2022), Readings(FOUND))
        correct_report(settings, report_id, Changes(org=None), Readings(FOUND))
        assert now(settings) == [(2022, None)]

    def test_taking_back_gives_what_the_program_found(self, settings: Settings, report_id: int) -> None:
        correct_report(settings, report_id, SAID, Readings(FOUND))
        record = reset_report(settings, report_id, Readings(FOUND))
        assert (record.id, record.year, record.org, record.certainty) == (report_id, 2021, BODY, {})

    def test_only_the_report_meant_is_corrected(self, settings: Settings) -> None:
        both = report_file(TEXT, prose(2), year=2021)
        with Archive.create_or_open(settings.home, write=True) as archive:
            first = put(archive, "两篇.txt", both)
        correct_report(settings, first + 1, Changes(year=2019), Readings(both))
        assert [year for year, _ in now(settings)] == [2021, 2019]

    def test_what_is_not_there_cannot_be_corrected(self, settings: Settings, report_id: int) -> None:
        with pytest.raises(NotFound):
            correct_report(settings, 77, SAID, Readings(FOUND))
        with pytest.raises(InvalidCorrection, match="没有要修改"):
            correct_report(settings, report_id, Changes(), Readings(FOUND))

    def test_a_stop_before_the_file_was_read_again_loses_nothing(self, settings: Settings, report_id: int) -> None:
        def stopped(*_: object) -> ReadFile:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            correct_report(settings, report_id, SAID, stopped)
        with Archive.create_or_open(settings.home) as archive:
            assert [record.name for record in archive.outdated(VERSION)] == ["a.txt"]
        ingest(settings, "a.txt", FOUND, Readings(FOUND))
        assert now(settings) == [(2022, "白石县卫生健康局")]


class TestSurviving:
    @pytest.fixture(autouse=True)
    def corrected(self, settings: Settings, report_id: int) -> None:
        correct_report(settings, report_id, SAID, Readings(FOUND))

    def test_the_same_content_read_again(self, settings: Settings, report_id: int) -> None:
        ingest(settings, "a.txt", FOUND, Readings(FOUND))
        assert now(settings) == [(2022, "白石县卫生健康局")]

    def test_a_rename_with_a_time_in_between_when_the_file_was_not_there(self, settings: Settings) -> None:
        other = report_file(prose(5))
        ingest(settings, "a.txt", other, Readings(other))
        ingest(settings, "新名字.txt", FOUND, Readings(FOUND))
        assert (2022, "白石县卫生健康局") in now(settings)

    def test_a_rebuild_and_a_newer_pipeline_that_gives_other_offsets(self, settings: Settings, report_id: int) -> None:
        newer = replace(report_file(TEXT, year=2021, cover="不同的封面\n"))
        with Archive.create_or_open(settings.home, write=True) as archive:
            archive.rebuild()
            (record,) = archive.files()
            reader = Readings(newer)
            made = reader(Path(record.path), newer.document.text.encode(), settings, archive.corrections(record.sha256))
            archive.reread(record.id, made, "test/2")
            assert [report.id for report in archive.reports()] == [report_id]
        assert now(settings) == [(2022, "白石县卫生健康局")]

    def test_an_edited_file_at_the_same_path(self, settings: Settings) -> None:
        edited = report_file([*TEXT[:-4], *prose(6, 6)], year=2021, cover="修订稿\n")
        ingest(settings, "a.txt", edited, Readings(edited))
        assert now(settings) == [(2022, "白石县卫生健康局")]
        ingest(settings, "a.txt", edited, Readings(edited))
        assert now(settings) == [(2022, "白石县卫生健康局")]

    @pytest.mark.parametrize(
        "other",
        [
            report_file(prose(7), year=2021),
            report_file(TEXT, year=2020, cover="新\n"),
            report_file(["".join("0" if c.isdigit() else c for c in s) for s in TEXT], year=2021),
            report_file([TEXT[0], *prose(8)], year=2021, title="另一份总结"),
        ],
        ids=["other-text", "other-year", "same-template-other-figures", "one-sentence-in-common"],
    )
    def test_another_report_at_the_same_path_is_not_touched(self, settings: Settings, other: ReadFile) -> None:
        ingest(settings, "a.txt", other, Readings(other))
        assert now(settings) == [(other.reports[0].year, BODY)]

    def test_forgetting_the_report_forgets_what_was_said_of_it(self, settings: Settings, report_id: int) -> None:
        with Archive.create_or_open(settings.home, write=True) as archive:
            archive.forget(str(report_id))
        ingest(settings, "a.txt", FOUND, Readings(FOUND))
        assert now(settings) == [(2021, BODY)]

    def test_another_encoding_of_the_same_text(self, settings: Settings) -> None:
        data = FOUND.document.text.encode("gb18030")
        with Archive.create_or_open(settings.home, write=True) as archive:
            (record,) = archive.files()
            archive.add_source(Source.of(Path("/reports/b.txt"), data), record.id)
            assert archive.corrections(Source.of(Path("/x"), data).sha256)[0].changes == SAID


class TestCopies:
    COPY = report_file(TEXT, year=2021, cover="副本\n")

    def test_what_is_said_of_a_report_holds_for_its_copies_and_does_not_part_them(
        self, settings: Settings, report_id: int
    ) -> None:
        with Archive.create_or_open(settings.home, write=True) as archive:
            copy = put(archive, "b.txt", self.COPY)
        correct_report(settings, report_id, SAID, Readings(FOUND, self.COPY))
        assert now(settings) == [(2022, "白石县卫生健康局")]
        with Archive.create_or_open(settings.home, write=True) as archive:
            archive.forget("a.txt")
            assert [(report.id, report.year) for report in archive.reports()] == [(copy, 2022)]

    def test_taking_back_takes_it_back_from_the_copies_too(self, settings: Settings, report_id: int) -> None:
        with Archive.create_or_open(settings.home, write=True) as archive:
            put(archive, "b.txt", self.COPY)
        reader = Readings(FOUND, self.COPY)
        correct_report(settings, report_id, SAID, reader)
        reset_report(settings, report_id, reader)
        with Archive.create_or_open(settings.home) as archive:
            assert [(report.year, len(report.duplicates)) for report in archive.reports()] == [(2021, 1)]
            assert archive.corrections(archive.files()[1].sha256) == ()

    def test_what_was_said_of_each_before_they_met_holds_for_both(self, settings: Settings, report_id: int) -> None:
        with Archive.create_or_open(settings.home, write=True) as archive:
            other = report_file(TEXT, year=2020, cover="另\n")
            copy = put(archive, "b.txt", other)
        reader = Readings(FOUND, other)
        correct_report(settings, report_id, Changes(title="甲题"), reader)
        correct_report(settings, copy, Changes(year=2021), reader)
        with Archive.create_or_open(settings.home) as archive:
            (report,) = archive.reports()
            assert (report.duplicates, report.title) == ((copy,), "甲题")
            said = {tuple(sorted(archive.corrections(record.sha256)[0].changes)) for record in archive.files()}
            assert said == {("title", "year")}

    def test_a_better_copy_that_comes_later_takes_over_with_what_was_said(
        self, settings: Settings, report_id: int
    ) -> None:
        correct_report(settings, report_id, SAID, Readings(FOUND))
        longer = report_file([*TEXT, *prose(4, 30)], year=2021)
        ingest(settings, "全文.txt", longer, Readings(longer))
        assert now(settings) == [(2022, "白石县卫生健康局")], "the wrong year is not read for one moment"
        ingest(settings, "全文.txt", longer, Readings(longer))
        with Archive.create_or_open(settings.home) as archive:
            (report,) = archive.reports()
            assert (report.year, report.org, report.sources) == (2022, "白石县卫生健康局", ("全文.txt", "a.txt"))


class TestWhatIsTyped:
    @pytest.mark.parametrize("text", ["0", "不详", " 不详 "])
    def test_an_unknown_year(self, text: str) -> None:
        assert to_changes(year=text) == {"year": None}

    def test_everything(self) -> None:
        typed = to_changes(title="《工作总结》", org="不详", year="2022年", kind="计划", published="2023年1月5日")
        assert typed == {
            "title": "工作总结",
            "org": None,
            "year": 2022,
            "kind": "计划",
            "published": "2023-01-05",
        }
        assert to_changes() == {}

    @pytest.mark.parametrize(("text", "stored"), [("2023", "2023"), ("2023-1", "2023-01"), ("不详", None)])
    def test_a_date_as_far_as_it_is_known(self, text: str, stored: str | None) -> None:
        assert to_changes(published=text) == {"published": stored}

    @pytest.mark.parametrize(
        "wrong",
        [
            {"year": "1899"}, {"year": "2101"}, {"year": "去年"}, {"year": "２０２２x"}, {"kind": "报告"},
            {"title": " "}, {"title": "长" * 201}, {"published": "2023-02-30"}, {"published": "明天"},
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_refused_in_one_line_with_a_remedy(self, wrong: dict[str, str]) -> None:
        with pytest.raises(InvalidCorrection, match=r"请.*。$"):
            to_changes(**wrong)
