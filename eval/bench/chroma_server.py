"""A Chroma server on this machine, in a process of its own that ends with whoever started it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from eval.bench.children import BenchError

PATIENCE = 60.0
"""Seconds that a server gets to answer for the first time."""


class ChromaServer:
    """`chroma run` over `folder`, on a free port of the loopback address; `url` stays the same over restarts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers. Raises BenchError."""
        place = ["--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self._port)]
        command = [sys.executable, "-c", "from chromadb.cli.cli import app; app()", "run", *place]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self._folder.parent
        )
        started = time.perf_counter()
        while time.perf_counter() - started < PATIENCE and self._process.poll() is None:
            try:
                if httpx.get(f"{self.url}/api/v2/heartbeat", trust_env=False, timeout=5).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        self.kill()
        raise BenchError("Chroma 服务器没有启动", "请单独运行 chroma run 查看原因")

    def kill(self) -> None:
        """At once, as a power cut does; harmless when it does not run."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()


@contextmanager
def chroma_server(folder: Path) -> Iterator[ChromaServer]:
    """A started one. Raises BenchError."""
    server = ChromaServer(folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()
