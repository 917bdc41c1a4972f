"""A follow-up that the rules could make nothing of, put together by a model from what the user has said."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.events import Finished, Progress
from assistant.generation.condense import borne_out, condense
from assistant.service import Assistant
from eval.guests import Guest, as_model
from tests.assistant_builders import FILES, ingest

TURNS = ["2022年青禾县卫健局免费产前筛查任务数多少"]


def rewritten(said: str, question: str = "它落实到位没有") -> str | None:
    return condense(question, TURNS, as_model("fake", Guest(lambda asked: said)))


def test_a_rewriting_of_the_users_own_words_is_used() -> None:
    whole = "2022年青禾县卫健局免费产前筛查落实到位没有？"
    assert rewritten(f"改写：{whole}\n这是改写后的问题。") == whole


@pytest.mark.parametrize(
    "said",
    [
        "2021年青禾县卫健局免费产前筛查落实到位没有",
        "请介绍邻近平沙市高血压患者健康管理的总体情况",
        "",
        "I cannot rewrite.",
    ],
)
def test_a_year_or_words_of_the_models_own_are_not(said: str) -> None:
    assert rewritten(said) is None


def test_a_rewriting_may_put_little_words_between() -> None:
    assert borne_out("青禾县产前筛查任务数是多少呢", ["青禾县产前筛查", "任务数呢"])


def test_the_model_is_asked_only_where_the_rules_would_repeat_the_question(tmp_path: Path) -> None:
    asked: list[str] = []

    def says(prompt: str) -> str:
        asked.append(prompt)
        return "档案中未找到"

    settings = ingest(tmp_path / "home", FILES, embed=False)
    with Assistant.open(settings, as_model("fake", Guest(says))) as assistant:
        plain = list(assistant.ask_stream("前一年呢？", TURNS))
        assert not any("改写" in prompt for prompt in asked) and isinstance(plain[-1], Finished)
        lost = list(assistant.ask_stream("第二项是什么", TURNS))
        assert any("改写" in prompt for prompt in asked)
        assert any(isinstance(event, Progress) and "追问" in event.text for event in lost)
