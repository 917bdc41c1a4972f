"""Noticing that something in the folders has changed, by looking at them now and then."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from ingest.archive.queue import PassageEncoder
from ingest.finding.discover import Found, discover
from ingest.runner import EncoderLoader, bundled_encoder
from ingest.settings import Settings


def changes(paths: Sequence[Path], leave_out: Path, seconds: float) -> Iterator[bool]:
    """Yields True at once, then False whenever the files under `paths` are not what they were.

    A change counts when it has lasted from one look to the next: a file still being copied is not read half.
    """
    from ingest.readers import SUPPORTED

    def look() -> list[Found]:
        return discover(paths, SUPPORTED, leave_out)

    taken_in = last = look()
    yield True
    while True:
        time.sleep(seconds)
        now = look()
        if now == last and now != taken_in:
            taken_in = now
            yield False
        last = now


def kept_encoder() -> EncoderLoader:
    """Loads the model when it is first wanted and keeps it: loading takes longer than most changes."""

    @lru_cache(maxsize=1)
    def load(settings: Settings) -> PassageEncoder:
        return bundled_encoder(settings)

    return load
