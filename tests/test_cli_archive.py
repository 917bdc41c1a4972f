"""`reports`, `forget`, `doctor`, `rebuild`, and an archive directory that cannot be used."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from ingest.archive import Archive, database
from ingest.archive.chroma import Chroma, VectorIndexError
from tests.cli_builders import REPORT, Shell
from tests.ingest_builders import read_here

EVERY_COMMAND = (
    ("ask", "两癌筛查多少人"),
    ("search", "筛查"),
    ("reports",),
    ("doctor",),
    ("forget", "1"),
    ("rebuild",),
)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "我的 档案", monkeypatch, capsys)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "云岭 总结.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def filled(shell: Shell, file: Path) -> Shell:
    assert shell("ingest", file).code == 0
    return shell


def titles(shell: Shell) -> list[str]:
    return [report["title"] for report in shell("reports", "--json").json]


class TestForget:
    def test_takes_numbers_titles_names_and_paths(self, filled: Shell, file: Path) -> None:
        for what in ("1", "云岭县卫生健康局2022年工作总结", file.name, str(file)):
            number = filled("reports", "--json").json[0]["id"]
            ran = filled("forget", str(number) if what == "1" else what)
            assert ran.code == 0 and ran.out.startswith("已删除") and titles(filled) == []
            filled("ingest", file)

    def test_takes_a_path_as_it_was_typed_for_ingest(self, filled: Shell, file: Path) -> None:
        filled.monkeypatch.chdir(file.parent.parent)
        ran = filled("forget", Path(file.parent.name, file.name))
        assert ran.code == 0 and titles(filled) == []

    @pytest.mark.parametrize("what", ["99", "没有的报告", "", "9" * 30, "\udcff"])
    def test_says_what_is_not_there(self, filled: Shell, what: str) -> None:
        filled("forget", what).refused("档案中没有", "report-assistant reports")
        assert len(titles(filled)) == 1

    def test_what_is_not_there_does_not_keep_the_others_in(self, filled: Shell, file: Path) -> None:
        ran = filled("forget", "没有的报告", file.name)
        assert ran.code == 1 and "没有的报告" in ran.err and titles(filled) == []


class TestDoctor:
    def test_is_content_with_a_sound_archive(self, filled: Shell) -> None:
        assert filled("doctor").out.splitlines() == ["1 个文件，1 份报告，3 个段落，已有向量 3 个。", "档案完好。"]
        assert filled("doctor", "--json").json["findings"] == []

    def test_names_another_configured_model_without_loading_it(self, filled: Shell) -> None:
        filled.monkeypatch.setenv("REPORT_ASSISTANT_EMBEDDING_PASSAGE_PREFIX", "文：")
        ran = filled("doctor")
        assert ran.code == 1 and "rebuild --embed" in ran.out

    def test_tells_a_wrong_model_setting_as_a_warning(self, filled: Shell) -> None:
        filled.monkeypatch.setenv("REPORT_ASSISTANT_EMBEDDING_MODEL", "/没有/这个/文件夹")
        ran = filled("doctor")
        assert ran.code == 0 and "警告：嵌入模型文件夹" in ran.out

    def test_finds_a_missing_copy_and_ingest_mends_it(self, filled: Shell, file: Path) -> None:
        for copy in (filled.home / "files").rglob("*"):
            if copy.is_file():
                copy.unlink()
        assert filled("doctor").code == 1
        file.write_text(REPORT + "\n（二）疾病控制。加强监测。\n", encoding="utf-8")
        filled("ingest", file)
        assert filled("doctor").code == 0


class TestRebuild:
    def test_makes_the_indexes_again(self, filled: Shell) -> None:
        assert filled("rebuild").out == "重建完成。\n"
        assert filled("doctor").code == 0 and "筛查" in filled("search", "筛查").out

    def test_reads_files_again_for_other_settings_and_embeds_on_request(self, filled: Shell) -> None:
        filled.monkeypatch.setenv("REPORT_ASSISTANT_PASSAGE_TOKENS", "60")
        ran = filled("rebuild", "--embed")
        assert ran.code == 0 and ran.out.splitlines()[1:] == ["共 1 个文件：更新 1", "重建完成。"]
        assert filled("doctor").code == 0

    def test_keeps_what_it_cannot_read_again_and_fails(self, filled: Shell) -> None:
        filled.monkeypatch.setenv("REPORT_ASSISTANT_PASSAGE_TOKENS", "60")
        filled.monkeypatch.setattr("ingest.renew.file_reader", read_here)
        filled.monkeypatch.setattr("ingest.structure.find_reports", lambda *_: 1 // 0)
        ran = filled("rebuild")
        assert ran.code == 1 and ran.err.startswith("失败  ") and len(titles(filled)) == 1


class TestHome:
    @pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda command: command[0])
    def test_no_archive_yet(self, shell: Shell, command: tuple[str, ...]) -> None:
        shell(*command).refused(str(shell.home), "还没有档案", "report-assistant ingest")
        assert not shell.home.exists(), "nobody wanted an empty archive"

    @pytest.mark.parametrize("command", [*EVERY_COMMAND, ("ingest", "x.txt")], ids=lambda command: command[0])
    def test_a_file_where_the_archive_should_be(self, shell: Shell, command: tuple[str, ...]) -> None:
        shell.home.write_text("x")
        shell(*command).refused(str(shell.home), "不是文件夹", "REPORT_ASSISTANT_HOME")

    @pytest.mark.parametrize("command", [*EVERY_COMMAND, ("ingest", "x.txt")], ids=lambda command: command[0])
    def test_a_damaged_database(self, filled: Shell, command: tuple[str, ...]) -> None:
        (filled.home / database.NAME).write_bytes(b"\x8a\x01" * 50_000)
        filled(*command).refused(database.NAME, "已损坏", "备份")

    @pytest.mark.parametrize(
        ("error", "told"),
        [
            (PermissionError(errno.EACCES, "Permission denied"), "没有权限"),
            (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
            (FileNotFoundError(errno.ENOENT, "No such device"), "无法建立"),
        ],
    )
    def test_a_folder_that_cannot_be_made(self, shell: Shell, file: Path, error: OSError, told: str) -> None:
        def refuses(*_: object, **__: object) -> None:
            raise error

        shell.monkeypatch.setattr(Path, "mkdir", refuses)
        shell("ingest", file).refused(told, str(shell.home))

    def test_a_second_writer_is_refused_and_readers_are_not(self, filled: Shell, file: Path) -> None:
        with Archive.create_or_open(filled.home, write=True):
            for command in (("ingest", str(file)), ("forget", "1"), ("rebuild",)):
                filled(*command).refused("另一个程序正在写入", "重试")
            assert len(titles(filled)) == 1 and filled("search", "筛查").code == 0


class TestFullDisk:
    def test_each_file_that_did_not_get_in_is_told_and_nothing_is_lost(self, filled: Shell, tmp_path: Path) -> None:
        more = [tmp_path / f"{name}.txt" for name in ("甲", "乙")]
        for path in more:
            path.write_text(REPORT.replace("云岭", path.stem) + "疾病控制工作扎实推进。\n" * 3_000, encoding="utf-8")
        connect = database._connect

        def full(path: Path, *, write: bool) -> sqlite3.Connection:
            connection = connect(path, write=write)
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")
            return connection

        with filled.monkeypatch.context() as patch:
            patch.setattr(database, "_connect", full)
            ran = filled("ingest", *more)
        assert ran.code == 1 and ran.out == "共 2 个文件：失败 2\n"
        assert [line.split("：")[0] for line in ran.err.splitlines()] == [f"失败  {path}" for path in more]
        assert all("磁盘已满" in line and "请腾出空间" in line for line in ran.err.splitlines())
        assert len(titles(filled)) == 1
        assert filled("doctor").out.splitlines()[-1] == "档案完好。", "no copy of a file that did not get in stays"
        assert filled("ingest", *more).code == 0 and len(titles(filled)) == 3

    def test_copies_that_do_not_fit_are_told_too(self, filled: Shell, tmp_path: Path) -> None:
        def full(*_: object) -> bool:
            raise OSError(errno.ENOSPC, "No space left on device")

        other = tmp_path / "另一份.txt"
        other.write_text(REPORT.replace("云岭", "青溪"), encoding="utf-8")
        filled.monkeypatch.setattr("ingest.archive.originals.keep", full)
        ran = filled("ingest", other)
        assert ran.code == 1 and "磁盘已满" in ran.err and len(titles(filled)) == 1

    def test_a_vector_index_that_only_wants_room_is_no_damage(self, filled: Shell) -> None:
        def full(_: Chroma) -> int:
            raise VectorIndexError("error returned from database: (code: 13) database or disk is full")

        filled.monkeypatch.setattr(Chroma, "count", full)
        ran = filled("doctor")
        assert ran.code == 0 and "警告：磁盘已满" in ran.out and "rebuild" not in ran.out


class TestSettings:
    def test_an_unknown_variable_is_refused_with_the_nearest_name(self, filled: Shell) -> None:
        filled.monkeypatch.setenv("REPORT_ASSISTANT_TODY", "2024-01-01")
        filled("reports").refused("REPORT_ASSISTANT_TODY", "today")

    @pytest.mark.parametrize(
        ("text", "told"), [('embeding_model = "x"', "embeding_model"), ("today = [", "TOML"), ("today = 5", "today")]
    )
    def test_a_wrong_settings_file_is_refused(self, filled: Shell, text: str, told: str) -> None:
        (filled.home / "settings.toml").write_text(text, encoding="utf-8")
        filled("reports").refused(told)
