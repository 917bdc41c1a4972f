"""What collecting tells: a row for each file, and how far everything is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.errors import ReportAssistantError

State = Literal["coming", "waiting", "reading", "done", "known", "skipped", "failed", "stopped"]
"""`coming`: still being uploaded; `waiting`: it is here; `known`: the archive had it already."""

Phase = Literal["idle", "coming", "reading", "embedding"]


class BadUpload(ReportAssistantError):
    """This cannot be taken in as it is; the line says how it can."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A file that a browser wants to send: its path in the chosen folder (or its name) and its size in bytes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Row:
    """One file of an upload. `line` is a Chinese line where there is something to say; `name` is what it is kept as.

    `place`: where it lies, once it is here.
    """

    number: int
    name: str
    size: int
    state: State
    line: str = ""
    reports: int = 0
    passages: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How things stand at one moment. `version` changes whenever anything else here does.

    `rows` are those of the latest uploads, the newest upload first; `done` of `total` bytes are read, `left` is the
    time still to go in seconds, None while that cannot be told. `vectors`: (made, all) of this run. `waits`: why
    nothing goes on just now. `fault`: why it did not end well. `fresh`: paths of what has become new or other in the
    archive. `finished` counts the uploads that have been read.
    """

    version: int
    phase: Phase
    rows: tuple[Row, ...] = ()
    done: int = 0
    total: int = 0
    left: float | None = None
    vectors: tuple[int, int] = (0, 0)
    waits: str = ""
    fault: str = ""
    who: str = ""
    fresh: tuple[str, ...] = ()
    finished: int = 0
