"""Backup and restore: whole or not at all, beside work that goes on, and nothing embedded twice."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from ingest.archive import Archive, meta, originals, vectors
from ingest.archive.database import migrations
from ingest.backup import Companion, back_up, packing, restore, swap
from ingest.errors import ArchiveBusy, ArchiveDamaged, ArchiveUnusable, BadBackup, NotFound, UnwritableFile
from ingest.trash import Trash
from tests.archive_builders import FakeEncoder, add, read_file, section, texts
from tests.test_archive_vectors import SENTENCES

ROOT = Path(__file__).parents[1]
APP = (Companion("app.db", 1), Companion("users.on"))


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody reads."""


def filled(home: Path, reports: int = 3) -> Path:
    with Archive.create_or_open(home, write=True) as archive:
        for number in range(reports):
            add(
                archive, f"{number}.txt", read_file(section(*SENTENCES, f"单独的第{number}句。"), title=f"第{number}篇")
            )
        archive.embed_pending(FakeEncoder())
    return home


def nearest(home: Path, text: str) -> tuple[str, float]:
    with Archive.create_or_open(home) as archive:
        hit = archive.search_vectors(FakeEncoder().vector(text), None, 1)[0]
        return texts(archive, [hit.passage_id])[0], round(hit.score, 4)


def titles(home: Path) -> set[str]:
    with Archive.create_or_open(home) as archive:
        return {report.title for report in archive.reports()}


def tree(folder: Path) -> dict[str, bytes]:
    """What the user could miss: not the lock, not SQLite's own helpers, not Chroma."""
    kept = (path for path in sorted(folder.rglob("*")) if path.is_file() and "chroma" not in path.parts)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in kept
        if not path.name.endswith((".lock", "-wal", "-shm", ".db"))
    }


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if ".part" in path.name or "restoring" in path.name]


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
        _killed(
            "from ingest.backup import back_up\nback_up(Path(sys.argv[1]), Path(sys.argv[2]), (), pause)",
            "复制原件",
            home,
            tmp_path / "b.tar",
        )
        assert not (tmp_path / "b.tar").exists()
        with Archive.create_or_open(home, write=True) as archive:
            assert archive.doctor() == []


def _killed(call: str, step: str, *arguments: Path) -> None:
    """Run `call` in a process that is killed when it comes to `step`."""
    script = (
        "import sys, time; from pathlib import Path\n"
        "def pause(step, done, total):\n"
        f"    if step == {step!r}: print('there', flush=True); time.sleep(60)\n"
        f"{call}\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment) as process:
        assert process.stdout is not None and process.stdout.readline() == b"there\n"
        process.send_signal(signal.SIGKILL)


def _rewritten(file: Path, change: Callable[[dict[str, tuple[tarfile.TarInfo, bytes]]], None]) -> Path:
    """The backup with other members; its manifest agrees with them, as an attacker would see to."""
    members: dict[str, tuple[tarfile.TarInfo, bytes]] = {}
    with tarfile.open(file) as tar:
        for info in tar:
            members[info.name] = (info, tar.extractfile(info).read())  # type: ignore[union-attr]
    manifest = json.loads(members.pop("manifest.json")[1])
    change(members)
    manifest["members"] = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, (_, data) in members.items()
        if name != "report-assistant-backup.json"
    }
    changed = file.with_name("changed.tar")
    body = json.dumps(manifest).encode()
    members["manifest.json"] = (tarfile.TarInfo("manifest.json"), body)
    with tarfile.open(changed, "w") as tar:
        for name, (info, data) in members.items():
            info.name, info.size = name, len(data)
            tar.addfile(info, io.BytesIO(data))
    return changed


def _member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info, b"" if link else b"x"


