"""The progress of an ingest or a rebuild: bars on stderr, one line per file (failures on stderr)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.cli.output import tell

if TYPE_CHECKING:
    from rich.progress import TaskID

    from ingest.intake.outcomes import FileOutcome, Watcher

STATUS = {
    "new": "新增",
    "updated": "更新",
    "moved": "移动",
    "unchanged": "未变",
    "duplicate": "重复",
    "removed": "移除",
    "skipped": "跳过",
    "failed": "失败",
}
"""Each status of `FileOutcome` in Chinese, in the order of the summary line."""

_SIZED = ("new", "updated")
_WHOLE_PATH = ("failed", "removed")


class Bars:
    """One bar for files, one for vectors; shown only on a terminal. `quiet`: neither bars nor lines.

    only: which outcomes get a line; all of them, unless given.
    """

    def __init__(self, *, quiet: bool = False, only: Callable[[FileOutcome], bool] | None = None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        self._quiet = quiet
        self._only = only
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[count]}"),
            TextColumn("已用"),
            TimeElapsedColumn(),
            TextColumn("约剩"),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            transient=True,
            disable=quiet or not sys.stderr.isatty(),
        )
        self._reading: TaskID | None = None
        self._vectors: TaskID | None = None
        self._files = 0
        self._done = 0
        self._by_bytes = False

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def watcher(self) -> Watcher:
        """What the runner tells of its progress."""
        from ingest.intake.outcomes import Watcher

        return Watcher(found=self._found, file=self._file, reading=self._bytes, embedding=self._embedding)

    def _found(self, files: int) -> None:
        self._files = files
        self._reading = self._progress.add_task("读入文件", total=files, count=f"0/{files}")

    def _bytes(self, done: int, total: int) -> None:
        """The remaining time follows the bytes: of a hundred files one may be as long as all the others."""
        self._by_bytes = True
        if self._reading is not None:
            self._progress.update(self._reading, completed=done, total=total)

    def _file(self, outcome: FileOutcome) -> None:
        self._done += 1
        if self._reading is not None:
            self._progress.update(self._reading, count=f"{self._done}/{max(self._done, self._files)}")
            if not self._by_bytes:
                self._progress.advance(self._reading)
        if not self._quiet and (self._only is None or self._only(outcome)):
            tell(told(outcome), err=outcome.status == "failed")

    def _embedding(self, done: int, total: int) -> None:
        if self._vectors is None:
            self._vectors = self._progress.add_task("计算向量", total=total, count="")
        self._progress.update(self._vectors, completed=done, total=total, count=f"{done}/{total}")


def told(outcome: FileOutcome) -> str:
    """The line of one file. A failure names the whole path: every folder may hold a 总结.docx."""
    name = outcome.path if outcome.status in _WHOLE_PATH else outcome.name
    size = f"（{outcome.reports} 份报告，{outcome.passages} 段）" if outcome.status in _SIZED else ""
    return f"{STATUS[outcome.status]}  {name}{size}" + (f"：{outcome.message}" if outcome.message else "")


def summed_up(outcomes: Sequence[FileOutcome]) -> str:
    """The last line: how many files came to what."""
    counts = {name: sum(item.status == status for item in outcomes) for status, name in STATUS.items()}
    parts = [f"{name} {count}" for name, count in counts.items() if count]
    return f"共 {len(outcomes)} 个文件" + (f"：{'，'.join(parts)}" if parts else "，没有可读的报告")
