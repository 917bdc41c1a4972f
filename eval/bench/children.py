"""Runs a benchmark's parts in fresh processes, so that no run profits from what another has loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import ReportAssistantError

if TYPE_CHECKING:
    import psutil

_POLL = 0.05
"""Seconds between two looks at a page that is starting."""


class BenchError(ReportAssistantError):
    """A part of a benchmark failed."""


def module_result(
    module: str, arguments: Sequence[str], environment: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What `python -m module arguments` prints as the last line, a JSON object. Raises BenchError."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **(environment or {})}, check=False
    )
    if done.returncode != 0:
        last = (done.stderr.strip() or "没有说明").splitlines()[-1]
        raise BenchError(f"基准测试的子进程 {module} 失败（{last}）", "请单独运行它查看原因")
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def product(*arguments: str) -> list[str]:
    """The command line of the installed `report-assistant` of this environment, else of this source tree."""
    installed = Path(sys.executable).with_name("report-assistant")
    front = (
        [str(installed)] if installed.is_file() else [sys.executable, "-c", "from assistant.cli import main; main()"]
    )
    return [*front, *arguments]


def seconds_of(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """Wall-clock seconds of a command that must succeed. Raises BenchError."""
    started = time.perf_counter()
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **(environment or {})}, check=False
    )
    took = time.perf_counter() - started
    if done.returncode != 0:
        raise BenchError(f"{' '.join(command[-2:])} 以 {done.returncode} 结束", "请单独运行它查看原因")
    return took


def seconds_until_page(command: Sequence[str], url: str, environment: Mapping[str, str], patience: float) -> float:
    """Seconds from the start of `command` until `url` answers 200; the process is ended then. Raises BenchError."""
    started = time.perf_counter()
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **environment}
    )
    try:
        while time.perf_counter() - started < patience:
            if server.poll() is not None:
                raise BenchError(f"网页程序以 {server.returncode} 结束", "请单独运行 report-assistant ui 查看原因")
            if _answers(url):
                return time.perf_counter() - started
            time.sleep(_POLL)
        raise BenchError(f"{patience:.0f}秒内网页没有响应", "请单独运行 report-assistant ui 查看原因")
    finally:
        left = descendants(server.pid)
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        kill(left)


def descendants(pid: int) -> list[psutil.Process]:
    """What a process has started, and what that has; a shell or make that ends leaves it behind."""
    import psutil

    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def kill(processes: Sequence[psutil.Process]) -> None:
    """End those that still run."""
    import psutil

    for one in processes:
        try:
            one.kill()
        except psutil.NoSuchProcess:
            continue


def _answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False
