"""Putting files in, replacing them, taking them out: all or nothing, and nothing left behind."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.archive import Archive, Source, fulltext
from ingest.archive.database import Database, migrate, migrations
from ingest.errors import ArchiveBusy, ArchiveDamaged, ArchiveUnusable, NotFound
from tests.archive_builders import VERSION, FakeEncoder, add, read_file, section, texts


def found(archive: Archive, word: str) -> list[str]:
    return texts(archive, [hit.passage_id for hit in archive.search_text([word])])


def test_a_changed_file_replaces_what_was_made_of_it(tmp_path: Path) -> None:
    with Archive.create_or_open(tmp_path, write=True) as archive:
        old = add(archive, "a.txt", read_file(section("旧的医院规划。")))
        archive.embed_pending(FakeEncoder())
        add(archive, "a.txt", read_file(section("新的学校规划。")))
        assert found(archive, "规划") == ["新的学校规划。"]
        assert len(archive.files()) == 1
        assert len(list((tmp_path / "files").glob("*/*"))) == 1
        with pytest.raises(NotFound):
            archive.file_text(old)


def test_a_changed_file_leaves_its_old_content_to_another_path_that_has_it(tmp_path: Path) -> None:
    shared = read_file(section("两处都有的规划。"))
    with Archive.create_or_open(tmp_path, write=True) as archive:
        file_id = add(archive, "a.txt", shared)
        archive.add_source(Source.of(Path("/reports/copy.txt"), shared.document.text.encode()), file_id)
        add(archive, "a.txt", read_file(section("只此一处的规划。")))
        assert sorted(found(archive, "规划")) == ["两处都有的规划。", "只此一处的规划。"]


def test_the_same_report_under_two_names_is_one_report_with_two_sources(tmp_path: Path) -> None:
    read = read_file(section("同一份报告。"))
    with Archive.create_or_open(tmp_path, write=True) as archive:
        file_id = add(archive, "a.txt", read)
        archive.add_source(Source.of(Path("/reports/b.txt"), read.document.text.encode()), file_id)
        (report,) = archive.reports()
        assert report.sources == ("a.txt", "b.txt")


def test_reading_again_with_a_newer_pipeline_keeps_the_file_and_the_vectors_of_equal_text(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    with Archive.create_or_open(tmp_path, write=True) as archive:
        file_id = add(archive, "a.txt", read_file(section("不变的一段。", "会变的一段。")))
        archive.embed_pending(encoder)
        archive.reread(file_id, read_file(section("不变的一段。", "变了的一段。")), "test/2")
        encoder.encoded.clear()
        archive.embed_pending(encoder)
        assert encoder.encoded == ["变了的一段。"]
        assert archive.outdated("test/2") == [] and [record.id for record in archive.outdated("test/3")] == [file_id]


def test_a_file_that_fails_keeps_what_the_archive_had_from_its_path(tmp_path: Path) -> None:
    with Archive.create_or_open(tmp_path, write=True) as archive:
        add(archive, "a.txt", read_file(section("早先读到的内容。")))
        archive.add_failed(Path("/reports/a.txt"), b"", "文件是空的，请检查。", VERSION)
        assert found(archive, "内容") == ["早先读到的内容。"]
        assert [(record.status, record.error) for record in archive.files()] == [
            ("ok", None),
            ("failed", "文件是空的，请检查。"),
        ]
        add(archive, "a.txt", read_file(section("后来读到的内容。")))
        assert [record.status for record in archive.files()] == ["ok"]


class TestForgetting:
    @pytest.mark.parametrize("name", ["a.txt", "/reports/a.txt"])
    def test_a_file_is_forgotten_with_everything_made_of_it(self, tmp_path: Path, name: str) -> None:
        with Archive.create_or_open(tmp_path, write=True) as archive:
            add(archive, "a.txt", read_file(section("要忘记的事。")))
            add(archive, "b.txt", read_file(section("要记住的事。")))
            archive.embed_pending(FakeEncoder())
            before = archive.generation
            assert archive.forget(name) == ["已删除文件 a.txt 及其中的报告"]
            assert archive.generation > before
            assert found(archive, "的事") == ["要记住的事。"]
            assert texts(archive, [hit.passage_id for hit in archive.search_vectors(FakeEncoder().vector("事"))]) == [
                "要记住的事。"
            ]
            assert [finding for finding in archive.doctor() if finding.severity != "info"] == []
            tables = sqlite3.connect(tmp_path / "archive.db")
            for table in ("files", "sources", "texts", "reports", "sections", "passages", "embeddings", "vector_index"):
                assert tables.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,)
            tables.close()
        assert len(list((tmp_path / "files").glob("*/*"))) == 1

    def test_one_report_of_several_is_forgotten_and_does_not_come_back_when_the_file_is_read_again(
        self, tmp_path: Path
    ) -> None:
        read = read_file(section("同样的话。"), reports=2)
        with Archive.create_or_open(tmp_path, write=True) as archive:
            file_id = add(archive, "a.txt", read)
            first, second = archive.reports()
            assert archive.forget(str(second.id)) == [f"已删除报告 {second.id}《{second.title}》"]
            archive.reread(file_id, read, "test/2")
            assert [report.title for report in archive.reports()] == [first.title]
            archive.forget(first.title)
            assert archive.files() == []

    def test_what_is_not_there_cannot_be_forgotten(self, tmp_path: Path) -> None:
        with (
            Archive.create_or_open(tmp_path, write=True) as archive,
            pytest.raises(NotFound, match="report-assistant reports"),
        ):
            archive.forget("没有的报告")


class TestFaults:
    def test_a_second_writer_is_refused_and_may_write_later(self, tmp_path: Path) -> None:
        with Archive.create_or_open(tmp_path, write=True):
            with pytest.raises(ArchiveBusy, match="正在写入"):
                Archive.create_or_open(tmp_path, write=True)
            Archive.create_or_open(tmp_path).close()
        Archive.create_or_open(tmp_path, write=True).close()

    def test_a_full_disk_loses_nothing_that_was_stored(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with Archive.create_or_open(tmp_path, write=True) as archive:
            add(archive, "a.txt", read_file(section("早就入档的内容。")))
            connection = archive._database.connection()
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 2}")
            with pytest.raises(ArchiveUnusable, match="磁盘已满"):
                add(archive, "big.txt", read_file(section(*(f"第{n}段内容很多。" * 40 for n in range(50)))))
            assert found(archive, "内容") == ["早就入档的内容。"]
            connection.execute("PRAGMA max_page_count = 1000000")
            add(archive, "b.txt", read_file(section("后来入档的内容。")))
            assert len(found(archive, "内容")) == 2
            assert [finding.severity for finding in archive.doctor() if finding.severity == "error"] == []

    def test_a_disk_that_will_not_take_the_original_is_told_in_the_same_words(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with Archive.create_or_open(tmp_path, write=True) as archive:
            monkeypatch.setattr("ingest.archive.originals.os.fsync", full)
            with pytest.raises(ArchiveUnusable, match="磁盘已满"):
                add(archive, "a.txt", read_file(section("内容。")))
            assert archive.files() == [] and list((tmp_path / "files").glob("*/*")) == []

    def test_a_home_that_is_a_file_is_refused(self, tmp_path: Path) -> None:
        home = tmp_path / "home"
        home.write_text("")
        for write in (True, False):
            with pytest.raises(ArchiveUnusable, match="不是文件夹"):
                Archive.create_or_open(home, write=write)

    def test_a_database_that_is_none_is_called_damaged(self, tmp_path: Path) -> None:
        (tmp_path / "archive.db").write_bytes(b"this is not a database" * 100)
        for write in (True, False):
            with pytest.raises(ArchiveDamaged, match="已损坏"):
                Archive.create_or_open(tmp_path, write=write)

    def test_an_altered_original_is_not_given_out(self, tmp_path: Path) -> None:
        with Archive.create_or_open(tmp_path, write=True) as archive:
            file_id = add(archive, "a.txt", read_file(section("原文。")))
            (kept,) = (tmp_path / "files").glob("*/*")
            kept.write_bytes(b"other")
            with pytest.raises(ArchiveDamaged, match="已损坏"):
                archive.file_bytes(file_id)
            kept.unlink()
            with pytest.raises(ArchiveDamaged, match="缺少"):
                archive.file_bytes(file_id)


class TestSchema:
    def test_an_older_archive_is_brought_up_to_date_once(self, tmp_path: Path) -> None:
        database = Database(tmp_path / "archive.db", write=True)
        migrate(database, ["CREATE TABLE notes (text TEXT);\nINSERT INTO notes VALUES ('old');"])
        migrate(database, ["CREATE TABLE notes (text TEXT);", "ALTER TABLE notes ADD COLUMN year INTEGER;"])
        migrate(database, ["CREATE TABLE notes (text TEXT);", "ALTER TABLE notes ADD COLUMN year INTEGER;"])
        assert database.connection().execute("SELECT * FROM notes").fetchall() == [("old", None)]
        database.close()

    def test_a_migration_that_fails_changes_nothing(self, tmp_path: Path) -> None:
        database = Database(tmp_path / "archive.db", write=True)
        with pytest.raises(sqlite3.OperationalError):
            migrate(database, ["CREATE TABLE notes (text TEXT);", "ALTER TABLE missing ADD COLUMN year;"])
        assert database.connection().execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
        assert database.connection().execute("PRAGMA user_version").fetchone() == (0,)
        database.close()

    def test_a_reader_may_find_an_archive_that_was_never_finished(self, tmp_path: Path) -> None:
        (tmp_path / "archive.db").touch()
        with Archive.create_or_open(tmp_path) as archive:
            assert archive.reports() == []

    def test_an_archive_of_a_newer_program_is_refused(self, tmp_path: Path) -> None:
        Archive.create_or_open(tmp_path, write=True).close()
        connection = sqlite3.connect(tmp_path / "archive.db")
        connection.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
        connection.close()
        for write in (True, False):
            with pytest.raises(ArchiveDamaged, match="请升级"):
                Archive.create_or_open(tmp_path, write=write)

    def test_an_index_made_with_other_terms_is_made_again_before_the_next_change(self, tmp_path: Path) -> None:
        with Archive.create_or_open(tmp_path, write=True) as archive:
            add(archive, "a.txt", read_file(section("卫生院改造。")))
            connection = archive._database.connection()
            connection.execute("INSERT INTO passage_fts (passage_fts) VALUES ('delete-all')")
            connection.execute("UPDATE meta SET value = 'other' WHERE key = 'terms'")
        with Archive.create_or_open(tmp_path, write=True) as archive:
            assert any("分词" in finding.message for finding in archive.doctor())
            add(archive, "b.txt", read_file(section("卫生院新建。")))
            assert sorted(found(archive, "卫生院")) == ["卫生院改造。", "卫生院新建。"]
            assert fulltext.is_current(archive._database.connection())


def test_an_interrupt_that_comes_when_a_file_has_just_got_in_leaves_its_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Database.transaction

    @contextmanager
    def interrupted(self: Database) -> Iterator[sqlite3.Connection]:
        with whole(self) as connection:
            yield connection
        if connection.execute("SELECT 1 FROM files").fetchone():
            raise KeyboardInterrupt

    read = read_file(section("刚刚写进去的一份。"))
    with Archive.create_or_open(tmp_path, write=True) as archive:
        with monkeypatch.context() as patched:
            patched.setattr(Database, "transaction", interrupted)
            with pytest.raises(KeyboardInterrupt):
                add(archive, "a.txt", read)
        (kept,) = archive.files()
        assert archive.file_bytes(kept.id) == read.document.text.encode()
