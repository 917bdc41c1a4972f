"""All runs of failure, one after the other; what cannot be run here is skipped with a word."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from eval.reading.measure import Measure
from eval.reading.report import TopicError

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is run. `kills`: of all work together; `damages`: files with bits turned over, for each store;
    `hours`: of the day in fast motion; `rooms`: sizes of a full disk in KB, None for the usual ones.
    """

    kills: int = 200
    damages: int = 60
    hours: int = 24
    rooms: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """One sort of failure."""

    name: str
    ask: Callable[[Extent], list[Measure] | str]


def topics(told: Progress) -> tuple[Topic, ...]:
    """Every topic in the order of asking."""
    from eval.failure import broken, clock, day, disk, kills, locks

    return (
        Topic("kills", lambda extent: kills.measure_kills(extent.kills, told=lambda one: told(one.told))),
        Topic("full", lambda extent: disk.measure_full(extent.rooms or disk.ROOM)),
        Topic("read-only", lambda _: disk.measure_read_only()),
        Topic("chroma", lambda extent: broken.measure_chroma(extent.damages)),
        Topic("database", lambda extent: broken.measure_database(extent.damages)),
        Topic("originals", lambda extent: broken.measure_originals(max(3, extent.damages // 5))),
        Topic("locks", lambda _: locks.measure_locks()),
        Topic("clock", lambda _: clock.measure_clock()),
        Topic("day", lambda extent: day.measure_day(extent.hours)),
    )


def chosen(names: Sequence[str], told: Progress) -> list[Topic]:
    """The topics of these names, all where none is named. Raises TopicError."""
    known = {topic.name: topic for topic in topics(told)}
    for name in names:
        if name not in known:
            raise TopicError(f"没有名为 {name} 的项目", f"可用的有 {'、'.join(known)}")
    return [known[name] for name in names] or list(known.values())


def ask(names: Sequence[str], extent: Extent, told: Progress) -> Iterator[tuple[str, list[Measure] | str]]:
    """Each topic's measures as they come."""
    for topic in chosen(names, told):
        if sys.platform == "win32":
            yield topic.name, "skipped: SIGKILL and fork are those of POSIX"
        else:
            told(topic.name)
            yield topic.name, topic.ask(extent)
