"""SIGKILL in the middle of every sort of writing: what was acknowledged is there, and the rest is made up for.

Half of the kills fall at a random moment of the running time, half between two named steps (`steps`).
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.failure import acknowledged, steps, work
from eval.failure.children import Child, ChildFailed, Tell, run
from eval.failure.material import title_of, write_reports
from eval.reading.measure import Measure
from eval.reading.snapshot import Snapshot, differences, snapshot

_OLD, _NEW = range(5), range(5, 9)
_MEND = ("forget", "discard", "rebuild")
"""After these a clerk who was interrupted also has the indexes made again."""
OWN_DATABASE = ("conversations", "drafts")
_TRIES = 3
"""Moments after the end strike nothing and are tried again, so many times as often as wanted at most."""


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: of what, when (a moment or a step), whether it met the work, and what it did."""

    operation: str
    when: str
    struck: bool
    acknowledged: int = 0
    lost: tuple[str, ...] = ()
    unnoticed: tuple[str, ...] = ()
    unequal: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """For whoever watches."""
        what = [*self.lost, *self.unnoticed, *self.unequal]
        return f"{self.operation} {self.when}: {'；'.join(what) or ('made good' if self.struck else 'was over')}"

    def lines(self, faults: Sequence[str]) -> list[str]:
        """The faults with where they came from."""
        return [f"{self.operation} {self.when}: {fault}" for fault in faults]


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """The archive that an operation begins with, how long it takes, through how many steps, and what comes of it."""

    home: Path
    seconds: float
    steps: int
    wanted: Snapshot | None


@dataclass(frozen=True, slots=True)
class After:
    """What a killed archive was found to be, and what it was once the work was repeated."""

    lost: tuple[str, ...]
    unnoticed: tuple[str, ...]
    snapshot: Snapshot | None


