"""The page's hold on the archive: opened when there is one, looked for again while there is none."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.conversations import Conversations
from assistant.conversations.sources import Held, held_by
from ingest.errors import NotFound, ReportAssistantError
from ingest.settings import Settings
from ui import strings

if TYPE_CHECKING:
    from assistant.service import Assistant

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the archive holds just now. `fault`: the Chinese line that says why it cannot be used, if so.

    `exists` is False while there is no archive at all, which is a beginning and not an error.
    """

    years: tuple[int, ...] = ()
    orgs: tuple[str, ...] = ()
    reports: int = 0
    exists: bool = True
    fault: str | None = None


class Access:
    """One assistant for all sessions of the page. Safe to use from several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._conversations = Conversations(settings.home)
        self._lock = threading.Lock()
        self._assistant: Assistant | None = None
        self._warming = False
        self._held: tuple[int, Held] | None = None

    @property
    def home(self) -> Path:
        """The archive directory."""
        return self._settings.home

    @property
    def conversations(self) -> Conversations:
        """What was asked before, kept beside the archive."""
        return self._conversations

    def held(self) -> Held:
        """By what names the archive's reports are known now."""
        try:
            assistant = self.assistant()
            if self._held is None or self._held[0] != assistant.generation:
                self._held = assistant.generation, held_by(assistant.reports())
            return self._held[1]
        except ReportAssistantError:
            return frozenset()

    def model_line(self) -> str:
        """Which language model answers and where it runs, in one line."""
        from assistant.models import configured

        try:
            model = configured(self._settings)
        except ReportAssistantError as error:
            return str(error)
        return strings.NO_MODEL if model is None else strings.model_label(model.name, model.where)

    def start_warming(self) -> None:
        """From now on load the embedding model in the background as soon as there is an archive.

        Not before the page can be opened: reading the model keeps the machine busy for seconds.
        """
        with self._lock:
            self._warming = True
            if self._assistant is not None:
                _warm_up_aside(self._assistant)

    def assistant(self) -> Assistant:
        """The assistant; raises ReportAssistantError (NotFound while there is no archive)."""
        with self._lock:
            if self._assistant is None:
                from assistant.service import Assistant

                self._assistant = Assistant.open(self._settings)
                if self._warming:
                    _warm_up_aside(self._assistant)
            return self._assistant

    def holdings(self) -> Holdings:
        """What the archive holds, another process's latest ingest included."""
        try:
            assistant = self.assistant()
            assistant.refresh()
            return Holdings(tuple(assistant.years()), tuple(assistant.orgs()), len(assistant.reports()))
        except NotFound:
            return Holdings(exists=False)
        except ReportAssistantError as error:
            return Holdings(fault=str(error))
        except Exception:
            logger.exception("the archive could not be read")
            return Holdings(fault=strings.UNEXPECTED)

    def examples(self) -> list[str]:
        """Example questions; none while there is no usable archive."""
        try:
            return self.assistant().examples()
        except ReportAssistantError:
            return []

    def close(self) -> None:
        """Let go of the archive."""
        with self._lock:
            if self._assistant is not None:
                self._assistant.close()
                self._assistant = None


def _warm_up_aside(assistant: Assistant) -> None:
    threading.Thread(target=_warm_up, args=(assistant,), daemon=True, name="warm-up").start()


def _warm_up(assistant: Assistant) -> None:
    """Load the embedding model ahead of the first question; what fails here is told at that question."""
    try:
        assistant.warm_up()
    except ReportAssistantError as error:
        logger.warning("%s", error)
