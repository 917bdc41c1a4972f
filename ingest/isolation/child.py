"""The reading process: takes requests from standard input, answers on standard output, ends when the input ends."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from importlib import import_module
from queue import SimpleQueue
from typing import BinaryIO

from ingest.errors import ReportAssistantError
from ingest.isolation import frames
from ingest.isolation.frames import Done, OutOfMemory, Ready, Refused, Request, Stumbled
from ingest.types import ReadFile

_GRACE = 10.0
"""Seconds that the parent has for ending us before we do it ourselves."""


Reader = Callable[..., ReadFile]


def main(memory: int, read: str) -> None:
    """Serve requests until the parent is gone.

    memory: the limit in bytes, where the system can keep one; read: the function that reads, as `module:name`.
    """
    inlet, outlet = _take_pipes()
    _limit(memory)
    requests: SimpleQueue[Request] = SimpleQueue()
    threading.Thread(target=_listen, args=(inlet, requests), daemon=True).start()
    reader = _load(read)
    frames.send(outlet, Ready())
    while True:
        request = requests.get()
        _alarm(request.seconds + _GRACE)
        _answer(outlet, request, reader)
        _alarm(0)


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two ends of the conversation, moved away from where a library might print or read."""
    inlet, outlet = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return inlet, outlet


def _limit(memory: int) -> None:
    """On Linux the system itself refuses more memory than allowed; elsewhere the parent's watch has to do.

    Data, not address space: libraries reserve gigabytes of addresses that they never use.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        allowed = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))


def _listen(inlet: BinaryIO, requests: SimpleQueue[Request]) -> None:
    """Hand on what comes in. The end of the input is the end of the parent, and so of us, whatever we are at."""
    try:
        while (body := frames.receive(inlet)) is not None:
            requests.put(pickle.loads(body))  # the parent's own words
    finally:
        os._exit(0)


def _load(read: str) -> Reader:
    """The reading function, with what it imports for every file: the parent is still busy with other things."""
    module, _, name = read.partition(":")
    for needed in ("ingest.clean.pipeline", "ingest.readers", "ingest.structure.reports", "ingest.figures.extract"):
        import_module(needed)
    reader: Reader = getattr(import_module(module), name)
    return reader


def _alarm(seconds: float) -> None:
    """Let the system end us, even inside a library that never comes back; 0 calls it off."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer(outlet: BinaryIO, request: Request, read: Reader) -> None:
    try:
        message: object = Done(read(request.path, request.data, request.settings, request.corrections))
        frames.send(outlet, message)
        return
    except ReportAssistantError as error:
        message = Refused(error.fault, error.remedy)
    except MemoryError:
        message = OutOfMemory()
    except Exception as error:
        message = Stumbled(f"{type(error).__name__}: {error}", traceback.format_exc())
    frames.send(outlet, message)
