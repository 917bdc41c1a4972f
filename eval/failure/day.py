"""A day of work in fast motion: everything that people do with an archive in random order, with kills in between.

After each piece of work: what was acknowledged since the morning is there, and `doctor` calls the archive sound.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.conversations.store import Conversations
from assistant.conversations.types import Turn
from assistant.drafting.store import DraftStore
from assistant.drafting.types import Order
from eval.failure import damage, work
from eval.failure.children import Child, Ended, Tell, Work, run
from eval.failure.material import title_of, write_reports
from eval.failure.promised import Promised, look
from eval.reading.measure import Measure
from ingest.archive import Archive, originals
from ingest.corrections import correct_report, reset_report
from ingest.discarding import discard, restore
from ingest.pipeline import read_file
from ingest.settings import Settings
from ingest.trash import Trash

PER_HOUR = 10
_KILLED = 0.4
"""The share of pieces of work that are killed."""
_LONGEST = 0.4
"""Seconds into its work within which one is killed."""


@dataclass(frozen=True, slots=True)
class Day:
    """What was done, and what went wrong."""

    done: dict[str, int]
    killed: int
    faults: tuple[str, ...]


def measure_day(hours: int = 24, seed: int = 0) -> list[Measure]:
    """So many hours, ten pieces of work in each."""
    day = live(hours * PER_HOUR, seed)
    return [
        Measure("day: pieces of work", sum(day.done.values()), "count", least=hours * PER_HOUR),
        Measure("day: sorts of work", len(day.done), "count"),
        Measure("day: killed in the middle", day.killed, "count"),
        Measure("day: lost, refused or unsound", len(day.faults), "count", most=0, faults=day.faults),
    ]


def live(pieces: int, seed: int = 0) -> Day:
    """Do so many pieces of work on one archive."""
    chance, done, killed = random.Random(seed), dict.fromkeys(_WORKS, 0), 0
    promised, faults = Promised(), []
    with tempfile.TemporaryDirectory(prefix="report-assistant-day-") as temporary:
        place = Path(temporary)
        home, folder = place / "archive", place / "reports"
        write_reports(folder, range(3))
        run(work.ingest, home, folder).whole()
        promised.here |= {title_of(number) for number in range(3)}
        for number in range(pieces):
            name = chance.choice(list(_WORKS))
            done[name] += 1
            wish = _WORKS[name].wish(promised, chance, folder, number)
            if wish is None:
                continue
            ended = _done(_WORKS[name].work, home, wish, chance)
            killed += ended.killed
            if not ended.killed and (ended.refusal or ended.fault or ended.code != 0):
                faults.append(f"{number} {name}: {ended.trouble}")
            _WORKS[name].kept(promised, wish, ended)
            found = run(look, home, promised)
            faults += [f"{number} {name}: {line}" for line in found.result or ([found.trouble] if found.code else [])]
    return Day({name: count for name, count in done.items() if count}, killed, tuple(faults))


def _done(piece: Work, home: Path, wish: Any, chance: random.Random) -> Ended:
    """One piece of work, killed in the middle now and then."""
    if chance.random() >= _KILLED:
        return run(piece, home, wish)
    with Child(piece, home, wish) as child:
        child.kill_after(chance.uniform(0, _LONGEST))
        return child.wait()


@dataclass(frozen=True, slots=True)
class _Piece:
    """`wish`: what exactly shall be done (None: nothing to do it with); `work`: in a child; `kept`: what is promised
    from then on.
    """

    wish: Callable[[Promised, random.Random, Path, int], Any]
    work: Work
    kept: Callable[[Promised, Any, Ended], None]


def _new_reports(promised: Promised, chance: random.Random, folder: Path, number: int) -> Any:
    numbers = range(10 + 2 * number, 12 + 2 * number)
    write_reports(folder, numbers)
    return folder, tuple(title_of(one) for one in numbers)


def _ingest(tell: Tell, home: Path, wish: tuple[Path, tuple[str, ...]]) -> None:
    work.ingest(tell, home, wish[0])


def _ingested(promised: Promised, wish: tuple[Path, tuple[str, ...]], ended: Ended) -> None:
    promised.open |= set(wish[1])
    titles = {title_of(int(path.stem)) for path in wish[0].iterdir()}
    if ended.killed:
        # How far it came nobody knows; what was taken out before may be in again.
        promised.open |= titles & (promised.gone | promised.thrown)
    elif not ended.refusal:
        # The folder is read as a whole: what a kill has left out comes in, and so does what was taken out.
        promised.here |= titles
        promised.open -= titles
        promised.gone -= titles
        promised.thrown -= titles


def _one(promised: Promised, chance: random.Random, folder: Path, number: int) -> Any:
    known = sorted(promised.here - promised.open)
    return (chance.choice(known), 2000 + number % 20) if len(known) > 2 else None


def _number(home: Path, title: str) -> int:
    with Archive.create_or_open(home) as archive:
        return next(report.id for report in archive.reports() if report.title == title)


def _correct(tell: Tell, home: Path, wish: tuple[str, int]) -> None:
    correct_report(Settings(home), _number(home, wish[0]), {"year": wish[1]}, read_file)


def _corrected(promised: Promised, wish: tuple[str, int], ended: Ended) -> None:
    promised.years.pop(wish[0], None)
    if not ended.killed:
        promised.years[wish[0]] = wish[1]


def _reset(tell: Tell, home: Path, wish: tuple[str, int]) -> None:
    reset_report(Settings(home), _number(home, wish[0]), read_file)


def _was_reset(promised: Promised, wish: tuple[str, int], ended: Ended) -> None:
    promised.years.pop(wish[0], None)


def _forget(tell: Tell, home: Path, wish: tuple[str, int]) -> None:
    with Archive.create_or_open(home, write=True) as archive:
        archive.forget(wish[0])


def _forgotten(promised: Promised, wish: tuple[str, int], ended: Ended) -> None:
    promised.years.pop(wish[0], None)
    promised.here.discard(wish[0])
    promised.gone.add(wish[0])
    if ended.killed:
        promised.open.add(wish[0])


def _discard(tell: Tell, home: Path, wish: tuple[str, int]) -> None:
    discard(Settings(home), _number(home, wish[0]))


def _discarded(promised: Promised, wish: tuple[str, int], ended: Ended) -> None:
    promised.years.pop(wish[0], None)
    promised.here.discard(wish[0])
    promised.thrown.add(wish[0])
    if ended.killed:
        promised.open.add(wish[0])


def _thrown(promised: Promised, chance: random.Random, folder: Path, number: int) -> Any:
    known = sorted(promised.thrown - promised.open)
    return (chance.choice(known), 0) if known else None


def _restore(tell: Tell, home: Path, wish: tuple[str, int]) -> None:
    entry = next(one for one in Trash(home).entries() if one.left.title == wish[0])
    restore(Settings(home), entry.id, read_file)


def _restored(promised: Promised, wish: tuple[str, int], ended: Ended) -> None:
    if ended.killed:
        promised.open.add(wish[0])
    else:
        promised.thrown.discard(wish[0])
        promised.here.add(wish[0])


def _words(promised: Promised, chance: random.Random, folder: Path, number: int) -> Any:
    return f"第{number}件事"


def _talk(tell: Tell, home: Path, wish: str) -> None:
    kept = Conversations(home)
    known = kept.newest(work.OWNER, limit=1)
    with Archive.create_or_open(home) as archive:
        damage.asked(archive)
    one = (
        kept.append(work.OWNER, known[0].id, Turn(wish, fault="无"))
        if known
        else kept.start(work.OWNER, Turn(wish, fault="无"))
    )
    tell((one.id, wish))


def _talked(promised: Promised, wish: str, ended: Ended) -> None:
    promised.turns += ended.told


def _save(tell: Tell, home: Path, wish: str) -> None:
    DraftStore(home).save(work.OWNER, "要点", Order("某局", 2024), None, {"text": wish}, note="保存")
    tell(wish)


def _saved(promised: Promised, wish: str, ended: Ended) -> None:
    promised.texts += ended.told


def _rebuild(tell: Tell, home: Path, wish: str) -> None:
    work.rebuild(tell, home, home)


def _back_up(tell: Tell, home: Path, wish: str) -> int:
    """A copy by the product's own means, made into an archive beside this one and compared with it."""
    from ingest.backup import back_up
    from ingest.backup import restore as restore_from

    class Quiet:
        def __call__(self, *_: object) -> None:
            """Nobody looks."""

    file, beside = home.with_name("backup.tar"), home.with_name("beside")
    back_up(home, file, (), Quiet())
    shutil.rmtree(beside, ignore_errors=True)
    restore_from(file, beside, (), Quiet())
    with Archive.create_or_open(home) as here, Archive.create_or_open(beside) as there:
        if sorted(report.title for report in here.reports()) != sorted(report.title for report in there.reports()):
            raise AssertionError("the backup holds other reports")
        assert dict(originals.kept(beside)).keys() >= {file.sha256 for file in here.files() if file.status == "ok"}
    shutil.rmtree(beside)
    return file.stat().st_size


def _nothing(promised: Promised, wish: Any, ended: Ended) -> None:
    """Nothing is promised."""


_WORKS = {
    "ingest": _Piece(_new_reports, _ingest, _ingested),
    "correct": _Piece(_one, _correct, _corrected),
    "reset": _Piece(_one, _reset, _was_reset),
    "forget": _Piece(_one, _forget, _forgotten),
    "discard": _Piece(_one, _discard, _discarded),
    "restore": _Piece(_thrown, _restore, _restored),
    "ask": _Piece(_words, _talk, _talked),
    "draft": _Piece(_words, _save, _saved),
    "rebuild": _Piece(_words, _rebuild, _nothing),
    "backup": _Piece(_words, _back_up, _nothing),
}
