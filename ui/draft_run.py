"""A draft, or a section of one, being written: it goes on by itself, and any page may watch it, leave it or stop it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextvars import copy_context

from assistant.drafting.types import DraftSection, Manuscript
from ingest.errors import ReportAssistantError
from ui import strings

logger = logging.getLogger(__name__)

Event = DraftSection | Manuscript
Told = Callable[[str, str], None]
"""Hears of a section's heading and its sentences as a model writes them."""


class _Stopped(Exception):
    """Breaks off a model in the middle of a section."""


class Run:
    """Gives what `events` yields to `take` in a thread of its own, then calls `end` once with the fault, if any.

    `section`: the one that is written again; None for a whole draft.
    """

    def __init__(
        self,
        events: Callable[[Told], Iterator[Event]],
        take: Callable[[Event], None],
        told: Told,
        end: Callable[[str], None],
        section: int | None = None,
    ) -> None:
        self.section = section
        self._events = events
        self._take = take
        self._told = told
        self._end = end
        self._over = False
        self._lock = threading.RLock()

    def start(self) -> None:
        """Begin."""
        within = copy_context()  # what it says is said in the language of the page that began it
        threading.Thread(target=within.run, args=(self._work,), daemon=True, name="drafting").start()

    def stop(self) -> None:
        """Take nothing further, at once; the work itself ends where it next can."""
        self._finish("")

    def _work(self) -> None:
        fault = ""
        try:
            for event in self._events(self._hear):
                with self._lock:
                    if self._over:
                        return
                    self._take(event)
        except _Stopped:
            return
        except ReportAssistantError as error:
            fault = str(error)
        except Exception:
            logger.exception("the draft could not be written")
            fault = strings.UNEXPECTED
        self._finish(fault)

    def _hear(self, heading: str, sentence: str) -> None:
        with self._lock:
            if self._over:
                raise _Stopped
            self._told(heading, sentence)

    def _finish(self, fault: str) -> None:
        with self._lock:
            if self._over:
                return
            self._over = True
            self._end(fault)
