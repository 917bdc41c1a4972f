"""Who reads the archive next: a lock that lets those go first who have waited longest for their answer.

A question takes the lock several times. An ordinary lock goes to whoever happens to ask at the right moment, so that of
thirty people some wait four times as long as others; here all get their answers in the order in which they asked.
"""

from __future__ import annotations

import heapq
import itertools
import threading
from types import TracebackType


class Turns:
    """A reentrant lock, used as `with turns:`. Safe to use from any number of threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._owner: int | None = None
        self._depth = 0
        self._numbers = itertools.count()
        self._mine = threading.local()
        self._waiting: list[tuple[int, int, int, threading.Lock]] = []
        """A heap of: number drawn for the question, number of the wait, thread, what it waits at."""

    def draw(self) -> None:
        """This thread begins a question: from now on it goes before all that begin later."""
        self._mine.number = next(self._numbers)

    def __enter__(self) -> Turns:
        me = threading.get_ident()
        with self._guard:
            if self._owner in (None, me):
                self._owner = me
                self._depth += 1
                return self
            wait = next(self._numbers)
            gate = threading.Lock()
            gate.acquire()
            heapq.heappush(self._waiting, (getattr(self._mine, "number", wait), wait, me, gate))
        try:
            gate.acquire()
        except BaseException:
            self._leave(wait)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._guard:
            self._depth -= 1
            if self._depth == 0:
                self._hand_on()

    def _hand_on(self) -> None:
        self._owner = None
        if self._waiting:
            _, _, self._owner, gate = heapq.heappop(self._waiting)
            self._depth = 1
            gate.release()

    def _leave(self, wait: int) -> None:
        """An interrupted thread waits no longer; where it was its turn already, the next one's comes."""
        with self._guard:
            left = [one for one in self._waiting if one[1] != wait]
            if len(left) < len(self._waiting):
                heapq.heapify(left)
                self._waiting = left
            else:
                self._depth = 0
                self._hand_on()
