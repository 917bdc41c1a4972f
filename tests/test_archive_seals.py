"""Seals: whatever becomes another behind the program's back is noticed, and `rebuild` makes it again where it can."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from eval.failure.broken import BY_HAND
from eval.failure.material import title_of, write_reports
from eval.reading.killed import QuickEncoder
from eval.reading.snapshot import differences, snapshot
from ingest.archive import Archive, Finding, originals, seals
from ingest.archive.database import NAME, Database, migrate, migrations
from ingest.archive.seals import Broken
from ingest.corrections import correct_report, reset_report
from ingest.discarding import discard, restore
from ingest.errors import ArchiveDamaged
from ingest.pipeline import read_file
from ingest.renew import rebuild
from ingest.runner import ingest_paths
from ingest.settings import Settings


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sealed")
    ingested(place / "home", write_reports(place / "reports", range(3)))
    return place / "home"


@pytest.fixture
def home(sound: Path, tmp_path: Path) -> Path:
    shutil.copytree(sound, tmp_path / "home")
    return tmp_path / "home"


def ingested(home: Path, folder: Path) -> None:
    ingest_paths(Settings(home), [folder], read=read_file, load_encoder=lambda _: QuickEncoder())


def run(home: Path, sql: str) -> None:
    with closing(sqlite3.connect(home / NAME)) as connection, connection:
        connection.execute(sql)


def said(home: Path, *, full: bool = False) -> list[Finding]:
    with Archive.create_or_open(home) as archive:
        return [finding for finding in archive.doctor(full=full) if finding.severity != "info"]


def renewed(home: Path) -> None:
    rebuild(Settings(home), embed=True, read=read_file, load_encoder=lambda _: QuickEncoder())


class TestWhatTheProgramDoes:
    """Every way of writing leaves an archive whose seals fit."""

    def test_reading_correcting_forgetting_and_taking_back(self, home: Path, tmp_path: Path) -> None:
        settings = Settings(home)
        with Archive.create_or_open(home) as archive:
            numbers = [report.id for report in archive.reports()]
        correct_report(settings, numbers[0], {"year": 2001, "title": "另一个标题"}, read_file)
        assert said(home) == []
        reset_report(settings, numbers[0], read_file)
        entry = discard(settings, numbers[1])
        assert said(home) == []
        restore(settings, entry.id, read_file)
        with Archive.create_or_open(home, write=True) as archive:
            archive.embed_pending(QuickEncoder())
            archive.edit_figure(archive.figures()[0].id, None)
            archive.join_indicators("甲", "乙", True)
        assert said(home) == []
        again = write_reports(tmp_path / "more", range(2, 5), change=1)
        shutil.copyfile(again / "003.txt", again / "copy.txt")
        ingested(home, again)
        with Archive.create_or_open(home, write=True) as archive:
            archive.forget(title_of(4))
        assert said(home, full=True) == []
        renewed(home)
        assert said(home, full=True) == []

    def test_a_change_that_is_rolled_back_leaves_no_seal(self, home: Path) -> None:
        database = Database(home / NAME, write=True)
        with pytest.raises(ZeroDivisionError), database.transaction() as connection:
            connection.execute("UPDATE reports SET year = 1900")
            raise ZeroDivisionError
        assert list(seals.broken(database.connection())) == []
        database.close()

    def test_an_archive_from_before_seals_is_sealed_when_it_is_opened(self, tmp_path: Path) -> None:
        older = Database(tmp_path / NAME, write=True)
        migrate(older, migrations()[:3])
        with older.transaction() as connection:
            connection.execute(
                "INSERT INTO files (name, path, sha256, text_sha256, format, size, status, pipeline)"
                " VALUES ('a.txt', '/a.txt', 'ab', '', 'txt', 1, 'ok', '1')"
            )
            connection.execute("INSERT INTO texts VALUES (1, '十人')")
        older.close()
        Archive.create_or_open(tmp_path, write=True).close()
        database = Database(tmp_path / NAME, write=False)
        assert list(seals.broken(database.connection())) == []
        run(tmp_path, "UPDATE texts SET text = '百人'")
        assert list(seals.broken(database.connection())) == [Broken("text", 1, False)]
        database.close()

    def test_a_new_database_is_sealed_from_the_start(self, tmp_path: Path) -> None:
        database = Database(tmp_path / NAME, write=True)
        migrate(database, migrations())
        assert list(seals.broken(database.connection())) == []
        database.close()


@pytest.mark.parametrize("sql", BY_HAND)
def test_what_is_changed_by_hand_is_noticed_and_mended_where_it_can_be(home: Path, sql: str) -> None:
    wanted = snapshot(home)
    run(home, sql)
    found = said(home, full=True)
    assert found and all(finding.remedy for finding in found)
    if "rebuild" in found[0].remedy:
        renewed(home)
        assert differences(wanted, snapshot(home)) == [] and said(home, full=True) == []


def test_what_only_a_backup_brings_back_is_still_said_after_a_rebuild(home: Path) -> None:
    run(home, "UPDATE sources SET path = path || 'x'")
    renewed(home)
    assert any("备份" in finding.remedy for finding in said(home))


def test_a_figure_changed_in_the_database_is_as_its_sentence_says_again(home: Path) -> None:
    with Archive.create_or_open(home) as archive:
        before = [record.figure for record in archive.figures()]
    run(home, "UPDATE figures SET figure = replace(figure, '1', '9')")
    renewed(home)
    with Archive.create_or_open(home) as archive:
        assert before and [record.figure for record in archive.figures()] == before


class TestKeptFiles:
    def test_bytes_that_became_others_of_the_same_number_are_noticed(self, home: Path) -> None:
        name, _ = next(originals.kept(home))
        place = originals.place(home, name)
        data = bytearray(place.read_bytes())
        data[10] ^= 1
        place.write_bytes(data)
        assert "原件副本缺失或损坏" in said(home)[0].message

    def test_a_database_that_lost_everything_is_no_new_archive(self, home: Path) -> None:
        (home / NAME).write_bytes(b"")
        with pytest.raises(ArchiveDamaged, match="是空的"):
            said(home)
        with pytest.raises(ArchiveDamaged, match="备份"):
            Archive.create_or_open(home, write=True)

    def test_nor_is_one_that_is_gone(self, home: Path) -> None:
        (home / NAME).unlink()
        with pytest.raises(ArchiveDamaged):
            Archive.create_or_open(home)


def test_another_programs_database_is_one_line(home: Path) -> None:
    (home / NAME).unlink()
    run(home, "CREATE TABLE t (a)")
    run(home, f"PRAGMA user_version = {len(migrations())}")
    with Archive.create_or_open(home) as archive, pytest.raises(ArchiveDamaged, match="已损坏"):
        archive.reports()
    assert "备份" in said(home)[0].remedy


def test_a_text_that_is_none_any_more_is_one_line(home: Path) -> None:
    run(home, "UPDATE reports SET title = CAST(x'e58f' AS TEXT)")
    with Archive.create_or_open(home) as archive, pytest.raises(ArchiveDamaged):
        archive.reports()
    assert "rebuild" in said(home)[0].remedy
    renewed(home)
    assert said(home) == []
