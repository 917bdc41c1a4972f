"""Putting one directory in the place of another: whoever looks finds the old one or the new one, never none."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths count from the working directory."""
_EXCHANGE, _SWAP = 2, 2
"""RENAME_EXCHANGE of Linux's renameat2(2), RENAME_SWAP of macOS's renamex_np(2)."""


def put_in_place(new: Path, place: Path, aside: Path) -> bool:
    """Move `new` to `place`; what lay there goes to `aside`. True when there was something. Raises OSError.

    Where the system can exchange two directories (Linux, macOS, on most file systems), that is done at once. Elsewhere
    `place` is empty for a moment between two renamings.
    """
    if not place.exists() or not any(place.iterdir()):
        if place.exists():
            place.rmdir()
        new.rename(place)
        return False
    if exchange(new, place):
        new.rename(aside)
        return True
    place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        aside.rename(place)
        raise
    return True


def exchange(first: Path, second: Path) -> bool:
    """Let two directories change places at once; False, and nothing done, where the system cannot."""
    one, other = os.fsencode(first), os.fsencode(second)
    try:
        if sys.platform == "linux":
            return bool(ctypes.CDLL(None).renameat2(_HERE, one, _HERE, other, _EXCHANGE) == 0)
        if sys.platform == "darwin":
            return bool(ctypes.CDLL(None).renamex_np(one, other, _SWAP) == 0)
    except (OSError, AttributeError):
        return False
    return False
