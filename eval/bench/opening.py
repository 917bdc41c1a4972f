"""How long a person waits for the page: from its address to a question field that takes a question."""

from __future__ import annotations

import os
import shutil
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from eval.bench.children import BenchError
from eval.bench.users import page_of

_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Opening:
    """Seconds, the server running: the first time in a browser that knows nothing of it, and of later times."""

    first: float
    later: float
    slowest: float

    def line(self) -> str:
        """For people."""
        return f"page interactive: first {self.first:.2f}s, later p50 {self.later:.2f}s, max {self.slowest:.2f}s"


def bench_opening(home: Path, runs: int) -> Opening:
    """home: the archive directory that the page opens. Raises BenchError where there is no browser."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise BenchError("没有找到 Chromium", "请先安装 chromium")
    environment = {**os.environ, "REPORT_ASSISTANT_HOME": str(home)}
    with page_of(environment) as (_, url), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--headless", "--no-sandbox"])
        page = browser.new_context().new_page()
        seconds = []
        for _ in range(runs + 1):
            started = time.perf_counter()
            page.goto(url)
            page.locator("#question textarea:enabled").wait_for()
            seconds.append(time.perf_counter() - started)
            page.wait_for_timeout(500)
        browser.close()
    return Opening(seconds[0], statistics.median(seconds[1:]), max(seconds[1:]))
