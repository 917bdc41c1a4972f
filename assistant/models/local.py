"""A GGUF file on this machine, answered by llama.cpp in a process of its own (optional extra `local-llm`)."""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import os
import secrets
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from assistant.models.address import Address
from ingest.errors import BadSettings, ModelUnreachable

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

_log = logging.getLogger(__name__)

INSTALL = 'pip install "report-assistant[local-llm]"'
CONTEXT_TOKENS = 4096
_MOST_TOKENS = 1024
"""Of one answer, for a model that does not find its end."""
_START_SECONDS = 180.0
"""A large file from a slow disk."""
_END_SECONDS = 2.0

_MAIN = "import sys; sys.path[:] = sys.argv[1:]\nfrom assistant.models.serve import main; main()"
"""Not through multiprocessing, which would run the caller's main script again."""


def is_installed() -> bool:
    """Whether the library that runs GGUF files is there; does not load it."""
    return find_spec("xllamacpp") is not None


def open_file(path: Path, seconds: float) -> ChatOpenAI:
    """The model of the file, started unless it runs already. Raises BadSettings, ModelUnreachable."""
    check_file(path)
    with _lock:
        key = path.resolve()
        server = _servers.get(key)
        if server is None or not server.is_alive():
            if server is not None:
                server.close()
            server = _servers[key] = _Server(key)
    from assistant.models.endpoint import connect

    return connect(Address.parse(server.address), path.stem, server.key, seconds, most_tokens=_MOST_TOKENS)


def close_servers() -> None:
    """End every server of this process."""
    with _lock:
        while _servers:
            _servers.popitem()[1].close()


_servers: dict[Path, _Server] = {}
_lock = threading.Lock()
atexit.register(close_servers)


class _Server:
    """A running server. Starting one takes as long as reading the file does."""

    def __init__(self, path: Path) -> None:
        self.key = secrets.token_urlsafe(24)
        self._popen = _start()
        try:
            self.address = self._first_word(path)
        except BaseException:
            self.close()
            raise

    def is_alive(self) -> bool:
        return self._popen.poll() is None

    def close(self) -> None:
        """It ends when its input does; one that is still loading is killed."""
        stdin, stdout = self._popen.stdin, self._popen.stdout
        assert stdin is not None and stdout is not None
        with contextlib.suppress(OSError):
            stdin.close()
        try:
            self._popen.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
        stdout.close()  # only now: a thread may have been waiting for a line

    def _first_word(self, path: Path) -> str:
        # The key goes this way because a command line can be read by every user of the machine.
        asked = {"path": str(path), "key": self.key, "threads": threads(), "context": CONTEXT_TOKENS}
        stdin, stdout = self._popen.stdin, self._popen.stdout
        assert stdin is not None and stdout is not None
        with contextlib.suppress(OSError):
            stdin.write(json.dumps(asked) + "\n")
            stdin.flush()
        lines: SimpleQueue[str] = SimpleQueue()
        # A thread of its own, because not every system can wait for a pipe and a clock at once.
        threading.Thread(target=lambda: lines.put(stdout.readline()), daemon=True).start()
        try:
            line = lines.get(timeout=_START_SECONDS)
        except Empty:
            self._popen.kill()
            fault = f"模型文件 {path.name} 在 {_START_SECONDS:g} 秒内没有载入"
            raise ModelUnreachable(fault, "请换用小一些的模型") from None
        answer = json.loads(line) if line else {"fault": f"ended with {self._popen.wait()}"}
        if "address" in answer:
            return str(answer["address"])
        _log.warning("the model file %s was not loaded: %s", path, answer["fault"])
        fault = f"模型文件 {path.name} 无法载入"
        raise ModelUnreachable(fault, "文件可能不完整，或内存不足，请检查文件、关闭别的程序，或换用小一些的模型")


def threads() -> int:
    """As many as there are cores that this process may use; a second thread on one core only gets in the way."""
    import psutil

    allowed = os.cpu_count() or 1
    if sys.platform == "linux":
        allowed = len(os.sched_getaffinity(0))
    return max(1, min(psutil.cpu_count(logical=False) or allowed, allowed))


def check_file(path: Path) -> None:
    """Raises BadSettings when the file cannot be a model, or nothing is there to run it; loads nothing."""
    try:
        with path.open("rb") as stream:
            magic = stream.read(4)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        fault = f"模型文件 {path} {'不存在' if missing else '不能读取'}"
        raise BadSettings(fault, "请检查 REPORT_ASSISTANT_LLM_GGUF") from error
    if magic != b"GGUF":
        raise BadSettings(f"{path.name} 不是 GGUF 格式的模型文件", "请检查 REPORT_ASSISTANT_LLM_GGUF")
    if not is_installed():
        raise BadSettings("使用本机的模型文件要另装一个组件", f"请运行 {INSTALL}")


def _start() -> subprocess.Popen[str]:
    path = [entry or str(Path.cwd()) for entry in sys.path]
    try:
        return subprocess.Popen(
            [sys.executable, "-c", _MAIN, *path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=True,  # Ctrl+C is for us, and we end it
            creationflags=_windows_flags(),
        )
    except OSError as error:
        raise ModelUnreachable("不能启动本机的语言模型", "请关闭一些程序后重试") from error


def _windows_flags() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return 0
