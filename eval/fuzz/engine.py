"""Our own fuzzer: seeded, so that a run can be had again; each input under a limit of processor time."""

from __future__ import annotations

import random
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from eval.fuzz.mutate import mutated
from eval.fuzz.target import Target

_ROOT = Path(__file__).parents[2]
_LOADING = 120.0
_SHRINKING = 200
"""Tries at making a faulty input smaller."""


class TooSlow(BaseException):
    """An input took longer than it may. No Exception: nothing that the program catches may swallow it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault with the smallest input that was found for it. `where` tells faults apart."""

    where: str
    input: bytes
    number: int

    def line(self) -> str:
        """For people: which input of the run it was, where, and what it looks like."""
        return f"#{self.number} {self.where}: {self.input[:160]!r}{'…' if len(self.input) > 160 else ''}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a target. `slowest`: seconds of processor time, which the input `slow` took."""

    target: str
    tried: int
    answered: int
    slowest: float
    faults: tuple[Fault, ...]
    how: str = "mutation"
    slow: bytes = b""

    def to_json(self) -> dict[str, Any]:
        """All figures; inputs as hexadecimal digits."""
        faults = [{**asdict(fault), "input": fault.input.hex()} for fault in self.faults]
        return {**asdict(self), "faults": faults, "slow": self.slow.hex()}

    def line(self) -> str:
        """For people."""
        slow = f"{self.answered} answered, slowest {self.slowest:.2f}s" if self.how == "mutation" else "guided"
        return f"{self.target:<10} {self.tried:>8} inputs, {slow}, {len(self.faults)} faults"


def fuzz(target: Target, seconds: float, seed: int = 0, most: int | None = None) -> Outcome:
    """Feed the target for `seconds`, or `most` inputs; every seed input first."""
    dice = random.Random(f"{target.name}/{seed}")
    faults: dict[str, Fault] = {}
    tried = answered = 0
    slowest, slow = 0.0, b""
    with target.opened() as (run, seeds):
        tried_out(run, seeds[0], _LOADING)  # imports what it needs, which is no fault of an input
        until = time.monotonic() + seconds
        while time.monotonic() < until and (most is None or tried < most):
            data = seeds[tried] if tried < len(seeds) else mutated(seeds, dice)
            tried += 1
            started = time.process_time()
            where = tried_out(run, data, target.seconds)
            took = time.process_time() - started
            if took > slowest:
                slowest, slow = took, data
            if where is None:
                answered += 1
            elif where and where not in faults:
                faults[where] = Fault(where, _smaller(run, data, where, target.seconds), tried)
    return Outcome(target.name, tried, answered, slowest, tuple(faults.values()), slow=slow)


def tried_out(run: Callable[[bytes], bool], data: bytes, seconds: float) -> str | None:
    """None for an answer, "" for a refusal, else where it went wrong."""
    try:
        with _limit(seconds):
            return None if run(data) else ""
    except TooSlow as fault:
        return f"TooSlow in {_place(fault)}"
    except Exception as fault:
        return f"{type(fault).__name__} in {_place(fault)}"


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """Raises TooSlow after so much processor time; a busy machine takes none away. Not on Windows."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def over(number: int, frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, over)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _place(fault: BaseException) -> str:
    """The innermost line of this project, and what is said."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if _is_ours(frame.filename)]
    said = " ".join(str(fault).split())[:80]
    if not frames:
        return said
    last = frames[-1]
    return f"{Path(last.filename).relative_to(_ROOT)}:{last.lineno} {last.name} {said if not said.isdigit() else ''}"


def _is_ours(name: str) -> bool:
    path = Path(name)
    return path.is_relative_to(_ROOT) and "fuzz" not in path.parts and "site-packages" not in path.parts


def _smaller(run: Callable[[bytes], bool], data: bytes, where: str, seconds: float) -> bytes:
    """The input without the pieces that the fault does not need (delta debugging, cut short)."""
    kind = where.split(" ")[0]
    if kind == "TooSlow":
        return data
    size, tries = max(1, len(data) // 2), 0
    while size and tries < _SHRINKING:
        at = 0
        while at < len(data) and tries < _SHRINKING:
            shorter = data[:at] + data[at + size :]
            tries += 1
            if (tried_out(run, shorter, seconds) or "").startswith(kind):
                data = shorter
            else:
                at += size
        size //= 2
    return data
