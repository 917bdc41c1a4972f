"""The page's hold on the archive: opened when there is one, looked for again while there is none."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from assistant import accounts
from assistant.accounts import LOCAL, Accounts, Action, Audit, NotAllowed, User
from assistant.accounts.audit import Ending, at_this_machine
from assistant.collecting import Collecting
from assistant.collecting.board import Board
from assistant.conversations import Conversations
from assistant.conversations.sources import Held, held_by
from ingest.errors import NotFound, ReportAssistantError
from ingest.settings import Settings
from ingest.types import Kind
from ui import strings

if TYPE_CHECKING:
    import gradio as gr
    from starlette.requests import Request

    from assistant.service import Assistant

USER = "report_assistant.user"
"""Under this name the gate leaves in a request's scope who is asking."""

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
    kinds: tuple[Kind, ...] = ()


class Access:
    """One assistant for all sessions of the page. Safe to use from several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.accounts = Accounts(settings.home)
        self.audit = Audit(settings.home)
        self._conversations = Conversations(settings.home)
        self._lock = threading.Lock()
        self._assistant: Assistant | None = None
        self._warming = False
        self._held: tuple[int, Held] | None = None
        self.collecting = Collecting(settings, self._collected)

    @property
    def home(self) -> Path:
        """The archive directory."""
        return self._settings.home

    @property
    def settings(self) -> Settings:
        """The configuration."""
        return self._settings

    @property
    def guarded(self) -> bool:
        """Whether one must sign in. Once it is so it stays so, until the page is started anew: an app.db that goes
        missing opens nothing.
        """
        return self.accounts.guarded()

    def user_of(self, request: gr.Request | Request | None) -> User:
        """Who is asking; whoever sits at this machine where no users are set up. Raises NotAllowed."""
        inner = getattr(request, "request", None) or request
        found = None if inner is None else getattr(inner, "scope", {}).get(USER)
        if isinstance(found, User):
            return found
        if self.guarded:
            raise NotAllowed("登录已过期", "请重新登录")
        return LOCAL

    def require(self, user: User, action: Action) -> None:
        """The one place where the page asks whether somebody may do something. Raises NotAllowed."""
        accounts.require(user, action)

    @contextmanager
    def recorded(self, user: User, action: str, what: str) -> Iterator[Ending]:
        """A line in the audit around what `user` does. Raises NotAudited, before anything was done, where users are
        set up; alone at this machine one is not kept from working by a directory that cannot be written to.
        """
        with self.audit.recorded(user.name or at_this_machine(), action, what, strict=self.guarded) as ending:
            yield ending

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
        """From now on load what answers, and the embedding model, in the background as soon as there is an archive.

        Not before the page can be opened: reading them keeps the machine busy for seconds.
        """
        with self._lock:
            self._warming = True
            if self._assistant is not None:
                _warm_up_aside(self._assistant)
                return
        threading.Thread(target=self._open_aside, daemon=True, name="open").start()

    def _open_aside(self) -> None:
        """Open the archive ahead of the first page; what fails here is told there."""
        with suppress(ReportAssistantError):
            self.assistant()

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
            reports = assistant.reports()
            kinds = tuple(kind for kind in get_args(Kind) if any(report.kind == kind for report in reports))
            return Holdings(tuple(assistant.years()), tuple(assistant.orgs()), len(reports), kinds=kinds)
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

    def _collected(self, board: Board) -> None:
        """An upload has been read: that goes into the audit."""
        self.audit.write(board.who or at_this_machine(), "ingest", board.told())

    def close(self) -> None:
        """Let go of the archive."""
        self.collecting.close()
        with self._lock:
            if self._assistant is not None:
                self._assistant.close()
                self._assistant = None


def user_name(access: Access, request: Request) -> str | None:
    """The user's name for Gradio, which lets nobody in for whom there is none."""
    try:
        return access.user_of(request).name
    except NotAllowed:
        return None


def _warm_up_aside(assistant: Assistant) -> None:
    threading.Thread(target=_warm_up, args=(assistant,), daemon=True, name="warm-up").start()


def _warm_up(assistant: Assistant) -> None:
    """Load the embedding model ahead of the first question; what fails here is told at that question."""
    try:
        assistant.warm_up()
    except ReportAssistantError as error:
        logger.warning("%s", error)
