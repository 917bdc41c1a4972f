"""Which language model answers, and where it runs, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A configured model.

    name: as its service calls it; of a file, its name without the ending; empty while only the service knows it.
    where: for a reader, in Chinese: 本机文件 qwen.gguf, 本机服务 127.0.0.1:8000, 内网服务 10.0.0.5:8000,
        外部服务 api.example.com.
    local: whether everything stays on this machine.
    """

    name: str
    where: str
    kind: Literal["endpoint", "file"]
    local: bool


@dataclass(frozen=True, slots=True)
class Model:
    """A model that is ready to answer.

    evidence_tokens: how much evidence one prompt may hold, in cl100k tokens; reading is what a CPU spends its time on.
    seconds: the time limit of one answer, from the question to its last word.
    """

    info: ModelInfo
    chat: BaseChatModel
    evidence_tokens: int
    seconds: float