class TestRefused:
    def refused(self, file: Path, words: str = "备份") -> None:
        home = file.parent / "into" / "home"
        with pytest.raises(BadBackup, match=words) as told:
            restore(file, home, APP, silent)
        assert "\n" not in str(told.value)
        assert not home.exists() and left_over(home.parent) == []
        assert sorted(path.name for path in home.parent.rglob("*")) == []

    def test_what_is_not_a_backup(self, tmp_path: Path) -> None:
        (tmp_path / "empty").write_bytes(b"")
        (tmp_path / "noise").write_bytes(os.urandom(5_000))
        with tarfile.open(tmp_path / "other.tar", "w") as tar:
            tar.addfile(*_of("archive.db", b"x"))
        for name in ("empty", "noise", "other.tar"):
            self.refused(tmp_path / name, "不是 report-assistant 的备份")
        self.refused(tmp_path / "none", "打不开")

    def test_a_file_that_lost_its_end_or_changed_a_byte(self, file: Path) -> None:
        whole = file.read_bytes()
        broken = file.with_name("broken.tar")
        for end in (600, 1_500, len(whole) // 3, len(whole) // 2, len(whole) - 12_000):
            broken.write_bytes(whole[:end])
            self.refused(broken, "不完整或已损坏|不是 report-assistant")
        for place in range(2_100, len(whole) - 15_000, len(whole) // 9):
            broken.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
            try:
                restore(broken, file.parent / "ok" / str(place), APP, silent)
            except BadBackup:
                continue
            # Only padding between two members and tar's own dates may differ.
            assert titles(file.parent / "ok" / str(place)) == {"第0篇", "第1篇", "第2篇"}

    def test_a_later_format_and_a_later_schema(self, file: Path, home: Path) -> None:
        def format_2(members: dict[str, tuple[tarfile.TarInfo, bytes]]) -> None:
            name = "report-assistant-backup.json"
            members[name] = (members[name][0], b'{"format": 2}')

        self.refused(_rewritten(file, format_2), "更新版本.*升级")

        def schema(members: dict[str, tuple[tarfile.TarInfo, bytes]]) -> None:
            later = file.with_name("later.db")
            later.write_bytes(members["archive.db"][1])
            with closing(sqlite3.connect(later)) as connection:
                connection.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
            members["archive.db"] = (members["archive.db"][0], later.read_bytes())

        self.refused(_rewritten(file, schema), "更新版本.*升级")

    @pytest.mark.parametrize(
        "added",
        [
            _member("../escaped"), _member("/tmp/escaped"), _member("uploads/../../escaped"), _member("uploads//x"),
            _member("files/zz/x"), _member("chroma/0/chroma.sqlite3"), _member("archive.db-wal"), _member("uploads"),
            _member("uploads/link", tarfile.SYMTYPE, "/etc/passwd"), _member("uploads/hard", tarfile.LNKTYPE, "app.db"),
            _member("uploads/fifo", tarfile.FIFOTYPE), _member("uploads/folder", tarfile.DIRTYPE),
            _member("uploads/sparse", tarfile.GNUTYPE_SPARSE),
        ],
        ids=lambda made: made[0].name,
    )  # fmt: skip
    def test_a_member_that_no_archive_holds(self, file: Path, added: tuple[tarfile.TarInfo, bytes]) -> None:
        self.refused(_rewritten(file, lambda members: members.update({added[0].name: added})))

    def test_a_backup_without_an_original_that_it_names(self, file: Path) -> None:
        def drop(members: dict[str, tuple[tarfile.TarInfo, bytes]]) -> None:
            members.pop(next(name for name in members if name.startswith("files/")))

        self.refused(_rewritten(file, drop), "不完整")


def _of(name: str, data: bytes) -> tuple[tarfile.TarInfo, io.BytesIO]:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    return info, io.BytesIO(data)


class TestReplacing:
    def test_a_home_that_is_in_use_or_not_empty_is_left_alone(self, home: Path, file: Path) -> None:
        before = tree(home)
        with pytest.raises(ArchiveUnusable, match="--replace"):
            restore(file, home, APP, silent)
        with Archive.create_or_open(home, write=True), pytest.raises(ArchiveBusy):
            restore(file, home, APP, silent, replace=True)
        with Archive.create_or_open(home) as page:
            page.reports()
            with pytest.raises(ArchiveBusy, match="网页"):
                restore(file, home, APP, silent, replace=True)
        assert tree(home) == before and left_over(home.parent) == []

    @pytest.mark.parametrize("at_once", [True, False])
    def test_the_old_one_is_kept_and_can_be_put_back(
        self, home: Path, file: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
    ) -> None:
        if not at_once:
            monkeypatch.setattr(swap, "exchange", lambda first, second: False)
        with Archive.create_or_open(home, write=True) as archive:
            archive.forget("第1篇")
        done = restore(file, home, APP, silent, replace=True)
        assert done.replaced is not None and len(titles(home)) == 3 and len(titles(done.replaced)) == 2
        shutil.rmtree(home)
        done.replaced.rename(home)
        with Archive.create_or_open(home, write=True) as archive:
            assert len(archive.reports()) == 2 and archive.doctor() == []

    def test_a_broken_archive_is_replaced(self, home: Path, file: Path) -> None:
        (home / "archive.db").write_bytes(b"no database" * 1_000)
        restore(file, home, APP, silent, replace=True)
        assert len(titles(home)) == 3

    def test_a_restore_that_fails_leaves_the_old_one(
        self, home: Path, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = tree(home)

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("ingest.backup.restoring.sync.remake", full)
        with pytest.raises(ArchiveUnusable, match="磁盘已满"):
            restore(file, home, APP, silent, replace=True)
        assert tree(home) == before and len(titles(home)) == 3 and left_over(home.parent) == []

    @pytest.mark.parametrize("step", ["核对备份", "重建向量索引"])
    def test_a_kill_leaves_the_old_one_and_the_next_restore_clears_up(self, home: Path, file: Path, step: str) -> None:
        with Archive.create_or_open(home, write=True) as archive:
            archive.forget("第1篇")
        before = tree(home)
        call = (
            "from ingest.backup import restore\nrestore(Path(sys.argv[1]), Path(sys.argv[2]), (), pause, replace=True)"
        )
        _killed(call, step, file, home)
        assert tree(home) == before and len(titles(home)) == 2 and left_over(home.parent) != []
        restore(file, home, APP, silent, replace=True)
        assert len(titles(home)) == 3 and left_over(home.parent) == []

    @pytest.mark.skipif(sys.platform != "linux", reason="the exchange is the system's")
    def test_whoever_looks_finds_a_whole_archive_at_any_moment(self, home: Path, file: Path) -> None:
        seen: list[int] = []
        done = threading.Event()

        def look() -> None:
            while not done.is_set():
                seen.append((home / "archive.db").stat().st_size)

        watcher = threading.Thread(target=look)
        watcher.start()
        try:
            restore(file, home, APP, silent, replace=True)
            time.sleep(0.05)
        finally:
            done.set()
            watcher.join()
        assert seen and min(seen) > 0


def test_a_restored_copy_has_an_index_of_its_own_on_a_server(home: Path, file: Path, tmp_path: Path) -> None:
    restore(file, tmp_path / "new", APP, silent)
    with Archive.create_or_open(tmp_path / "new") as new:
        assert new._read(meta.chroma).name == ""


def test_progress_is_told_step_by_step(home: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    back_up(home, tmp_path / "b.tar", APP, lambda step, done, total: steps.append(step))
    restore(tmp_path / "b.tar", tmp_path / "new", APP, lambda step, done, total: steps.append(step))
    assert _in_order(steps) == ["复制数据库", "复制原件", "写入备份", "核对备份", "重建向量索引"]


def _in_order(steps: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(steps))
