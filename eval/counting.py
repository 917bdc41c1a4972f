"""Counts the tokens that a model is given and gives, whatever it says of them itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import BaseMessage
from langchain_core.outputs import LLMResult

from assistant.models import Model
from ingest.structure.tokens import count_tokens


@dataclass(slots=True)
class Counter:
    """cl100k tokens over all calls since the last reset."""

    calls: int = 0
    read: int = 0
    written: int = 0

    @property
    def mean_read(self) -> float:
        """Tokens of a prompt."""
        return self.read / self.calls if self.calls else 0.0

    @property
    def mean_written(self) -> float:
        """Tokens of what was written."""
        return self.written / self.calls if self.calls else 0.0

    def reset(self) -> None:
        """Begin anew."""
        self.calls = self.read = self.written = 0


def counted(model: Model, counter: Counter) -> Model:
    """The same model, its calls counted."""
    handlers = [_Handler(counter)]
    return replace(model, chat=model.chat.model_copy(update={"callbacks": handlers}))


class _Handler(BaseCallbackHandler):
    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def on_chat_model_start(
        self, serialized: dict[str, Any], messages: list[list[BaseMessage]], *, run_id: UUID, **kwargs: Any
    ) -> None:
        self._counter.calls += 1
        self._counter.read += sum(count_tokens(str(one.content)) for turn in messages for one in turn)

    def on_llm_end(self, response: LLMResult, *, run_id: UUID, **kwargs: Any) -> None:
        self._counter.written += sum(count_tokens(one.text) for turn in response.generations for one in turn)
