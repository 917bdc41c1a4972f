"""The composer with a language model: it phrases evidence that code has chosen, under checks that it cannot skip.

The model sees only numbered sentences that already answer; of what it writes, a sentence counts only with valid
numbers, and verification drops any figure that its quotes do not hold. When nothing stands, the quotes themselves do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.abstain import NOT_FOUND
from assistant.compose.draft import Draft, DraftSentence, Support
from assistant.compose.wording import in_words
from assistant.evidence.candidates import Candidate
from assistant.evidence.gather import Evidence
from ingest.errors import BadSettings, ModelUnreachable, NotYet
from ingest.settings import Settings
from ingest.structure.tokens import count_tokens
from prompts import load

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

NAME = "llm"

EVIDENCE_TOKENS = 1500
"""Token budget of the evidence (cl100k): on an office PC the prompt is what a local model spends its time on."""

_TIMEOUT = 120.0
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?(?:\s*[〔\[【]\d+[〕\]】])*")
_KEY = re.compile(r"[〔\[【](\d+)[〕\]】]")


def chat_model(settings: Settings) -> BaseChatModel:
    """The configured OpenAI-compatible endpoint. Raises BadSettings without one, NotYet for a local model file."""
    if settings.llm_gguf is not None and not settings.llm_base_url:
        raise NotYet(
            "还不能直接使用本地模型文件", "请改为设置 REPORT_ASSISTANT_LLM_BASE_URL，或用 --composer extractive"
        )
    if not settings.llm_base_url or not settings.llm_model:
        remedy = "请设置 REPORT_ASSISTANT_LLM_BASE_URL 和 REPORT_ASSISTANT_LLM_MODEL，或改用 --composer extractive"
        raise BadSettings("还没有配置语言模型", remedy)
    from langchain.chat_models import init_chat_model

    return init_chat_model(
        settings.llm_model,
        model_provider="openai",
        base_url=settings.llm_base_url,
        api_key=settings.llm_api_key or "none",
        temperature=0,
        timeout=_TIMEOUT,
        max_retries=1,
    )


def compose(evidence: Evidence, model: BaseChatModel) -> Draft:
    """What the model says of the evidence; no sentences when there is no evidence or the model finds no answer in it.

    Raises ModelUnreachable.
    """
    chosen = pack(evidence)
    if not chosen:
        return Draft()
    listed = "\n".join(f"〔{n}〕{_about(item)}{item.text.strip()}" for n, item in enumerate(chosen, 1))
    prompt = load("answer").render(question=evidence.question.standalone, evidence=listed, not_found=NOT_FOUND)
    return Draft(tuple(read(_invoke(model, prompt), chosen)))


def pack(evidence: Evidence) -> list[Candidate]:
    """The answering sentences that fit the token budget, the best of each slot first."""
    ranked = [slot.answering for slot in evidence.slots if slot.answering]
    chosen: list[Candidate] = []
    spent = 0
    for place in range(max(map(len, ranked), default=0)):
        for answering in ranked:
            if place < len(answering):
                cost = count_tokens(answering[place].text)
                if spent + cost > EVIDENCE_TOKENS:
                    return chosen
                spent += cost
                chosen.append(answering[place])
    return chosen


def read(said: str, chosen: list[Candidate]) -> list[DraftSentence]:
    """The sentences of a model's answer that name at least one of the `chosen` by number; the others are dropped."""
    sentences = []
    for found in _SENTENCE.finditer(said):
        keys = [int(key) for key in _KEY.findall(found[0])]
        text = _KEY.sub("", found[0]).strip()
        supports = tuple(_support(chosen[key - 1]) for key in dict.fromkeys(keys) if 1 <= key <= len(chosen))
        if text and supports and NOT_FOUND not in text:
            sentences.append(DraftSentence(text, supports))
    return sentences


def _support(item: Candidate) -> Support:
    return Support(item.passage, item.start, item.end)


def _about(item: Candidate) -> str:
    body = item.report.org or item.report.title
    return f"（{body}，{in_words(item.passage.period)}，{'计划' if item.passage.part == 'plan' else '总结'}）"


def _invoke(model: BaseChatModel, prompt: str) -> str:
    from openai import OpenAIError

    try:
        return str(model.invoke(prompt).text)
    except OpenAIError as error:
        raise ModelUnreachable(
            f"语言模型没有回应（{type(error).__name__}）", "请检查地址、模型名和密钥，或改用 --composer extractive"
        ) from error
