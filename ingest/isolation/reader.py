"""Reads files in a process that is kept from file to file and replaced when a file has brought it down."""

from __future__ import annotations

import logging
import pickle
import signal
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from types import TracebackType

from ingest.errors import UnreadableFile
from ingest.isolation import faults, limits
from ingest.isolation.frames import Done, OutOfMemory, Ready, Refused, Request, Stumbled
from ingest.isolation.process import Died, Process
from ingest.settings import Settings
from ingest.types import Correction, ReadFile

logger = logging.getLogger(__name__)

_LOOK = 0.1
"""Seconds between two looks at the memory: what can be taken meanwhile fits beside the limit."""

_LOOK_AT_PROGRAMS = 10
"""Every so many looks the programs it started are counted too; finding them is costly on some systems."""


class IsolatedReader:
    """`ingest.pipeline.read_file` in another process. Use as a context manager; one file at a time.

    Nothing is started before the first file. `memory` in bytes, `time_limit` in seconds for a file; `read` names the
    function that reads, as `module:name`.
    """

    def __init__(
        self,
        *,
        memory: int = limits.MEMORY,
        time_limit: limits.TimeLimit = limits.time_limit,
        read: str = "ingest.pipeline:read_file",
    ) -> None:
        self._function = read
        self._memory = memory
        self._time_limit = time_limit
        self._process: Process | None = None
        self._ready = False
        self._held = 0
        self._closed = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="isolated-reader")

    def __enter__(self) -> IsolatedReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(at_once=error is not None)

    def close(self, *, at_once: bool = False) -> None:
        """End the process; with `at_once` in the middle of a file, else when the file at hand is read."""
        self._closed = True
        process = self._process
        if at_once and process is not None:
            process.kill()
        self._thread.shutdown(wait=True, cancel_futures=True)
        if self._process is not None:
            self._process.end()
            self._process = None

    def submit(
        self, path: Path, data: bytes, settings: Settings, corrections: Sequence[Correction] = ()
    ) -> Callable[[], ReadFile]:
        """Begin to read; the result waits for the end and returns what was read, or raises UnreadableFile."""
        return awaited(self._thread.submit(self.read, path, data, settings, corrections))

    def read(self, path: Path, data: bytes, settings: Settings, corrections: Sequence[Correction] = ()) -> ReadFile:
        """Read and watch from this thread; never from two at a time. Raises UnreadableFile."""
        process = self._start()
        seconds = self._time_limit(path, data)
        try:
            if not self._ready:
                self._await_start(process)
            process.send(Request(path, data, settings, tuple(corrections), seconds))
            message = self._watch(process, seconds)
        except Died as death:
            self._drop(process)
            raise self._of_death(death, path) from death
        except BaseException:
            self._drop(process)
            raise
        return self._judge(process, path, message)

    def _start(self) -> Process:
        if self._closed:
            raise faults.not_started()
        if self._process is None:
            try:
                self._process = Process(self._memory, self._function)
            except OSError as error:
                raise faults.not_started() from error
            self._ready = False
        return self._process

    def _await_start(self, process: Process) -> None:
        try:
            message = process.receive(limits.START_SECONDS)
        except Died as death:
            raise faults.not_started() from death
        if not isinstance(message, Ready):
            raise faults.not_started()
        self._ready = True

    def _watch(self, process: Process, seconds: float) -> object:
        """The answer, unless the file takes too long or too much."""
        deadline, looks = time.monotonic() + seconds, 0
        self._held = 0
        while True:
            message = process.receive(_LOOK)
            if message is not None:
                return message
            looks += 1
            self._held = process.memory(with_programs=looks % _LOOK_AT_PROGRAMS == 0)
            if self._held > self._memory:
                raise faults.too_much_memory()
            if time.monotonic() > deadline:
                raise faults.too_slow(seconds)

    def _judge(self, process: Process, path: Path, message: object) -> ReadFile:
        if isinstance(message, OutOfMemory):
            self._drop(process)
            raise faults.too_much_memory()
        if process.memory(with_programs=False) > limits.FRESH:
            self._drop(process)
        if isinstance(message, Done):
            return message.read
        if isinstance(message, Refused):
            raise UnreadableFile(message.fault, message.remedy)
        if isinstance(message, Stumbled):
            logger.error("reading %s failed\n%s", path, message.trace)
            raise faults.stumbled(message.error)
        raise pickle.UnpicklingError(f"{type(message).__name__} is no answer")

    def _of_death(self, death: Died, path: Path) -> UnreadableFile:
        """A library that is refused memory often just aborts; a system short of memory kills."""
        logger.error("the process reading %s died (%s)", path, death)
        killed = sys.platform != "win32" and death.code == -signal.SIGKILL
        if killed or self._held > self._memory * 3 // 4:
            return faults.too_much_memory()
        return faults.crashed()

    def _drop(self, process: Process) -> None:
        process.kill()
        self._process = None


def awaited(future: Future[ReadFile]) -> Callable[[], ReadFile]:
    """Waits for the end in steps, because on some systems a wait without end does not hear Ctrl+C."""

    def result() -> ReadFile:
        while not wait([future], timeout=0.2).done:
            pass
        return future.result()

    return result
