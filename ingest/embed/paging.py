"""Gives back the memory of weights that were read once: their packed copies are what is used."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

_PAGE_OUT = 21
"""MADV_PAGEOUT (Linux 5.4): unchanged pages of a file go at once and come back from it when they are wanted; whatever
has been changed stays."""


def page_out(file: Path) -> bool:
    """Let go of the pages of a file that is mapped into this process; false where the system does not do that."""
    if sys.platform != "linux":
        return False
    path = str(file.resolve())
    done = []
    try:
        system = ctypes.CDLL(None)
        for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.endswith(path):
                first, last = (int(number, 16) for number in line.split(maxsplit=1)[0].split("-"))
                done.append(system.madvise(ctypes.c_void_p(first), ctypes.c_size_t(last - first), _PAGE_OUT) == 0)
    except (OSError, AttributeError):
        return False  # an older kernel: it finds out by itself, later
    return bool(done) and all(done)
