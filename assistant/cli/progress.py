"""The progress of an ingest or a rebuild: bars on stderr, one line per file (failures on stderr)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.progress import TaskID

    from ingest.runner import FileOutcome, Watcher

STATUS = {
    "new": "新增",
    "updated": "更新",
    "unchanged": "未变",
    "duplicate": "重复",
    "skipped": "跳过",
    "failed": "失败",
}
"""Each status of `FileOutcome` in Chinese, in the order of the summary line."""


class Bars:
    """One bar for files, one for vectors; shown only on a terminal. `quiet`: neither bars nor lines."""

    def __init__(self, *, quiet: bool = False) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._quiet = quiet
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            transient=True,
            disable=quiet or not sys.stderr.isatty(),
        )
        self._reading: TaskID | None = None
        self._vectors: TaskID | None = None

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def watcher(self) -> Watcher:
        """What the runner tells of its progress."""
        from ingest.runner import Watcher

        return Watcher(found=self._found, file=self._file, embedding=self._embedding)

    def _found(self, files: int) -> None:
        self._reading = self._progress.add_task("读入文件", total=files)

    def _file(self, outcome: FileOutcome) -> None:
        if self._reading is not None:
            self._progress.advance(self._reading)
        if not self._quiet:
            typer.echo(told(outcome), err=outcome.status == "failed")

    def _embedding(self, done: int, total: int) -> None:
        if self._vectors is None:
            self._vectors = self._progress.add_task("计算向量", total=total)
        self._progress.update(self._vectors, completed=done, total=total)


def told(outcome: FileOutcome) -> str:
    """The line of one file. A failure names the whole path: every folder may hold a 总结.docx."""
    name = outcome.path if outcome.status == "failed" else outcome.name
    size = f"（{outcome.reports} 份报告，{outcome.passages} 段）" if outcome.status in ("new", "updated") else ""
    return f"{STATUS[outcome.status]}  {name}{size}" + (f"：{outcome.message}" if outcome.message else "")
