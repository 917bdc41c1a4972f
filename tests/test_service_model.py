"""From files to verified answers with the real embedding model: two bodies, two years."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.service import Assistant
from ingest.runner import ingest_paths
from ingest.settings import Settings
from tests.assistant_builders import CITY_2022, FILES, said, source_texts

pytestmark = pytest.mark.model

CITY_2021 = (
    CITY_2022.replace("2022年", "2021年")
    .replace("2023年", "2022年")
    .replace("68000", "61000")
    .replace("93.7", "90.2")
    .replace("70000", "66000")
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    (folder / "reports").mkdir()
    for name, text in {**FILES, "临泽2021.txt": CITY_2021}.items():
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    summary = ingest_paths(Settings(folder / "home"), [folder / "reports"])
    assert not summary.failed and summary.embedded
    return folder / "home"


@pytest.fixture(scope="module")
def assistant(home: Path) -> Iterator[Assistant]:
    with Assistant.open(Settings(home)) as opened:
        opened.warm_up()
        yield opened


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("2021年青禾县两癌筛查完成多少人", ["9100人"]),
        ("2022年青禾县两癌筛查完成多少人", ["10400人"]),
        ("2021年临泽市两癌筛查完成多少人", ["61000人"]),
        ("2022年临泽市两癌筛查完成多少人", ["68000人"]),
        ("2022年临泽市两癌筛查任务数多少，完成了吗", ["66000人", "68000人"]),
        ("青禾县和临泽市2022年建档率哪个高", ["91.4%", "93.7%"]),
        ("临泽市近两年建档率变化", ["90.2%", "93.7%"]),
        ("22年青禾高血压规范管理率多少", ["76.2%"]),
        ("青禾县明年医共体打算怎么搞", ["总医院", "药品采购", "双向转诊"]),
        ("青禾县2022年有哪些问题", ["人才短缺", "尚未互通"]),
    ],
)
def test_answers_hold_the_figures_of_the_body_and_year_asked(
    assistant: Assistant, home: Path, question: str, figures: list[str]
) -> None:
    answer = assistant.ask(question)
    assert all(figure in said(answer) for figure in figures), answer.answer
    sources = source_texts(home)
    assert answer.citations
    for citation in answer.citations:
        assert citation.quote == sources[citation.source_file][citation.start : citation.end]


@pytest.mark.parametrize(
    "question",
    [
        "2019年青禾县两癌筛查完成多少人",
        "2022年红枫县两癌筛查完成多少人",
        "2022年青禾县高血压患者规范管理多少人",
        "2022年青禾县高血压控制率是多少",
        "2022年青禾县平均住院日多少天",
        "2022年青禾县新建地铁多少公里",
    ],
)
def test_what_is_not_there_is_not_made_up_of_what_is_near(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained and answer.citations == (), answer.answer


def test_a_search_that_shares_no_word_finds_the_passage(assistant: Assistant) -> None:
    found = [citation.quote for citation, _ in assistant.search("针灸推拿场所", k=2)]
    assert found and all("中医馆" in quote for quote in found)


def test_a_follow_up_takes_over_what_it_leaves_out(assistant: Assistant) -> None:
    assert "9100人" in said(assistant.ask("前一年呢？", ["2022年青禾县两癌筛查完成多少人"]))
    assert "68000人" in said(assistant.ask("换成市里呢？", ["2022年青禾县两癌筛查完成多少人"]))


def test_every_example_can_be_answered(assistant: Assistant) -> None:
    assert not any(assistant.ask(example).abstained for example in assistant.examples())
