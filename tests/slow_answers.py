"""Makes the page's assistant answer sentence by sentence, and without end where it is asked 慢慢说."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.events import Event, Finished, Progress, Shown
from assistant.service import Assistant

PAUSE = 0.4
"""Seconds between two events."""

ENDLESS = "慢慢说"
CLOSED = "生成已停止"

_at_once = Assistant.ask_stream


def _slowly(self: Assistant, question: str, history: Sequence[str] = (), **filters: Any) -> Iterator[Event]:
    (finished,) = [
        event
        for event in _at_once(self, question.replace(ENDLESS, ""), history, **filters)
        if isinstance(event, Finished)
    ]
    answer = finished.answer
    try:
        yield Progress("正在检索档案")
        time.sleep(PAUSE)
        brought: set[int] = set()
        for sentence in answer.sentences:
            new = [item for item in answer.citations if item.n in sentence.citations and item.n not in brought]
            brought |= {item.n for item in new}
            yield Shown(sentence, tuple(new))
            time.sleep(PAUSE)
        for _ in range(300 if ENDLESS in question else 1):
            yield Progress("正在撰写")
            time.sleep(0.1)
        yield finished
    except GeneratorExit:
        print(CLOSED, flush=True)
        raise


def install() -> None:
    """From now on every assistant of this process answers slowly."""
    Assistant.ask_stream = _slowly
