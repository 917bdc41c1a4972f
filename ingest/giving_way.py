"""Whoever asks a question goes before whoever reads files in."""

from __future__ import annotations

import contextlib
import os
import sys

PRIORITY = 10
"""Niceness of a program that reads files in; alone on the machine it loses nothing by it."""


def give_way() -> None:
    """Run this program, and those that it starts from now on, behind those that somebody waits for."""
    if sys.platform == "win32":
        import psutil

        with contextlib.suppress(psutil.Error, OSError):
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        with contextlib.suppress(OSError):  # it has a lower one already
            os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)
