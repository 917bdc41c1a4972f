"""What is said of answers: kept, changed, taken back, exported as candidates without invented gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.answer import Sentence
from assistant.cli.app import build
from assistant.feedback import Feedback
from eval.gold import load_gold
from tests.answer_builders import answer, citation

ANSWER = answer(Sentence("签约8.4万人。", (1,)), citations=(citation(),))


@pytest.fixture
def kept(tmp_path: Path) -> Feedback:
    return Feedback(tmp_path)


def test_a_verdict_is_kept_with_all_that_is_needed_to_look_into_it(kept: Feedback) -> None:
    kept.say("王", "c1", 0, "bad", ANSWER, note=" 数字是旧的 ", history=("先问",), generation=7)
    (said,) = kept.all()
    assert (said.owner, said.verdict, said.note, said.history, said.generation) == (
        "王",
        "bad",
        "数字是旧的",
        ("先问",),
        7,
    )
    assert said.answer == ANSWER
    assert said.said.tzinfo is not None


def test_a_second_verdict_takes_the_place_of_the_first_and_can_be_taken_back(kept: Feedback) -> None:
    kept.say("", "c1", 2, "bad", ANSWER, note="不对")
    kept.say("", "c1", 2, "good", ANSWER)
    assert kept.of("", "c1") == {2: ("good", "")}
    kept.take_back("", "c1", 2)
    assert kept.of("", "c1") == {}
    assert kept.all() == []


def test_verdicts_of_two_people_do_not_mix(kept: Feedback) -> None:
    kept.say("甲", "c1", 0, "good", ANSWER)
    kept.say("乙", "c1", 0, "bad", ANSWER)
    assert kept.of("甲", "c1") == {0: ("good", "")}
    assert [said.owner for said in kept.all("bad")] == ["乙"]


def test_nothing_said_is_an_empty_list(kept: Feedback) -> None:
    assert kept.all() == []
    assert kept.of("", "c1") == {}


def test_the_export_has_the_form_of_gold_questions_and_invents_no_answer(
    kept: Feedback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.say("", "c1", 0, "bad", ANSWER, note="年份不对", history=("青禾县呢",))
    monkeypatch.setenv("REPORT_ASSISTANT_HOME", str(tmp_path))
    out = tmp_path / "候选.jsonl"
    run = CliRunner().invoke(build(), ["feedback", "--jsonl", str(out)])
    assert run.exit_code == 0, run.output
    (gold,) = load_gold(out)
    assert (gold.question, gold.history) == ("签约多少？", ("青禾县呢",))
    assert not (gold.answer or gold.numbers or gold.evidence)
    assert json.loads(out.read_text(encoding="utf-8"))["note"] == "年份不对"


def test_the_list_tells_verdict_question_and_note(
    kept: Feedback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.say("", "c1", 0, "bad", ANSWER, note="年份不对")
    monkeypatch.setenv("REPORT_ASSISTANT_HOME", str(tmp_path))
    told = CliRunner().invoke(build(), ["feedback"]).output
    assert "有误" in told and "签约多少？" in told and "年份不对" in told
    as_json = json.loads(CliRunner().invoke(build(), ["feedback", "--json"]).output)
    assert as_json[0]["answer"]["answer"] == ANSWER.answer
