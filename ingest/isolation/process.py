"""Starting, watching and ending the reading process and whatever it started."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from ingest.isolation import frames
from ingest.isolation.frames import Request

if TYPE_CHECKING:
    import psutil

# Not through multiprocessing: that would run the caller's main script again in the child, which a page, a notebook or
# a script without a main guard does not survive.
_MAIN = (
    "import sys; sys.path[:] = sys.argv[3:]\n"
    "from ingest.isolation.child import main; main(int(sys.argv[1]), sys.argv[2])"
)
_CLEANING = 1.0
"""Seconds for programs that clean up after themselves once the reading process is gone."""


class Died(Exception):
    """The process ended; `code` is its exit code, negative for the signal that killed it."""

    def __init__(self, code: int) -> None:
        super().__init__(f"exit code {code}")
        self.code = code


class Process:
    """One reading process. Started at once, without waiting for it."""

    def __init__(self, memory: int, read: str) -> None:
        """Raises OSError when no process can be started."""
        path = [entry or str(Path.cwd()) for entry in sys.path]
        self._popen = subprocess.Popen(
            [sys.executable, "-c", _MAIN, str(memory), read, *path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # A group of its own: Ctrl+C is for us, and we end it.
            start_new_session=True,
            creationflags=_windows_flags(),
        )
        self._answers: SimpleQueue[bytes | None] = SimpleQueue()
        threading.Thread(target=self._pump, daemon=True).start()

    def send(self, request: Request) -> None:
        """Hand over a file; a process that is gone shows at `receive`."""
        assert self._popen.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            frames.send(self._popen.stdin, request)

    def receive(self, seconds: float) -> object | None:
        """The next answer, None when there is none within `seconds`. Raises Died."""
        try:
            body = self._answers.get(timeout=seconds)
        except Empty:
            return None
        if body is None:
            raise Died(self._popen.wait())
        return frames.answer(body)

    def memory(self, *, with_programs: bool = True) -> int:
        """Bytes of memory that the process and the programs it started hold."""
        import psutil

        total = 0
        for process in self._family() if with_programs else self._itself():
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
        return total

    def kill(self) -> None:
        """End the process and everything it started; returns when they are gone."""
        import psutil

        family = list(self._family())
        with contextlib.suppress(OSError):
            self._popen.kill()
        self._popen.wait()
        _, left = psutil.wait_procs(family, timeout=_CLEANING)
        for process in left:
            with contextlib.suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(left, timeout=_CLEANING)
        self._close()

    def end(self) -> None:
        """Let the process go: it ends when its input does."""
        self._close()
        try:
            self._popen.wait(_CLEANING)
        except subprocess.TimeoutExpired:
            self.kill()

    def _close(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            if self._popen.stdin is not None:
                self._popen.stdin.close()

    def _pump(self) -> None:
        """A thread of its own, because not every system can wait for a pipe and a clock at once."""
        assert self._popen.stdout is not None
        with contextlib.suppress(OSError, ValueError), self._popen.stdout as stream:
            while (body := frames.receive(stream)) is not None:
                self._answers.put(body)
        self._answers.put(None)

    def _itself(self) -> Iterator[psutil.Process]:
        import psutil

        with contextlib.suppress(psutil.Error):
            yield psutil.Process(self._popen.pid)

    def _family(self) -> Iterator[psutil.Process]:
        import psutil

        for process in self._itself():
            yield process
            with contextlib.suppress(psutil.Error):
                yield from process.children(recursive=True)


def _windows_flags() -> int:
    """No console window, and no Ctrl+C from the console of the parent."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return 0
