"""`ask --conversation` and `conversations`: go on with, list, show, rename, delete, export."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from tests.cli_builders import REPORT, Shell

FIRST = "云岭县2022年两癌筛查完成多少人？"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    shell = Shell(tmp_path / "home", monkeypatch, capsys)
    (tmp_path / "云岭.txt").write_text(REPORT, encoding="utf-8")
    assert shell("ingest", tmp_path / "云岭.txt").code == 0
    return shell


def begin(shell: Shell) -> str:
    return str(shell("ask", FIRST, "--conversation", "new", "--json").json["conversation"])


def test_a_follow_up_is_understood_by_what_was_asked_before(shell: Shell) -> None:
    number = begin(shell)
    answer = shell("ask", "那完成率呢？", "--conversation", number[:6], "--json").json
    assert "105%" in answer["answer"]
    assert answer["conversation"] == number

    told = shell("conversations", "show", number, "--json").json
    assert [turn["question"] for turn in told["turns"]] == [FIRST, "那完成率呢？"]
    assert told["turns"][1]["answer"]["answer"] == answer["answer"]
    assert told["turns"][0]["answer"]["citations"][0]["quote"] in REPORT


def test_without_json_the_conversation_is_named_after_the_answer(shell: Shell) -> None:
    ran = shell("ask", FIRST, "--conversation", "new")
    (item,) = shell("conversations", "--json").json
    assert "10500人" in ran.out
    assert ran.out.strip().splitlines()[-1].count(item["id"][:8]) == 2


def test_an_answer_without_the_option_is_not_kept_and_has_no_further_field(shell: Shell) -> None:
    assert "conversation" not in shell("ask", FIRST, "--json").json
    assert shell("conversations", "--json").json == []
    assert shell("conversations").out.strip() == "共 0 个对话。"


def test_a_conversation_is_renamed_found_deleted_and_brought_back(shell: Shell) -> None:
    number = begin(shell)
    assert "年终材料" in shell("conversations", "rename", number[:8], "年终材料").out
    assert "年终材料" in shell("conversations", "--search", "两癌").out
    assert shell("conversations", "--search", "托育", "--json").json == []

    assert "--undo" in shell("conversations", "delete", number[:8]).out
    assert shell("conversations", "--json").json == []
    shell("conversations", "show", number).refused(number)
    assert shell("conversations", "delete", number[:8], "--undo").code == 0
    assert [item["title"] for item in shell("conversations", "--json").json] == ["年终材料"]


def test_a_conversation_is_exported_with_its_citations(shell: Shell, tmp_path: Path) -> None:
    number = begin(shell)
    assert shell("conversations", "export", number[:8], tmp_path / "对话.docx").code == 0
    assert shell("conversations", "export", number[:8], tmp_path / "对话.md").code == 0
    word = "\n".join(item.text for item in Document(io.BytesIO((tmp_path / "对话.docx").read_bytes())).paragraphs)
    for text in (word, (tmp_path / "对话.md").read_text(encoding="utf-8")):
        assert "10500人" in text and "〔1〕《云岭县卫生健康局2022年工作总结》" in text and "云岭.txt" in text


def test_mistakes_are_told_in_one_line(shell: Shell, tmp_path: Path) -> None:
    number = begin(shell)
    shell("conversations", "show", "zzz").refused("zzz")
    shell("conversations", "rename", number, " ").refused("标题")
    shell("conversations", "export", number, tmp_path / "对话.pdf").refused(".docx")
    shell("conversations", "export", number, tmp_path / "没有" / "对话.md").refused("没有")
    shell("ask", FIRST, "--conversation", "zzz").refused("zzz")
    assert shell("ask", FIRST, "--conversation", "new", "--history", "x.json").code == 2


def test_an_answer_that_cannot_be_kept_is_shown_all_the_same(shell: Shell) -> None:
    (shell.home / "app.db").write_bytes(b"no database" * 500)
    ran = shell("ask", FIRST, "--conversation", "new")
    assert "10500人" in ran.out
    assert ran.code == 1 and "已损坏" in ran.err
    assert shell("ask", FIRST).code == 0
    shell("conversations").refused("已损坏")
