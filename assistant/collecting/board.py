"""The files of an upload and what has become of each: no threads and no disk here."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.collecting.types import Row, State
from ingest.intake.outcomes import FileOutcome, Status

_STATES: dict[Status, State] = {
    "new": "done",
    "updated": "done",
    "moved": "done",
    "removed": "done",
    "unchanged": "known",
    "duplicate": "known",
    "skipped": "skipped",
    "failed": "failed",
}
_KNOWN = "档案中已有，没有变化。"
_NOTHING = "压缩包里没有可读的报告，请检查后重新上传。"
_SHOWN = 3
_SILENCE = 120.0
"""Seconds after which a browser that sends nothing more is believed to be gone."""
OPEN: frozenset[State] = frozenset({"coming", "waiting", "reading"})


@dataclass(slots=True)
class Vectors:
    """How far the vectors are. `began`: when, and with how many, the present stretch of work began."""

    done: int = 0
    total: int = 0
    clock: Callable[[], float] = time.monotonic
    began: tuple[float, int] | None = None

    def hear(self, done: int, total: int) -> None:
        """What the process tells; after a pause it counts anew."""
        if self.began is None or done < self.done:
            self.began = self.clock(), done
        self.done, self.total = done, total

    def seconds_left(self) -> float | None:
        """By the pace until now; None before there is one."""
        if self.began is None or self.done <= self.began[1]:
            return None
        at, before = self.began
        return (self.clock() - at) / (self.done - before) * (self.total - self.done)


@dataclass(slots=True)
class Board:
    """One upload. `who` sent it; `complete`: nothing more will come; `touched`: when something last came."""

    id: str
    who: str
    rows: list[Row]
    clock: Callable[[], float] = time.monotonic
    complete: bool = False
    read: bool = False
    touched: float = 0.0
    began: float | None = None
    fresh: list[str] = field(default_factory=list)
    outcomes: dict[int, list[FileOutcome]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.touch()

    def touch(self) -> None:
        """Something has come."""
        self.touched = self.clock()

    def is_silent(self) -> bool:
        """Whether the browser that was sending seems to be gone."""
        return not self.complete and self.clock() - self.touched > _SILENCE

    def close(self) -> None:
        """Nothing more comes."""
        for row in self.rows:
            if row.state == "coming":
                self.put(row.number, "failed", "上传中断，没有收到，请重新上传。")
        self.complete = True

    def put(self, number: int, state: State, line: str = "", **changes: Any) -> None:
        """What has become of a file."""
        row = self.rows[number]
        self.rows[number] = replace(row, state=state, line=line or row.line, **changes)
        self.touch()

    def paths(self) -> list[Path]:
        """What is to be read."""
        return [Path(row.place) for row in self.rows if row.state == "waiting"]

    def begin(self) -> None:
        """Reading begins with the first file that waits."""
        self.began = self.clock()
        self._point()

    def hear(self, outcome: FileOutcome) -> None:
        """What became of a file, or of one file in a zip; what lies behind it is read next."""
        number = self._number(outcome.path)
        if number is None:
            return
        for row in self.rows[:number]:  # a zip is over when the next file is told of
            if row.state in ("waiting", "reading"):
                self._settle(row.number)
        self.outcomes.setdefault(number, []).append(outcome)
        if outcome.status in ("new", "updated", "moved"):
            self.fresh.append(outcome.path)
        if outcome.path == self.rows[number].place:
            self._settle(number)
        self._point()

    def end(self) -> None:
        """Nothing more is read: zips are over, what still waits was not read."""
        for row in self.rows:
            if row.state == "reading" and (row.number in self.outcomes or _is_zip(row)):
                self._settle(row.number)
        self.stop()

    def stop(self) -> None:
        """What has not been read by now is not going to be."""
        for row in self.rows:
            if row.state in OPEN:
                self.put(row.number, "stopped")
        self.complete = self.read = True

    def progress(self) -> tuple[int, int]:
        """Bytes read, and to read."""
        mine = [row for row in self.rows if row.place or row.state == "coming"]
        return sum(row.size for row in mine if row.state not in OPEN), sum(row.size for row in mine)

    def seconds_left(self) -> float | None:
        """By the pace until now; None before there is one."""
        done, total = self.progress()
        if self.began is None or done == 0:
            return None
        return (self.clock() - self.began) / done * (total - done)

    def told(self) -> str:
        """One line for the audit."""
        read = [row for row in self.rows if row.state == "done"]
        names = "、".join(row.name for row in read[:_SHOWN]) + ("等" if len(read) > _SHOWN else "")
        failed = sum(row.state in ("failed", "stopped") for row in self.rows)
        return (
            f"读入 {len(read)} 个文件（{names}），未读入 {failed} 个" if read else f"没有读入文件，未读入 {failed} 个"
        )

    def _number(self, path: str) -> int | None:
        for row in self.rows:
            if row.place and (path == row.place or path.startswith(row.place + os.sep)):
                return row.number
        return None

    def _point(self) -> None:
        if any(row.state == "reading" for row in self.rows):
            return
        number = next((row.number for row in self.rows if row.state == "waiting"), None)
        if number is not None:
            self.rows[number] = replace(self.rows[number], state="reading")

    def _settle(self, number: int) -> None:
        row, told = self.rows[number], self.outcomes.get(number, [])
        if not told:
            self.put(number, "failed" if _is_zip(row) else "stopped", _NOTHING if _is_zip(row) else "")
            return
        states = [_STATES[one.status] for one in told]
        state = next(state for state in ("done", "known", "failed", "skipped") if state in states)
        lines = [row.line, *_lines(told, inside=told[0].path != row.place, all_known=state == "known")]
        if state == "done" and not sum(one.reports for one in told):
            lines.append("没有找到正文，请检查它是否为报告；扫描件请换一份清楚的。")
        self.put(
            number,
            state,
            " ".join(one for one in lines if one),
            reports=sum(one.reports for one in told),
            passages=sum(one.passages for one in told),
        )


def _lines(told: Sequence[FileOutcome], *, inside: bool, all_known: bool) -> list[str]:
    """What there is to say of a file; of a zip, of its files that did not go well."""
    if not inside:
        message = told[0].message or (_KNOWN if told[0].status == "unchanged" else "")
        return [message if not message or message.endswith("。") else f"{message}。"]
    odd = [one for one in told if one.status in ("failed", "skipped")]
    lines = [f"{one.name}：{one.message}" for one in odd[:_SHOWN]]
    if len(odd) > _SHOWN:
        lines.append(f"另有 {len(odd) - _SHOWN} 个文件没有读入。")
    return lines if lines or not all_known else [_KNOWN]


def _is_zip(row: Row) -> bool:
    return row.name.lower().endswith(".zip")
