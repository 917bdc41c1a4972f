"""What is shown and kept: text of strangers acts on no terminal, and what is kept is no other account's to read."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.accounts import Accounts
from assistant.cli.output import json_text, visible
from assistant.conversations import Conversations
from tests.cli_builders import REPORT, Ran, Shell

CLEARS, HIDES, RENAMES, NARROW, TURNS = "\x1b[2J", "\x1b[8m", "\x1b]0;x\x07", "\x9b31m", "\u202e"
HOSTILE = REPORT.replace("两癌筛查10500人", f"两癌{HIDES}筛查10500人{TURNS}").replace(
    "主要工作", f"主要{CLEARS}工作{NARROW}{RENAMES}"
)
ORDER = "org: 云岭县卫生健康局\nyear: 2023\nkind: 全年工作计划\nsections: [妇幼健康]\ncomposer: skeleton\n"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell whose output passes for a terminal's: elsewhere colours are taken out in any case."""
    monkeypatch.setattr("click._compat.should_strip_ansi", lambda *_: False)
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_: False)
    return Shell(tmp_path / "home", monkeypatch, capsys)


def acts(ran: Ran) -> list[str]:
    """Characters of the output that a terminal would obey."""
    return [one for one in ran.out + ran.err if one != "\n" and unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp")]


def test_a_report_cannot_act_on_the_terminal_that_it_is_shown_on(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "材料"
    folder.mkdir()
    (folder / f"云岭{TURNS}总结.txt").write_text(HOSTILE, encoding="utf-8")
    (tmp_path / "order.yaml").write_text(ORDER, encoding="utf-8")
    shell("ingest", folder)
    commands = (
        ("search", "两癌筛查"),
        ("ask", "2022年云岭县两癌筛查完成多少人"),
        ("reports", "--why"),
        ("reports", "--quality"),
        ("figures", "--all"),
        ("promises", "--org", "云岭县", "--year", "2022"),
        ("draft", str(tmp_path / "order.yaml")),
        ("doctor",),
        ("search", "两癌筛查", "--json"),
        ("ask", "2022年云岭县两癌筛查完成多少人", "--json"),
    )
    told = [(command, acts(shell(*command))) for command in commands]
    assert [one for one in told if one[1]] == []
    assert "\\x1b[8m" in shell("search", "两癌筛查").out, "the report's own characters did not come this far"


def test_what_was_typed_cannot_act_either(shell: Shell) -> None:
    assert acts(shell("reports", "edit", f"{CLEARS}1")) == acts(shell("ask", "x", "--conversation", TURNS)) == []


@given(st.text())
def test_shown_text_keeps_its_lines_and_nothing_in_them_acts(text: str) -> None:
    shown = visible(text)
    assert shown.count("\n") == text.count("\n")
    assert not any(mark in shown for mark in ("\x1b", "\x07", "\x08", "\r", "\x7f", "\x85", "\x9b", "\u2028", "\u202e"))


@given(st.text())
def test_printed_json_says_the_same_and_nothing_in_it_acts(text: str) -> None:
    printed = json_text({"a": text})
    assert json.loads(printed) == {"a": text}
    assert len(printed.splitlines()) == 1 and not any(mark in printed for mark in ("\x1b", "\x9b", "\x7f", "\u202e"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way: the folder's are inherited")
class TestRights:
    def test_an_archive_that_is_made_is_its_owners_alone(self, shell: Shell, tmp_path: Path) -> None:
        before = os.umask(0o000)
        try:
            (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
            shell("ingest", tmp_path / "a.txt")
        finally:
            os.umask(before)
        assert stat.S_IMODE(shell.home.stat().st_mode) == 0o700

    def test_questions_and_passwords_are_their_owners_alone_wherever_they_lie(self, tmp_path: Path) -> None:
        home = tmp_path / "home"
        before = os.umask(0o000)
        try:
            home.mkdir(mode=0o777)
            Accounts(home).add("管理甲", "一个不短的口令 2026", "keeper")
            kept = Conversations(home)
            kept.newest("", "")
        finally:
            os.umask(before)
        files = [path for path in home.iterdir() if path.name.startswith("app.db")]
        assert files and {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_key_stands_in_no_file_of_the_archive(shell: Shell, tmp_path: Path) -> None:
    key = "sk-a-secret-that-is-looked-for"
    for name, value in (("BASE_URL", "http://127.0.0.1:9/v1"), ("MODEL", "any"), ("API_KEY", key)):
        shell.monkeypatch.setenv(f"REPORT_ASSISTANT_LLM_{name}", value)
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    told = [shell("ingest", tmp_path / "a.txt"), shell("models"), shell("models", "--test"), shell("doctor")]
    told += [shell("ask", "2022年云岭县两癌筛查完成多少人", "--composer", "llm", "--conversation", "new")]
    assert not any(key in ran.out + ran.err for ran in told)
    held = io.BytesIO()
    for path in shell.home.rglob("*"):
        if path.is_file():
            held.write(path.read_bytes())
    assert REPORT.splitlines()[0].encode() in held.getvalue() and key.encode() not in held.getvalue()
