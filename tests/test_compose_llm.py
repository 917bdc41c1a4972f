"""The composer with a language model: it writes, the house checks. The model here says whatever a test makes it say."""

from __future__ import annotations

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from assistant.abstain import NOT_FOUND
from assistant.compose import llm
from assistant.evidence.candidates import Candidate
from assistant.evidence.gather import Evidence, Slot
from assistant.question.bodies import BodyIndex
from assistant.question.understand import understand
from ingest.errors import BadSettings, ModelUnreachable, NotYet
from ingest.settings import load_settings
from prompts import load
from tests.builders import passage, report

REPORT = report(1, "青禾县卫生健康局", "青禾县", "县", 2022)
TEXTS = ("两癌筛查任务数5500人，完成5600人。", "产前筛查完成1626人。")


def evidence(*texts: str) -> Evidence:
    question = understand("2022年青禾县两癌筛查完成多少", [], BodyIndex([REPORT]), [REPORT])
    found = tuple(Candidate(passage(n, 1, text), REPORT, 0, len(text), text) for n, text in enumerate(texts, 1))
    return Evidence(question, (), (Slot(None, (2022,), None, found, ()),))


def drafted(said: str, *texts: str) -> list[tuple[str, int]]:
    draft = llm.compose(evidence(*(texts or TEXTS)), FakeListChatModel(responses=[said]))
    return [(sentence.text, len(sentence.supports)) for sentence in draft.sentences]


def test_a_sentence_with_a_valid_number_is_kept_without_its_mark() -> None:
    assert drafted("两癌筛查完成5600人。〔1〕") == [("两癌筛查完成5600人。", 1)]


@pytest.mark.parametrize("mark", ["〔1〕〔2〕", "[1][2]", "【1】【2】"])
def test_several_marks_of_any_bracket_are_read(mark: str) -> None:
    assert drafted(f"两项都超额完成。{mark}") == [("两项都超额完成。", 2)]


def test_a_sentence_without_a_number_is_dropped() -> None:
    assert drafted("两癌筛查工作成绩显著。产前筛查完成1626人。〔2〕") == [("产前筛查完成1626人。", 1)]


def test_a_number_that_was_not_given_is_no_citation() -> None:
    assert drafted("两癌筛查完成5600人。〔7〕") == []


def test_the_abstention_phrase_is_no_answer() -> None:
    assert drafted(f"{NOT_FOUND}。〔1〕") == []


def test_without_evidence_the_model_is_not_asked() -> None:
    silent = FakeListChatModel(responses=[])
    assert llm.compose(Evidence(evidence().question, (), ()), silent).sentences == ()


def test_the_evidence_keeps_to_its_token_budget() -> None:
    long = "全县扎实推进基本公共卫生服务项目，逐村逐户开展随访和健康指导，群众满意度稳步提高。" * 8
    packed = llm.pack(evidence(*[f"{n}{long}" for n in range(30)]))
    assert 0 < len(packed) < 30


def test_the_prompt_renders_with_every_slot_and_the_shared_phrase() -> None:
    prompt = load("answer")
    text = prompt.render(question="问", evidence="〔1〕甲", not_found=NOT_FOUND)
    assert prompt.version >= 1
    assert NOT_FOUND in text and "〔1〕甲" in text and "{{" not in text


def test_a_value_that_looks_like_a_slot_stays_as_it_is() -> None:
    text = load("answer").render(question="{{evidence}}", evidence="甲", not_found=NOT_FOUND)
    assert "{{evidence}}" in text


def test_a_prompt_with_a_slot_left_open_is_refused() -> None:
    with pytest.raises(ValueError, match="slots"):
        load("answer").render(question="问")


def test_no_model_configured_is_one_line_with_a_remedy(tmp_path: object) -> None:
    with pytest.raises(BadSettings, match="LLM_BASE_URL"):
        llm.chat_model(load_settings(environ={"REPORT_ASSISTANT_HOME": str(tmp_path)}))


def test_a_local_model_file_is_said_to_be_not_ready_rather_than_ignored(tmp_path: object) -> None:
    env = {"REPORT_ASSISTANT_HOME": str(tmp_path), "REPORT_ASSISTANT_LLM_GGUF": "model.gguf"}
    with pytest.raises(NotYet, match="本地模型"):
        llm.chat_model(load_settings(environ=env))


def test_an_endpoint_that_does_not_answer_is_one_line_with_a_remedy(tmp_path: object) -> None:
    env = {
        "REPORT_ASSISTANT_HOME": str(tmp_path),
        "REPORT_ASSISTANT_LLM_BASE_URL": "http://127.0.0.1:9/v1",
        "REPORT_ASSISTANT_LLM_MODEL": "any",
    }
    with pytest.raises(ModelUnreachable, match="extractive"):
        llm.compose(evidence(*TEXTS), llm.chat_model(load_settings(environ=env)))
