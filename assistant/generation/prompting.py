"""The messages to a language model. What never changes comes first, so that a local model reads it only once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.abstain import NOT_FOUND
from assistant.compose.draft import DraftSentence
from assistant.generation.packing import Numbered
from assistant.question.types import Question
from assistant.verify.readings import readings
from prompts import load

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_SHORT_YEAR = re.compile(r"(?<![\d.])([0-4]\d)年(?!级|[以之]?[内上下来后前间]|\d*[个多])")
_RELATIVE = re.compile(r"今年|本年度?|去年|上一?年度?|前年|明年|来年|下一?年度?")
_ROLES = {"target": "任务数（目标）", "result": "完成数（结果）", "completion": "完成率"}


def rules() -> str:
    """The fixed part of the prompt."""
    return load("answer_rules").render(not_found=NOT_FOUND)


def asking(question: Question, given: Sequence[Numbered]) -> list[BaseMessage]:
    """The messages that ask a question of the numbered evidence."""
    from langchain_core.messages import HumanMessage, SystemMessage

    listed = "\n".join(f"〔{n}〕{one.text}" for n, one in enumerate(given, 1))
    return [SystemMessage(rules()), HumanMessage(load("answer").render(question=_plain(question), evidence=listed))]


def mending(
    asked: Sequence[BaseMessage], said: str, faults: Sequence[str], left: Sequence[DraftSentence]
) -> list[BaseMessage]:
    """The same again with what the model said, what was wrong with it, and how code reads the figures left out."""
    from langchain_core.messages import AIMessage, HumanMessage

    listed = "；".join(dict.fromkeys(faults))
    figures = "；".join(filter(None, map(_figures, left))) or "见原文"
    return [*asked, AIMessage(said), HumanMessage(load("answer_again").render(faults=listed, figures=figures))]


def with_whole_years(text: str) -> str:
    """22年 as 2022年: shorthand of a question that has no place in an answer."""
    return _SHORT_YEAR.sub(r"20\1年", text)


def _plain(question: Question) -> str:
    """The question with its years written out, whichever way they were said."""
    text = with_whole_years(question.standalone)
    if question.years and len(question.years) == 1 and f"{question.years[0]}年" not in text:
        told = _RELATIVE.sub(f"{question.years[0]}年", text, count=1)
        return told if told != text else f"{question.years[0]}年{text}"
    return text


def _figures(sentence: DraftSentence) -> str:
    """任务数：4460人，完成数：2536人, as read at ingest."""
    found = readings(sentence.quoted or sentence.text, sentence.supports[0].passage.part)
    return "，".join(f"{_ROLES[one.role]}：{one.text}" for one in found if one.role in _ROLES)
