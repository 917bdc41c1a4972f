"""Backup: whole or not at all, beside work that goes on; what is restored from it is what was there."""

from __future__ import annotations

import os
import sqlite3
import tarfile
import threading
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from ingest.archive import Archive, originals, vectors
from ingest.backup import back_up, packing, restore
from ingest.errors import ArchiveBusy, ArchiveDamaged, NotFound, UnwritableFile
from ingest.trash import Trash
from tests.archive_builders import FakeEncoder, add, read_file, section
from tests.backup_builders import APP, filled, killed, left_over, nearest, silent, titles, tree
from tests.test_archive_vectors import SENTENCES


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return filled(tmp_path / "档案")


@pytest.fixture
def file(home: Path, tmp_path: Path) -> Path:
    back_up(home, tmp_path / "备份.tar", APP, silent)
    return tmp_path / "备份.tar"


class TestRestored:
    def test_search_and_originals_are_as_they_were_and_nothing_is_embedded(
        self, home: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done = restore(file, tmp_path / "新", APP, silent)
        assert done.indexed and done.replaced is None and titles(tmp_path / "新") == titles(home)
        assert nearest(tmp_path / "新", SENTENCES[4]) == nearest(home, SENTENCES[4]) == (SENTENCES[4], 1.0)
        with Archive.create_or_open(tmp_path / "新", write=True) as archive:
            assert [finding for finding in archive.doctor() if finding.severity != "info"] == []
            assert not archive.unfinished and archive.embed_pending(FakeEncoder()) == 0
            for record in archive.files():
                assert archive.file_bytes(record.id)
            monkeypatch.setattr(vectors, "exact", None)  # the index answers, SQLite is not scanned
            assert archive.search_vectors(FakeEncoder().vector(SENTENCES[2]), None, 1) != []
        assert left_over(tmp_path) == []

    def test_uploads_trash_settings_and_the_other_rooms_files_come_along(self, home: Path, tmp_path: Path) -> None:
        upload = home / "uploads" / "某局" / "总结 一.txt"
        upload.parent.mkdir(parents=True)
        upload.write_text("上传的原文。", encoding="utf-8")
        with Archive.create_or_open(home, write=True) as archive:
            archive.add(upload, upload.read_bytes(), read_file(section("上传的话。"), title="上传"), "test/1")
            Trash(home).put(archive.leaving(1), lambda sha256: originals.load(home, sha256))
        (home / "settings.toml").write_text('today = "2024-01-31"\n', encoding="utf-8")
        (home / "users.on").write_text("on", encoding="utf-8")
        with closing(sqlite3.connect(home / "app.db")) as app:
            app.executescript("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (7);")
            back_up(home, tmp_path / "b.tar", APP, silent)
        restore(tmp_path / "b.tar", tmp_path / "new", APP, silent)
        assert tree(tmp_path / "new") == tree(home)
        with closing(sqlite3.connect(tmp_path / "new" / "app.db")) as app:
            assert app.execute("SELECT x FROM t").fetchall() == [(7,)]
        with Archive.create_or_open(tmp_path / "new") as archive:
            assert str(tmp_path / "new" / "uploads" / "某局" / "总结 一.txt") in archive.sources()
            assert not any(str(home) in path for path in archive.sources())

    @pytest.mark.skipif(os.name == "nt", reason="needs POSIX rights")
    def test_no_other_account_may_read_the_file(self, file: Path) -> None:
        assert file.stat().st_mode & 0o077 == 0


class TestBesideWork:
    def test_a_writer_and_a_reader_go_on_and_every_backup_is_of_one_moment(self, home: Path, tmp_path: Path) -> None:
        stop = threading.Event()
        written: list[int] = []

        def write() -> None:
            with Archive.create_or_open(home, write=True) as archive:
                while not stop.is_set():
                    number = len(written) + 100
                    add(archive, f"{number}.txt", read_file(section(f"后来的第{number}句。"), title=f"第{number}篇"))
                    archive.forget(f"第{number - 3}篇") if number > 103 else None
                    written.append(number)

        def read() -> None:
            with Archive.create_or_open(home) as archive:
                while not stop.is_set():
                    assert archive.search_text(["单独"]) != []

        workers = [threading.Thread(target=write), threading.Thread(target=read)]
        for worker in workers:
            worker.start()
        try:
            for number in range(3):
                before = len(written)
                done = None
                while done is None:
                    try:
                        done = back_up(home, tmp_path / f"{number}.tar", APP, silent)
                    except ArchiveBusy:  # this writer takes something away every few milliseconds
                        continue
                assert done.missing == done.damaged == ()
                restore(tmp_path / f"{number}.tar", tmp_path / str(number), APP, silent)
                with Archive.create_or_open(tmp_path / str(number)) as archive:
                    assert [finding for finding in archive.doctor() if finding.severity == "error"] == []
                    for record in archive.files():
                        assert archive.file_bytes(record.id)
                assert len(written) >= before
        finally:
            stop.set()
            for worker in workers:
                worker.join()
        assert written

    def test_what_is_forgotten_meanwhile_is_not_in_the_file(
        self, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        forgotten: list[str] = []

        def forget(step: str, done: int, total: int) -> None:
            if step == "复制原件" and not forgotten:
                with Archive.create_or_open(home, write=True) as archive:
                    gone = next(record for record in archive.files() if record.name == "2.txt")
                    forgotten.append(gone.sha256)
                    archive.forget("2.txt")

        back_up(home, tmp_path / "b.tar", APP, forget)
        with tarfile.open(tmp_path / "b.tar") as tar:
            assert not any(forgotten[0] in name for name in tar.getnames())
        restore(tmp_path / "b.tar", tmp_path / "new", APP, silent)
        assert titles(tmp_path / "new") == {"第0篇", "第1篇"}

    def test_an_original_that_is_missing_for_good_is_told(self, home: Path, tmp_path: Path) -> None:
        with Archive.create_or_open(home) as archive:
            first, second = archive.files()[:2]
        originals.place(home, first.sha256).unlink()
        originals.place(home, second.sha256).write_bytes(b"other")
        done = back_up(home, tmp_path / "b.tar", APP, silent)
        assert (done.missing, done.damaged) == ((first.name,), (second.name,))
        restore(tmp_path / "b.tar", tmp_path / "new", APP, silent)
        assert len(titles(tmp_path / "new")) == 3


class TestNotWritten:
    def test_where_it_cannot_or_must_not_be(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "总结.docx").write_bytes(b"mine")
        for target, word in (
            (home / "b.tar", "档案文件夹里"),
            (tmp_path, "文件名"),
            (tmp_path / "none" / "b.tar", "已有文件夹"),
            (tmp_path / "总结.docx", "不是备份文件"),
        ):
            with pytest.raises(UnwritableFile, match=word):
                back_up(home, target, APP, silent)
        assert (tmp_path / "总结.docx").read_bytes() == b"mine"
        with pytest.raises(NotFound):
            back_up(tmp_path / "nothing", tmp_path / "b.tar", APP, silent)

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_a_full_disk_leaves_the_earlier_backup(
        self, home: Path, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = file.read_bytes()
        opened = os.open
        monkeypatch.setattr(
            packing.os, "open", lambda path, flags, mode: opened("/dev/full", os.O_RDWR) if flags & os.O_EXCL else None
        )
        with pytest.raises(UnwritableFile, match=r"^备份没有写成（磁盘已满），请检查.*空间.*。$"):
            back_up(home, file, APP, silent)
        assert file.read_bytes() == before and left_over(file.parent) == []

    def test_a_damaged_database_is_not_backed_up(self, home: Path, tmp_path: Path) -> None:
        database = home / "archive.db"
        size = database.stat().st_size
        with database.open("r+b") as stream:
            stream.seek(size // 2)
            stream.write(b"\xa5" * (size // 4))
        with pytest.raises(ArchiveDamaged):
            back_up(home, tmp_path / "b.tar", APP, silent)
        assert not (tmp_path / "b.tar").exists() and left_over(tmp_path) == []

    def test_a_kill_leaves_no_file_under_the_final_name(self, home: Path, tmp_path: Path) -> None:
        killed(
            "from ingest.backup import back_up\nback_up(Path(sys.argv[1]), Path(sys.argv[2]), (), pause)",
            "复制原件",
            home,
            tmp_path / "b.tar",
        )
        assert not (tmp_path / "b.tar").exists()
        with Archive.create_or_open(home, write=True) as archive:
            assert archive.doctor() == []


def test_progress_is_told_step_by_step(home: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    back_up(home, tmp_path / "b.tar", APP, lambda step, done, total: steps.append(step))
    restore(tmp_path / "b.tar", tmp_path / "new", APP, lambda step, done, total: steps.append(step))
    assert _in_order(steps) == ["复制数据库", "复制原件", "写入备份", "核对备份", "重建向量索引"]


def _in_order(steps: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(steps))
