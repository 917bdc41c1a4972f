"""`ask` and `search`: odd questions get a polite answer, odd files one line, and JSON is pure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.abstain import NOT_FOUND
from tests.cli_builders import REPORT, Shell

QUESTION = "2022年云岭县两癌筛查完成多少人"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    made = Shell(tmp_path / "home", monkeypatch, capsys)
    file = tmp_path / "云岭 总结.txt"
    file.write_text(REPORT, encoding="utf-8")
    assert made("ingest", file).code == 0
    return made


class TestQuestions:
    def test_an_answer_names_its_source(self, shell: Shell) -> None:
        ran = shell("ask", QUESTION)
        assert ran.code == 0 and "10500人" in ran.out and "云岭 总结.txt" in ran.out

    def test_json_is_pure(self, shell: Shell) -> None:
        answer = shell("ask", QUESTION, "--json").json
        assert answer["question"] == QUESTION and answer["citations"][0]["source_file"] == "云岭 总结.txt"
        assert "筛查" in shell("search", "筛查", "--json").json[0]["quote"]

    @pytest.mark.parametrize("question", ["", "  \n", "两癌筛查" * 2_500])
    def test_nothing_and_far_too_much_get_a_polite_answer(self, shell: Shell, question: str) -> None:
        ran = shell("ask", question)
        assert ran.code == 0 and "请" in ran.out and len(ran.out.splitlines()) == 1
        assert shell("ask", question, "--json").json["abstained"]

    @pytest.mark.parametrize("question", ["\udcff\udcfe筛查", "筛查\x00\x01", "?？！%_*\"'", "🏥🏥"])
    def test_odd_characters_do_no_harm(self, shell: Shell, question: str) -> None:
        assert shell("ask", question).code == 0 and shell("search", question).code == 0

    def test_what_is_not_there_is_said_not_to_be_there(self, shell: Shell) -> None:
        ran = shell("ask", "2019年云岭县两癌筛查完成多少人")
        assert ran.code == 0 and ran.out.startswith(NOT_FOUND)

    def test_what_lies_outside_of_the_limits_set_is_no_part_of_the_answer(self, shell: Shell) -> None:
        assert "10500人" in shell("ask", "两癌筛查完成多少人", "--year", "2022", "--part", "review").out
        outside = shell("ask", "两癌筛查完成多少人", "--kind", "政府工作报告")
        assert outside.code == 0 and outside.out.startswith(NOT_FOUND) and "政府工作报告" in outside.out

    def test_a_search_for_nothing_is_refused(self, shell: Shell) -> None:
        shell("search", " ").refused("没有给出要找的词")

    def test_a_composer_that_is_not_there_is_refused(self, shell: Shell) -> None:
        shell("ask", QUESTION, "--composer", "没有").refused("extractive")


class TestHistory:
    def test_earlier_turns_make_a_question_whole(self, shell: Shell, tmp_path: Path) -> None:
        turns = tmp_path / "前面.json"
        turns.write_text(json.dumps([QUESTION]), encoding="utf-8")
        assert "家庭医生" in shell("ask", "家庭医生呢？", "--history", turns, "--json").json["standalone_question"]

    @pytest.mark.parametrize(
        ("text", "told"), [("[1,", "JSON"), ('{"a": 1}', "数组"), ('["a", 3]', "数组"), (b"\xff\xfe", "UTF-8")]
    )
    def test_a_wrong_file_is_refused(self, shell: Shell, tmp_path: Path, text: str | bytes, told: str) -> None:
        turns = tmp_path / "前面.json"
        turns.write_bytes(text.encode() if isinstance(text, str) else text)
        shell("ask", QUESTION, "--history", turns).refused("前面.json", told)

    def test_a_missing_file_is_refused(self, shell: Shell, tmp_path: Path) -> None:
        shell("ask", QUESTION, "--history", tmp_path / "没有.json").refused("没有.json")


class TestBatch:
    def batch(self, tmp_path: Path, *lines: str) -> Path:
        path = tmp_path / "问题.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def test_every_line_is_answered_in_order(self, shell: Shell, tmp_path: Path) -> None:
        asked = [{"id": "a", "question": QUESTION, "kind": "fact"}, {"id": 2, "question": "", "history": None}]
        file = self.batch(tmp_path, *(json.dumps(item) for item in asked), "")
        out = tmp_path / "答 案.jsonl"
        assert shell("ask", "--batch", file, "--out", out).out == ""
        lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        assert [line["id"] for line in lines] == ["a", 2] and [line["abstained"] for line in lines] == [False, True]
        printed = [json.loads(line) for line in shell("ask", "--batch", file).out.splitlines()]
        assert [line["answer"] for line in printed] == [line["answer"] for line in lines]

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("不是 JSON", "JSON"),
            ("[1]", "question"),
            ('{"id": 1}', "question"),
            ('{"question": 5}', "question"),
            ('{"question": "x", "history": 5}', "history"),
            ('{"question": "x", "history": ["a", 3]}', "history"),
        ],
    )
    def test_a_broken_line_is_named_before_any_work(self, shell: Shell, tmp_path: Path, line: str, told: str) -> None:
        out = tmp_path / "答案.jsonl"
        out.write_text("昨天的答案", encoding="utf-8")
        file = self.batch(tmp_path, json.dumps({"question": QUESTION}), line)
        shell("ask", "--batch", file, "--out", out).refused("问题.jsonl", "第2行", told)
        assert out.read_text(encoding="utf-8") == "昨天的答案"

    def test_a_place_that_cannot_be_written_is_named(self, shell: Shell, tmp_path: Path) -> None:
        file = self.batch(tmp_path, json.dumps({"question": QUESTION}))
        shell("ask", "--batch", file, "--out", tmp_path / "没有" / "答案.jsonl").refused("答案.jsonl")


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["ask"], "请给出问题"),
            (["ingest"], "文件或文件夹"),
            (["没有"], "没有"),
            (["search", "词", "-k", "0"], "-k"),
            (["search", "词", "--part", "x"], "--part"),
            (["ask", "词", "--kind", "小说"], "只能是 总结、计划、"),
            (["reports", "--yaml"], "--yaml"),
            (["promises"], "--org"),
            (["ui", "--port", "99999"], "--port"),
        ],
    )
    def test_a_wrongly_typed_command_is_one_chinese_line(self, shell: Shell, arguments: list[str], told: str) -> None:
        ran = shell(*arguments)
        assert (ran.code, ran.out) == (2, "") and len(ran.err.splitlines()) == 1
        assert ran.err.startswith("错误：") and told in ran.err and "--help" in ran.err

    def test_a_body_without_reports_has_no_promises(self, shell: Shell) -> None:
        shell("promises", "--org", "x", "--year", "2022").refused("没有", "云岭县")
