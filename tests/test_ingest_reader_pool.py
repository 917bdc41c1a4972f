"""Several files are read at once: the order is kept, and so is every limit, each process on its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ingest.archive import Archive
from ingest.errors import UnreadableFile
from ingest.intake.reading import DirectReader, read_ahead
from ingest.isolation import limits, pool
from ingest.isolation.pool import ReaderPool, readers_here
from ingest.isolation.reader import IsolatedReader
from ingest.pipeline import read_file
from ingest.runner import ingest_paths
from ingest.settings import Settings
from ingest.types import ReadFile

ROOT = Path(__file__).parents[1]
SETTINGS = Settings(Path("home"))


def _reader() -> IsolatedReader:
    return IsolatedReader(
        memory=400 * 1024 * 1024, time_limit=lambda path, data: 3.0, read="tests.hostile_readers:read"
    )


@pytest.fixture
def two() -> Iterator[ReaderPool]:
    with ReaderPool(2, _reader) as made:
        yield made


def write_reports(folder: Path, years: range) -> Path:
    """A folder of one short report for each year."""
    folder.mkdir()
    for year in years:
        text = f"云岭县卫生健康局{year}年工作总结\n\n一、主要工作\n\n全年完成两癌筛查{year * 7}人，完成率98%。\n"
        (folder / f"{year}.txt").write_text(text, encoding="utf-8")
    return folder


def said(read: ReadFile) -> str:
    return "\n".join(passage.text.text for passage in read.reports[0].sections[0].passages)


def test_a_file_is_read_while_another_keeps_its_process_busy() -> None:
    def patient() -> IsolatedReader:
        return IsolatedReader(time_limit=lambda path, data: 120.0, read="tests.hostile_readers:read")

    begun = time.monotonic()
    two = ReaderPool(2, patient)
    two.submit(Path("slow.txt"), b"hang", SETTINGS)
    assert said(two.submit(Path("quick.txt"), "甲县".encode(), SETTINGS)()) == "甲县"
    assert time.monotonic() - begun < 100
    two.close(at_once=True)


def test_results_are_those_of_the_files_that_were_handed_over(two: ReaderPool) -> None:
    results = [two.submit(Path(f"{number}.txt"), f"第{number}份".encode(), SETTINGS) for number in range(12)]
    assert [said(result()) for result in results] == [f"第{number}份" for number in range(12)]


@pytest.mark.parametrize("how", ["crash", "leave", "swell"])
def test_a_reader_that_is_brought_down_costs_one_file(two: ReaderPool, how: str) -> None:
    texts = ["甲县", "乙县", how, "丙县", "丁县", "戊县"]
    results = [two.submit(Path("a.txt"), text.encode(), SETTINGS) for text in texts]
    read: list[str] = []
    for result in results:
        try:
            read.append(said(result()))
        except UnreadableFile:
            read.append("failed")
    assert read == ["甲县", "乙县", "failed", "丙县", "丁县", "戊县"]


def test_one_file_after_another_starts_one_process(two: ReaderPool) -> None:
    assert len({said(two.submit(Path("a.txt"), b"who", SETTINGS)()) for _ in range(4)}) == 1


def test_an_interrupt_ends_every_process_at_once() -> None:
    begun = time.monotonic()
    before = set(psutil.Process().children())
    with pytest.raises(KeyboardInterrupt), ReaderPool(2, _reader) as two:
        for _ in range(3):
            two.submit(Path("a.txt"), b"hang", SETTINGS)
        while len(set(psutil.Process().children()) - before) < 2:
            time.sleep(0.05)
        raise KeyboardInterrupt
    assert time.monotonic() - begun < 15
    assert not [one for one in set(psutil.Process().children()) - before if one.status() != psutil.STATUS_ZOMBIE]


def test_a_small_machine_has_one_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    class Memory:
        total = 2 * limits.MEMORY

    monkeypatch.setattr(psutil, "virtual_memory", Memory)
    assert readers_here() == 1
    Memory.total = 1000 * limits.MEMORY
    assert 1 <= readers_here() <= pool.MOST


def test_items_come_in_their_order_and_few_are_begun_ahead() -> None:
    begun: list[int] = []

    def begin(number: int) -> int:
        begun.append(number)
        return number

    most = 0
    taken: list[int] = []
    for number in read_ahead(range(40), begin, DirectReader(read_file), lambda number: 1):
        most = max(most, len(begun) - len(taken))
        taken.append(number)
    assert taken == list(range(40)) and 1 < most <= 4


def test_large_items_are_begun_one_at_a_time() -> None:
    begun: list[int] = []

    def begin(number: int) -> int:
        begun.append(number)
        return number

    for number in read_ahead(range(5), begin, DirectReader(read_file), lambda number: 1 << 30):
        assert begun == list(range(number + 1))


def test_many_readers_and_one_make_the_same_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from eval.reading.snapshot import differences, snapshot

    folder = write_reports(tmp_path / "folder", range(2011, 2019))
    (folder / "again.txt").write_bytes((folder / "2012.txt").read_bytes())
    taken = []
    for readers in (1, 3):
        monkeypatch.setattr(pool, "readers_here", lambda readers=readers: readers)
        home = tmp_path / f"home{readers}"
        summary = ingest_paths(Settings(home), [folder], embed=False)
        taken.append((snapshot(home), [(one.path, one.status) for one in summary.outcomes]))
    assert differences(taken[0][0], taken[1][0]) == [] and taken[0][1] == taken[1][1]


_SCRIPT = """
import sys
from pathlib import Path
from ingest.runner import Watcher, ingest_paths
from ingest.settings import Settings
ingest_paths(Settings(Path(sys.argv[2])), [Path(sys.argv[1])], embed=False,
             watcher=Watcher(file=lambda outcome: print(outcome.path, flush=True)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_what_was_told_as_taken_in_survives_a_kill(tmp_path: Path) -> None:
    folder, home = write_reports(tmp_path / "folder", range(1990, 2020)), tmp_path / "home"
    run = subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, str(folder), str(home)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert run.stdout is not None
    told = [run.stdout.readline().strip() for _ in range(7)]
    run.send_signal(signal.SIGKILL)
    told += [line.strip() for line in run.stdout]
    run.wait()
    with Archive.create_or_open(home) as archive:
        assert set(told) <= set(archive.sources())
        assert all(archive.file_bytes(archive.sources()[path].file_id) for path in told)
        assert not [item for item in archive.doctor() if item.severity == "error"]
