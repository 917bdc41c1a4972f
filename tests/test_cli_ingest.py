"""`report-assistant ingest` on what clerks really hand over: one line for each file, and never a loss."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.bad_files import BAD_FILES
from tests.cli_builders import REPORT, Shell
from tests.ingest_builders import read_here
from tests.zip_builders import packed

OTHER = REPORT.replace("云岭", "青溪").replace("10500", "20600")
HOSTILE = Path(__file__).parents[1].parent / "shared" / "archive" / "hostile_files"
_ENDS = {".html", ".docx", ".pdf"}


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "我的 档案", monkeypatch, capsys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "各科室 材料"
    place.mkdir()
    (place / "云岭 总结.txt").write_text(REPORT, encoding="utf-8")
    return place


def test_every_file_gets_a_line_and_the_last_line_counts_them(shell: Shell, folder: Path) -> None:
    (folder / "副本.txt").write_text(REPORT, encoding="utf-8")
    (folder / "照片.psd").write_bytes(b"\xff\xd8\xff")
    ran = shell("ingest", folder)
    assert ran.code == 0 and ran.err == ""
    lines = ran.out.splitlines()
    assert [line.split("  ")[0] for line in lines[:-1]] == ["新增", "重复", "跳过"]
    assert lines[-1] == "共 3 个文件：新增 1，重复 1，跳过 1"
    assert shell("ingest", folder).out.splitlines()[-1] == "共 3 个文件：未变 2，跳过 1"


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_told_in_one_line_and_the_others_are_read(shell: Shell, folder: Path, name: str) -> None:
    data, told = BAD_FILES[name]
    (folder / name).write_bytes(data)
    ran = shell("ingest", folder)
    assert ran.code == 1
    (line,) = ran.err.splitlines()
    assert line.startswith(f"失败  {folder / name}：") and told in line and "请" in line
    assert "新增  云岭 总结.txt（1 份报告，3 段）" in ran.out
    assert shell("doctor").code == 0, "the archive is sound whatever could not be read"


def test_a_file_with_the_suffix_of_another_format_is_read_as_what_it_is(shell: Shell, folder: Path) -> None:
    (folder / "网页.docx").write_text(f"<html><body><p>{REPORT}</p></body></html>", encoding="utf-8")
    ran = shell("ingest", folder / "网页.docx")
    assert ran.code == 0 and "内容实际上是网页" in ran.out


def test_a_missing_path_and_a_file_without_permission_do_not_stop_the_rest(
    shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = folder / "保密.txt"
    locked.write_text("x")
    real = os.open

    def guarded(path: Any, *arguments: Any, **options: Any) -> int:
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "open", guarded)
    ran = shell("ingest", folder / "没有.docx", folder)
    assert ran.code == 1 and "新增  云岭 总结.txt" in ran.out
    missing, denied = ran.err.splitlines()
    assert missing == f"失败  {folder / '没有.docx'}：找不到这个文件或文件夹，请检查路径是否写对。"
    assert denied.startswith(f"失败  {locked}：文件无法打开") and "权限" in denied


def test_a_fault_of_the_program_is_one_line_too(shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.runner.file_reader", read_here)
    monkeypatch.setattr("ingest.structure.find_reports", lambda *_: 1 // 0)
    ran = shell("ingest", folder)
    assert ran.code == 1 and len(ran.err.splitlines()) == 1 and "ZeroDivisionError" in ran.err


def test_json_is_all_that_stands_on_standard_output(shell: Shell, folder: Path) -> None:
    (folder / "空.txt").write_bytes(b"")
    ran = shell("ingest", folder, folder / "没有.txt", "--json")
    assert ran.code == 1
    assert {item["name"]: item["status"] for item in ran.json["files"]} == {
        "云岭 总结.txt": "new",
        "空.txt": "failed",
        "没有.txt": "failed",
    }
    assert ran.json["embedded"] == 3 and ran.json["fault"] is None


def test_a_model_that_is_not_there_leaves_searchable_text(
    shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.embed.encoder import load_encoder

    monkeypatch.setattr("ingest.embed.load_encoder", load_encoder)
    monkeypatch.setenv("REPORT_ASSISTANT_EMBEDDING_MODEL", str(folder / "没有的模型"))
    ran = shell("ingest", folder)
    assert ran.code == 1 and "新增  云岭 总结.txt" in ran.out
    assert ran.err.startswith("错误：嵌入模型") and len(ran.err.splitlines()) == 1
    assert "两癌筛查" in shell("search", "两癌筛查").out


def test_an_interrupt_says_that_nothing_is_lost_and_the_next_run_goes_on(
    shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "第二份.txt").write_text(REPORT.replace("云岭", "青溪"), encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("ingest.archive.queue.embed_batch", interrupted)
        ran = shell("ingest", folder)
    assert ran.code == 130 and ran.err == "已停止；已写入档案的内容没有丢失，再运行一次即可继续。\n"
    assert len(shell("reports", "--json").json) == 2 and shell("doctor").code == 0
    ran = shell("ingest", folder, "--json")
    assert ran.json["embedded"] == 3 and {item["status"] for item in ran.json["files"]} == {"unchanged"}


class TestWhatIsGone:
    def test_it_is_told_kept_and_removed_on_request(self, shell: Shell, folder: Path) -> None:
        (folder / "第二份.txt").write_text(OTHER, encoding="utf-8")
        shell("ingest", folder)
        (folder / "第二份.txt").unlink()
        ran = shell("ingest", folder)
        assert ran.code == 0 and len(shell("reports", "--json").json) == 2
        assert ran.out.splitlines()[-1] == (
            "另有 1 个文件磁盘上已不存在（第二份.txt），档案中仍保留；要移除请加 --prune"
        )
        ran = shell("ingest", folder, "--prune")
        assert ran.code == 0 and f"移除  {folder / '第二份.txt'}：磁盘上已不存在" in ran.out.splitlines()
        assert ran.out.splitlines()[-1] == "共 2 个文件：未变 1，移除 1" and len(shell("reports", "--json").json) == 1

    def test_a_drive_that_is_not_there_is_not_taken_for_deleted(self, shell: Shell, folder: Path) -> None:
        shell("ingest", folder)
        (folder / "云岭 总结.txt").unlink()
        shell("ingest", folder, "--prune").refused(str(folder), "没有接上", "--allow-empty")
        assert len(shell("reports", "--json").json) == 1
        assert shell("ingest", folder, "--prune", "--allow-empty").code == 0
        assert shell("reports", "--json").json == []

    def test_a_renamed_file_is_called_moved(self, shell: Shell, folder: Path) -> None:
        shell("ingest", folder)
        (folder / "云岭 总结.txt").rename(folder / "云岭县总结.txt")
        ran = shell("ingest", folder)
        assert ran.out.splitlines()[0] == f"移动  云岭县总结.txt：原为 {folder / '云岭 总结.txt'}"


class TestRereading:
    def test_outdated_files_are_read_again_without_naming_them(self, shell: Shell, folder: Path) -> None:
        shell("ingest", folder)
        shell.monkeypatch.setenv("REPORT_ASSISTANT_PASSAGE_TOKENS", "60")
        ran = shell("ingest", "--reread")
        assert ran.code == 0 and ran.out.splitlines()[-1] == "共 1 个文件：更新 1"
        assert shell("ingest", "--reread").out.splitlines()[-1].startswith("共 0 个文件")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "缺少 文件或文件夹"),
        (("--reread", "--prune"), "需要写明文件夹"),
        (("x", "--allow-empty"), "--prune"),
        (("x", "--watch", "--json"), "--watch"),
        (("x", "--watch", "--every", "0"), "--every"),
    ],
)
def test_options_that_make_no_sense_are_refused(shell: Shell, options: tuple[str, ...], told: str) -> None:
    ran = shell("ingest", *options)
    assert (ran.code, ran.out) == (2, "") and told in ran.err and len(ran.err.splitlines()) == 1


def test_a_name_with_line_breaks_and_commands_stays_one_harmless_line(shell: Shell, folder: Path) -> None:
    (folder / "一\n二\x1b[2J\u202e.txt").write_text(OTHER, encoding="utf-8")
    (folder / "坏\n的.docx").write_bytes(b"")
    ran = shell("ingest", folder)
    lines = ran.out.splitlines() + ran.err.splitlines()
    assert len(lines) == 4 and all(line.isprintable() for line in lines)
    assert all(line.isprintable() for line in shell("reports").out.splitlines())


def test_a_zip_is_read_like_a_folder(shell: Shell, folder: Path) -> None:
    (folder / "各科.zip").write_bytes(packed({"妇幼/总结.txt": OTHER.encode(), "照片.psd": b"x"}))
    ran = shell("ingest", folder)
    assert ran.out.splitlines()[-1] == "共 3 个文件：新增 2，跳过 1"
    assert "未变 2" in shell("ingest", folder).out


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the folder of hostile files is not here")
def test_a_folder_of_hostile_files_gives_one_line_each_and_a_sound_archive(shell: Shell) -> None:
    files = [path for path in sorted(HOSTILE.iterdir()) if path.suffix in _ENDS]
    ran = shell("ingest", *files)
    assert len(ran.out.splitlines()) - 1 + len(ran.err.splitlines()) == len(files)
    assert all(line.startswith("失败  ") and line.endswith("。") for line in ran.err.splitlines())
    assert "Error" not in ran.err, "a fault of ours shows its name"
    assert shell("doctor").code == 0
