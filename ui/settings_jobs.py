"""The two long tasks of the tab 设置, in the background: testing the language model and checking the archive.

What they found is kept as data and put into words when it is looked at, so that each page hears it in its language.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from assistant.examining import Examined, examined
from assistant.models.check import Check, check_model
from ingest.errors import ReportAssistantError
from ingest.settings import Settings

logger = logging.getLogger(__name__)

Name = Literal["model", "archive"]
Found = Check | Examined


class _StoppedError(Exception):
    """The check was told to stop."""


@dataclass(frozen=True, slots=True)
class State:
    """How a task stands. `at`: when it ended; `fault`: the line that says why it failed, empty for one unforeseen."""

    running: bool = False
    since: float = 0.0
    done: int = 0
    total: int = 0
    stopped: bool = False
    found: Found | None = None
    fault: str | None = None
    at: datetime | None = None


@dataclass(slots=True)
class _Job:
    state: State = field(default_factory=State)
    thread: threading.Thread | None = None
    stop: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """Each task runs at most once at a time, for whoever looks. Safe to use from several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._jobs: dict[Name, _Job] = {"model": _Job(), "archive": _Job()}

    def state(self, name: Name) -> State:
        """How it stands now."""
        with self._lock:
            return self._jobs[name].state

    def start(self, name: Name) -> bool:
        """Begin; False while a stopped one has not ended yet. One that runs goes on."""
        with self._lock:
            job = self._jobs[name]
            if job.thread is not None and job.thread.is_alive():
                return job.state.running
            job.stop = threading.Event()
            job.state = State(running=True, since=time.monotonic())
            job.thread = threading.Thread(
                target=self._run, args=(name, job, job.stop), daemon=True, name=f"settings-{name}"
            )
            job.thread.start()
            return True

    def stop(self, name: Name) -> None:
        """End it at once for the page. A model's answer that is under way is not waited for; its time limit ends it."""
        with self._lock:
            job = self._jobs[name]
            job.stop.set()
            if job.state.running:
                job.state = State(stopped=True)

    def _run(self, name: Name, job: _Job, stop: threading.Event) -> None:
        def told(done: int, total: int) -> None:
            if stop.is_set():
                raise _StoppedError
            self._change(job, stop, lambda state: replace(state, done=done, total=total))

        try:
            found: Found = check_model(self._settings) if name == "model" else examined(self._settings, told)
            ended = State(found=found)
        except _StoppedError:
            return
        except ReportAssistantError as error:
            ended = State(fault=str(error))
        except Exception:
            logger.exception("the %s could not be checked", name)
            ended = State(fault="")
        at = datetime.now().astimezone()
        self._change(job, stop, lambda _: replace(ended, at=at))

    def _change(self, job: _Job, stop: threading.Event, change: Callable[[State], State]) -> None:
        with self._lock:
            if not stop.is_set():
                job.state = change(job.state)
