"""How long `make demo` takes from a clean clone until its page answers, and again once everything is there."""

from __future__ import annotations

import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from eval.bench.children import BenchError, seconds_until_page

PATIENCE = 1800.0
"""Seconds that the first start gets: it installs everything, downloads what no cache has, and reads the sample."""


@dataclass(frozen=True, slots=True)
class Demo:
    """Seconds from the command to a page that answers: in an empty clone, and the second time in the same one."""

    first: float
    second: float

    def line(self) -> str:
        """For people."""
        return f"make demo: first {self.first:.0f}s, again {self.second:.1f}s"


def bench_demo(root: Path, patience: float = PATIENCE) -> Demo:
    """Clone the checkout `root` into a temporary folder and start it there twice. Raises BenchError."""
    with tempfile.TemporaryDirectory(prefix="report-assistant-demo-") as temporary:
        clone = Path(temporary) / "clone"
        cloned = subprocess.run(
            ["git", "clone", "--quiet", "--no-hardlinks", str(root), str(clone)],
            capture_output=True,
            text=True,
            check=False,
        )
        if cloned.returncode:
            raise BenchError("复制不了源码", "这项测量要在 git 检出的源码里运行")
        return Demo(_start(clone, patience), _start(clone, patience))


def _start(clone: Path, patience: float) -> float:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["make", "--directory", str(clone), "demo", f"PORT={port}"]
    return seconds_until_page(command, f"http://127.0.0.1:{port}/", {"MAKEFLAGS": ""}, patience)
