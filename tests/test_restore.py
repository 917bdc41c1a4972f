"""Restoring: a file that is no whole backup changes nothing, and an archive is replaced whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import sys
import tarfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ingest.archive import Archive, meta
from ingest.archive.database import migrations
from ingest.backup import back_up, restore, swap
from ingest.errors import ArchiveBusy, ArchiveUnusable, BadBackup
from tests.backup_builders import APP, filled, killed, left_over, silent, titles, tree


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return filled(tmp_path / "档案")


@pytest.fixture
def file(home: Path, tmp_path: Path) -> Path:
    back_up(home, tmp_path / "备份.tar", APP, silent)
    return tmp_path / "备份.tar"


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
        killed(call, step, file, home)
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
