"""The chain itself: its steps in their order, and the evidence that a model is given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import chain
from assistant.abstain import NOT_FOUND
from assistant.chain import Composed, Step
from assistant.events import Progress, Shown
from assistant.generation.prompting import rules
from assistant.models import Model
from assistant.question.bodies import BodyIndex
from assistant.question.understand import understand
from assistant.retrieval import Retriever
from ingest.archive import Archive
from tests.assistant_builders import FILES, ingest
from tests.generation_builders import Scripted, model

QUESTION = "22年青禾县产前筛查任务数多少，完成了吗"
GOOD = "2022年青禾县免费产前筛查任务数4200人，实际完成4350人，完成率103.6%，超额完成任务。〔1〕"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    settings = ingest(tmp_path_factory.mktemp("chain") / "home", FILES, embed=False)
    with Archive.create_or_open(settings.home) as opened:
        yield opened


def steps(archive: Archive, writer: Model | None, text: str = QUESTION) -> list[Step]:
    reports = {report.id: report for report in archive.reports()}
    asked = understand(text, [], BodyIndex(reports.values()), reports.values())
    return list(chain.build(Retriever(archive, None), reports, writer).stream(asked))


def test_sentences_come_before_the_whole(archive: Archive) -> None:
    progress, shown, composed = steps(archive, model(GOOD))
    assert isinstance(progress, Progress) and isinstance(shown, Shown) and isinstance(composed, Composed)
    assert composed.verified.sentences == (shown.sentence,) and composed.composer == "llm"


def test_without_a_model_the_quotes_come_one_by_one(archive: Archive) -> None:
    *shown, composed = steps(archive, None)
    assert shown and all(isinstance(step, Shown) for step in shown)
    assert isinstance(composed, Composed) and (composed.composer, composed.model, composed.note) == (
        "extractive",
        None,
        "",
    )


def test_the_fixed_part_of_the_prompt_comes_first_and_is_always_the_same(archive: Archive) -> None:
    prompts = []
    for text in (QUESTION, "2021年青禾县两癌筛查完成多少人"):
        writer = model(f"{NOT_FOUND}。")
        steps(archive, writer, text)
        assert isinstance(writer.chat, Scripted)
        prompts.append([str(one.content) for one in writer.chat.asked[0]])
    assert prompts[0][0] == prompts[1][0] == rules() and prompts[0][1] != prompts[1][1]


def test_the_model_reads_numbered_evidence_and_the_whole_year(archive: Archive) -> None:
    writer = model(GOOD)
    steps(archive, writer)
    assert isinstance(writer.chat, Scripted)
    asked = str(writer.chat.asked[0][1].content)
    assert "〔1〕（青禾县卫生健康局2022年总结·妇幼健康）" in asked and "4350人" in asked
    assert "问题：2022年青禾县产前筛查" in asked and "9100" not in asked and "68000" not in asked


def test_a_model_that_is_not_asked_is_explained(archive: Archive) -> None:
    writer = model(GOOD)
    composed = steps(archive, writer, "青禾县和临泽市2022年建档率哪个高")[-1]
    assert isinstance(composed, Composed) and composed.note.endswith("未用语言模型。")
    assert isinstance(writer.chat, Scripted) and writer.chat.asked == []


def test_without_evidence_nothing_is_shown_and_no_model_asked(archive: Archive) -> None:
    writer = model(GOOD)
    (composed,) = steps(archive, writer, "2019年青禾县产前筛查完成多少人")
    assert isinstance(composed, Composed) and composed.verified.sentences == ()
    assert isinstance(writer.chat, Scripted) and writer.chat.asked == []
