"""How long until the command line and the page are there."""

from __future__ import annotations

import socket
import statistics
from dataclasses import dataclass
from pathlib import Path

from eval.bench.children import product, seconds_of, seconds_until_page

PATIENCE = 120.0
"""Seconds after which a page that does not answer has failed."""


@dataclass(frozen=True, slots=True)
class Start:
    """Median seconds of `report-assistant --help`, and from starting the page until it answers HTTP."""

    help: float
    page: float

    def line(self) -> str:
        """For people."""
        return f"--help {self.help:.2f}s  page {self.page:.2f}s"


def bench_start(home: Path, runs: int) -> Start:
    """home: the archive directory that the page opens."""
    helped = [seconds_of(product("--help")) for _ in range(runs)]
    paged = []
    for _ in range(runs):
        port = str(_free_port())
        paged.append(
            seconds_until_page(
                product("ui", "--port", port, "--no-browser"),
                f"http://127.0.0.1:{port}/",
                {"REPORT_ASSISTANT_HOME": str(home)},
                PATIENCE,
            )
        )
    return Start(statistics.median(helped), statistics.median(paged))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
