"""Gold files: what is read, what is left alone, and what is refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.gold import GoldError, load_gold, parse_gold

SEEDS = Path(__file__).parents[1].parent / "shared" / "archive" / "seeds_questions.jsonl"


def test_missing_lists_are_empty_and_other_keys_are_ignored() -> None:
    gold = parse_gold({"id": 7, "question": "怎么样？", "note": "别人的备注"})
    assert (gold.id, gold.kind, gold.numbers, gold.must_include_any, gold.evidence, gold.periods) == (
        "7",
        "fact",
        (),
        (),
        (),
        (),
    )


def test_a_flat_any_list_is_one_group_and_a_list_of_lists_is_several() -> None:
    assert parse_gold({"question": "?", "must_include_any": ["甲", "乙"]}).must_include_any == (("甲", "乙"),)
    assert parse_gold({"question": "?", "must_include_any": [["甲"], ["乙"]]}).must_include_any == (("甲",), ("乙",))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"kind": "unanswerable"}, True),
        ({"kind": "fact", "answer": "档案中未找到", "evidence": []}, True),
        ({"kind": "fact", "answer": "5600人", "evidence": []}, False),
        ({"kind": "fact", "answer": "档案中未找到", "evidence": [{"file": "a.txt", "text": "有"}]}, False),
    ],
)
def test_abstention_is_expected_of_unanswerable_questions_only(body: dict[str, object], expected: bool) -> None:
    assert parse_gold({"question": "?", **body}).expects_abstention is expected


def test_bodies_and_periods_may_be_one_or_several() -> None:
    gold = parse_gold({"question": "?", "org": "松溪县、榆林坝区", "year": [2021, 2022]})
    assert gold.orgs == ("松溪县", "榆林坝区")
    assert gold.periods == ("2021", "2022")


def test_a_period_goes_before_a_year() -> None:
    assert parse_gold({"question": "?", "year": 2022, "period": "2023"}).periods == ("2023",)


def test_evidence_keeps_only_the_file_name() -> None:
    gold = parse_gold({"question": "?", "evidence": [{"file": "县里/2022.txt", "text": "甲"}, {"text": "乙"}]})
    assert [item.file for item in gold.evidence] == ["2022.txt", None]


@pytest.mark.parametrize(
    "line",
    ["不是JSON", '{"id": "a"}', '{"question": "?", "numbers": "4"}', '{"question": "?", "evidence": ["x"]}', "[1]"],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"question": "好的"}) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match="第2行"):
        load_gold(path)


def test_a_missing_or_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="读不了"):
        load_gold(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n\n", encoding="utf-8")
    with pytest.raises(GoldError, match="没有题目"):
        load_gold(tmp_path / "empty.jsonl")


@pytest.mark.skipif(not SEEDS.is_file(), reason="the shared seed questions are not here")
def test_the_shared_seed_questions_are_read() -> None:
    gold = load_gold(SEEDS)
    assert len(gold) == 14
    assert sum(one.expects_abstention for one in gold) == 2
    assert sum(bool(one.history) for one in gold) == 1
