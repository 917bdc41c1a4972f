"""A real small model from a file: it answers, remembers how a prompt began, stops when told, and ends with us."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.models import Model, close_models, local, open_model
from assistant.models.stream import stream_text
from ingest.errors import ModelUnreachable
from ingest.settings import Settings
from tests.llm_builders import GGUF_VARIABLE, file_settings, small_model

pytestmark = pytest.mark.llm

RULES = "你替档案室回答问题。只许根据给出的句子回答，数字照抄，句子里没有的就说没有。回答不超过一句话。" * 4
SENTENCE = "〔1〕全年完成两癌筛查10500人。"
LONG = "各村卫生室按时更换宣传栏，逐户走访老人，记录血压和用药情况，遇到问题当天报告。" * 60


@pytest.fixture(scope="module")
def configured(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return file_settings(tmp_path_factory.mktemp("home"), small_model())


@pytest.fixture(scope="module")
def model(configured: Settings) -> Iterator[Model]:
    yield open_model(configured)
    close_models()


def prompt(question: str) -> list[BaseMessage]:
    return [SystemMessage(RULES), HumanMessage(f"{SENTENCE}\n问题：{question}")]


def told_by(model: Model, messages: list[BaseMessage], most: int = 60) -> str:
    return "".join(stream_text(model.chat, messages, seconds=model.seconds, most=most))


def tokens_from_cache(model: Model, messages: list[BaseMessage]) -> tuple[int, int]:
    """How many of the prompt's tokens needed no reading, and how many it has."""
    usage = model.chat.invoke(messages, max_tokens=1).usage_metadata
    assert usage is not None
    return usage["input_token_details"].get("cache_read", 0), usage["input_tokens"]


def test_answers_from_the_sentence_it_was_given(model: Model) -> None:
    assert "10500" in told_by(model, prompt("完成两癌筛查多少人？"))
    assert (model.info.kind, model.info.local, model.evidence_tokens) == ("file", True, 380)


def test_the_common_beginning_of_a_second_prompt_is_not_read_again(model: Model) -> None:
    told_by(model, prompt("完成两癌筛查多少人？"), most=3)
    cached, total = tokens_from_cache(model, prompt("筛查的是什么？"))
    assert cached > 100 and total - cached < 30


def test_is_started_once_however_many_ask_at_a_time(model: Model, configured: Settings) -> None:
    before = dict(local._servers)
    threads = [threading.Thread(target=open_model, args=(configured,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert local._servers == before and len(before) == 1


def test_listens_on_this_machine_only_and_to_us_only(model: Model) -> None:
    (server,) = local._servers.values()
    assert server.address.startswith("http://127.0.0.1:")
    listening = [c for c in psutil.Process(server._popen.pid).net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert {c.laddr.ip for c in listening} == {"127.0.0.1"}
    assert server.key not in " ".join(psutil.Process(server._popen.pid).cmdline())
    from assistant.models.address import Address
    from assistant.models.endpoint import connect

    stranger = connect(Address.parse(server.address), "m", "guess", 20)
    with pytest.raises(ModelUnreachable, match="401"):
        list(stream_text(stranger, prompt("问"), seconds=20))


def test_an_answer_that_nobody_reads_any_more_does_not_hold_up_the_next(model: Model) -> None:
    writing = stream_text(model.chat, [HumanMessage("从一数到五百，每个数一行。")], seconds=model.seconds)
    next(writing)
    writing.close()  # type: ignore[attr-defined]
    (server,) = local._servers.values()
    process = psutil.Process(server._popen.pid)
    assert _rests(process), "it goes on computing for nobody"


def test_a_prompt_that_nobody_waits_for_is_not_read_to_its_end(model: Model) -> None:
    with pytest.raises(ModelUnreachable, match="没有开始回答"):
        list(stream_text(model.chat, [HumanMessage(LONG)], seconds=1))
    (server,) = local._servers.values()
    assert _rests(psutil.Process(server._popen.pid))


def test_a_prompt_that_does_not_fit_is_one_line(model: Model) -> None:
    with pytest.raises(ModelUnreachable, match=r"太长|400"):
        told_by(model, [HumanMessage(LONG * 4)])


def test_one_that_broke_down_is_started_again(model: Model, configured: Settings) -> None:
    (server,) = local._servers.values()
    server._popen.kill()
    server._popen.wait()
    with pytest.raises(ModelUnreachable, match="连不上"):
        told_by(model, prompt("问"))
    assert "10500" in told_by(open_model(configured), prompt("完成两癌筛查多少人？"))


def test_closing_ends_the_process_even_while_it_writes(configured: Settings) -> None:
    model = open_model(configured)
    (server,) = local._servers.values()
    writing = stream_text(model.chat, [HumanMessage("从一数到五百，每个数一行。")], seconds=model.seconds)
    next(writing)
    start = time.monotonic()
    close_models()
    assert server._popen.returncode is not None and time.monotonic() - start < 4
    with pytest.raises(ModelUnreachable):
        list(writing)


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal on Windows")
def test_the_model_ends_with_a_program_that_is_killed(configured: Settings) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from assistant.models import open_model, local; from tests.llm_builders import file_settings\n"
        "open_model(file_settings(Path(sys.argv[1]), Path(sys.argv[2])))\n"
        "print([s._popen.pid for s in local._servers.values()][0], flush=True); sys.stdin.read()"
    )
    path = str(configured.llm_gguf)
    program = subprocess.Popen(
        [sys.executable, "-c", script, str(configured.home), path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=Path(__file__).parents[1],
        env={**os.environ, GGUF_VARIABLE: path},
    )
    assert program.stdout is not None and program.stderr is not None
    server = psutil.Process(int(program.stdout.readline()))
    program.kill()
    _, told = program.communicate(timeout=30)
    server.wait(timeout=10)
    assert told == "", "the native library tells nothing on the terminal"


def _rests(process: psutil.Process, within: float = 30) -> bool:
    """Whether the process stops computing within so many seconds."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        before = sum(process.cpu_times()[:2])
        time.sleep(0.5)
        if sum(process.cpu_times()[:2]) - before < 0.1:
            return True
    return False
