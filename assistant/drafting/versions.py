"""The versions of a draft, and which of them are folded away: nobody looks through a version for every pause in typing.

A version whose note is empty was kept by the program by itself. All others have a note that says in Chinese why they
are there, and stay: those that the writer saved, and those from before something that replaces text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

SAVED = "保存"
"""Saved by the writer; what he noted beside it follows behind a colon."""
DRAFTED = "起草完成"
BEFORE_DRAFTING, BEFORE_REWRITING = "重新起草前", "重写前"
BEFORE_TAKING_BACK, BEFORE_GOING_BACK = "还原前", "恢复前"
GONE_BACK = "恢复自第{number}版"
_GONE_BACK = re.compile(GONE_BACK.format(number=r"(\d+)"))
MAX_LABEL = 60
"""Characters of what the writer notes beside a version."""

SPELL = timedelta(minutes=10)
"""Of automatic versions the last of each such spell is kept for a day,"""
FRESH = timedelta(days=1)
"""and of older ones the last of each calendar day."""


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """One state of a draft; numbers count from 1 and are never given twice. `note` says in Chinese why it was kept;
    empty: by the program, while the writer typed.
    """

    draft: str
    number: int
    saved: datetime
    note: str = ""

    @property
    def automatic(self) -> bool:
        """Whether it may be folded away."""
        return not self.note

    @property
    def by_hand(self) -> bool:
        """Whether the writer saved it."""
        return self.note == SAVED or self.note.startswith(f"{SAVED}：")

    @property
    def label(self) -> str:
        """What the writer noted beside it."""
        return self.note.removeprefix(f"{SAVED}：") if self.by_hand and self.note != SAVED else ""

    @property
    def back_to(self) -> int | None:
        """The number of the version that it was made from again."""
        found = _GONE_BACK.fullmatch(self.note)
        return int(found[1]) if found else None


def saved_note(label: str = "") -> str:
    """The note of a version that the writer saves, with what he says of it."""
    said = " ".join(label.split())[:MAX_LABEL]
    return f"{SAVED}：{said}" if said else SAVED


def prevailing(held: DraftVersion, note: str) -> str:
    """The note of a version that is kept a second time as it stands: the writer's own word outweighs the program's."""
    again = DraftVersion(held.draft, held.number, held.saved, note)
    if again.by_hand:
        return note if again.label or not held.by_hand else held.note
    return held.note or note


def folded(versions: Iterable[DraftVersion], now: datetime) -> frozenset[int]:
    """The numbers of the automatic versions of one draft that a later one stands for; never the newest."""
    last: dict[object, int] = {}
    superfluous: set[int] = set()
    newest = 0
    for one in sorted(versions, key=lambda one: one.number):
        newest = one.number
        if not one.automatic:
            continue
        spell = _spell(one.saved, now)
        if spell in last:
            superfluous.add(last[spell])
        last[spell] = one.number
    return frozenset(superfluous - {newest})


def _spell(saved: datetime, now: datetime) -> object:
    """What versions of one working spell have in common."""
    if saved > now - FRESH:
        return int(saved.timestamp() // SPELL.total_seconds())
    return saved.astimezone().date()
