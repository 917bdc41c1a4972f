"""What an ingest tells: one outcome for each file, a summary, and news while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ingest.archive.queue import Progress

Status = Literal["new", "updated", "moved", "unchanged", "duplicate", "removed", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file. `message` is a Chinese line where there is something to say."""

    name: str
    path: str
    status: Status
    reports: int = 0
    passages: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """All outcomes; `embedded` texts were encoded; `fault` says why embedding did not finish, None when it did.

    `gone`: paths under the given folders that are in the archive and no longer on disk.
    """

    outcomes: tuple[FileOutcome, ...]
    embedded: int = 0
    fault: str | None = None
    gone: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether anything did not work (the command's exit code)."""
        return self.fault is not None or any(outcome.status == "failed" for outcome in self.outcomes)


def _ignore(*_: object) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who wants to see the work go on.

    `found`: number of files; `file`: one is done; `reading`: (bytes read, bytes to read), of the files that must be
    read; `embedding`: (done, total).
    """

    found: Callable[[int], None] = _ignore
    file: Callable[[FileOutcome], None] = _ignore
    reading: Progress = _ignore
    embedding: Progress = _ignore
