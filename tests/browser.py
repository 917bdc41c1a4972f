"""What the browser tests need: a small archive, the page served from it, and Chromium."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from ingest.runner import ingest_paths
from ingest.settings import Settings

ROOT = Path(__file__).parents[1]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

QINGHE = """青禾县卫生健康局2023年工作总结和2024年工作计划

一、2023年工作总结
（一）慢性病管理。全县规范管理高血压患者12345人，高血压患者规范管理率为86.2%。
（二）家庭医生签约。全年家庭医生签约服务8.4万人，重点人群签约率为91.5%。
（三）中医药服务。新建中医馆6个，乡镇卫生院中医馆实现全覆盖。

二、存在的问题
基层医疗机构人才不足，乡村医生年龄偏大。

三、2024年工作计划
（一）慢性病管理。2024年高血压患者规范管理率达到88%以上。
（二）托育服务。新增普惠托位300个，开展托育机构规范化建设。
"""

BAISHI = """白石县卫生健康局2022年工作总结

一、主要工作
（一）妇幼健康。全年完成农村妇女两癌筛查5600人，任务数为5500人。
（二）慢性病管理。全县高血压患者规范管理率为79.4%。

二、存在的问题
信息化建设相对滞后。
"""

HOSTILE = """赤岭县卫生健康局2023年工作总结

一、主要工作
（一）智慧门诊建设。全县建成智慧门诊<img src=x onerror="window.hacked=1">12个，**覆盖率**为95.5%。
<script>window.hacked=1</script>远程会诊覆盖9个乡镇。
（二）健康驿站建设。建成健康驿站{{constructor.constructor('window.hacked=1')()}}7个。
投入${window.hacked=1}万元![图](http://192.0.2.1/x.png)。
"""


def make_archive(home: Path, folder: Path, reports: dict[str, str]) -> Settings:
    """An archive at `home` with `reports` (file name → text), searchable by full text; `folder` takes the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in reports.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = Settings(home=home)
    summary = ingest_paths(settings, [folder], embed=False)
    assert not summary.failed, summary
    return settings


class Served:
    """A page in a process of its own."""

    def __init__(self, home: Path, port: int, before: str = "") -> None:
        self.url = f"http://127.0.0.1:{port}"
        code = (
            "import sys; from ui import app, archive_tab, chat; chat.LOOK_AGAIN = archive_tab.LOOK_AGAIN = 1; "
            "from ingest.settings import load_settings; "
            f"{before}\n"
            "app.serve(load_settings(), host='127.0.0.1', port=int(sys.argv[1]), open_browser=False)"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, str(port)],
            cwd=ROOT,
            env={**os.environ, "REPORT_ASSISTANT_HOME": str(home), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: Queue[str] = Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.opened = self.line(120)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def line(self, seconds: float) -> str:
        """The next line that the process says."""
        try:
            return self._lines.get(timeout=seconds)
        except Empty:
            self.process.kill()
            raise AssertionError(f"the page said nothing for {seconds} s") from None

    def interrupt(self) -> int:
        """What Ctrl+C does; returns the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def close(self) -> None:
        """End the process, however it stands."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def free_port() -> int:
    """A loopback port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def served(home: Path, before: str = "") -> Iterator[Served]:
    """The page over the archive at `home`; `before` is run in its process first."""
    page = Served(home, free_port(), before)
    try:
        yield page
    finally:
        page.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def open_page(browser: Browser, url: str, width: int = 1366, height: int = 768) -> Page:
    """A new session of the page, ready to be asked."""
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.goto(url)
    page.locator("#question textarea").wait_for()
    return page


def ask(page: Page, question: str) -> Locator:
    """Ask as a person does and wait for the answer; gives the answer."""
    before = page.locator(".answer:not(.waiting)").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    answer = page.locator(".answer:not(.waiting)").nth(before)
    answer.wait_for()
    return answer
