"""A disk that is full, and a folder that cannot be written to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eval.failure import damage, kills, work
from eval.failure.children import Ended, Tell, run
from eval.failure.kills import Undisturbed
from eval.reading.measure import Measure
from eval.reading.snapshot import differences

ROOM = (4, 24, 96, 320, 900)
"""KB that are free when the work begins: none of the work fits into the first, nearly all into the last."""
_NOBODY = 65534
_ENOUGH = "64m"


def measure_full(rooms: tuple[int, ...] = ROOM) -> list[Measure] | str:
    """Every operation on disks with so little room; a word where no small disk can be mounted."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "skipped: a small disk can only be mounted by root on Linux"
    refused, lost, rough, unequal = 0, [], [], []
    with tempfile.TemporaryDirectory(prefix="report-assistant-full-") as temporary:
        place = Path(temporary)
        for name in work.OPERATIONS:
            known = kills.undisturbed(place, name)
            for room in rooms:
                found = _on_a_full_disk(place, name, known, room)
                refused += found.refused
                lost += found.lost
                rough += found.rough
                unequal += found.unequal
    cases = len(work.OPERATIONS) * len(rooms)
    return [
        Measure("full: pieces of work that did not fit", refused, "count", least=cases // 4),
        Measure("full: acknowledged and lost", len(lost), "count", most=0, faults=tuple(lost)),
        Measure("full: not told in one line", len(rough), "count", most=0, faults=tuple(rough)),
        Measure("full: not made good once there is room", len(unequal), "count", most=0, faults=tuple(unequal)),
    ]


def measure_read_only() -> list[Measure] | str:
    """An archive that may only be read: it answers as before, refuses every writing in one line, and stays as it is."""
    if sys.platform == "win32":
        return "skipped: permissions are those of POSIX"
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="report-assistant-read-only-") as temporary:
        place = Path(temporary)
        place.chmod(0o755)
        for name in work.OPERATIONS:
            known = kills.undisturbed(place, name)
            answers = run(damage.answers, known.home).whole()
            before = _bytes(known.home)
            _seal_off(known.home, writable=False)
            ended, answered = run(_as_nobody, name, known.home, place / "new"), run(_read_as_nobody, known.home)
            _seal_off(known.home, writable=True)
            if not refused(ended):
                wrong.append(f"{name}: {ended.trouble}")
            if answered.result != answers:
                wrong.append(f"{name}: answered otherwise ({answered.trouble})")
            if _bytes(known.home) != before:
                wrong.append(f"{name}: something was written")
    return [
        Measure("read-only: sorts of work", len(work.OPERATIONS), "count", least=len(work.OPERATIONS)),
        Measure("read-only: not refused in one line, or changed", len(wrong), "count", most=0, faults=tuple(wrong)),
    ]


class _Found:
    """What came of one piece of work on a full disk."""

    def __init__(self) -> None:
        self.refused = False
        self.lost: list[str] = []
        self.rough: list[str] = []
        self.unequal: list[str] = []


def _on_a_full_disk(place: Path, name: str, known: Undisturbed, room: int) -> _Found:
    found, disk, case = _Found(), place / "disk", f"{name} with {room} KB"
    with _mounted(disk) as resize:
        home = disk / "archive"
        shutil.copytree(known.home, home)
        used = sum(_blocks(path) for path in home.rglob("*"))
        resize(f"{used + room}k")
        ended = run(work.OPERATIONS[name], home, place / "new")
        found.refused = refused(ended)
        if ended.fault is not None or ended.code != 0:
            found.rough.append(f"{case}: {ended.trouble}")
        told = tuple(ended.told)
        resize(_ENOUGH)
        again = run(kills.repeat, name, home, place / "new", told)
        after: kills.After | None = again.result
        found.lost += [f"{case}: {line}" for line in (after.lost if after else ())]
        found.unequal += [f"{case}: {line}" for line in (_left(known, after) if after else (again.trouble,))]
    return found


def refused(ended: Ended) -> bool:
    """Whether a person was told in one line that it could not be done."""
    told = any(line[0] == "fault" or (line[0] == "file" and line[2] == "failed") for line in ended.told)
    return ended.fault is None and ended.code == 0 and (ended.refusal is not None or told)


def _left(known: Undisturbed, after: kills.After) -> list[str]:
    left = [*after.unnoticed]
    if known.wanted is not None and after.snapshot is not None:
        left += differences(known.wanted, after.snapshot)
    return left


@contextmanager
def _mounted(place: Path) -> Iterator[Any]:
    """A disk of its own, with a function that gives it another size."""
    place.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_ENOUGH}", "report-assistant", str(place)]
    subprocess.run(mount, check=True, capture_output=True)

    def resize(size: str) -> None:
        subprocess.run(["mount", "-o", f"remount,size={size}", str(place)], check=True, capture_output=True)

    try:
        yield resize
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True, capture_output=True)


def _blocks(path: Path) -> int:
    return path.stat().st_blocks // 2


def _seal_off(home: Path, *, writable: bool) -> None:
    """Take everybody's right to write, or give it back to the owner."""
    for path in (home, *home.rglob("*")):
        path.chmod((0o755 if writable else 0o555) if path.is_dir() else (0o644 if writable else 0o444))


def _become_nobody() -> None:
    if os.geteuid() == 0:  # whom no permission binds
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)


def _as_nobody(tell: Tell, name: str, home: Path, folder: Path) -> None:
    _become_nobody()
    work.OPERATIONS[name](tell, home, folder)


def _read_as_nobody(tell: Tell, home: Path) -> damage.Answers:
    _become_nobody()
    damage.doctor(tell, home, False)
    return damage.answers(tell, home)


def _bytes(home: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}
