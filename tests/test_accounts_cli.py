"""`users` and `audit` on the command line, and the lines that the other commands leave."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from assistant.accounts import Accounts, passwords
from assistant.accounts.audit import at_this_machine
from tests.cli_builders import REPORT, Ran, Shell

PASSWORD = "正确的马电池订书钉"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    monkeypatch.setattr(passwords, "_LOG_N", 10)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    return Shell(tmp_path / "home", monkeypatch, capsys)


def typed(shell: Shell, text: str, *arguments: str) -> Ran:
    shell.monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    return shell(*arguments)


def add(shell: Shell, name: str, role: str) -> Ran:
    return typed(shell, f"{PASSWORD}\n", "users", "add", name, "--role", role)


def test_users_are_added_listed_changed_and_removed(shell: Shell) -> None:
    assert "users add" in shell("users").out
    assert add(shell, "赵", "reader").refused("还没有管理员", "--role keeper")
    assert "须登录" in add(shell, "王", "keeper").out
    assert "须登录" not in add(shell, "赵", "reader").out
    assert "撰稿" in shell("users", "role", "赵", "writer").out
    assert [(user["name"], user["role"]) for user in shell("users", "--json").json] == [
        ("王", "keeper"),
        ("赵", "writer"),
    ]
    shell("users", "remove", "王", "--yes").refused("唯一的管理员", "users role")
    assert "保留" in shell("users", "remove", "赵", "--yes").out
    shell("users", "role", "赵", "reader").refused("没有名为 赵 的用户")


def test_the_password_comes_from_a_file_or_standard_input_and_never_from_an_argument(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "password.txt"
    file.write_text(f"\ufeff{PASSWORD}\r\n别的\n", encoding="utf-8")
    assert shell("users", "add", "王", "--role", "keeper", "--password-file", file).code == 0
    assert Accounts(shell.home).check("王", PASSWORD).role == "keeper"
    assert typed(shell, "又一个够长的密码\n", "users", "password", "王").code == 0
    assert Accounts(shell.home).check("王", "又一个够长的密码").name == "王"
    assert shell("users", "add", "赵", PASSWORD, "--role", "reader").code == 2
    shell("users", "password", "王", "--password-file", tmp_path / "none").refused("读不出文件")
    typed(shell, "短\n", "users", "password", "王").refused("密码太短")


def test_at_a_terminal_the_password_is_asked_twice_unseen(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    answers = iter([PASSWORD, PASSWORD, PASSWORD, "输错了的另一个密码"])
    asked: list[str] = []
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or next(answers))
    monkeypatch.setattr(sys, "stdin", Terminal("否\n是\n"))
    assert shell("users", "add", "王", "--role", "keeper").code == 0
    assert asked == ["王 的密码：", "再输一遍："]
    shell("users", "password", "王").refused("不一样")
    assert "没有移除" in shell("users", "remove", "王").out
    assert "已移除" in shell("users", "remove", "王").out


def test_nobody_is_removed_unasked(shell: Shell) -> None:
    add(shell, "王", "keeper")
    shell("users", "remove", "王").refused("--yes")
    assert "已没有用户" in shell("users", "remove", "王", "--yes").out
    assert not Accounts(shell.home).any()


def test_a_token_is_shown_once_and_revoked_by_its_number(shell: Shell) -> None:
    add(shell, "王", "keeper")
    made = shell("users", "token", "add", "王", "聊天程序")
    secret = made.out.strip()
    assert "不会再显示" in made.err and "\n" not in secret
    assert Accounts(shell.home).bearer(secret) is not None
    (token,) = shell("users", "token", "list", "--json").json
    assert (token["user"], token["label"]) == ("王", "聊天程序") and secret not in str(token)
    assert shell("users", "token", "revoke", token["id"]).code == 0
    assert Accounts(shell.home).bearer(secret) is None
    shell("users", "token", "revoke", token["id"]).refused("token list")


def test_ingest_correction_export_and_removal_each_leave_a_line(shell: Shell, tmp_path: Path) -> None:
    report = tmp_path / "云岭.txt"
    report.write_text(REPORT, encoding="utf-8")
    assert shell("ingest", report).code == 0
    number = str(shell("reports", "--json").json[0]["id"])
    assert shell("reports", "edit", number, "--org", "云岭县卫健局").code == 0
    assert shell("figures", "--csv", tmp_path / "台账.csv").code == 0
    talk = shell("ask", "云岭县2022年两癌筛查完成多少人？", "--conversation", "new", "--json").json["conversation"]
    assert shell("conversations", "export", talk, tmp_path / "对话.md").code == 0
    assert shell("forget", "云岭.txt").code == 0
    assert shell("forget", "没有的.txt").code == 1
    lines = [(line["action"], line["outcome"]) for line in reversed(shell("audit", "--json").json)]
    assert lines[:5] == [("ingest", "ok"), ("correct", "ok"), ("export", "ok"), ("export", "ok"), ("forget", "ok")]
    assert lines[5][0] == "forget" and lines[5][1] != "ok"
    told = shell("audit", "--who", at_this_machine(), "--limit", "2").out
    assert told.count("移除") == 2 and "共 2 行" in told
    assert shell("audit", "--who", "别人", "--json").json == []


def test_with_users_what_cannot_be_audited_is_not_done(shell: Shell, tmp_path: Path) -> None:
    report = tmp_path / "云岭.txt"
    report.write_text(REPORT, encoding="utf-8")
    assert shell("ingest", report).code == 0
    add(shell, "王", "keeper")
    (shell.home / "app.db").rename(shell.home / "away")
    (shell.home / "app.db").mkdir()
    shell("figures", "--csv", tmp_path / "台账.csv").refused("记不下操作记录", "没有导出")
    assert not (tmp_path / "台账.csv").exists()
    assert "1" in shell("reports").out


def test_without_users_an_unusable_app_db_keeps_nobody_from_exporting(shell: Shell, tmp_path: Path) -> None:
    report = tmp_path / "云岭.txt"
    report.write_text(REPORT, encoding="utf-8")
    shell.home.mkdir()
    (shell.home / "app.db").mkdir()
    assert shell("ingest", report).code == 0
    assert shell("figures", "--csv", tmp_path / "台账.csv").code == 0
    assert (tmp_path / "台账.csv").exists()
