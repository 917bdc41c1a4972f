"""Uploads on their way into the archive: kept safely, read in a process of their own, told file by file."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from assistant.collecting import Announced, BadUpload, Collecting, Row, Snapshot
from assistant.collecting.uploads import Uploads, expected, safe_parts
from ingest.archive import Archive
from ingest.settings import Settings
from tests.browser import BAISHI, QINGHE


def announced(*paths: str, size: int = 10) -> list[Announced]:
    return [Announced(path, size) for path in paths]


class TestNames:
    @pytest.mark.parametrize(
        "path", ["../../etc/passwd.txt", "/etc/passwd.txt", "..\\..\\x.txt", "C:\\x.txt", "a/../../x.txt", "./x.txt"]
    )
    def test_no_name_leads_out_of_the_folder(self, path: str, tmp_path: Path) -> None:
        parts = safe_parts(path)
        place = tmp_path.joinpath(*parts).resolve()
        assert place.is_relative_to(tmp_path) and not set(parts) & {"", ".", ".."}

    def test_names_that_some_system_does_not_take_are_changed(self) -> None:
        assert safe_parts("a:b?.txt") == ("a_b_.txt",)
        assert safe_parts("总结\u202excod.txt")[0].isprintable()
        assert safe_parts("con.txt") == ("_con.txt",) and safe_parts("x. ") == ("x",)
        assert safe_parts("") == ("文件",)
        long = safe_parts("长" * 300 + ".docx")[0]
        assert long.endswith(".docx") and len(long.encode()) < 255

    def test_folders_are_kept_as_they_were(self) -> None:
        assert safe_parts("青禾县/2023/总结.docx") == ("青禾县", "2023", "总结.docx")


class TestExpecting:
    def test_what_cannot_be_read_is_told_before_it_is_sent(self) -> None:
        rows = expected([*announced("a.txt", "b.exe"), Announced("c.pdf", 200 << 20), Announced("d.docx", 0)])
        assert [row.state for row in rows] == ["coming", "skipped", "failed", "failed"]
        assert "100 MB" in rows[2].line and "空" in rows[3].line

    def test_what_belongs_to_the_system_is_passed_over(self) -> None:
        assert expected(announced(".DS_Store", "x/~$a.docx", "Thumbs.db", "__MACOSX/a.txt", "x/.git/a.txt")) == []

    def test_too_many_files_are_refused_with_a_way_out(self) -> None:
        with pytest.raises(BadUpload, match="zip"):
            expected(announced(*(f"{number}.txt" for number in range(2_001))))


class TestKeeping:
    def put(self, uploads: Uploads, name: str, text: str) -> tuple[str, str]:
        uploads.room_for(10)
        part = uploads.part("x")
        part.write_text(text)
        kept = uploads.keep(part, name)
        assert not part.exists()
        return kept.name, kept.line

    def test_another_content_under_the_same_name_overwrites_nothing(self, tmp_path: Path) -> None:
        uploads = Uploads(tmp_path)
        assert self.put(uploads, "a/总结.txt", "一") == ("a/总结.txt", "")
        name, line = self.put(uploads, "a/总结.txt", "二")
        assert name == "a/总结（2）.txt" and "总结（2）.txt" in line
        assert self.put(uploads, "a/总结.txt", "一") == ("a/总结.txt", "")
        assert {path.read_text() for path in (tmp_path / "uploads" / "a").iterdir()} == {"一", "二"}

    def test_a_full_disk_is_told_before_anything_is_sent(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("assistant.collecting.uploads.ROOM", 1 << 60)
        with pytest.raises(BadUpload, match="磁盘只剩"):
            Uploads(tmp_path).room_for(1)


@pytest.fixture
def collecting(tmp_path: Path) -> Iterator[Collecting]:
    made = Collecting(Settings(tmp_path / "home"))
    yield made
    made.close()


def send(collecting: Collecting, files: dict[str, bytes], *, embed: bool = False) -> str:
    board = collecting.announce([Announced(name, len(data)) for name, data in files.items()], "")
    for row in list(board.rows):
        if row.state == "coming":
            part, most = collecting.part(board.id, row.number)
            data = list(files.values())[row.number]
            assert most == len(data)
            part.write_bytes(data)
            collecting.take(board.id, row.number)
    collecting.complete(board.id)
    return board.id


def until(collecting: Collecting, seen: Callable[[Snapshot], bool], seconds: float = 60) -> Snapshot:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        now = collecting.snapshot()
        if seen(now):
            return now
        time.sleep(0.05)
    raise AssertionError(collecting.snapshot())


def by_name(rows: tuple[Row, ...]) -> dict[str, Row]:
    return {row.name: row for row in rows}


class TestReading:
    def test_files_come_in_and_each_is_told(self, collecting: Collecting, tmp_path: Path) -> None:
        zipped = tmp_path / "x.zip"
        with zipfile.ZipFile(zipped, "w") as made:
            made.writestr("白石.txt", BAISHI)
            made.writestr("图.psd", b"x")
        files = {"青禾/总结.txt": QINGHE.encode(), "坏.docx": b"no", "x.zip": zipped.read_bytes(), "y.exe": b"MZ"}
        send(collecting, files)
        now = until(collecting, lambda now: now.finished == 1)
        rows = by_name(now.rows)
        assert {name: row.state for name, row in rows.items()} == {
            "青禾/总结.txt": "done",
            "坏.docx": "failed",
            "x.zip": "done",
            "y.exe": "skipped",
        }
        assert rows["青禾/总结.txt"].reports == 1 and rows["青禾/总结.txt"].passages > 1
        assert rows["坏.docx"].line.endswith("。") and "图.psd" in rows["x.zip"].line
        assert len(now.fresh) == 2 and now.done == now.total
        with Archive.create_or_open(tmp_path / "home") as archive:
            assert len(archive.reports()) == 2

        send(collecting, {"换了名字.txt": QINGHE.encode()})
        again = until(collecting, lambda now: now.finished == 2)
        assert again.rows[0].state == "known" and "总结.txt" in again.rows[0].line

    def test_whoever_corrects_a_report_gets_the_archive_meanwhile(self, collecting: Collecting, tmp_path: Path) -> None:
        send(collecting, {f"{n}.txt": QINGHE.replace("12345", f"{n}2345").encode() for n in range(1, 30)})
        until(collecting, lambda now: any(row.state == "done" for row in now.rows))
        with collecting.writing(), Archive.create_or_open(tmp_path / "home", write=True):
            assert collecting.snapshot().finished == 0, "nothing was cut short"
        now = until(collecting, lambda now: now.finished == 1)
        assert {row.state for row in now.rows} <= {"done", "known"} and not now.fault

    def test_stopping_keeps_what_is_done(self, collecting: Collecting, tmp_path: Path) -> None:
        send(collecting, {f"{n}.txt": QINGHE.replace("12345", f"{n}2345").encode() for n in range(1, 40)})
        until(collecting, lambda now: any(row.state == "done" for row in now.rows))
        collecting.stop()
        now = until(collecting, lambda now: now.finished == 1)
        states = [row.state for row in now.rows]
        assert "stopped" in states and states.count("done") + states.count("known") >= 1
        with Archive.create_or_open(tmp_path / "home") as archive:
            assert archive.counts().files >= 1

    def test_another_program_that_writes_is_waited_for(self, collecting: Collecting, tmp_path: Path) -> None:
        with Archive.create_or_open(tmp_path / "home", write=True):
            send(collecting, {"a.txt": QINGHE.encode()})
            now = until(collecting, lambda now: bool(now.waits))
            assert "另一个程序" in now.waits
        assert until(collecting, lambda now: now.finished == 1).rows[0].state == "done"

    def test_an_upload_that_breaks_off_is_told(self, collecting: Collecting) -> None:
        board = collecting.announce(announced("a.txt", "b.txt"), "")
        part, _ = collecting.part(board.id, 0)
        part.write_bytes(QINGHE.encode())
        collecting.take(board.id, 0)
        collecting.complete(board.id)
        rows = until(collecting, lambda now: now.finished == 1).rows
        assert [row.state for row in rows] == ["done", "failed"] and "上传中断" in rows[1].line

    @pytest.mark.model
    def test_vectors_follow_by_themselves(self, collecting: Collecting, tmp_path: Path) -> None:
        send(collecting, {"a.txt": QINGHE.encode()})
        until(collecting, lambda now: now.finished == 1 and now.phase == "embedding")
        now = until(collecting, lambda now: now.phase == "idle")
        assert not now.fault and now.vectors[0] == now.vectors[1] > 0
        with Archive.create_or_open(tmp_path / "home") as archive:
            assert archive.counts().pending == 0
