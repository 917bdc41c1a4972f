"""From single scores to shares, percentiles and gates."""

from __future__ import annotations

import json

import pytest

from eval.bounds import BoundError, beyond_bounds, parse_bounds
from eval.metrics.score import Score, score_answer
from eval.metrics.summary import percentile, summarise, summarise_groups
from tests.eval_builders import SCREENED, SERVED, TEXTS, answer, citation, gold, says, sentence, silence

DUE = {"kind": "unanswerable", "numbers": [], "evidence": []}


def scored(made: dict[str, object], seconds: float = 0.1, **wanted: object) -> Score:
    return score_answer(made, gold(**wanted), TEXTS, {}, seconds)


PERFECT = scored(says(SCREENED), org="松溪县", year=2022)


def test_a_perfect_answer_has_no_fault_anywhere() -> None:
    assert PERFECT.right
    assert (PERFECT.untraced, PERFECT.not_verbatim, PERFECT.misshapen, PERFECT.leaks) == ((), (), (), ())
    summary = summarise([PERFECT, scored(silence(), **DUE)])
    assert (summary.right, summary.figures_traced, summary.quotes_verbatim, summary.well_formed) == (1, 1, 1, 1)
    assert (summary.citation_precision, summary.citation_recall) == (1, 1)
    assert (summary.abstention_precision, summary.abstention_recall, summary.leaks) == (1, 1, 0)


def test_each_planted_fault_lowers_its_own_metric() -> None:
    assert summarise([scored(says("完成5500人。"))]).right == 0
    assert summarise([scored(says("完成5600人，达5700人。"))]).figures_traced == 0.5
    assert summarise([scored(says(SCREENED, start=0))]).quotes_verbatim == 0
    assert summarise([scored(answer([sentence("完成5600人")], [citation()]))]).well_formed == 0
    assert summarise([scored(says(SERVED, SERVED))]).citation_precision == 0
    assert summarise([scored(says(SERVED, SERVED, period="2021"), year=2022)]).leaks == 1


def test_missing_evidence_lowers_recall_alone() -> None:
    two = [{"file": "songxi.txt", "text": SCREENED}, {"file": "songxi.txt", "text": SERVED}]
    summary = summarise([scored(says(SCREENED), evidence=two)])
    assert (summary.citation_precision, summary.citation_recall) == (1, 0.5)


def test_an_abstention_that_should_not_be_costs_precision_and_a_missing_one_recall() -> None:
    scores = [scored(silence()), scored(silence(), **DUE), scored(says(SCREENED), **DUE), scored(says(SCREENED), **DUE)]
    summary = summarise(scores)
    assert summary.abstention_precision == 0.5
    assert summary.abstention_recall == pytest.approx(1 / 3)


def test_a_wrong_abstention_also_loses_the_evidence() -> None:
    assert summarise([scored(silence())]).citation_recall == 0


def test_groups_are_by_kind_by_phrasing_and_in_all() -> None:
    groups = summarise_groups([scored(says(SCREENED), phrasing="a"), scored(says("不知道"), kind="plan", phrasing="b")])
    assert list(groups) == ["fact", "plan", "phrasing:a", "phrasing:b", "total"]
    assert (groups["fact"].right, groups["phrasing:b"].right, groups["total"].right) == (1, 0, 0.5)


def test_what_was_not_there_has_no_share_and_keeps_no_bound() -> None:
    summary = summarise([scored(silence(), **DUE)])
    assert summary.citation_precision is None
    assert beyond_bounds(summary.to_json(), {"citation_precision": 0.0}, {}) != ()


def test_bounds_are_kept_or_named() -> None:
    values = summarise([PERFECT, scored(says("不知道"))]).to_json()
    assert beyond_bounds(values, {"right": 0.5}, {"leaks": 0, "p95": 0.1}) == ()
    assert beyond_bounds(values, {"right": 0.51}, {}) == ("right 0.5，要求≥0.51",)
    assert beyond_bounds(values, {}, {"p95": 0.05}) == ("p95 0.1，要求≤0.05",)
    with pytest.raises(BoundError, match="是否想写 right"):
        beyond_bounds(values, {"rihgt": 0.5}, {})


@pytest.mark.parametrize("text", ["right", "right=hoch", "=", "right=0.8;leaks=0"])
def test_a_bound_is_a_name_and_a_number(text: str) -> None:
    assert parse_bounds("right=0.8, leaks=0") == {"right": 0.8, "leaks": 0}
    assert parse_bounds(None) == {}
    with pytest.raises(BoundError):
        parse_bounds(text)


def test_percentiles_are_values_that_were_measured() -> None:
    assert percentile(range(1, 101), 95) == 95
    assert percentile([0.3, 0.1, 0.2], 50) == 0.2
    assert percentile([], 50) == 0


def test_a_score_is_plain_json() -> None:
    assert json.loads(json.dumps(PERFECT.to_json()))["right"] is True
