"""Loading something slow in the background while there is other work to do."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class BackgroundLoad(Generic[T]):
    """Runs `load` once, in a thread that does not keep the program alive; `result` waits for it.

    An error of `load` is raised by `result`, in the caller's thread.
    """

    def __init__(self, load: Callable[[], T]) -> None:
        self._load = load
        self._thread: threading.Thread | None = None
        self._value: list[T] = []
        self._error: BaseException | None = None

    def start(self) -> None:
        """Begin, unless it has begun."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def result(self) -> T:
        """What was loaded; starts the loading if nobody has."""
        self.start()
        if self._thread is not None:
            self._thread.join()
        if self._error is not None:
            raise self._error
        return self._value[0]

    def _run(self) -> None:
        try:
            self._value.append(self._load())
        except BaseException as error:
            self._error = error
