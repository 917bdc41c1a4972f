"""`backup` and `restore` as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.accounts import Accounts, Audit
from tests.cli_builders import REPORT, Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    made = Shell(tmp_path / "我的 档案", monkeypatch, capsys)
    (tmp_path / "云岭 总结.txt").write_text(REPORT, encoding="utf-8")
    assert made("ingest", tmp_path / "云岭 总结.txt").code == 0
    return made


def test_a_backup_and_its_restore_are_told_in_lines(shell: Shell, tmp_path: Path) -> None:
    home, file = tmp_path / "我的 档案", tmp_path / "备份 1.tar"
    before = shell("search", "两癌筛查", "--json").json
    ran = shell("backup", file)
    assert ran.code == 0 and f"已备份到 {file}：1 个文件，1 份报告" in ran.out and "复制数据库" in ran.err
    assert shell("forget", "1").code == 0
    shell("restore", file).refused("不是空的", "--replace")
    ran = shell("restore", file, "--replace")
    assert ran.code == 0 and "已恢复到" in ran.out and "before-restore" in ran.out
    assert shell("search", "两癌筛查", "--json").json == before
    assert shell("doctor").out.endswith("档案完好。\n")
    assert [line.action for line in Audit(home).lines()][:2] == ["restore", "backup"]


def test_json_is_json_and_nothing_else(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "b.tar"
    made = shell("backup", file, "--json")
    assert made.json["file"] == str(file) and made.json["bytes"] == file.stat().st_size and made.err == ""
    assert (made.json["files"], made.json["reports"], made.json["missing"], made.json["format"]) == (1, 1, [], 1)
    done = shell("restore", file, "--replace", "--json")
    assert done.json["indexed"] is True and Path(done.json["replaced"]).is_dir() and done.err == ""


def test_users_come_back_and_the_backup_is_audited_before_it_is_begun(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, file = tmp_path / "我的 档案", tmp_path / "b.tar"
    Accounts(home).add("张科长", "一个很长的密码123", "keeper")
    assert shell("backup", file).code == 0
    new = tmp_path / "新"
    fresh = Shell(new, monkeypatch, shell._capsys)
    assert fresh("restore", file).code == 0
    assert [user.name for user in Accounts(new).users()] == ["张科长"] and Accounts(new).any()
    assert [line.action for line in Audit(new).lines()][:2] == ["restore", "backup"]
    for path in new.glob("app.db*"):
        path.unlink()
    (new / "app.db").write_bytes(b"no database" * 500)
    fresh("backup", tmp_path / "c.tar").refused("记不下操作记录")
    assert not (tmp_path / "c.tar").exists()


def test_mistakes_are_one_line(shell: Shell, tmp_path: Path) -> None:
    shell("restore", tmp_path / "none.tar").refused("打不开备份文件")
    shell("restore", tmp_path / "云岭 总结.txt", "--replace").refused("不是 report-assistant 的备份文件")
    shell("backup", tmp_path / "云岭 总结.txt").refused("不是备份文件")
