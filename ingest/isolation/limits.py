"""What one file may cost while it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

SECONDS = 30.0
"""Time to read one file: over a hundred times what a 50-page report takes on a slow office PC."""

PROGRAM_SECONDS = 20.0
"""Added for a file that an office program converts: the first such file waits for the program to start."""

MEMORY = 2 * 1024**3
"""Bytes that the reading process, with the programs it started, may hold: the largest text allowed takes half of it,
and a PC with 4 GB goes on working."""

FRESH = MEMORY // 4
"""A process that holds more than this between two files is replaced: a parser's leak must not fail a later file."""

START_SECONDS = 60.0
"""Time to start the process: a second as a rule, much longer when a virus scanner sees it for the first time."""

TimeLimit = Callable[[Path, bytes], float]

_CONVERTED = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", rb"{\rtf")


def time_limit(path: Path, data: bytes) -> float:
    """Seconds that reading the file may take. The one place for formats that honestly need longer: those that an
    office program converts, and pictures of pages whose text is recognised.
    """
    from ingest.readers.ocr.timing import expected_seconds

    del path  # names lie
    program = PROGRAM_SECONDS if data.startswith(_CONVERTED) else 0.0
    return SECONDS + program + expected_seconds(data)
