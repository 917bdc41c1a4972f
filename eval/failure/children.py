"""Child processes that can be killed at any moment: forked from a process that has everything imported (`preload`)."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from ingest.errors import ReportAssistantError

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess

KILLED = -9
"""How a process ends that was killed (nothing else ends so)."""
_PATIENCE = 120.0
"""Seconds that a child may take for anything; one that takes longer hangs."""

Tell = Callable[[object], None]
"""Tells the parent something that can be pickled; when this returns, it is out of the child."""
Work = Callable[..., Any]
"""A function of a module, called as work(tell, *arguments) in the child; what it returns is told as well."""


class ChildFailed(Exception):
    """A child that nobody killed ended by a crash, an exception or not at all."""


@dataclass
class Ended:
    """What a child told. `result`: what its work returned; `refusal`: the Chinese line of a ReportAssistantError;
    `fault`: the traceback of any other exception.
    """

    told: list[Any] = field(default_factory=list)
    result: Any = None
    refusal: str | None = None
    fault: str | None = None
    code: int | None = None

    @property
    def killed(self) -> bool:
        """Whether it was killed before its work was done."""
        return self.code == KILLED

    def whole(self) -> Any:
        """The result of a work that must not fail. Raises ChildFailed."""
        if self.code != 0 or self.refusal is not None or self.fault is not None:
            raise ChildFailed(self.trouble)
        return self.result

    @property
    def trouble(self) -> str:
        """Why there is no result, on one line."""
        last = (self.fault or "").strip().splitlines()[-1:]
        return self.refusal or (last[0] if last else f"ended with code {self.code}")


class Child:
    """A running child. Use as a context: it is gone when the block is left."""

    def __init__(self, work: Work, *arguments: object) -> None:
        context = get_context("forkserver")
        context.set_forkserver_preload(["__main__", "eval.failure.preload"])
        self._ours, theirs = context.Pipe(duplex=False)
        self._process: ForkServerProcess = context.Process(target=_run, args=(theirs, work, arguments))
        self._process.start()
        theirs.close()
        self.ended = Ended()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._process.join(_PATIENCE)
        self._ours.close()

    def news(self, seconds: float = _PATIENCE) -> Iterator[Any]:
        """What it tells, as it tells it, until it ends. Raises ChildFailed when nothing comes for so long."""
        while True:
            if not self._ours.poll(seconds):
                self.kill()
                raise ChildFailed(f"silent for {seconds:.0f} s")
            try:
                kind, value = self._ours.recv()
            except (EOFError, ConnectionResetError):
                return
            if kind == "told":
                self.ended.told.append(value)
                yield value
            else:
                setattr(self.ended, kind, value)

    def kill(self) -> None:
        """SIGKILL: nothing is cleaned up, as when the power fails for the process."""
        self._process.kill()

    def kill_after(self, seconds: float) -> None:
        """Kill it when it has worked for so long, if it is not done by then."""
        self._process.join(seconds)
        self.kill()

    def wait(self) -> Ended:
        """Everything it told, once it is gone."""
        for _ in self.news():
            pass
        self._process.join(_PATIENCE)
        self.ended.code = self._process.exitcode
        return self.ended


def run(work: Work, *arguments: object) -> Ended:
    """The work in a child of its own, to its end."""
    with Child(work, *arguments) as child:
        return child.wait()


def _run(theirs: Connection, work: Work, arguments: tuple[object, ...]) -> None:
    # What the product logs or Chroma prints is no concern of who watches the run.
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(silence, stream.fileno())

    def tell(value: object) -> None:
        theirs.send(("told", value))

    try:
        theirs.send(("result", work(tell, *arguments)))
    except ReportAssistantError as error:
        theirs.send(("refusal", str(error)))
    except BaseException:
        theirs.send(("fault", traceback.format_exc()))
    finally:
        theirs.close()
