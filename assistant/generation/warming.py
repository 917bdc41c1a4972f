"""Reads the fixed part of the prompt ahead of the first question: on a CPU that is most of the wait."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from assistant.generation.prompting import rules
from assistant.models import Model
from ingest.errors import ModelUnreachable

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

logger = logging.getLogger(__name__)


def warm_up(model: Model) -> None:
    """Let a local model read the rules; an endpoint is not asked, for that may cost its owner money."""
    if model.info.kind != "file":
        return
    from assistant.models.stream import stream_text

    try:
        for _ in stream_text(model.chat, _rules_only(), seconds=model.seconds, most=1):
            break
    except ModelUnreachable as error:
        logger.warning("%s", error)


def _rules_only() -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    return [SystemMessage(rules()), HumanMessage("原文：")]
