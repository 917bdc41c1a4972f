"""Folders that hold what nobody expects: each thing costs one clear line, and nothing that is no file is opened."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.errors import UnreadableFile
from ingest.finding.discover import Found
from ingest.finding.loading import Contents
from ingest.runner import Watcher, ingest_paths
from ingest.settings import Settings
from tests.ingest_builders import found, ingest, statuses, two_reports
from tests.zip_builders import bomb, packed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_reports(tmp_path / "reports")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "home")


class TestHostileNames:
    def test_a_name_that_acts_on_a_terminal_is_spelt_out(self, folder: Path, settings: Settings) -> None:
        names = ["两\n行.txt", "红\x1b[31m.txt", "反\u202etxt.docx.txt", "段\u2028落.txt"]
        for number, name in enumerate(names):
            (folder / name).write_text(f"第{number}县的报告。")
        summary = ingest(settings, folder / ".." / "reports")
        shown = {outcome.name for outcome in summary.outcomes if outcome.status == "new"} - {"a.txt", "b.txt"}
        assert shown == {"两\\x0a行.txt", "红\\x1b[31m.txt", "反\\u202etxt.docx.txt", "段\\u2028落.txt"}
        assert set(statuses(ingest(settings, folder)).values()) == {"unchanged"}
        assert ingest(settings, folder).gone == ()

    def test_links_in_circles_and_out_of_the_folder(self, folder: Path, settings: Settings, tmp_path: Path) -> None:
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / "secret.txt").write_text("别处的报告。")
        (folder / "loop").symlink_to(folder)
        (folder / "self.txt").symlink_to(folder / "self.txt")
        (folder / "dead.txt").symlink_to(folder / "nothing.txt")
        (folder / "out").symlink_to(outside)
        (folder / "out.txt").symlink_to(outside / "secret.txt")
        (folder / "in.txt").symlink_to(folder / "a.txt")
        summary = ingest(settings, folder)
        assert statuses(summary) == {
            "a.txt": "new",
            "b.txt": "new",
            "in.txt": "duplicate",
            "out": "skipped",
            "out.txt": "skipped",
            "self.txt": "skipped",
            "dead.txt": "skipped",
        }
        assert not summary.failed and found(settings, "报告") == set()
        assert statuses(ingest(settings, folder / "out.txt")) == {"out.txt": "new"}, "named, it is read"

    def test_what_is_no_file_is_never_opened(self, folder: Path, settings: Settings) -> None:
        os.mkfifo(folder / "pipe.txt")
        with socket.socket(socket.AF_UNIX) as listener:
            here = Path.cwd()
            os.chdir(folder)  # the name of a socket must be short
            try:
                listener.bind("socket.txt")
            finally:
                os.chdir(here)
            (folder / "null.txt").symlink_to("/dev/null")
            summary = ingest(settings, folder, folder / "pipe.txt")
        told = statuses(summary)
        assert told["socket.txt"] == "skipped" and told["null.txt"] == "skipped"
        assert [o.status for o in summary.outcomes if o.name == "pipe.txt"] == ["skipped"]

    def test_a_file_that_becomes_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        os.mkfifo(path)
        with Contents() as contents, pytest.raises(UnreadableFile, match="不是普通文件"):
            contents.load(Found(path, path))

    def test_a_file_that_vanishes_before_it_is_read_is_one_line(self, folder: Path, settings: Settings) -> None:
        (folder / "z.txt").write_text("丁县的报告。")
        summary = ingest(settings, folder, watcher=Watcher(found=lambda _: (folder / "z.txt").unlink()))
        assert statuses(summary) == {"a.txt": "new", "b.txt": "new", "z.txt": "failed"}
        (line,) = [outcome.message for outcome in summary.outcomes if outcome.status == "failed"]
        assert line == "文件在读取前被移走或删除，请再运行一次。"
        with Archive.create_or_open(settings.home) as archive:
            assert archive.counts().failed == 0


class TestHostileFiles:
    """Through the real reader, in its own process."""

    def test_each_is_one_clear_line_and_the_good_one_is_read(self, folder: Path, settings: Settings) -> None:
        shutil.rmtree(folder / "2022")
        (folder / "a.txt").write_text("云岭县2022年工作总结\n\n一、主要工作\n\n全年新建医院两所，培训医生三百人。\n")
        with (folder / "巨大.txt").open("wb") as stream:
            stream.truncate(200 * 1024 * 1024)
        (folder / "炸弹.zip").write_bytes(bomb())
        (folder / "出逃.zip").write_bytes(packed({"../../出逃.txt": b"x"}))
        (folder / "外部实体.docx").write_bytes(_xxe())
        (folder / "深.html").write_text("<div>" * 200_000 + "全年新建卫生室五所。" + "</div>" * 200_000)
        summary = ingest_paths(settings, [folder], embed=False)
        told = {Path(o.path).relative_to(folder).as_posix(): o for o in summary.outcomes}
        assert told["a.txt"].status == "new"
        failed = [outcome for outcome in summary.outcomes if outcome.status == "failed"]
        for outcome in failed:
            assert outcome.message.isprintable() and "请" in outcome.message and "程序出错" not in outcome.message
        assert "上限" in told["巨大.txt"].message and "压缩比异常" in told["炸弹.zip/炸弹.txt"].message
        assert any("压缩包之外" in outcome.message for outcome in failed)
        with Archive.create_or_open(settings.home) as archive:
            assert all("root:" not in archive.file_text(r.id) for r in archive.files() if r.status == "ok")
            assert not [finding for finding in archive.doctor() if finding.severity == "error"]


def _xxe() -> bytes:
    """A document that asks for a file of the computer that reads it."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override'
        ' PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>'
    )
    document = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document'
        ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>全年新建&x;'
        "</w:t></w:r></w:p></w:body></w:document>"
    )
    parts = {"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": document}
    return packed({name: text.encode() for name, text in parts.items()})
