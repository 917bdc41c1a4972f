"""A user of the page without a browser: one session, questions sent the way the page sends them."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from eval.bench.children import BenchError

_PATIENCE = 120.0
"""Seconds after which an answer that has not come never will."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one question took: seconds until the first checked sentence and until the end, and whether it came well."""

    first: float
    whole: float
    well: bool


@dataclass(frozen=True, slots=True)
class Event:
    """The event that asks: its number, what it is given (None: kept by the server), the question's place in that."""

    number: int
    inputs: tuple[object, ...]
    question: int


def asking_event(config: Mapping[str, Any]) -> Event:
    """The event that Enter in the question field starts. Raises BenchError where the page has none."""
    components = {one["id"]: one for one in config["components"]}
    for event in config["dependencies"]:
        names = [components[one]["props"].get("elem_id") for one in event["inputs"]]
        if "question" in names and any(kind == "submit" for _, kind in event["targets"]):
            values = tuple(_value(components[one]) for one in event["inputs"])
            return Event(event["id"], values, names.index("question"))
    raise BenchError("网页里没有提问的地方", "请检查问答页的 elem_id")


def _value(component: Mapping[str, Any]) -> object:
    return None if component["type"] == "state" else component["props"].get("value")


class User:
    """One session of the page; its questions are asked one after another in one conversation."""

    def __init__(self, client: httpx.AsyncClient, event: Event) -> None:
        self._client = client
        self._event = event
        self._session = secrets.token_hex(6)

    async def ask(self, question: str) -> Asked:
        """Ask and wait for the whole answer."""
        inputs = list(self._event.inputs)
        inputs[self._event.question] = question
        started = time.perf_counter()
        sent = {"data": inputs, "fn_index": self._event.number, "session_hash": self._session}
        joined = await self._client.post("/gradio_api/queue/join", json=sent)
        joined.raise_for_status()
        first = 0.0
        async for message in self._messages():
            kind = message.get("msg")
            if kind == "process_generating" and not first and _says(message, 'class="sentence"'):
                first = time.perf_counter() - started
            if kind == "process_completed":
                whole = time.perf_counter() - started
                well = bool(message.get("success")) and not _says(message, "answer fault")
                return Asked(first or whole, whole, well)
        return Asked(0.0, time.perf_counter() - started, False)

    async def _messages(self) -> AsyncIterator[dict[str, Any]]:
        params = {"session_hash": self._session}
        async with self._client.stream("GET", "/gradio_api/queue/data", params=params, timeout=_PATIENCE) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data:"):
                    yield json.loads(line.removeprefix("data:"))


def _says(message: Mapping[str, Any], words: str) -> bool:
    return words in json.dumps(message.get("output", {}), ensure_ascii=False).replace('\\"', '"')


def questions_for(user: int, questions: Sequence[str], count: int) -> list[str]:
    """A user's own `count` questions: everybody begins elsewhere in the list."""
    return [questions[(user * 7 + place) % len(questions)] for place in range(count)]
