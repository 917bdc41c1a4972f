"""One question being answered: it goes on by itself, and any page may watch it, leave it or stop it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from contextvars import copy_context
from dataclasses import dataclass, field, replace

from assistant.answer import Answer, Citation, Sentence
from assistant.conversations.types import Turn
from assistant.events import Event, Finished, Progress, Shown
from ingest.errors import ReportAssistantError
from ui import strings

logger = logging.getLogger(__name__)

_SETTLE = 0.05
"""Seconds in which changes are gathered into one."""

_LOOK = 0.5
"""Seconds after which a watcher hears that nothing has happened, so that it can look whether it is still wanted."""


@dataclass(frozen=True, slots=True)
class Live:
    """An answer in the making: what is being done, and the checked sentences so far."""

    question: str
    progress: str = field(default_factory=lambda: strings.LOOKING)
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()

    def turn(self, seconds: float = 0.0) -> Turn:
        """What stands when nothing more comes: the sentences shown are checked and stay."""
        if not self.sentences:
            return Turn(self.question, fault=strings.STOPPED_EARLY)
        answer = Answer(
            question=self.question,
            standalone_question=self.question,
            abstained=False,
            sentences=self.sentences,
            citations=self.citations,
            warnings=(),
            composer="",
            seconds=seconds,
            note=strings.STOPPED_MIDWAY,
        )
        return Turn(self.question, answer)


class Asking:
    """Runs `events` in a thread of its own; `keep` gets the turn once, whether it was finished, stopped or failed.

    `place` is the number of turns before it in its conversation.
    """

    def __init__(
        self,
        question: str,
        events: Callable[[], Iterator[Event]],
        keep: Callable[[Turn], None] = lambda turn: None,
        place: int = 0,
    ) -> None:
        self.place = place
        self._events = events
        self._keep = keep
        self._changed = threading.Condition()
        self._live = Live(question)
        self._turn: Turn | None = None
        self._version = 0
        self._started = time.monotonic()
        here = copy_context()  # what is said in the thread is said in the language of the page that asks
        threading.Thread(target=here.run, args=(self._run,), daemon=True, name="asking").start()

    @property
    def live(self) -> Live:
        """How far it has come."""
        return self._live

    @property
    def turn(self) -> Turn | None:
        """The finished turn; None as long as it is being answered."""
        return self._turn

    def stop(self) -> None:
        """Answer no further: what was shown stands, at once; the work itself ends where it next can."""
        self._finish(self._live.turn(time.monotonic() - self._started))

    def watch(self) -> Iterator[Live | Turn | None]:
        """What it has come to, now and whenever that changes; None while nothing does; the turn at the end."""
        seen = -1
        while True:
            with self._changed:
                if self._version == seen:
                    self._changed.wait(_LOOK)
                now: Live | Turn | None = None
                if self._turn is not None:
                    now = self._turn
                elif self._version != seen:
                    # Sentences of a quoted answer come at once: showing each would cost the page more than finding it.
                    self._changed.wait_for(lambda: self._turn is not None, _SETTLE)
                    now = self._turn or self._live
                seen = self._version
            yield now
            if isinstance(now, Turn):
                return

    def _run(self) -> None:
        try:
            with closing(_Closable(self._events())) as events:
                for event in events:
                    if self._turn is not None:
                        return
                    if isinstance(event, Finished):
                        self._finish(Turn(self._live.question, event.answer))
                        return
                    self._publish(_grown(self._live, event))
            raise RuntimeError("the events ended without an answer")
        except ReportAssistantError as error:
            self._finish(Turn(self._live.question, fault=str(error)))
        except Exception:
            logger.exception("the question could not be answered")
            self._finish(Turn(self._live.question, fault=strings.UNEXPECTED))

    def _publish(self, live: Live) -> None:
        with self._changed:
            self._live = live
            self._version += 1
            self._changed.notify_all()

    def _finish(self, turn: Turn) -> None:
        """Keep the turn, then show it: whoever sees it may rely on its being kept."""
        with self._changed:
            if self._turn is not None:
                return
            self._keep(turn)
            self._turn = turn
            self._version += 1
            self._changed.notify_all()


class _Closable:
    """An iterator that can be closed, which generators are and other iterators need not be."""

    def __init__(self, events: Iterator[Event]) -> None:
        self._iterator = events

    def __iter__(self) -> Iterator[Event]:
        return self._iterator

    def close(self) -> None:
        close = getattr(self._iterator, "close", None)
        if close is not None:
            close()


def _grown(live: Live, event: Progress | Shown) -> Live:
    if isinstance(event, Progress):
        return replace(live, progress=event.text)
    return replace(live, sentences=(*live.sentences, event.sentence), citations=(*live.citations, *event.citations))
