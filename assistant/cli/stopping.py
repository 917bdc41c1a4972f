"""Ctrl+C, and the system's polite request to end, stop a long command once: what it holds is closed in peace."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ONCE_MORE_SECONDS = 0.02


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise KeyboardInterrupt at the first SIGINT or SIGTERM; any further one is ignored until the program ends.

    A second Ctrl+C would else hit the very code that closes the archive. It takes a moment, never long. An interrupt
    that met a finalizer or a library's callback, where Python only reports what is raised, is raised once more.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    signals = [signal.SIGINT, signal.SIGTERM]
    stopped = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True
        for number in signals:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    def once_more(unraisable: sys.UnraisableHookArgs) -> None:
        if not (stopped and isinstance(unraisable.exc_value, KeyboardInterrupt)):
            reported(unraisable)
            return
        signal.signal(signal.SIGINT, stop)
        # From another thread and a little later: raised here and now it would meet the same finalizer.
        threading.Timer(_ONCE_MORE_SECONDS, _thread.interrupt_main).start()

    reported, sys.unraisablehook = sys.unraisablehook, once_more
    before = [signal.signal(number, stop) for number in signals]
    try:
        yield
    finally:
        sys.unraisablehook = reported
        if not stopped:
            for number, handler in zip(signals, before, strict=True):
                signal.signal(number, handler)
