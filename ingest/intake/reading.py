"""How the runner has files read: in another process as a rule, or by a function right here."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from ingest.errors import ReportAssistantError
from ingest.isolation import faults
from ingest.settings import Settings
from ingest.types import Correction, ReadFile

logger = logging.getLogger(__name__)

Item = TypeVar("Item")
Begun = TypeVar("Begun")

Reader = Callable[..., ReadFile]
"""`ingest.pipeline.read_file` or what stands in for it: (path, data, settings[, corrections])."""

Result = Callable[[], ReadFile]
"""Waits for the reading to end; raises UnreadableFile."""


_AHEAD_BYTES = 64 * 1024**2
"""Files that have been begun together hold no more than this, unless it is one file."""


class FileReader(Protocol):
    """Begins to read a file; the result may be asked for later. `size`: how many files it reads at once."""

    size: int

    def submit(self, path: Path, data: bytes, settings: Settings, corrections: Sequence[Correction] = ()) -> Result:
        """See `IsolatedReader.submit`."""


class DirectReader:
    """Reads in this process, when the result is asked for."""

    size = 1

    def __init__(self, read: Reader) -> None:
        self._read = read

    def submit(self, path: Path, data: bytes, settings: Settings, corrections: Sequence[Correction] = ()) -> Result:
        """See `FileReader`."""
        return partial(self._guarded, path, data, settings, corrections)

    def _guarded(self, path: Path, data: bytes, settings: Settings, corrections: Sequence[Correction]) -> ReadFile:
        try:
            return self._read(path, data, settings, *([corrections] if corrections else []))
        except ReportAssistantError:
            raise
        except Exception as error:
            logger.exception("reading %s failed", path)
            raise faults.stumbled(f"{type(error).__name__}: {error}") from error


@contextmanager
def file_reader(read: Reader | None) -> Iterator[FileReader]:
    """A reader for a whole run: isolated, unless a function is given to stand in for it."""
    if read is not None:
        yield DirectReader(read)
        return
    from ingest.isolation.pool import ReaderPool

    with ReaderPool() as reader:
        yield reader


def read_ahead(
    items: Iterable[Item], begin: Callable[[Item], Begun], reader: FileReader, weigh: Callable[[Item], int]
) -> Iterator[Begun]:
    """Each item begun, in order; those after it have been begun as well, so that they are read while it is stored.

    Two for each process that reads: a short file after a long one must not leave a process without work. weigh: the
    bytes that an item holds once it has been begun.
    """
    begun: deque[tuple[int, Begun]] = deque()
    held = 0
    for item in items:
        weight = weigh(item)
        while begun and (len(begun) > 2 * reader.size or held + weight > _AHEAD_BYTES):
            held -= begun[0][0]
            yield begun.popleft()[1]
        begun.append((weight, begin(item)))
        held += weight
    yield from (one for _, one in begun)
