"""What a target of fuzzing is: inputs to begin with, and a function that answers, refuses or is at fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache

from eval.fuzz.broken import Broken
from ingest.errors import ReportAssistantError

Run = Callable[[bytes], bool]
"""True for an answer, False for a refusal in one line; whatever is raised is a fault."""

Ready = tuple[Run, Sequence[bytes]]


@dataclass(frozen=True, slots=True)
class Target:
    """`opened` gives the function and the inputs to begin with; `seconds` of processor time is what one may take."""

    name: str
    opened: Callable[[], AbstractContextManager[Ready]]
    seconds: float = 5.0


def plain(name: str, run: Run, seeds: Callable[[], Sequence[bytes]], seconds: float = 5.0) -> Target:
    """A target that needs nothing around it."""

    @contextmanager
    def opened() -> Iterator[Ready]:
        yield run, seeds()

    return Target(name, opened, seconds)


def answered(run: Callable[[], object]) -> bool:
    """Whether it gave an answer; a refusal must be one line with a remedy."""
    try:
        run()
    except ReportAssistantError as fault:
        if "\n" in str(fault) or not fault.fault or not fault.remedy:
            raise Broken(f"a refusal that is not one line: {str(fault)[:60]}") from fault
        return False
    return True


@cache
def samples(suffix: str) -> tuple[bytes, ...]:
    """The sample archive's files of one kind, defects and all."""
    from eval.sample.archive import make_files

    return tuple(made.data for made in make_files() if made.spec.name.endswith(suffix))


@cache
def lines() -> tuple[bytes, ...]:
    """Lines of the sample archive's plain reports."""
    found = {line.strip() for data in samples(".txt") for line in data.decode("utf-8", "ignore").splitlines()}
    return tuple(line.encode() for line in sorted(found) if line)
