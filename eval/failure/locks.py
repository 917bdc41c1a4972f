"""Two at once: another program that holds the database, two writers, two pages beside the command line."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path

from assistant.conversations.store import Conversations
from assistant.conversations.types import Turn
from eval.failure import acknowledged, damage, kills, work
from eval.failure.children import Child, Ended, Tell, run
from eval.reading.measure import Measure
from eval.reading.snapshot import differences, snapshot
from ingest.archive import Archive
from ingest.archive.database import NAME

BRIEFLY, LONG = 3.0, 60.0
AT_ONCE = 1.0
"""Seconds within which a second writer must be told that there is one already."""
_PAGES = 2


def measure_locks() -> list[Measure]:
    """Every case once."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="report-assistant-locks-") as temporary:
        place = Path(temporary)
        known = kills.undisturbed(place, "ingest")
        for name, case in _CASES.items():
            home = place / "locked"
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(known.home, home)
            wrong += [f"{name}: {line}" for line in case(home, place / "new", known)]
    return [
        Measure("locks: cases", len(_CASES), "count", least=len(_CASES)),
        Measure("locks: lost, refused without need, or told late", len(wrong), "count", most=0, faults=tuple(wrong)),
    ]


def _held_briefly(home: Path, folder: Path, known: kills.Undisturbed) -> list[str]:
    """Who writes waits; who reads does not."""
    with Child(hold, home / NAME, BRIEFLY) as other:
        next(other.news())
        began = time.monotonic()
        answered = run(damage.answers, home)
        waited = time.monotonic() - began
        ended = run(work.ingest, home, folder)
    wrong = [] if answered.result is not None else [f"no answer meanwhile: {answered.trouble}"]
    if waited > BRIEFLY:
        wrong.append(f"an answer took {waited:.1f} s")
    return wrong + _whole(home, ended, known)


def _held_long(home: Path, folder: Path, known: kills.Undisturbed) -> list[str]:
    """Who writes gives up with a line before it has waited for ever, and can repeat it."""
    with Child(hold, home / NAME, LONG) as other:
        next(other.news())
        began = time.monotonic()
        ended = run(work.ingest, home, folder)
        waited = time.monotonic() - began
    said = [value for value in (ended.refusal, *ended.told) if value and "占用" in str(value)]
    wrong = [] if said and ended.fault is None else [f"not told: {ended.trouble}"]
    if waited > LONG:
        wrong.append(f"waited for {waited:.0f} s")
    return wrong + _whole(home, run(work.ingest, home, folder), known)


def _conversations_held(home: Path, folder: Path, known: kills.Undisturbed) -> list[str]:
    """A turn that is asked while another program holds app.db is kept a little later."""
    run(work.converse, home, folder).whole()
    with Child(hold, home / "app.db", BRIEFLY) as other:
        next(other.news())
        ended = run(work.converse, home, folder)
    if ended.fault or ended.refusal:
        return [ended.trouble]
    return list(run(_lost, home, tuple(ended.told)).whole())


def _two_writers(home: Path, folder: Path, known: kills.Undisturbed) -> list[str]:
    """The second is told at once; the first does not notice."""
    with Child(work.ingest, home, folder) as first:
        next(first.news())
        began = time.monotonic()
        second = run(_writer, home)
        waited = time.monotonic() - began
        ended = first.wait()
    wrong = [] if second.refusal and "正在写入" in second.refusal else [f"the second was told: {second.trouble}"]
    if waited > AT_ONCE:
        wrong.append(f"after {waited:.1f} s")
    return wrong + _whole(home, ended, known)


def _pages(home: Path, folder: Path, known: kills.Undisturbed) -> list[str]:
    """Two pages that answer and keep conversations while the command line ingests: all end with the same archive."""
    with ExitStack() as stack:
        pages = [stack.enter_context(Child(page, home, str(folder), number)) for number in range(_PAGES)]
        for one in pages:
            next(one.news())
        ended = run(work.ingest, home, folder)
        ends = [one.wait() for one in pages]
    wrong = [f"a page: {one.trouble}" for one in ends if one.fault or one.refusal or one.code != 0]
    told = tuple(line for one in ends for line in one.told if line[0] == "turn")
    wrong += list(run(_lost, home, told).whole())
    return wrong + _whole(home, ended, known)


_CASES = {
    "held for 3 s": _held_briefly,
    "held for 60 s": _held_long,
    "conversations held for 3 s": _conversations_held,
    "two writers": _two_writers,
    "two pages and the command line": _pages,
}


def hold(tell: Tell, path: Path, seconds: float) -> None:
    """In a child: another program that takes the database for itself."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        tell(("held",))
        time.sleep(seconds)
        connection.execute("ROLLBACK")


def page(tell: Tell, home: Path, folder: str, number: int) -> None:
    """In a child: what a page does, until it has seen everything that is being ingested."""
    kept = Conversations(home)
    talk = kept.start(work.OWNER, Turn("开始？", fault="无"))
    tell(("page",))
    until = time.monotonic() + 60
    with Archive.create_or_open(home) as archive:
        for asked in range(10_000):
            damage.asked(archive)
            question = f"第{number}页第{asked}问"
            kept.append(work.OWNER, talk.id, Turn(question, fault="无"))
            tell(("turn", talk.id, question))
            seen = sum(path.startswith(folder) for path in archive.sources())
            if (seen == len(list(Path(folder).iterdir())) and not archive.counts().pending) or time.monotonic() > until:
                return
            time.sleep(0.02)


def _writer(tell: Tell, home: Path) -> None:
    with Archive.create_or_open(home, write=True):
        tell(("writes",))


def _lost(tell: Tell, home: Path, told: tuple[tuple[object, ...], ...]) -> list[str]:
    return acknowledged.lost(home, told)


def _snapshot(tell: Tell, home: Path) -> object:
    return snapshot(home)


def _whole(home: Path, ended: Ended, known: kills.Undisturbed) -> list[str]:
    """What a run that came to its end has left different."""
    if ended.code != 0 or ended.refusal or ended.fault:
        return [ended.trouble]
    found = run(_snapshot, home).whole()
    assert known.wanted is not None
    return differences(known.wanted, found)
