"""`eval run` from questions to gate: planted wrong answers lower the score, and the gate closes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.answer import Answer, Citation, Sentence
from eval.cli import app
from eval.gold import Gold, parse_gold
from eval.opened import IngestError, Opened, opened
from eval.run import Run, ask_all, scored
from ingest.errors import NotFound
from ingest.settings import Settings
from tests.eval_builders import FILE, SCREENED, SOURCE, TEXTS

QUESTION = "2022年松溪县两癌筛查完成多少人？"
UNKNOWN = "2018年青阳县两癌筛查完成多少人？"
GOLD: tuple[Gold, ...] = tuple(
    parse_gold(body)
    for body in (
        {
            "id": "known",
            "kind": "fact",
            "question": QUESTION,
            "history": ["松溪县今年做了什么？"],
            "numbers": ["5600"],
            "evidence": [{"file": FILE, "text": SCREENED}],
            "org": "松溪县",
            "year": 2022,
        },
        {"id": "unknown", "kind": "unanswerable", "question": UNKNOWN, "answer": "档案中未找到"},
    )
)


class Planted:
    """Answers what was planted for a question and remembers what it was asked."""

    def __init__(self, answers: dict[str, tuple[str, str | None]]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(self, question: str, history: Sequence[str] = (), *, composer: str = "extractive") -> Answer:
        self.asked.append((question, tuple(history)))
        text, quote = self.answers[question]
        if quote is None:
            return Answer(question, question, True, (Sentence(text, ()),), (), (), composer, 0.01)
        start = SOURCE.index(quote)
        cited = Citation(
            1, "松溪县卫生健康局2022年工作总结", "松溪县卫生健康局", 2022, "review", "2022", (), FILE, quote, start,
            start + len(quote), None, 1, 1,
        )  # fmt: skip
        return Answer(question, question, False, (Sentence(text, (1,)),), (cited,), (), composer, 0.01)


def outcome(**answers: tuple[str, str | None]) -> Run:
    planted = Planted({QUESTION: answers["known"], UNKNOWN: answers["unknown"]})
    made, seconds = ask_all(GOLD, planted, "extractive")
    return scored(GOLD, made, seconds, Opened(Settings(Path("nowhere")), TEXTS, {}))


def test_right_answers_score_full_marks() -> None:
    total = (
        outcome(known=(SCREENED, SCREENED), unknown=("档案中未找到青阳县的材料。", None)).summaries["total"].to_json()
    )
    full = ("right", "figures_traced", "quotes_verbatim", "well_formed", "citation_precision", "citation_recall")
    assert [total[name] for name in (*full, "abstention_precision", "abstention_recall")] == [1] * 8
    assert total["leaks"] == 0


def test_planted_wrong_answers_are_named_question_by_question() -> None:
    result = outcome(known=("完成5700人。", SCREENED), unknown=(SCREENED, SCREENED))
    known, unknown = result.scores
    assert known.wrong == ("缺数字 5600",)
    assert known.untraced == ("第1句：5700 不在所引原文中",)
    assert unknown.wrong == ("应答“档案中未找到”，却作了回答",)
    assert result.summaries["total"].right == 0
    assert result.summaries["unanswerable"].abstention_recall == 0


def test_history_goes_along_and_the_first_question_warms_up() -> None:
    planted = Planted({QUESTION: (SCREENED, SCREENED), UNKNOWN: ("档案中未找到。", None)})
    told: list[tuple[int, int]] = []
    answers, seconds = ask_all(GOLD, planted, "extractive", lambda done, total: told.append((done, total)))
    assert planted.asked == [(QUESTION, GOLD[0].history)] * 2 + [(UNKNOWN, ())]
    assert [answer["id"] for answer in answers] == ["known", "unknown"]
    assert (len(seconds), told) == (2, [(1, 2), (2, 2)])


def test_the_result_is_plain_json() -> None:
    body = json.loads(json.dumps(outcome(known=(SCREENED, SCREENED), unknown=("档案中未找到。", None)).to_json()))
    assert body["summary"]["total"]["right"] == 1
    assert body["questions"][0]["result"]["answer"].endswith("〔1〕")


def test_a_place_without_reports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound), opened(tmp_path / "nowhere"):
        pass
    (tmp_path / "empty").mkdir()
    with pytest.raises(IngestError, match="没有读出任何报告"), opened(tmp_path / "empty"):
        pass


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two reports and its gold questions."""
    folder = tmp_path_factory.mktemp("eval")
    (folder / "reports").mkdir()
    (folder / "reports" / FILE).write_text(SOURCE, encoding="utf-8")
    (folder / "reports" / "副本.txt").write_text(SOURCE, encoding="utf-8")
    wrong = {"id": "planted", "kind": "fact", "question": QUESTION, "numbers": ["987654"]}
    lines = [
        {"id": "q", "question": QUESTION, "numbers": ["5600"], "evidence": [{"file": "副本.txt", "text": SCREENED}]}
    ]
    for name, bodies in (("gold", lines), ("planted", [wrong])):
        text = "".join(json.dumps(body, ensure_ascii=False) + "\n" for body in bodies)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def command(place: Path, gold: str, *more: str) -> list[str]:
    home = str(place / "home")
    return ["run", "--gold", str(place / f"{gold}.jsonl"), "--archive", str(place / "reports"), "--home", home, *more]


@pytest.mark.model
def test_a_folder_is_ingested_asked_and_scored_and_the_gate_stays_open(place: Path) -> None:
    floor = "right=1,figures_traced=1,quotes_verbatim=1,citation_recall=1"
    result = CliRunner().invoke(app, command(place, "gold", "--json", "--min", floor, "--out", str(place / "o.json")))
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["summary"]["total"]["n"] == 1
    assert json.loads((place / "o.json").read_text(encoding="utf-8"))["questions"][0]["right"] is True


@pytest.mark.model
def test_the_gate_closes_on_a_wrong_answer_and_the_archive_home_serves_as_well_as_the_folder(place: Path) -> None:
    assert CliRunner().invoke(app, command(place, "planted")).exit_code == 0
    closed = CliRunner().invoke(app, command(place, "planted", "--min", "right=0.5", "--verbose"))
    assert closed.exit_code == 1
    assert "未达门槛：right" in closed.stderr
    assert "缺数字 987654" in closed.stdout
    from_home = [
        "run",
        "--gold",
        str(place / "gold.jsonl"),
        "--archive",
        str(place / "home"),
        "--min",
        "quotes_verbatim=1",
    ]
    assert CliRunner().invoke(app, from_home).exit_code == 0
