"""Many users of one page at once: how long they wait, alone and beside an ingest; memory after a long day."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

from eval.bench.children import BenchError, product
from eval.bench.page_client import Asked, Event, User, asking_event, questions_for
from eval.metrics.summary import percentile

PATIENCE = 180.0
"""Seconds that the page gets to open, an ingest to end."""
CONVERSATION = 10
"""Questions that a user asks before he opens the page anew, unless told otherwise."""
_WARM = 320
"""Questions asked before memory is looked at: what is loaded once is loaded then."""


@dataclass(frozen=True, slots=True)
class Wait:
    """What `n` answers took, in seconds from sending (nearest-rank percentiles); `faults` came to nothing."""

    n: int
    faults: int
    p50: float
    p95: float
    slowest: float
    first_p95: float

    def line(self) -> str:
        """For people."""
        return (
            f"p50 {self.p50:.2f}s  p95 {self.p95:.2f}s  max {self.slowest:.2f}s  "
            f"first sentence p95 {self.first_p95:.2f}s  faults {self.faults}  n={self.n}"
        )


@dataclass(frozen=True, slots=True)
class Crowd:
    """`ingest_alone`, `ingest_beside`: seconds of the same ingest without and with the crowd. Memory in MB."""

    users: int
    quiet: Wait
    beside: Wait | None
    ingest_alone: float
    ingest_beside: float
    memory_before: float
    memory_after: float
    memory_questions: int

    def to_json(self) -> dict[str, object]:
        """All figures, for `--json`."""
        return {**asdict(self), **self.bounded()}

    def bounded(self) -> dict[str, float | None]:
        """The figures that can be held against a bound; None where nothing was measured."""
        return {
            "p95": self.quiet.p95,
            "p95_beside": None if self.beside is None else self.beside.p95,
            "faults": self.quiet.faults + (0 if self.beside is None else self.beside.faults),
            "memory_growth": self.memory_after - self.memory_before if self.memory_questions else None,
        }

    def lines(self) -> Iterator[str]:
        """For people."""
        yield f"{self.users} users at once     {self.quiet.line()}"
        if self.beside is not None:
            yield f"beside an ingest      {self.beside.line()}"
            yield f"ingest alone {self.ingest_alone:.1f}s, beside the crowd {self.ingest_beside:.1f}s"
        if self.memory_questions:
            grown = self.memory_after - self.memory_before
            yield f"memory {self.memory_before:.0f} MB, {grown:+.0f} MB after {self.memory_questions} questions"


def wait_of(asked: Sequence[Asked]) -> Wait:
    """The figures of many answers; one that failed counts with the time that it took to fail."""
    whole, first = [one.whole for one in asked], [one.first for one in asked if one.well]
    return Wait(
        len(asked),
        sum(not one.well for one in asked),
        percentile(whole, 50),
        percentile(whole, 95),
        max(whole, default=0.0),
        percentile(first, 95),
    )


def bench_users(
    home: Path,
    questions: Sequence[str],
    users: int,
    each: int,
    more: Path | None,
    day: int,
    say: Callable[[str], None],
    conversation: int = CONVERSATION,
) -> Crowd:
    """`users` sessions ask `each` questions one after another, all at once; again while the folder `more` is ingested;
    then four of them `day` questions on end, opening the page anew after `conversation` questions. Raises BenchError.
    """
    import psutil

    environment = {**os.environ, "REPORT_ASSISTANT_HOME": str(home)}
    with page_of(environment) as (server, url):
        say("载入模型")
        asyncio.run(_crowd(url, questions, 2, 3))
        say(f"{users} 人同时提问")
        quiet = wait_of(asyncio.run(_crowd(url, questions, users, each)))
        alone = beside = 0.0
        busy = None
        if more is not None:
            say("同时导入")
            halves = _halves(more)
            alone = _ingest(environment, halves[0])
            running = _Ingest(environment, halves[1])
            busy = wait_of(asyncio.run(_crowd(url, questions, users, each)))
            beside = running.seconds()
        before = after = 0.0
        if day:
            say(f"连续 {day} 问")
            asyncio.run(_crowd(url, questions, 4, _WARM // 4))
            process = psutil.Process(server.pid)
            before = _megabytes(process)
            asyncio.run(_crowd(url, questions, 4, max(1, day // 4), conversation))
            after = _megabytes(process)
    return Crowd(users, quiet, busy, alone, beside, before, after, day // 4 * 4)


def _halves(folder: Path) -> tuple[list[str], list[str]]:
    """Every second file: two ingests of about the same work."""
    files = sorted(str(path) for path in folder.rglob("*") if path.is_file())
    return files[::2], files[1::2]


def _ingest(environment: dict[str, str], files: Sequence[str]) -> float:
    return _Ingest(environment, files).seconds()


class _Ingest:
    """An ingest in a process of its own."""

    def __init__(self, environment: dict[str, str], files: Sequence[str]) -> None:
        self._started = time.perf_counter()
        command = product("ingest", *files)
        self._run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)

    def seconds(self) -> float:
        """Wait for its end. Raises BenchError where it fails or does not come to one."""
        try:
            status = self._run.wait(PATIENCE)
        except subprocess.TimeoutExpired as error:
            self._run.kill()
            raise BenchError("导入没有结束", "请单独运行 report-assistant ingest 查看原因") from error
        if status:
            raise BenchError(f"导入以 {status} 结束", "请单独运行 report-assistant ingest 查看原因")
        return time.perf_counter() - self._started


async def _crowd(
    url: str, questions: Sequence[str], users: int, each: int, conversation: int = CONVERSATION
) -> list[Asked]:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, trust_env=False, limits=limits, timeout=PATIENCE) as client:
        event = asking_event((await client.get("/config")).json())
        asked = [questions_for(number, questions, each) for number in range(users)]
        sessions = [_session(client, event, one, conversation) for one in asked]
        return [one for answered in await asyncio.gather(*sessions) for one in answered]


async def _session(client: httpx.AsyncClient, event: Event, questions: Sequence[str], conversation: int) -> list[Asked]:
    asked = []
    for place, question in enumerate(questions):
        if place % conversation == 0:
            user = User(client, event)
        asked.append(await user.ask(question))
    return asked


@contextmanager
def page_of(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The page in a process of its own, and its address. Raises BenchError where it does not open."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = product("ui", "--port", str(port), "--no-browser")
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(server, url)
        yield server, url
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(server: subprocess.Popen[bytes], url: str) -> None:
    started = time.perf_counter()
    while time.perf_counter() - started < PATIENCE:
        if server.poll() is not None:
            raise BenchError(f"网页程序以 {server.returncode} 结束", "请单独运行 report-assistant ui 查看原因")
        try:
            if httpx.get(url, trust_env=False, timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise BenchError("网页没有打开", "请单独运行 report-assistant ui 查看原因")


def _megabytes(process: object) -> float:
    import psutil

    assert isinstance(process, psutil.Process)
    return float(sum(one.memory_info().rss for one in (process, *process.children(recursive=True)))) / 1e6
