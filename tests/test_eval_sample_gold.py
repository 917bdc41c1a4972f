"""The gold questions: verbatim evidence, figures from the table, enough of every kind."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eval.gold import parse_gold
from eval.metrics.text import contains, dense
from eval.sample import gold_questions
from eval.sample.__main__ import main
from eval.sample.archive import make_files
from eval.sample.facts import load_table
from eval.sample.gold.absent import ABSENT_TOPICS
from eval.sample.gold.question import NOT_FOUND
from ingest.readers import read_document

QUESTIONS = gold_questions()
FILES = {made.spec.name: made for made in make_files()}
DENSE = {name: dense(made.text) for name, made in FILES.items()}
LEAST = {
    "fact": 50, "plan": 30, "list": 15, "compare": 15, "target_vs_result": 25, "trend": 10, "masked": 12,
    "corrupt": 10, "followup": 15, "unanswerable": 30,
}  # fmt: skip


def _of(kind: str) -> list[dict[str, Any]]:
    return [question for question in QUESTIONS if question["kind"] == kind]


def test_every_kind_has_enough_questions() -> None:
    kinds = Counter(question["kind"] for question in QUESTIONS)
    assert set(kinds) == set(LEAST)
    assert all(kinds[kind] >= least for kind, least in LEAST.items())
    assert len(QUESTIONS) >= 200


def test_questions_and_ids_are_unique_and_always_the_same() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    asked = Counter((*question["history"], question["question"]) for question in QUESTIONS)
    assert not [question for question, times in asked.items() if times > 1]
    assert gold_questions() == QUESTIONS


def test_the_scorer_takes_every_question() -> None:
    for question in QUESTIONS:
        gold = parse_gold(question)
        assert gold.expects_abstention == (question["kind"] == "unanswerable")


def test_evidence_and_also_are_verbatim_in_what_the_reader_gives() -> None:
    texts = {name: read_document(Path(name), made.data).text for name, made in FILES.items()}
    for question in QUESTIONS:
        for item in (*question["evidence"], *question["also"]):
            assert item["text"] in texts[item["file"]], (question["id"], item)


def test_whatever_can_be_answered_has_evidence() -> None:
    for question in QUESTIONS:
        assert bool(question["evidence"]) != (question["kind"] == "unanswerable"), question["id"]
        assert (question["answer"] == NOT_FOUND) == (question["kind"] == "unanswerable")


def test_numbers_come_from_the_table() -> None:
    table = load_table()
    written = {value for fact in table.facts for value in (fact.target, fact.result, fact.rate)}
    written |= {value.removesuffix("以上").removesuffix("以内") for value in written}
    written |= {fact.five[1] for fact in table.facts if fact.five}
    for question in QUESTIONS:
        assert set(question["numbers"]) <= written, question["id"]


def test_numbers_stand_in_the_evidence() -> None:
    for question in QUESTIONS:
        held = "".join(DENSE[item["file"]] for item in question["evidence"])
        assert all(re.sub(r"[^\d.,]+$", "", dense(number)) in held for number in question["numbers"]), question["id"]


def test_a_forbidden_figure_is_never_a_right_one() -> None:
    for question in QUESTIONS:
        right = " ".join((*question["numbers"], *question["must_include"], question["answer"]))
        assert not [banned for banned in question["must_not_include"] if contains(right, banned)], question["id"]
        if question["kind"] not in ("corrupt", "masked"):
            beside = " ".join(item["text"] for item in question["evidence"])
            assert not [banned for banned in question["must_not_include"] if contains(beside, banned)], question["id"]


def test_most_figure_questions_forbid_figures_of_other_years_or_bodies() -> None:
    figures = [question for question in _of("fact") + _of("target_vs_result") if question["numbers"]]
    assert sum(bool(question["must_not_include"]) for question in figures) > 0.7 * len(figures)


def test_words_that_must_be_shown_stand_in_the_evidence_file() -> None:
    for question in _of("list") + _of("plan") + _of("fact"):
        files = {item["file"] for item in question["evidence"]}
        if any({"dropped", "page_marks"} & set(FILES[name].spec.defects) for name in files):
            continue
        held = "".join(DENSE[name] for name in files)
        assert all(dense(word) in held for word in question["must_include"]), question["id"]


def test_both_hands_are_asked_for() -> None:
    hands = Counter(question["phrasing"] for question in QUESTIONS if question["numbers"])
    assert min(hands["a"], hands["b"]) > 0.35 * hands.total()


@pytest.mark.parametrize("kind", sorted(LEAST))
def test_every_kind_is_asked_in_several_wordings(kind: str) -> None:
    names = [name for body in load_table().bodies.values() for name in (*body.short, body.org, body.place)]
    names += [name for indicator in load_table().indicators.values() for name in indicator.ask]

    def shape(question: str) -> str:
        for name in sorted(names, key=len, reverse=True):
            question = question.replace(name, "#")
        return re.sub(r"\d+", "0", question)

    assert len({shape(question["question"]) for question in _of(kind)}) >= 3


def test_followups_make_no_sense_alone() -> None:
    for question in _of("followup"):
        assert question["history"]
        assert len(question["question"]) < 25


def test_topics_that_are_not_held_are_nowhere_in_the_archive() -> None:
    everything = "".join(made.text for made in FILES.values())
    assert not [topic for topic in ABSENT_TOPICS if topic in everything]


def test_targets_said_to_be_lost_are_nowhere() -> None:
    for question in _of("unanswerable"):
        if question["note"].startswith("目标只写在"):
            fact = next(
                fact
                for fact in load_table().facts
                if (fact.body, fact.year, fact.half) == ("jc", 2024, "")
                and any(
                    name.format(domain="县") in question["question"]
                    for name in load_table().indicators[fact.indicator].ask
                )
            )
            stated = [one for made in FILES.values() for one in made.placed if one.said.subject == fact.key]
            assert not [one for one in stated if "target" in one.said.stated]


def test_a_damaged_figure_is_asked_for_raw() -> None:
    for question in _of("corrupt"):
        assert question["must_include"] or "页码" in question["note"]
        assert question["must_include_any"]


def test_the_command_writes_everything_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 0
    lines = (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [question["id"] for question in QUESTIONS]
    assert f"{len(QUESTIONS)} 道题" in capsys.readouterr().out


def test_the_command_wants_one_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "用法" in capsys.readouterr().err
