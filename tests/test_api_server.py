"""Where the interface listens, and the command that serves it alone."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from assistant.api.listening import address_for, bind
from ingest.errors import BadSettings
from tests.api_builders import QUESTION
from tests.assistant_builders import FILES, ingest

COMMAND = "import sys; from assistant.cli import main; sys.argv = ['report-assistant', 'api', *sys.argv[1:]]; main()"


class TestListening:
    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.9.1"])
    def test_this_machine_is_always_allowed(self, host: str) -> None:
        assert address_for(host, has_users=False).is_loopback

    @pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "archive.example", ""])
    def test_nothing_else_without_users(self, host: str) -> None:
        with pytest.raises(BadSettings, match="users add"):
            address_for(host, has_users=False)

    @pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5"])
    def test_any_address_with_users(self, host: str) -> None:
        assert str(address_for(host, has_users=True)) == host

    def test_a_name_is_no_address(self) -> None:
        with pytest.raises(BadSettings, match="IP 地址"):
            address_for("archive.example", has_users=True)

    def test_a_taken_port_is_told(self) -> None:
        with bind("127.0.0.1", 0, has_users=False) as first, pytest.raises(BadSettings, match="已被占用"):
            bind("127.0.0.1", first.getsockname()[1], has_users=False)


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    env = {**os.environ, "REPORT_ASSISTANT_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.skipif(sys.platform == "win32", reason="stops it as Ctrl+C does")
def test_the_command_serves_until_it_is_stopped(tmp_path: Path) -> None:
    ingest(tmp_path / "home", FILES, embed=False)
    running = start(tmp_path / "home", "--port", "0")
    try:
        assert running.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", running.stdout.readline())
        assert found
        for _ in range(100):
            try:
                answered = httpx.get(f"{found[0]}/api/ask", params={"question": QUESTION}, timeout=60)
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        assert "10400人" in answered.json()["answer"] and "server" not in answered.headers
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    finally:
        running.kill()
    assert running.returncode == 0 and "接口已关闭" in out and "Traceback" not in err


def test_the_command_listens_on_no_other_address_without_users(tmp_path: Path) -> None:
    refused = start(tmp_path / "home", "--host", "0.0.0.0")
    out, err = refused.communicate(timeout=60)
    assert refused.returncode == 1 and out == "" and "users add" in err and len(err.splitlines()) == 1
