"""The retrieval score: question sets, ranks, and the line that is printed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.cli import app
from eval.retrieval import rank_of, ranking, write_paragraphs
from eval.squad import Squad, SquadError, first_questions, load_squad, traditional

PARAGRAPHS = [
    "松溪县中医医院在三楼开设了儿童推拿门诊，周末也开诊，由两位医师轮流坐诊。",
    "青阳县疾控中心为学校配备了晨检机器人，学生进校时自动测温。",
    "白石镇卫生院的老旧锅炉换成了空气源热泵，冬季病房温度达到标准。",
]
QUESTIONS = ["儿童推拿门诊开在哪里？", "晨检机器人是谁配备的？", "哪里换了空气源热泵？"]


def squad_file(folder: Path) -> Path:
    body = {
        "data": [
            {"paragraphs": [{"context": context, "qas": [{"question": question}]}]}
            for context, question in zip(PARAGRAPHS, QUESTIONS, strict=True)
        ]
    }
    body["data"].append(body["data"][0])
    path = folder / "squad.json"
    path.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return path


def test_each_distinct_paragraph_counts_once_and_every_question_points_at_its_own(tmp_path: Path) -> None:
    squad = load_squad(squad_file(tmp_path))
    assert squad.paragraphs == tuple(PARAGRAPHS)
    assert squad.questions == (*zip(QUESTIONS, range(3), strict=True), (QUESTIONS[0], 0))


def test_a_limit_takes_questions_and_leaves_all_paragraphs() -> None:
    squad = Squad(("甲", "乙"), (("一", 0), ("二", 1), ("三", 0)))
    assert first_questions(squad, 2) == (("一", 0), ("二", 1))
    assert first_questions(squad, None) == squad.questions


def test_traditional_converts_paragraphs_and_questions() -> None:
    assert traditional(Squad(("卫生医疗",), (("规划", 0),))) == Squad(("衛生醫療",), (("規劃", 0),))


@pytest.mark.parametrize("content", ["{", "[]", '{"data": [{}]}', '{"data": []}'])
def test_what_is_not_squad_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SquadError):
        load_squad(path)
    with pytest.raises(SquadError, match="读不了"):
        load_squad(tmp_path / "none.json")


def test_a_paragraph_counts_once_however_many_of_its_passages_are_found() -> None:
    assert rank_of("b", [{"a"}, {"a"}, {"b"}, {"a"}]) == 2
    assert rank_of("b", [{"a"}, {"c", "b"}]) == 2
    assert rank_of("b", [{"a"}]) is None
    assert rank_of("b", []) is None


def test_recall_and_reciprocal_rank_count_what_was_not_found() -> None:
    found = ranking([1, 2, 6, None])
    assert (found.recall_at_1, found.recall_at_5, found.n) == (0.25, 0.5, 4)
    assert found.mrr == pytest.approx((1 + 1 / 2 + 1 / 6) / 4)
    assert found.line() == "R@1 0.250  R@5 0.500  MRR 0.417  n=4"


def test_paragraphs_become_files_of_their_own(tmp_path: Path) -> None:
    names = write_paragraphs(PARAGRAPHS, tmp_path / "p")
    assert [(tmp_path / "p" / name).read_text(encoding="utf-8") for name in names] == PARAGRAPHS


@pytest.mark.model
@pytest.mark.parametrize("extra", [[], ["--traditional"]])
def test_the_command_prints_exactly_one_line(tmp_path: Path, extra: list[str]) -> None:
    result = CliRunner().invoke(app, ["retrieval", "--squad", str(squad_file(tmp_path)), "--limit", "3", *extra])
    assert result.exit_code == 0, result.output
    assert re.fullmatch(r"R@1 1\.000  R@5 1\.000  MRR 1\.000  n=3\n", result.stdout)
    assert "queries" in result.stderr
