"""Evidence, quoted answers and language models made up for the tests of writing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from assistant.compose.draft import Draft, DraftSentence, Support
from assistant.generation.packing import Numbered
from assistant.models import Model, ModelInfo
from ingest.archive.records import PassageRecord
from tests.builders import passage
from tests.verify_builders import whole

SCREENED = passage(1, 2, "全年免费产前筛查任务数4480人，实际完成4380人，完成率97.8%。")
SIGNED = passage(2, 2, "全县签约居民12.3万人，签约率为41.5%。")

Piece = str | Exception | Callable[[], object]
"""What a scripted model does next: says it, raises it, or calls it."""


class Scripted(BaseChatModel):
    """A chat model that plays one script for each call, the last one again and again; `asked` keeps the prompts."""

    _scripts: list[Sequence[Piece]] = PrivateAttr()
    _asked: list[list[BaseMessage]] = PrivateAttr(default_factory=list)
    _closed: threading.Event = PrivateAttr(default_factory=threading.Event)

    def __init__(self, *scripts: str | Sequence[Piece]) -> None:
        super().__init__()
        self._scripts = [[one] if isinstance(one, str) else one for one in scripts]

    @property
    def _llm_type(self) -> str:
        return "scripted"

    @property
    def asked(self) -> list[list[BaseMessage]]:
        """The messages of every call so far."""
        return self._asked

    @property
    def closed(self) -> threading.Event:
        """Set when an answer has ended, or was left before its end."""
        return self._closed

    def _generate(self, messages: list[BaseMessage], stop: list[str] | None = None, *_: Any, **__: Any) -> ChatResult:
        said = "".join(str(chunk.message.content) for chunk in self._stream(messages))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(said))])

    def _stream(
        self, messages: list[BaseMessage], stop: list[str] | None = None, *_: Any, **__: Any
    ) -> Iterator[ChatGenerationChunk]:
        self._asked.append(messages)
        script = self._scripts[min(len(self._asked), len(self._scripts)) - 1]
        try:
            for piece in script:
                if isinstance(piece, Exception):
                    raise piece
                said = piece if isinstance(piece, str) else str(piece() or "")
                yield ChatGenerationChunk(message=AIMessageChunk(content=said))
        finally:
            self._closed.set()


def pause(seconds: float) -> Callable[[], None]:
    """A model that takes its time."""
    return lambda: time.sleep(seconds)


def model(*scripts: str | Sequence[Piece], seconds: float = 10.0, kind: str = "endpoint") -> Model:
    """A model that plays these scripts."""
    info = ModelInfo("试用模型", "测试用", "file" if kind == "file" else "endpoint", local=True)
    return Model(info, Scripted(*scripts), 1500, seconds)


def given(*records: PassageRecord) -> tuple[Numbered, ...]:
    """Whole passages as numbered evidence."""
    return tuple(Numbered(whole(record), f"（青禾县卫生健康局2022年总结）{record.text.text}") for record in records)


def quoting(*records: PassageRecord) -> Draft:
    """The answer that quotes whole passages."""
    return Draft(tuple(quote(record) for record in records))


def quote(record: PassageRecord, start: int = 0, end: int | None = None) -> DraftSentence:
    """One quoted sentence."""
    span = Support(record, start, len(record.text) if end is None else end)
    text = record.text.text[span.start : span.end]
    return DraftSentence(text, (span,), quoted=text)


def own(text: str, *records: PassageRecord) -> DraftSentence:
    """A sentence in words of its own over whole passages."""
    return DraftSentence(text, tuple(map(whole, records)), own=True)


def texts(sentences: Sequence[DraftSentence]) -> list[str]:
    """The sentences' texts."""
    return [one.text for one in sentences]
