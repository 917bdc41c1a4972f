"""The command line as a process: what it imports, and how it ends when others stop it or stop listening."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from tests.cli_builders import REPORT

ROOT = Path(__file__).parents[1]
RUN = "from assistant.cli import main; main()"
RUN_WITH_FAKE_ENCODER = (
    f"import ingest.embed, tests.cli_builders as b; ingest.embed.load_encoder = b.fake_encoder; {RUN}"
)


def start(
    home: Path, *arguments: str | Path, script: str = RUN, out: int | IO[str] = subprocess.PIPE
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=out,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "REPORT_ASSISTANT_HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out or "", err


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "我的 档案"


def test_help_names_every_command_and_loads_nothing_heavy(home: Path) -> None:
    script = (
        "import atexit, sys\n"
        "heavy = {'torch', 'numpy', 'chromadb', 'sentence_transformers', 'langchain_core', 'gradio', 'sqlite3',\n"
        "         'rjieba', 'opencc', 'docx', 'pypdfium2', 'tiktoken'}\n"
        "atexit.register(lambda: print('loaded', sorted(heavy & set(sys.modules)), file=sys.stderr))\n"
    )
    code, out, err = finish(start(home, "--help", script=script + RUN))
    assert code == 0 and err == "loaded []\n"
    commands = [
        "ingest",
        "ask",
        "search",
        "figures",
        "promises",
        "draft",
        "doctor",
        "rebuild",
        "reports",
        "forget",
        "ui",
    ]
    assert all(f" {command} " in out for command in commands)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal to send on Windows")
def test_an_interrupted_ingest_stops_at_once_and_the_next_one_goes_on(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "材料"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number:03}.txt").write_text(REPORT.replace("10500", str(10_000 + number)), encoding="utf-8")
    process = start(home, "ingest", folder, script=RUN_WITH_FAKE_ENCODER)
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    code, out, err = finish(process)
    assert first.startswith("新增") and code == 130 and "共" not in out
    assert err == "已停止；已写入档案的内容没有丢失，再运行一次即可继续。\n"
    code, out, err = finish(start(home, "ingest", folder, script=RUN_WITH_FAKE_ENCODER))
    assert code == 0 and err == "" and "未变" in out.splitlines()[-1] and "新增" in out.splitlines()[-1]
    # Only what is kept is looked at: an approximate index need not find each of so many made-up, nearly equal vectors.
    _, out, _ = finish(start(home, "doctor", script=RUN_WITH_FAKE_ENCODER))
    assert out.splitlines()[0] == "300 个文件，300 份报告，900 个段落，已有向量 900 个。" and "警告" not in out


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end in another way on Windows")
def test_a_reader_that_stops_listening_causes_no_traceback(home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        _, _, err = finish(start(home, "--help", out=nobody))
    assert err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_results_that_cannot_be_written_are_told_in_one_line(home: Path) -> None:
    with Path("/dev/full").open("w") as full:
        code, _, err = finish(start(home, "--help", out=full))
    assert code == 1 and err.startswith("错误：") and len(err.splitlines()) == 1


def test_the_page_refuses_a_taken_port_and_a_public_address(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        processes = [start(home, "ui", "--no-browser", "--port", str(port)), start(home, "ui", "--host", "0.0.0.0")]
        (code, out, err), (other_code, other_out, other_err) = map(finish, processes)
    assert (code, out, len(err.splitlines())) == (1, "", 1) and f"端口 {port} 已被占用" in err and "--port" in err
    assert (other_code, other_out, len(other_err.splitlines())) == (1, "", 1) and "127.0.0.1" in other_err
