"""Reads the fixed part of a prompt ahead of its first use: on a CPU that is most of the wait.

llama.cpp keeps the prompts that were pushed out of its slot in memory, so the rules for answers and those for drafts
are both at hand, whichever was used last.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from assistant.generation.prompting import rules
from assistant.models import Model
from ingest.errors import ModelUnreachable
from prompts import load

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

logger = logging.getLogger(__name__)


def warm_up(model: Model) -> None:
    """Let a local model read the rules for answers; an endpoint is not asked, for that may cost its owner money."""
    _read(model, rules(), "原文：")


def warm_drafting(model: Model) -> None:
    """The same for the rules of drafting, which open the prompts of new and of rewritten sections alike."""
    _read(model, load("draft_rules").text, "单位：")


def _read(model: Model, fixed: str, begun: str) -> None:
    if model.info.kind != "file":
        return
    from assistant.models.stream import stream_text

    try:
        for _ in stream_text(model.chat, _only(fixed, begun), seconds=model.seconds, most=1):
            break
    except ModelUnreachable as error:
        logger.warning("%s", error)


def _only(fixed: str, begun: str) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    return [SystemMessage(fixed), HumanMessage(begun)]
