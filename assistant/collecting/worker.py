"""The process that reads files into the archive, or computes vectors, for a page that goes on answering meanwhile.

It is told what to do by lines of JSON on its input, and tells how it gets on by lines of JSON on its output. It lets go
of the archive when it is asked to (`pause`), and for good when its input ends: a page that dies leaves nobody behind.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from ingest.archive import Archive
from ingest.archive.queue import PassageEncoder
from ingest.errors import ArchiveBusy, NotFound, ReportAssistantError
from ingest.finding.filenames import readable
from ingest.finding.members import SUFFIX as ZIP
from ingest.giving_way import give_way
from ingest.intake.outcomes import FileOutcome, Watcher
from ingest.runner import bundled_encoder, ingest_paths
from ingest.settings import Settings

_PATIENCE = 2.0
"""Seconds between two looks at whether another program has let go of the archive."""

Say = Callable[[dict[str, Any]], None]


class _LetGo(Exception):
    """The archive is to be closed now."""


class Control:
    """What the page wants just now."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._changed = threading.Condition()
        self._paused = self._holds = False
        self.stopped = False

    def hear(self, line: str) -> None:
        """A line of the input; an empty one is its end."""
        with self._changed:
            if not line:
                self.stopped = True
            elif line.strip() in ("pause", "go"):
                self._paused = line.strip() == "pause"
                if self._paused and not self._holds:
                    self._say({"paused": True})
            self._changed.notify_all()

    @contextlib.contextmanager
    def holding(self) -> Iterator[None]:
        """Around whatever holds the archive. Raises _LetGo where it is not to be opened now."""
        with self._changed:
            self.check()
            self._holds = True
        try:
            yield
        finally:
            with self._changed:
                self._holds = False
                if self._paused:
                    self._say({"paused": True})

    def check(self) -> None:
        """Raises _LetGo where the archive is to be closed."""
        if self._paused or self.stopped:
            raise _LetGo

    def may_go_on(self, seconds: float = 0.0) -> bool:
        """Waits for `seconds` and as long as there is a pause; false when everything is to end."""
        with self._changed:
            if seconds and not self._paused:
                self._changed.wait_for(lambda: self.stopped or self._paused, seconds)
            self._changed.wait_for(lambda: self.stopped or not self._paused)
            return not self.stopped


def read_in(settings: Settings, paths: list[Path], control: Control, say: Say) -> None:
    """Read the files into the archive; each is told once."""
    told: set[str] = set()

    def tell(outcome: FileOutcome) -> None:
        if outcome.path not in told:
            told.add(outcome.path)
            say({"file": asdict(outcome)})
        control.check()

    def run() -> bool:
        nonlocal paths
        paths = [path for path in paths if path.suffix.lower() == ZIP or str(readable(path)) not in told]
        with control.holding():
            if paths:
                ingest_paths(settings, paths, watcher=Watcher(file=tell), embed=False)
        return True

    _patiently(run, control, say)


def embed(settings: Settings, control: Control, say: Say) -> None:
    """Compute the vectors that are still lacking."""
    encoder: PassageEncoder | None = None

    def tell(done: int, total: int) -> None:
        say({"vectors": [done, total]})
        control.check()

    def run() -> bool:
        nonlocal encoder
        if encoder is None:
            with Archive.create_or_open(settings.home, chroma_url=settings.chroma_url) as archive:
                if not archive.unfinished:
                    return True
                say({"vectors": [0, archive.counts().pending]})
            encoder = bundled_encoder(settings)
        with (
            control.holding(),
            Archive.create_or_open(settings.home, write=True, create=False, chroma_url=settings.chroma_url) as archive,
        ):
            archive.embed_pending(encoder, tell)
        return True

    with contextlib.suppress(NotFound):
        _patiently(run, control, say)


def _patiently(run: Callable[[], bool], control: Control, say: Say) -> None:
    """Run until it is done, beginning again after each pause and when another program has the archive."""
    seconds = 0.0
    while control.may_go_on(seconds):
        seconds = 0.0
        try:
            if run():
                return
        except _LetGo:
            continue
        except ArchiveBusy as error:
            say({"waits": str(error)})
            seconds = _PATIENCE
        else:
            say({"waits": ""})


def main() -> None:
    """Do what the first line of the input says."""
    told, lock = _own_output(), threading.Lock()

    def say(message: dict[str, Any]) -> None:
        with lock, contextlib.suppress(OSError, ValueError):  # nobody listens any more: the input ends as well
            told.write(json.dumps(message) + "\n")
            told.flush()

    order = json.loads(sys.stdin.readline())
    settings = Settings(**{**order["settings"], "home": Path(order["settings"]["home"])})
    control = Control(say)
    threading.Thread(target=_listen, args=(control,), daemon=True).start()
    give_way()
    try:
        if order["paths"]:
            read_in(settings, [Path(one) for one in order["paths"]], control, say)
        else:
            embed(settings, control, say)
    except ReportAssistantError as error:
        say({"fault": str(error)})
    except Exception as error:
        say({"crashed": f"{type(error).__name__}: {error}"})


def _listen(control: Control) -> None:
    while line := sys.stdin.readline():
        control.hear(line)
    control.hear("")


def _own_output() -> IO[str]:
    """The output for us alone: what a library prints goes the way of errors."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return own
