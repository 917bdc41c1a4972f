"""The page's end of the process that reads files or computes vectors."""

from __future__ import annotations

import contextlib
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ingest.settings import Settings

logger = logging.getLogger(__name__)

_MAIN = "import sys; sys.path[:] = sys.argv[1:]\nfrom assistant.collecting.worker import main; main()"
_TO_END = 30.0
"""Seconds that it gets to close the archive in peace; it is built for being killed, too."""

_KEPT = (
    "embedding_model",
    "embedding_query_prefix",
    "embedding_passage_prefix",
    "embedding_precision",
    "passage_tokens",
)


class Worker:
    """A running process. `hear` is called from a thread of its own: with each message, and with None at the end."""

    def __init__(
        self, settings: Settings, paths: Sequence[Path], hear: Callable[[dict[str, Any] | None], None]
    ) -> None:
        """Raises OSError when no process can be started."""
        self._hear = hear
        self._paused = threading.Event()
        self.over = threading.Event()
        places = [entry or str(Path.cwd()) for entry in sys.path]
        self._popen = subprocess.Popen(
            [sys.executable, "-c", _MAIN, *places],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=True,
            creationflags=_windows_flags(),
        )
        chosen = {"home": str(settings.home.absolute()), **{name: getattr(settings, name) for name in _KEPT}}
        threading.Thread(target=self._listen, daemon=True, name="collecting").start()
        self._tell(json.dumps({"settings": chosen, "paths": [str(path) for path in paths]}))

    def pause(self, seconds: float) -> bool:
        """Ask it to let go of the archive; whether it has (or is over) within `seconds`."""
        self._paused.clear()
        self._tell("pause")
        return self._paused.wait(seconds)

    def resume(self) -> None:
        """Let it go on."""
        self._tell("go")

    def stop(self) -> None:
        """Let it end by itself; what is done stays. Returns when it has ended."""
        with contextlib.suppress(OSError, ValueError):
            if self._popen.stdin is not None:
                self._popen.stdin.close()
        if not self.over.wait(_TO_END):
            self._popen.kill()
            self.over.wait(_TO_END)

    def _tell(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # it is gone, which shows by its output
            if self._popen.stdin is not None:
                self._popen.stdin.write(line + "\n")
                self._popen.stdin.flush()

    def _listen(self) -> None:
        assert self._popen.stdout is not None
        try:
            with self._popen.stdout as stream:
                for line in stream:
                    message = json.loads(line)
                    if "paused" in message:
                        self._paused.set()
                    else:
                        self._hear(message)
        except (OSError, ValueError) as error:
            logger.warning("the process that reads files was not understood: %s", error)
        code = self._popen.wait()
        if code:
            self._hear({"crashed": f"exit code {code}"})
        self.over.set()
        self._paused.set()
        self._hear(None)


def _windows_flags() -> int:
    """No console window, and no Ctrl+C from the console of the parent."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return 0
