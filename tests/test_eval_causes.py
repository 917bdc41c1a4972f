"""Every cause of a wrong answer is told from a planted one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from eval.causes import EXAMPLES, Cause, Fault, Reach, fault_of, to_json
from eval.cli import app
from eval.faults import reach
from eval.gold import Gold
from eval.metrics.score import score_answer
from eval.opened import opened
from eval.product import product
from tests.assistant_builders import FILES, ingest
from tests.cli_builders import fake_encoder
from tests.eval_builders import ARCHIVED, FILE, SCREENED, SERVED, TEXTS, answer, citation, gold, says, sentence, silence

SEEN, UNSEEN, NOWHERE = Reach(True, True), Reach(False, True), Reach(False, False)
ABOUT: dict[str, Any] = {"org": "松溪县卫生健康局", "year": 2022}
TWO: dict[str, Any] = {
    **ABOUT,
    "numbers": ["5600", "110万"],
    "evidence": [{"file": FILE, "text": SCREENED}, {"file": FILE, "text": SERVED}],
}
NO_ANSWER: dict[str, Any] = {"kind": "unanswerable", "answer": "档案中未找到", "numbers": [], "evidence": []}


def fault(said: dict[str, Any], asked: Gold, came: Reach = SEEN) -> Fault | None:
    return fault_of(asked, said, score_answer(said, asked, TEXTS, {}), {}, lambda: came)


def test_a_right_answer_has_no_fault() -> None:
    assert fault(says(SCREENED), gold(**ABOUT)) is None
    assert fault(silence(), gold(**NO_ANSWER)) is None


@pytest.mark.parametrize(
    ("cause", "said", "asked", "came"),
    [
        ("not_retrieved", silence(), ABOUT, UNSEEN),
        ("not_retrieved", silence(), ABOUT, NOWHERE),
        ("not_chosen", silence(), ABOUT, SEEN),
        ("answered_unheld", says(SCREENED), NO_ANSWER, SEEN),
        ("wrong_year", says("完成两癌筛查5500人。", ARCHIVED, year=2021, period="2021"), ABOUT, SEEN),
        ("wrong_year", says("完成两癌筛查5500人。", ARCHIVED, period="2023"), ABOUT, SEEN),
        ("wrong_body", says("完成两癌筛查5500人。", ARCHIVED, org="青阳县卫生健康局"), ABOUT, SEEN),
        ("wrong_body", says("完成5500人。", ARCHIVED, org="青阳县卫生健康局", period="2021"), ABOUT, SEEN),
        ("wrong_figure", says("任务数5500人。", SCREENED), ABOUT, SEEN),
        ("incomplete", says("完成两癌筛查5600人。", SCREENED), TWO, SEEN),
        ("incomplete", says("全年完成两癌筛查。", SCREENED), TWO, SEEN),
        ("incomplete", says(SCREENED), {**ABOUT, "must_include": ["城区"]}, SEEN),
        ("incomplete", says(SCREENED), {**ABOUT, "must_include_any": [["城区", "农村"]]}, SEEN),
        ("citation", says("居民档案12,345份。", ARCHIVED), ABOUT, SEEN),
        ("citation", answer([sentence("完成5600人。")], []), ABOUT, SEEN),
        ("citation", says(SCREENED, ARCHIVED), ABOUT, SEEN),
        ("leak", answer([sentence(SCREENED, 1, 2)], [citation(), citation(ARCHIVED, 2, period="2021")]), ABOUT, SEEN),
        ("citation", answer([sentence(SCREENED, 1, 2)], [citation(), citation(ARCHIVED, 2)]), ABOUT, SEEN),
        ("other", says(SCREENED), {**ABOUT, "must_not_include": ["101.8%"]}, SEEN),
        ("other", says("完成5600人，共98765份。", SCREENED), ABOUT, SEEN),
    ],
)
def test_a_planted_wrong_answer_has_its_cause(
    cause: Cause, said: dict[str, Any], asked: dict[str, Any], came: Reach
) -> None:
    found = fault(said, gold(**asked), came)
    assert found is not None
    assert (found.cause, found.id, found.question) == (cause, "q1", gold().question)
    assert found.note


def test_right_answers_that_cite_wrongly_are_told_from_wrong_ones() -> None:
    wrong, flawed = fault(says("任务数5500人。"), gold(**ABOUT)), fault(says(SCREENED, ARCHIVED), gold(**ABOUT))
    assert wrong is not None and not wrong.right
    assert flawed is not None and flawed.right
    told = to_json([wrong, flawed], 7)
    assert (told["n"], told["wrong"], told["flawed"]) == (7, 1, 1)
    assert {group["cause"]: group["n"] for group in told["groups"]} == {"wrong_figure": 1, "citation": 1}


def test_a_passage_that_never_became_one_is_told_so() -> None:
    notes = [found.note for came in (UNSEEN, NOWHERE) if (found := fault(silence(), gold(**ABOUT), came))]
    assert notes[0] != notes[1]
    assert "段落里没有" in notes[1]


def test_retrieval_is_looked_at_only_where_it_decides() -> None:
    def never() -> Reach:
        raise AssertionError("asked")

    said, asked = says("任务数5500人。"), gold(**ABOUT)
    assert fault_of(asked, said, score_answer(said, asked, TEXTS, {}), {}, never) is not None


def test_a_group_counts_all_and_shows_a_few() -> None:
    many = [Fault(str(i), "fact", "问", "incomplete", "缺", right=False) for i in range(EXAMPLES + 3)]
    (group,) = to_json(many, 20)["groups"]
    assert (group["n"], len(group["ids"]), len(group["examples"])) == (EXAMPLES + 3, EXAMPLES + 3, EXAMPLES)
    assert set(group["examples"][0]) == {"id", "kind", "question", "note"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingest(tmp_path_factory.mktemp("causes") / "home", FILES).home


def test_how_far_retrieval_came_is_seen_in_the_archive_itself(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.embed.load_encoder", fake_encoder)
    question = "2022年青禾县两癌筛查完成了多少人？"
    held, elsewhere, absent = (
        gold(question=question, evidence=[{"file": file, "text": text}])
        for file, text in (
            ("青禾2022.txt", "全年完成两癌筛查10400人"),
            ("临泽2022.txt", "全市三级医院平均住院日下降到7.6天"),
            ("青禾2022.txt", "全年完成白内障手术3300例，比上年多出一成"),
        )
    )
    with opened(home) as archive, product(archive.settings) as asked:
        assert reach(held, asked, archive.copies) == SEEN
        assert reach(elsewhere, asked, archive.copies) == UNSEEN
        assert reach(absent, asked, archive.copies) == NOWHERE


def test_the_command_groups_planted_gold(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.embed.load_encoder", fake_encoder)
    evidence = [{"file": "青禾2022.txt", "text": "全年完成两癌筛查10400人"}]
    question = "2022年青禾县两癌筛查完成了多少人？"
    bodies = [
        {"id": "good", "kind": "fact", "question": question, "numbers": ["10400"], "evidence": evidence},
        {"id": "planted", "kind": "fact", "question": question, "numbers": ["987654"], "evidence": evidence},
        {"id": "unheld", "question": question, **NO_ANSWER},
        {"id": "absent", "question": "2022年青禾县白内障手术做了多少例？", "numbers": ["1"], "evidence": evidence},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(body, ensure_ascii=False) + "\n" for body in bodies), encoding="utf-8")
    command = ["causes", "--gold", str(path), "--archive", str(home)]
    result = CliRunner().invoke(app, [*command, "--json"])
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert (said["n"], said["wrong"], said["flawed"]) == (4, 3, 0)
    causes = {group["cause"]: [one["id"] for one in group["examples"]] for group in said["groups"]}
    assert causes == {"not_chosen": ["absent"], "answered_unheld": ["unheld"], "wrong_figure": ["planted"]}
    assert "planted" in CliRunner().invoke(app, command).stdout
