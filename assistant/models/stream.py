"""A model's answer as pieces of text, under a deadline that holds whatever the model does.

A client's own timeout counts from byte to byte, so a slow drip never meets it. Here the model works elsewhere and hands
its pieces over a queue, and the reader waits on the queue by the clock. Closing the iterator ends the model's work: an
HTTP model is cancelled in the middle of its request, so that a server on this machine stops computing; any other chat
model works in a thread of its own and is left after the piece it is at.
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing, closing
from functools import lru_cache
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, cast

from assistant.models.faults import late, unreachable
from assistant.models.thoughts import Thoughts

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

_log = logging.getLogger(__name__)

_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters and those that turn the direction of what follows; line feeds and tabs stay."""
_SURROGATE = re.compile("[\ud800-\udfff]")

_Item = str | BaseException | None
"""A piece, the fault that ended the answer, or None at its end."""


def stream_text(
    chat: BaseChatModel, messages: Sequence[BaseMessage], *, seconds: float, most: int = 2000
) -> Iterator[str]:
    """Pieces of the answer to `messages` as they come, none of them empty; at most `most` characters in all.

    seconds: from the first piece asked for to the last word. Lone surrogates become U+FFFD, control characters are
    dropped, and so is what a reasoning model thinks aloud before it answers. Raises ModelUnreachable when the model
    cannot be reached, refuses, breaks off or is late, after whatever pieces had come; what it raised itself is in the
    log.
    """
    deadline = time.monotonic() + seconds
    thoughts = Thoughts()
    items: SimpleQueue[_Item] = SimpleQueue()
    stop = _work(chat, list(messages), items)
    told = 0
    try:
        while told < most:
            try:
                item = items.get(timeout=max(0.0, deadline - time.monotonic()))
            except Empty:
                raise late(seconds, started=told > 0) from None
            if isinstance(item, BaseException):
                _log.warning("the language model failed", exc_info=item)
                raise unreachable(item) from item
            said = thoughts.end() if item is None else thoughts.leave_out(clean(item))
            if piece := said[: most - told]:
                told += len(piece)
                yield piece
            if item is None:
                return
    finally:
        stop()


def clean(text: str) -> str:
    """`text` without what no consumer should meet: it can be encoded, shown and compared."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _UNWANTED.sub("", text))


def _work(chat: BaseChatModel, messages: list[BaseMessage], items: SimpleQueue[_Item]) -> Callable[[], object]:
    """Let the model answer into `items`; the function given back ends that."""
    if chat._llm_type.startswith("openai"):
        return asyncio.run_coroutine_threadsafe(_answer_async(chat, messages, items), _loop()).cancel
    stopped = threading.Event()
    threading.Thread(target=_answer, args=(chat, messages, items, stopped), daemon=True).start()
    return stopped.set


def _answer(
    chat: BaseChatModel, messages: list[BaseMessage], items: SimpleQueue[_Item], stopped: threading.Event
) -> None:
    from langsmith import tracing_context

    try:
        with tracing_context(enabled=False), closing(cast("Any", chat.stream(messages))) as chunks:
            for chunk in chunks:
                items.put(str(chunk.text))
                if stopped.is_set():
                    return
        items.put(None)
    except Exception as error:
        items.put(error)


async def _answer_async(chat: BaseChatModel, messages: list[BaseMessage], items: SimpleQueue[_Item]) -> None:
    from langsmith import tracing_context

    try:
        # What a variable of another program says about tracing must not send our prompts there.
        with tracing_context(enabled=False):
            async with aclosing(cast("AsyncGenerator[Any, None]", chat.astream(messages))) as chunks:
                async for chunk in chunks:
                    items.put(str(chunk.text))
        items.put(None)
    except Exception as error:
        items.put(error)


def _loop() -> asyncio.AbstractEventLoop:
    """One loop for every answer of the process, since a client's open connections belong to theirs."""
    with _starting:
        return _started()


_starting = threading.Lock()


@lru_cache(maxsize=1)
def _started() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="language-model", daemon=True).start()
    return loop