def kill_all(
    times: int,
    seed: int = 0,
    told: Callable[[Kill], None] | None = None,
    names: Sequence[str] = tuple(work.OPERATIONS),
) -> list[Kill]:
    """`times` kills that met their work, spread evenly over the operations of these names."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="report-assistant-kills-") as temporary:
        place = Path(temporary)
        known = {name: undisturbed(place, name) for name in names}
        kills: list[Kill] = []
        for number in range(_TRIES * times):
            struck = [kill for kill in kills if kill.struck]
            if len(struck) >= times:
                break
            name = names[len(struck) % len(names)]
            at = None if len(struck) // len(names) % 2 else chance.randrange(known[name].steps)
            kills.append(_killed(place, name, known[name], at, chance, number))
            if told is not None:
                told(kills[-1])
    return kills


def measure_kills(times: int = 200, told: Callable[[Kill], None] | None = None) -> list[Measure]:
    """Kills of every operation."""
    return measures(kill_all(times, told=told), times)


def measures(kills: Sequence[Kill], times: int) -> list[Measure]:
    """The figures of these kills."""
    struck = [kill for kill in kills if kill.struck]
    lost = [line for kill in struck for line in kill.lines(kill.lost)]
    unnoticed = [line for kill in struck for line in kill.lines(kill.unnoticed)]
    unequal = [line for kill in struck for line in kill.lines(kill.unequal)]
    kinds = {kill.operation for kill in struck}
    return [
        Measure("kills: that met running work", len(struck), "count", least=times),
        Measure("kills: sorts of work", len(kinds), "count", least=min(times, len(work.OPERATIONS))),
        Measure("kills: things acknowledged before", sum(kill.acknowledged for kill in struck), "count"),
        Measure("kills: acknowledged and lost", len(lost), "count", most=0, faults=tuple(lost)),
        Measure("kills: damage undetected", len(unnoticed), "count", most=0, faults=tuple(unnoticed)),
        Measure("kills: not made good by the next run", len(unequal), "count", most=0, faults=tuple(unequal)),
    ]


def undisturbed(place: Path, name: str) -> Undisturbed:
    """Do an operation with nothing in its way, in a copy that lies in `place`."""
    home, folder, base = place / f"{name}-before", place / "new", place / "base"
    if not base.exists():
        write_reports(folder, _NEW)
        run(work.ingest, base, write_reports(place / "old", _OLD)).whole()
    shutil.copytree(base, home)
    if name == "restore":
        run(work.throw_away, home, folder).whole()
    if name == "conversations":
        run(work.converse, home, folder).whole()  # a database that is there already, as it nearly always is
    whole = place / f"{name}-whole"
    shutil.copytree(home, whole)
    ended = run(_timed, name, whole, folder)
    seconds, reached = ended.whole()
    wanted = None if name in OWN_DATABASE else run(repeat, name, whole, folder, ()).whole().snapshot
    return Undisturbed(home, seconds, reached, wanted)


def _killed(place: Path, name: str, known: Undisturbed, step: int | None, chance: random.Random, number: int) -> Kill:
    home = place / f"killed-{number}"
    shutil.copytree(known.home, home)
    after = chance.uniform(0, known.seconds)
    when = f"+{after:.3f}s" if step is None else f"step {step}"
    with Child(_begun, name, home, place / "new", step) as child:
        for line in child.news():
            if line == ("began",) and step is None:
                time.sleep(after)
                child.kill()
        ended = child.wait()
    if not ended.killed:
        if ended.code != 0 or ended.fault or ended.refusal:
            return Kill(name, when, True, unequal=(ended.trouble,))
        return Kill(name, when, False)
    told = tuple(line for line in ended.told if line != ("began",))
    try:
        found: After = run(repeat, name, home, place / "new", told).whole()
    except ChildFailed as error:
        return Kill(name, when, True, len(told), unequal=(str(error),))
    unequal: list[str] = []
    if known.wanted is not None and found.snapshot is not None:
        unequal = differences(known.wanted, found.snapshot)
    shutil.rmtree(home)
    return Kill(name, when, True, len(told), found.lost, found.unnoticed, tuple(unequal))


def _begun(tell: Tell, name: str, home: Path, folder: Path, step: int | None) -> None:
    if step is not None:
        steps.kill_at(step)
    tell(("began",))
    work.OPERATIONS[name](tell, home, folder)


def _timed(tell: Tell, name: str, home: Path, folder: Path) -> tuple[float, int]:
    """How long an operation takes, and how many steps it goes through."""
    reached: list[str] = []
    steps.count(reached)
    began = time.monotonic()
    work.OPERATIONS[name](tell, home, folder)
    return time.monotonic() - began, len(reached)


def repeat(tell: Tell, name: str, home: Path, folder: Path, told: tuple[Any, ...]) -> After:
    """In a child: what is lost and goes unnoticed right after the kill; then the work once more, as a clerk would."""
    meant = work.FORGOTTEN if name == "forget" else ()
    missing = acknowledged.lost(home, told, [title for title in map(title_of, _OLD) if title not in meant])
    unnoticed = own_database_faults(home) if name in OWN_DATABASE else unnoticed_faults(home)
    work.OPERATIONS[name](tell, home, folder)
    if name in _MEND:
        work.rebuild(tell, home, folder)
    missing += [f"after the repetition: {line}" for line in acknowledged.lost(home, told)]
    return After(tuple(missing), tuple(unnoticed), None if name in OWN_DATABASE else snapshot(home))


def unnoticed_faults(home: Path) -> list[str]:
    """What does not fit together in an archive that `doctor` calls sound."""
    from ingest.archive import Archive

    faults = acknowledged.unsound(home)
    if not faults:
        return []
    with Archive.create_or_open(home) as archive:
        noticed = any(finding.severity != "info" and finding.remedy for finding in archive.doctor())
    return [] if noticed else faults


def own_database_faults(home: Path) -> list[str]:
    """What is wrong with app.db, by SQLite's own account."""
    import sqlite3

    path = home / "app.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
