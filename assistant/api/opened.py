"""The assistant that the interface answers with, and what it means when there is none."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.api.errors import Refused
from ingest.errors import NotFound, ReportAssistantError
from ingest.settings import Settings

if TYPE_CHECKING:
    from assistant.service import Assistant

logger = logging.getLogger(__name__)

Opener = Callable[[], "Assistant"]
"""Gives the one assistant of the program, safe to use from several threads; raises ReportAssistantError."""


def opened(opener: Opener) -> Assistant:
    """The assistant. That there is no archive yet is not what was asked for missing: it is told as `unavailable`."""
    try:
        return opener()
    except NotFound as error:
        raise Refused("unavailable", error.fault, error.remedy) from error


class Opened:
    """The program's one assistant: opened when there is an archive, looked for again while there is none."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._assistant: Assistant | None = None

    def __call__(self) -> Assistant:
        """The assistant; raises ReportAssistantError (NotFound while there is no archive)."""
        with self._lock:
            if self._assistant is None:
                from assistant.service import Assistant

                self._assistant = Assistant.open(self._settings)
            return self._assistant

    def warm_up_aside(self) -> None:
        """Load the models in the background; what fails here is told at the first question."""
        threading.Thread(target=self._warm_up, daemon=True, name="warm-up").start()

    def _warm_up(self) -> None:
        try:
            self().warm_up()
        except ReportAssistantError as error:
            logger.warning("%s", error)

    def close(self) -> None:
        """Let go of the archive."""
        with self._lock:
            if self._assistant is not None:
                self._assistant.close()
                self._assistant = None
