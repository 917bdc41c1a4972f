"""Questions for targets that were missed, or for the reason: where no table tells it, a report's problems do."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.question.standing import read_standing
from assistant.question.topic import read_topic

if TYPE_CHECKING:
    from assistant.question.types import Question

WORD = "未达"
"""The word that stands for it in a topic; its other wordings are in data/synonyms.toml."""

_WHICH = r"(?:哪些|什么|哪几|为啥|为什么|为何|原因|咋)"
_NOT = r"(?:没有?|未)(?:能)?(?:完成|达到|达成|实现|如期)"
_UNMET = re.compile(
    rf"{_WHICH}[^，。？?]{{0,14}}{_NOT}|(?:指标|目标|任务|预期)[^，。？?]{{0,8}}{_NOT}[^？?]{{0,12}}{_WHICH}"
)


def asks_unmet(text: str) -> bool:
    """Whether `text` asks in words for what was missed; a list of indicators by their standing is none of these."""
    return _UNMET.search(text) is not None and read_standing(text) is None


def told_in_words(question: Question) -> Question:
    """A question for the indicators that were missed, put to the sentences that tell a report's problems."""
    return replace(
        question,
        intent="fact",
        role=None,
        parts=frozenset({"problem"}),
        topic=read_topic(WORD),
        unit=None,
        wants_number=False,
        standing=None,
        facets=(),
    )
