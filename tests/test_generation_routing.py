"""Which answers a language model may phrase; where it may not, the reader is told why."""

from __future__ import annotations

import pytest

from assistant.answer import Warning, WarningKind
from assistant.compose.draft import Draft
from assistant.generation.routing import reason_to_quote
from tests.assistant_builders import question
from tests.builders import passage
from tests.generation_builders import SCREENED, quoting

FACT = "2022年青禾县产前筛查完成多少人"
BEFORE = passage(7, 1, "全年免费产前筛查完成3620人。", period="2021")


def reason(text: str, quoted: Draft | None = None, *, tabled: bool = False, small: bool = False) -> str:
    return reason_to_quote(question(text), quoted or quoting(SCREENED), tabled=tabled, small=small) or ""


@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize("text", [FACT, "2022年青禾县产前筛查任务数多少，完成了吗"])
def test_a_fact_is_left_to_any_model(text: str, small: bool) -> None:
    assert reason(text, small=small) == ""


def test_the_ledgers_answer_is_kept() -> None:
    assert "台账" in reason(FACT, tabled=True)


@pytest.mark.parametrize("kind", ["masked_figure", "doubtful_figure"])
def test_damage_is_quoted_as_it_stands(kind: WarningKind) -> None:
    assert "隐去或存疑" in reason(FACT, Draft(quoting(SCREENED).sentences, (Warning(kind, "原文已隐去。"),)))


def test_other_warnings_do_not_matter() -> None:
    assert reason(FACT, Draft(quoting(SCREENED).sentences, (Warning("truncated_report", "不完整。"),))) == ""


@pytest.mark.parametrize("text", ["青禾县和临泽市2022年建档率哪个高", "青禾县近两年建档率变化"])
def test_several_bodies_or_years_are_set_side_by_side(text: str) -> None:
    assert "并列" in reason(text)


def test_evidence_of_several_reports_is_not_mixed_where_no_body_is_named() -> None:
    assert "并列" in reason("产前筛查完成多少人", quoting(SCREENED, BEFORE))


def test_long_answers_are_left_to_larger_models() -> None:
    asked = "2022年青禾县有哪些问题"
    assert "要点较多" in reason(asked, small=True)
    assert reason(asked, small=False) == ""
