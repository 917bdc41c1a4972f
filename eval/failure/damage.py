"""Damaged archives: what is searched, what `doctor` says, and whether the remedy it names mends it.

Every case is a copy of one sound archive with one thing broken. A copy that still holds the same and answers the same
is no damage (a flipped bit in a page that nothing uses): it is counted apart.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from eval.failure import work
from eval.failure.children import Ended, Tell, run
from eval.reading.killed import QuickEncoder
from eval.reading.measure import Measure
from eval.reading.snapshot import Snapshot, differences, snapshot
from ingest.archive import Archive
from ingest.archive.records import Finding
from ingest.errors import ReportAssistantError

PROBES = ("疫苗接种 乡镇卫生院", "家庭医生签约完成率", "中医药服务 经费 万元", "卫生应急培训", "惠及群众")
_FOUND = 10

Break = Callable[[Path, random.Random], None]
"""Breaks the archive in this folder."""
Answers = tuple[tuple[float, ...], ...]
"""How near the passages are that are found for each probe, by text and by vector (a passage that is read again has
another number, so that numbers tell nothing)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One thing broken. `answering`: search must go on as if nothing were wrong (it has all it needs)."""

    name: str
    broken: Break
    answering: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True)
class Sound:
    """The archive before: where, what it holds, what it answers."""

    home: Path
    held: Snapshot
    answers: Answers


@dataclass(frozen=True, slots=True)
class Damaged:
    """One case. `harmless`: nothing was different. `noticed`: what doctor or the search says, None where nothing is
    said. `mended`: what the named remedy left different.
    """

    name: str
    harmless: bool = False
    noticed: str | None = None
    crashed: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    differences: tuple[str, ...] = field(default=())


class NotSound(ReportAssistantError):
    """`doctor` finds fault with an archive that nobody has broken: then what it says of a broken one proves nothing."""


def sound(home: Path) -> Sound:
    """What the archive is before anything is broken. Raises NotSound."""
    said = _noticed(run(doctor, home, True))
    if said is not None:
        raise NotSound(f"完好的档案被判为有误：{said}", "请先排除这一误报")
    held, found = run(_state, home).whole()
    return Sound(home, held, found)


def damage(case: Case, archive: Sound, place: Path, seed: int) -> Damaged:
    """Break a copy of the archive in `place` and look at it."""
    home = place / "broken"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(archive.home, home)
    case.broken(home, random.Random(seed))
    answered, examined = run(answers, home), run(doctor, home, case.full)
    state = run(_state, home)
    same = state.result is not None and not differences(archive.held, state.result[0])
    harmless = same and answered.result == archive.answers
    noticed = _noticed(examined) or _noticed(answered)
    crashed = [f"{what}: {one.trouble}" for what, one in _named(answered, examined) if _crashed(one)]
    unanswered: list[str] = []
    if case.answering and answered.result != archive.answers:
        unanswered.append(answered.trouble if answered.result is None else "other passages were found")
    mended: tuple[str, ...] = ()
    if noticed is not None and not harmless:
        mended = _mended(noticed, home, archive)
    return Damaged(
        f"{case.name} #{seed}", harmless, noticed, tuple(crashed), tuple(unanswered), mended, _told(archive, state)
    )


def measures(topic: str, found: Sequence[Damaged], least: int) -> list[Measure]:
    """The figures of these cases."""
    real = [one for one in found if not one.harmless]
    unnoticed = [f"{one.name}: {'; '.join(one.differences)}" for one in real if one.noticed is None]
    crashed = [f"{one.name}: {line}" for one in found for line in one.crashed]
    unanswered = [f"{one.name}: {line}" for one in found for line in one.unanswered]
    unmended = [f"{one.name} ({one.noticed}): {line}" for one in real for line in one.mended]
    return [
        Measure(f"{topic}: damaged archives", len(real), "count", least=least),
        Measure(f"{topic}: of which nothing was different", len(found) - len(real), "count"),
        Measure(f"{topic}: undetected", len(unnoticed), "count", most=0, faults=tuple(unnoticed)),
        Measure(f"{topic}: crashed or in a traceback", len(crashed), "count", most=0, faults=tuple(crashed)),
        Measure(f"{topic}: searched in vain", len(unanswered), "count", most=0, faults=tuple(unanswered)),
        Measure(f"{topic}: not mended by the remedy", len(unmended), "count", most=0, faults=tuple(unmended)),
    ]


def flip(path: Path, chance: random.Random, count: int = 1) -> None:
    """Turn some bits of a file over."""
    data = bytearray(path.read_bytes())
    for _ in range(count):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def cut(path: Path, share: float) -> None:
    """Keep only the beginning of a file."""
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])


def answers(tell: Tell, home: Path) -> Answers:
    """In a child: what is found."""
    with Archive.create_or_open(home) as archive:
        return asked(archive)


def asked(archive: Archive) -> Answers:
    """The answers of an open archive."""
    found = [archive.search_text([probe], limit=_FOUND) for probe in PROBES]
    found += [archive.search_vectors(one, limit=_FOUND) for one in QuickEncoder().encode_passages(PROBES)]
    for hits in found:  # what is found is read as well
        archive.passages([hit.passage_id for hit in hits])
    return tuple(tuple(round(hit.score, 3) for hit in hits) for hits in found)


def doctor(tell: Tell, home: Path, full: bool) -> list[Finding]:
    """In a child: what is said."""
    with Archive.create_or_open(home) as archive:
        return archive.doctor(QuickEncoder.name, full=full)


def _state(tell: Tell, home: Path) -> tuple[Snapshot, Answers]:
    return snapshot(home), answers(tell, home)


def _noticed(ended: Ended) -> str | None:
    """What a person is told of the damage, with a remedy."""
    if ended.refusal is not None:
        return ended.refusal
    for finding in ended.result or ():
        if isinstance(finding, Finding) and finding.severity != "info" and finding.remedy:
            return f"{finding.message}，{finding.remedy}"
    return None


def _crashed(ended: Ended) -> bool:
    return ended.code != 0 or ended.fault is not None


def _named(answered: Ended, examined: Ended) -> tuple[tuple[Literal["search", "doctor"], Ended], ...]:
    return ("search", answered), ("doctor", examined)


def _mended(remedy: str, home: Path, archive: Sound) -> tuple[str, ...]:
    """What is still different when the remedy has been followed; restoring from a copy needs no proof here."""
    if "rebuild" not in remedy:
        return ()
    ended = run(work.rebuild, home, home)
    if ended.code != 0 or ended.refusal or ended.fault:
        return (ended.trouble,)
    state = run(_state, home)
    if state.result is None:
        return (state.trouble,)
    left = differences(archive.held, state.result[0])
    return tuple(left) if left else () if state.result[1] == archive.answers else ("other passages are found",)


def _told(archive: Sound, state: Ended) -> tuple[str, ...]:
    if state.result is None:
        return (state.trouble,)
    return tuple(differences(archive.held, state.result[0])[:2]) or ("other passages were found",)
