"""Stopping an ingest from outside, and watching a folder until that is stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from assistant.cli.stopping import stoppable
from tests.cli_builders import REPORT
from tests.test_cli_process import RUN_WITH_FAKE_ENCODER, finish, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals to send on Windows")
STOPPED = "已停止；已写入档案的内容没有丢失，再运行一次即可继续。\n"
OTHER = REPORT.replace("云岭", "青溪")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "材料"
    place.mkdir()
    for number in range(150):
        (place / f"{number:03}.txt").write_text(f"第{number}县2022年总结\n\n全年新建卫生室{number}所。\n" * 3)
    return place


def run(home: Path, *arguments: str | Path) -> subprocess.Popen[str]:
    return start(home, *arguments, script=RUN_WITH_FAKE_ENCODER)


def test_a_second_interrupt_and_a_request_to_end_change_nothing(home: Path, folder: Path) -> None:
    process = run(home, "ingest", folder)
    assert process.stdout is not None and process.stdout.readline().startswith("新增")
    readers = psutil.Process(process.pid).children(recursive=True)
    for number in (signal.SIGINT, signal.SIGINT, signal.SIGTERM, signal.SIGINT):
        process.send_signal(number)
        time.sleep(0.02)
    code, _, err = finish(process)
    assert (code, err) == (130, STOPPED)
    assert readers and psutil.wait_procs(readers, timeout=10)[1] == [], "the reading process is gone as well"
    code, out, err = finish(run(home, "ingest", folder))
    assert code == 0 and err == "" and "未变" in out.splitlines()[-1]
    code, out, _ = finish(run(home, "doctor"))
    assert code == 0


def test_a_request_to_end_is_an_interrupt(home: Path, folder: Path) -> None:
    process = run(home, "ingest", folder)
    assert process.stdout is not None and process.stdout.readline().startswith("新增")
    process.send_signal(signal.SIGTERM)
    code, _, err = finish(process)
    assert (code, err) == (130, STOPPED)


class TestStoppable:
    def test_the_handlers_of_others_come_back(self) -> None:
        before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
        with stoppable():
            assert signal.getsignal(signal.SIGTERM) != before[1]
        assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before

    def test_only_the_first_signal_is_heard(self) -> None:
        before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
        cleaned: list[str] = []
        try:
            with pytest.raises(KeyboardInterrupt), stoppable():
                try:
                    os.kill(os.getpid(), signal.SIGTERM)
                    time.sleep(1)
                finally:
                    os.kill(os.getpid(), signal.SIGINT)
                    time.sleep(0.05)
                    cleaned.append("all")
            assert cleaned == ["all"]
        finally:
            for number, handler in before:
                signal.signal(number, handler)

    def test_an_interrupt_that_met_a_finalizer_is_raised_once_more(self) -> None:
        class Finalized:
            def __del__(self) -> None:
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(1)

        before = signal.getsignal(signal.SIGINT), sys.unraisablehook
        held = [Finalized()]
        try:
            with pytest.raises(KeyboardInterrupt), stoppable():
                held.clear()
                time.sleep(5)
        finally:
            signal.signal(signal.SIGINT, before[0])
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
        assert sys.unraisablehook is before[1]

    def test_what_else_a_finalizer_raises_is_reported_as_ever(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Faulty:
            def __del__(self) -> None:
                raise ValueError

        told: list[object] = []
        monkeypatch.setattr(sys, "unraisablehook", lambda found: told.append(type(found.exc_value)))
        with stoppable():
            Faulty()
        assert told == [ValueError]

    def test_a_thread_of_a_server_is_left_alone(self) -> None:
        done: list[bool] = []

        def work() -> None:
            with stoppable():
                done.append(True)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        assert done == [True]


def test_a_watched_folder_is_taken_in_as_it_changes_until_ctrl_c(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "各科室"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT)
    process = run(home, "ingest", folder, "--watch", "--every", "0.2")
    assert process.stdout is not None
    assert process.stdout.readline().startswith("新增  a.txt")
    assert "正在等待变化" in process.stdout.readline()
    (folder / "b.txt").write_text(OTHER)
    assert process.stdout.readline().startswith("新增  b.txt")
    (folder / "b.txt").rename(folder / "c.txt")
    assert process.stdout.readline().startswith("移动  c.txt")
    process.send_signal(signal.SIGINT)
    code, out, err = finish(process)
    assert (code, out) == (130, "") and err == STOPPED
