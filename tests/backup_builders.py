"""An archive to be saved, what it holds, and a process killed in the middle of saving or restoring it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from ingest.archive import Archive
from ingest.backup import Companion
from tests.archive_builders import FakeEncoder, add, read_file, section, texts
from tests.test_archive_vectors import SENTENCES

ROOT = Path(__file__).parents[1]
APP = (Companion("app.db", 1), Companion("users.on"))


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody reads."""


def filled(home: Path, reports: int = 3) -> Path:
    with Archive.create_or_open(home, write=True) as archive:
        for number in range(reports):
            add(
                archive, f"{number}.txt", read_file(section(*SENTENCES, f"单独的第{number}句。"), title=f"第{number}篇")
            )
        archive.embed_pending(FakeEncoder())
    return home


def nearest(home: Path, text: str) -> tuple[str, float]:
    with Archive.create_or_open(home) as archive:
        hit = archive.search_vectors(FakeEncoder().vector(text), None, 1)[0]
        return texts(archive, [hit.passage_id])[0], round(hit.score, 4)


def titles(home: Path) -> set[str]:
    with Archive.create_or_open(home) as archive:
        return {report.title for report in archive.reports()}


def tree(folder: Path) -> dict[str, bytes]:
    """What the user could miss: not the lock, not SQLite's own helpers, not Chroma."""
    kept = (path for path in sorted(folder.rglob("*")) if path.is_file() and "chroma" not in path.parts)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in kept
        if not path.name.endswith((".lock", "-wal", "-shm", ".db"))
    }


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if ".part" in path.name or "restoring" in path.name]


def killed(call: str, step: str, *arguments: Path) -> None:
    """Run `call` in a process that is killed when it comes to `step`."""
    script = (
        "import sys, time; from pathlib import Path\n"
        "def pause(step, done, total):\n"
        f"    if step == {step!r}: print('there', flush=True); time.sleep(60)\n"
        f"{call}\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment) as process:
        assert process.stdout is not None and process.stdout.readline() == b"there\n"
        process.send_signal(signal.SIGKILL)
