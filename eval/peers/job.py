"""What a peer is asked to do and what it tells, as JSON files; needs nothing but Python, so that every peer has it."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

WARM_UP = "工作情况"
"""Asked once, unmeasured, before the questions: latencies are those of a running program."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the questions before it in its conversation."""

    question: str
    history: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What a search that knows no conversation is given: the turns before, then the question."""
        return "\n".join((*self.history, self.question))


@dataclass(frozen=True, slots=True)
class Job:
    """folder: the files to read; store: an empty folder to keep everything in; model: a sentence-transformers folder;
    python: an interpreter that can run this project; k: passages wanted for a question; option: which variant;
    answers: whether to answer as well (only the product does).
    """

    folder: Path
    store: Path
    model: Path
    python: str
    questions: tuple[Asked, ...]
    k: int
    option: str = ""
    answers: bool = False

    def write(self, path: Path) -> None:
        """As a JSON file."""
        body = {**asdict(self), "folder": str(self.folder), "store": str(self.store), "model": str(self.model)}
        path.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")


def read_job(path: Path) -> Job:
    """The job that `Job.write` wrote."""
    body = json.loads(path.read_text(encoding="utf-8"))
    body["questions"] = tuple(Asked(one["question"], tuple(one["history"])) for one in body["questions"])
    body |= {name: Path(body[name]) for name in ("folder", "store", "model")}
    return Job(**body)


@dataclass(frozen=True, slots=True)
class Found:
    """A passage as the peer gives it: the names of the files that hold it (several where it knows of copies)."""

    files: tuple[str, ...]
    text: str


@dataclass(slots=True)
class Told:
    """ingest_seconds: until everything can be searched by all its means, imports not counted. found and seconds: for
    each question its passages, best first, and the wall-clock seconds of one search, the question's embedding included.
    answers, their seconds, and gathered (the passages that an answer is made from): only the product has them.
    """

    ingest_seconds: float
    pieces: int
    found: list[list[Found]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    answer_seconds: list[float] = field(default_factory=list)
    gathered: list[list[Found]] = field(default_factory=list)


class Peer(Protocol):
    """A peer is made with its Job; making it imports all that it needs, so that no clock counts imports."""

    def ingest(self) -> tuple[float, int]:
        """Read, cut, embed and keep all files of the folder; seconds, and the number of pieces."""

    def find(self, question: str, k: int) -> list[Found]:
        """The best passages for one question."""

    def close(self) -> None:
        """End whatever was started."""


def serve(make: Callable[[Job], Peer], also: Callable[[Job, Told], None] | None = None) -> None:
    """The whole of a peer's script: JOB.json OUT.json as arguments. `also`: more to do after the searches."""
    job = read_job(Path(sys.argv[1]))
    peer = make(job)
    try:
        seconds, pieces = peer.ingest()
        told = Told(ingest_seconds=seconds, pieces=pieces)
        peer.find(WARM_UP, job.k)
        for asked in job.questions:
            started = time.perf_counter()
            found = peer.find(asked.text, job.k)
            told.seconds.append(time.perf_counter() - started)
            told.found.append(found)
    finally:
        peer.close()
    if also is not None:
        also(job, told)
    Path(sys.argv[2]).write_text(json.dumps(asdict(told), ensure_ascii=False), encoding="utf-8")


def read_told(path: Path) -> Told:
    """What a peer's script wrote."""
    body = json.loads(path.read_text(encoding="utf-8"))
    found, gathered = ([_passages(one) for one in body.pop(name)] for name in ("found", "gathered"))
    return Told(**body, found=found, gathered=gathered)


def _passages(found: Sequence[dict[str, Any]]) -> list[Found]:
    return [Found(tuple(one["files"]), one["text"]) for one in found]


def files_of(folder: Path) -> list[Path]:
    """All files under the folder, in one order for every peer."""
    return sorted(path for path in folder.rglob("*") if path.is_file())
