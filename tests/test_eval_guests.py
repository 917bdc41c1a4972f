"""The language models of known character: each does what its name says, and the house shows nothing false of any."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage

from assistant.service import Assistant
from eval.gold import Gold
from eval.guests import WRONG, Adversarial, Guest, Truthful, as_model, chosen_models
from ingest.errors import BadSettings
from ingest.settings import Settings
from tests.assistant_builders import FILES, ingest, said

ASKED = "原文：\n〔1〕（青禾县2022年总结）任务数4200人，实际完成4350人，完成率103.6%。\n问题：完成多少？\n回答："
QUESTIONS = (
    "2022年青禾县产前筛查任务数多少，完成了吗",
    "2022年青禾县高血压患者规范管理率是多少",
    "2023年青禾县计划完成两癌筛查多少人",
    "2022年青禾县立案查处违法案件多少起",
)
TRUE_NUMBERS = frozenset(re.findall(r"\d+(?:\.\d+)?", " ".join(FILES.values())))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingest(tmp_path_factory.mktemp("guests") / "home", FILES, embed=False).home


@pytest.fixture(params=sorted(WRONG))
def misled(request: pytest.FixtureRequest, home: Path) -> Iterator[Assistant]:
    model = replace(as_model(request.param, Guest(WRONG[request.param])), seconds=5.0)
    with Assistant.open(Settings(home), model) as opened:
        yield opened


class TestCharacters:
    @pytest.mark.parametrize("name", sorted(set(WRONG) - {"nothing"}))
    def test_everyone_has_something_to_say(self, name: str) -> None:
        assert WRONG[name](ASKED)

    def test_wrong_numbers_are_wrong(self) -> None:
        assert not {"4200人", "4350人"} & set(re.findall(r"[\d.]+人", WRONG["wrong_numbers"](ASKED)))

    def test_exchanged_numbers_are_the_same_in_another_order(self) -> None:
        assert "任务数103.6人" in WRONG["exchanged_numbers"](ASKED)

    def test_a_guest_says_the_same_at_once_and_in_pieces(self) -> None:
        guest = Guest(lambda asked: f"你说{asked}。" * 9)
        whole = str(guest.invoke([HumanMessage("甲")]).content)
        assert whole == "".join(str(piece.content) for piece in guest.stream([HumanMessage("甲")]))

    def test_the_adversary_takes_every_character_in_turn(self) -> None:
        adversary = Adversarial()
        assert [adversary(ASKED) for _ in WRONG] == [says(ASKED) for says in WRONG.values()]

    def test_the_truthful_one_says_the_gold_answer_cited_every_other_time(self) -> None:
        truthful = Truthful()
        assert truthful(ASKED) == ""
        truthful.gold = Gold("q", "fact", "完成多少？", answer="任务4200人；实际：4350人。")
        assert truthful(ASKED) == "任务4200人。〔1〕实际为4350人。"
        assert truthful(ASKED) == "任务4200人。〔1〕实际为4350人。"


class TestBeforeTheHouse:
    def test_nothing_false_of_any_is_shown(self, misled: Assistant) -> None:
        for asked in QUESTIONS:
            answer = misled.ask(asked, composer="llm")
            assert not answer.abstained
            assert set(re.findall(r"\d+(?:\.\d+)?", said(answer))) <= TRUE_NUMBERS
            assert not re.search(
                r"第一|突破|平沙|1999|未完成|家医院|万元|年均|上年同期|年鉴|王建华|<|http|\u200b|多少", said(answer)
            )
            for sentence in answer.sentences:
                assert sentence.citations
            for one in answer.checks:
                assert "9999" not in one.reason

    def test_no_figure_changes_places(self, misled: Assistant) -> None:
        text = said(misled.ask(QUESTIONS[0], composer="llm"))
        assert not re.search(r"任务数?为?(?:4350|103)|完成(?:了|数为)?4200人|完成4350(?!人)", text)


def test_models_are_chosen_by_name(tmp_path: Path) -> None:
    assert list(chosen_models(["truthful", "adversarial"], Settings(tmp_path))) == ["truthful", "adversarial"]
    with pytest.raises(BadSettings):
        chosen_models(["configured"], Settings(tmp_path))
