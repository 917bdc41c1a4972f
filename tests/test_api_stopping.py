"""A client that hangs up stops the work; many at once are answered; too many are asked to come again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import httpx
import pytest

from assistant.api import replies
from assistant.events import Event, Progress
from assistant.service import Assistant
from ingest.settings import Settings
from tests.api_builders import QUESTION, client, listening, made, refused
from tests.assistant_builders import FILES, ingest


class Long:
    """An assistant that takes very long; it knows whether its work was stopped."""

    def __init__(self) -> None:
        self.begun, self.stopped = threading.Event(), threading.Event()

    def ask_stream(self, question: str, history: object, **_: object) -> Iterator[Event]:
        """Very many steps."""
        return self._steps()

    @property
    def drafting(self) -> Long:
        """It drafts, too."""
        return self

    def draft(self, order: object) -> Iterator[Event]:
        """The same."""
        return self._steps()

    def _steps(self) -> Iterator[Event]:
        try:
            for _ in range(2000):
                self.begun.set()
                yield Progress("还在找…")
                time.sleep(0.01)
        finally:
            self.stopped.set()


def over(long: Long) -> Callable[[], Assistant]:
    return lambda: cast(Assistant, long)


@pytest.mark.parametrize(
    ("path", "call"),
    [
        ("/api/ask", {"question": QUESTION, "stream": True}),
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": QUESTION}], "stream": True}),
    ],
)
def test_a_stream_that_is_left_stops_the_work(path: str, call: dict[str, object]) -> None:
    long = Long()
    with listening(made(over(long))) as url:
        with httpx.stream("POST", f"{url}{path}", json=call, timeout=10) as answered:
            assert next(answered.iter_bytes())
        assert long.stopped.wait(5)


@pytest.mark.parametrize("path", ["/api/ask", "/api/draft"])
def test_a_client_that_gives_up_waiting_stops_the_work(path: str) -> None:
    long = Long()
    call = {"question": QUESTION} if path == "/api/ask" else {"org": "青禾县卫生健康局", "year": 2024}
    with listening(made(over(long))) as url:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{url}{path}", json=call, timeout=0.5)
        assert long.begun.is_set() and long.stopped.wait(5)


def test_no_news_is_told_so_that_the_connection_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(Long):
        def _steps(self) -> Iterator[Event]:
            time.sleep(0.5)
            yield Progress("找到了")
            raise RuntimeError("no more")

    monkeypatch.setattr(replies, "KEEP_ALIVE", 0.1)
    told = client(over(Slow())).post("/api/ask", json={"question": QUESTION, "stream": True}).text
    assert told.startswith(": \n\n") and "event: progress" in told
    assert told.rstrip().splitlines()[-2] == "event: error" and "no more" not in told


def test_more_than_can_wait_are_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "MOST_WAITING", 0)
    answered = client(over(Long())).post("/api/ask", json={"question": QUESTION})
    refused(answered, 429, "too_many")
    assert answered.headers["retry-after"] == "5"


def test_thirty_at_once_are_all_answered(tmp_path: Path) -> None:
    ingest(tmp_path / "home", FILES, embed=False)

    def ask(_: int) -> str:
        return str(httpx.post(f"{url}/api/ask", json={"question": QUESTION}, timeout=60).json()["answer"])

    with Assistant.open(Settings(tmp_path / "home")) as assistant, listening(made(lambda: assistant)) as url:
        alone = ask(0)
        with ThreadPoolExecutor(30) as pool:
            assert list(pool.map(ask, range(30))) == [alone] * 30
