"""Interrupted ingests and hostile folders, measured: equal archives, and measures that can tell when they are not."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from eval.reading.hostile import Failure, ingest_hostile
from eval.reading.killed import QuickEncoder
from eval.reading.kills import KillError, kill_and_compare
from eval.reading.snapshot import differences, snapshot
from ingest.runner import ingest_paths
from ingest.settings import Settings
from tests.cli_builders import REPORT
from tests.ingest_builders import read, two_reports
from tests.zip_builders import bomb


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "材料"
    place.mkdir()
    for number in range(12):
        text = REPORT.replace("云岭", f"第{number}").replace("10500", f"{number * 311 + 10_000}")
        (place / f"{number:02}.txt").write_text(text * (1 + number % 3))
    return place


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX")
def test_after_a_kill_and_another_run_the_archive_is_as_if_nothing_had_happened(folder: Path) -> None:
    result = kill_and_compare(folder, 5, seed=3)
    assert all(kill.differences == () for kill in result.kills) and result.unequal == 0
    assert result.struck == 5 and {kill.phase for kill in result.kills} == {"text", "vectors"}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX")
def test_a_folder_without_reports_proves_nothing(tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    with pytest.raises(KillError):
        kill_and_compare(tmp_path / "leer", 1)


class TestSnapshot:
    @pytest.fixture
    def home(self, tmp_path: Path) -> Path:
        return self.made(tmp_path, "home")

    def made(self, tmp_path: Path, name: str) -> Path:
        source = tmp_path / "reports"
        if not source.exists():
            two_reports(source)
        ingest_paths(Settings(tmp_path / name), [source], read=read, load_encoder=lambda _: QuickEncoder())
        return tmp_path / name

    def test_two_archives_of_the_same_files_are_equal(self, home: Path, tmp_path: Path) -> None:
        assert differences(snapshot(home), snapshot(self.made(tmp_path, "again"))) == []

    @pytest.mark.parametrize(
        ("damage", "told"),
        [
            ("DELETE FROM passages WHERE ordinal = 1", "table passages: lost"),
            ("UPDATE reports SET year = 1999", "table reports: added"),
            ("UPDATE passage_texts SET text = text || '。'", "table passage_texts"),
            ("DELETE FROM sources WHERE name = 'a.txt'", "table sources: lost"),
            ("INSERT INTO marks SELECT id, 0, 1, 'doubtful', 'x' FROM files", "table marks: added"),
            ("INSERT INTO queue SELECT id FROM passages", "waiting"),
            ("DELETE FROM vector_index", "in_index"),
            ("UPDATE embeddings SET vector = zeroblob(length(vector))", "is another"),
            ("DELETE FROM embeddings", "vectors: lost"),
            ("INSERT INTO passage_fts (passage_fts) VALUES ('delete-all')", "hits of"),
        ],
    )
    def test_any_difference_is_seen(self, home: Path, tmp_path: Path, damage: str, told: str) -> None:
        wanted = snapshot(home)
        shutil.copytree(home, tmp_path / "hurt")
        with closing(sqlite3.connect(tmp_path / "hurt" / "archive.db")) as connection, connection:
            connection.execute(damage)
        assert any(told in line for line in differences(wanted, snapshot(tmp_path / "hurt")))

    def test_a_kept_file_that_is_gone_is_seen(self, home: Path) -> None:
        wanted = snapshot(home)
        shutil.rmtree(home / "files")
        assert any("originals: lost" in line for line in differences(wanted, snapshot(home)))


class TestHostile:
    def test_a_folder_of_bad_files_is_told_file_by_file(self, tmp_path: Path) -> None:
        (tmp_path / "好.txt").write_text(REPORT)
        (tmp_path / "空.docx").write_bytes(b"")
        (tmp_path / "弹.zip").write_bytes(bomb())
        (tmp_path / "图.xyz").write_bytes(b"x")
        found = ingest_hostile(tmp_path)
        assert (found.files, found.read, found.skipped, len(found.failures)) == (4, 1, 1, 2)
        assert found.unclear == () and found.traces == () and found.findings == ()
        assert found.slowest[1] <= found.seconds

    @pytest.mark.parametrize(
        ("line", "clear"),
        [
            ("文件是空的（0 字节），请重新下载。", True),
            ("PDF 文件设有打开密码，请先取消密码。", True),
            ("处理该文件时程序出错（IndexError: x），请反馈。", False),
            ("list index out of range", False),
            ("文件坏了。", False),
            ("文件坏了\n真的，请重试。", False),
        ],
    )
    def test_a_clear_line_says_what_is_wrong_and_what_to_do(self, line: str, clear: bool) -> None:
        assert Failure("a.txt", line).clear is clear
