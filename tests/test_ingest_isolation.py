"""Files are read in a process of their own: whatever one of them does to it, the run goes on and nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from ingest.errors import UnreadableFile
from ingest.isolation import limits
from ingest.isolation.frames import Done, answer
from ingest.isolation.reader import IsolatedReader
from ingest.pipeline import read_file
from ingest.settings import Settings
from ingest.types import Correction, ReadFile

ROOT = Path(__file__).parents[1]
SETTINGS = Settings(Path("home"))
MEMORY = 400 * 1024 * 1024
READ = "tests.hostile_readers:read"


@pytest.fixture
def reader() -> Iterator[IsolatedReader]:
    with IsolatedReader(memory=MEMORY, time_limit=lambda path, data: 3.0, read=READ) as made:
        yield made


def read(reader: IsolatedReader, text: str) -> str:
    """The passages that were read from a file that says `text`."""
    made = reader.submit(Path("a.txt"), text.encode(), SETTINGS)()
    return "\n".join(passage.text.text for passage in made.reports[0].sections[0].passages)


def refused(reader: IsolatedReader, text: str) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(reader, text)
    line = str(caught.value)
    assert "\n" not in line and "请" in line and line.endswith("。")
    return line


def gone(pid: int) -> bool:
    for _ in range(50):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.1)
    return False


def test_what_is_read_there_is_what_would_be_read_here() -> None:
    text = "云岭县卫生健康局2022年工作总结\n\n一、主要工作\n\n全年完成两癌筛查10500人，完成率105%。\n" * 3
    here = read_file(Path("a.txt"), text.encode(), SETTINGS)
    with IsolatedReader() as reader:
        assert reader.submit(Path("a.txt"), text.encode(), SETTINGS)() == here


def test_one_process_reads_all_files_and_is_gone_afterwards() -> None:
    with IsolatedReader(read=READ) as reader:
        pids = {read(reader, "who") for _ in range(5)}
        assert len(pids) == 1 and pids != {str(os.getpid())}
    assert gone(int(pids.pop()))


def test_no_process_is_started_for_nothing() -> None:
    before = len(psutil.Process().children())
    with IsolatedReader(read=READ):
        assert len(psutil.Process().children()) == before


def test_corrections_travel_with_the_file(reader: IsolatedReader) -> None:
    said = [Correction(7, 9, {"year": 2022})]
    made = reader.submit(Path("a.txt"), b"said", SETTINGS, said)()
    assert made.reports[0].sections[0].passages[0].text.text == "7"


def test_a_file_that_cannot_be_read_says_what_the_reader_said(reader: IsolatedReader) -> None:
    pid = read(reader, "who")
    assert refused(reader, "refuse") == "文件已损坏，请换一份。"
    assert read(reader, "who") == pid, "that is no reason for a new process"


def test_a_fault_of_the_program_names_itself_on_one_line(reader: IsolatedReader) -> None:
    assert "IndexError: list index\\x0aout of range" in refused(reader, "stumble")


@pytest.mark.parametrize("how", ["hang", "spin"])
def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(reader: IsolatedReader, how: str) -> None:
    pid = read(reader, "who")
    assert refused(reader, how).startswith("处理超过 3 秒，已放弃")
    assert gone(int(pid)) and read(reader, "甲县") == "甲县"


def test_a_file_that_takes_too_much_memory_is_given_up_and_the_next_is_read(reader: IsolatedReader) -> None:
    pid = read(reader, "who")
    assert refused(reader, "swell").startswith("占用内存过多")
    assert gone(int(pid)) and read(reader, "甲县") == "甲县"


def test_the_watch_alone_keeps_the_limit_where_the_system_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is told it may have ten times as much; who looks after it is the parent."""
    with IsolatedReader(memory=10 * MEMORY, time_limit=lambda path, data: 20.0, read=READ) as reader:
        read(reader, "who")
        reader._memory = MEMORY
        assert refused(reader, "swell").startswith("占用内存过多")


