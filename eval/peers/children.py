"""Runs one peer over one set of files as a child process and watches its memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import eval
from eval.peers.environments import PeerError, last_line
from eval.peers.job import Job, Told, read_told
from eval.peers.registry import Entry

_POLL = 0.1
"""Seconds between two looks at the memory of the processes."""
PATIENCE = 3600.0
"""Seconds after which a peer that has not ended has failed."""
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "LOGFIRE_IGNORE_NO_CONFIG": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
}


@dataclass(frozen=True, slots=True)
class Ran:
    """What a peer told; the bytes it left in its store; the most memory that it and its children held at once.

    memory: bytes, resident sizes added up, looked at ten times a second: pages that two processes share count twice.
    """

    told: Told
    disk: int
    memory: int


def run_child(entry: Entry, python: Path, job: Job, place: Path) -> Ran:
    """Run `entry` on `job` in a fresh process; `place` takes its papers. Raises PeerError with its last line."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    job.write(place / "job.json")
    log = place / "log.txt"
    command = [str(python), "-m", f"eval.peers.{entry.module}", str(place / "job.json"), str(place / "told.json")]
    environment = {**os.environ, **OFFLINE, "PYTHONPATH": str(Path(eval.__file__).parents[1])}
    with log.open("wb") as out:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment)
        try:
            memory = _watched(child)
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()
    if child.returncode != 0 or not (place / "told.json").is_file():
        reason = last_line(log.read_text(encoding="utf-8", errors="replace"))
        raise PeerError(f"{entry.name} 没有跑完（{reason}）", f"详见 {log}")
    return Ran(read_told(place / "told.json"), bytes_under(job.store), memory)


def _watched(child: subprocess.Popen[bytes]) -> int:
    """The peak of the resident memory of the child and all below it."""
    import psutil

    most, until = 0, time.monotonic() + PATIENCE
    parent = psutil.Process(child.pid)
    while child.poll() is None and time.monotonic() < until:
        held = 0
        try:
            for process in (parent, *parent.children(recursive=True)):
                held += process.memory_info().rss
        except psutil.Error:
            held = 0
        most = max(most, held)
        time.sleep(_POLL)
    return most


def bytes_under(folder: Path) -> int:
    """The sizes of all files under a folder, added up."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