@pytest.mark.parametrize("how", ["crash", "leave"])
def test_a_file_that_crashes_its_reader_costs_one_line(reader: IsolatedReader, how: str) -> None:
    assert refused(reader, how).startswith("读取程序崩溃")
    assert read(reader, "甲县") == "甲县"


def test_programs_that_the_reader_started_do_not_survive_it(reader: IsolatedReader, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    assert refused(reader, f"start {note}").startswith("处理超过")
    assert gone(int(note.read_text()))


def test_a_library_that_prints_or_reads_does_not_disturb_the_conversation(
    reader: IsolatedReader, capfd: pytest.CaptureFixture[str]
) -> None:
    assert read(reader, "print this") == "print this"
    assert capfd.readouterr() == ("", "")


def test_a_process_that_has_grown_fat_is_replaced_between_two_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FRESH", 150 * 1024 * 1024)
    with IsolatedReader(read=READ) as reader:
        first = read(reader, "who")
        read(reader, f"leak {200 * 1024 * 1024}")
        assert read(reader, "who") != first and gone(int(first))


def test_the_limit_is_asked_for_each_file() -> None:
    asked: list[tuple[Path, bytes]] = []

    def limit(path: Path, data: bytes) -> float:
        asked.append((path, data))
        return 30.0

    with IsolatedReader(time_limit=limit, read=READ) as reader:
        read(reader, "甲县")
    assert asked == [(Path("a.txt"), "甲县".encode())]
    assert limits.time_limit(Path("a.txt"), b"") == 30.0


def test_files_are_read_while_nobody_waits(reader: IsolatedReader, tmp_path: Path) -> None:
    notes = [tmp_path / "a", tmp_path / "b"]
    results = _results(reader, *(f"note {note}" for note in notes))
    patience = time.monotonic() + 30
    while not all(note.exists() for note in notes):
        assert time.monotonic() < patience
        time.sleep(0.05)
    assert [result().reports[0].title for result in results] == ["a", "a"]


def test_an_interrupt_does_not_wait_for_the_file_at_hand() -> None:
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), IsolatedReader(read=READ) as reader:
        pid = int(read(reader, "who"))
        reader.submit(Path("a.txt"), b"hang", SETTINGS)
        time.sleep(0.3)
        raise KeyboardInterrupt
    assert time.monotonic() - started < 10 and gone(pid)


def test_an_answer_can_only_be_plain_data() -> None:
    import pickle

    with pytest.raises(pickle.UnpicklingError):
        answer(pickle.dumps(os.system))
    assert answer(pickle.dumps(Done(None))) == Done(None)


_SCRIPT = """
import sys
from pathlib import Path
from ingest.isolation.reader import IsolatedReader
from ingest.settings import Settings
reader = IsolatedReader(read="tests.hostile_readers:read", time_limit=lambda path, data: 600.0)
made = reader.submit(Path("a.txt"), b"who", Settings(Path("home")))()
print(made.reports[0].sections[0].passages[0].text.text, flush=True)
reader.submit(Path("a.txt"), sys.argv[1].encode(), Settings(Path("home")))()
"""


def _script(tmp_path: Path, file_says: str) -> tuple[subprocess.Popen[str], int]:
    """A script without a main guard that reads a file for ever; gives it and the id of its reading process."""
    script = tmp_path / "script.py"
    script.write_text(_SCRIPT)
    run = subprocess.Popen(
        [sys.executable, str(script), file_says],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert run.stdout is not None
    return run, int(run.stdout.readline())


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_it_works_from_a_script_without_a_main_guard_and_dies_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    run, pid = _script(tmp_path, f"start {note}")
    while not note.exists() or not note.read_text():
        time.sleep(0.05)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert gone(pid)


def _results(reader: IsolatedReader, *texts: str) -> list[Callable[[], ReadFile]]:
    return [reader.submit(Path("a.txt"), text.encode(), SETTINGS) for text in texts]


def test_a_file_after_one_that_failed_is_read_although_it_was_handed_over_before(reader: IsolatedReader) -> None:
    bad, good = _results(reader, "leave", "甲县")
    with pytest.raises(UnreadableFile):
        bad()
    assert good().reports[0].title == "a"
