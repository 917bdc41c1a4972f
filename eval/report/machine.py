"""What a measurement was made on and of: enough to judge its times, nothing that names the machine or its owner."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path
from typing import Any

_FEATURES = ("avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "avx_vnni", "amx_int8", "amx_bf16", "asimddp")
"""What the fastest kernels of the embedding backends ask for."""


def machine() -> dict[str, Any]:
    """Cores that this process may use, memory in GB, the processor's kind and the features that matter here."""
    import psutil

    usable = getattr(os, "sched_getaffinity", None)
    return {
        "cores": len(usable(0)) if usable is not None else os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30),
        "processor": platform.machine(),
        "features": cpu_features(Path("/proc/cpuinfo")),
    }


def cpu_features(cpuinfo: Path) -> list[str]:
    """Those of the first processor; none where the system does not tell them there."""
    try:
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    stated = next((line for line in lines if line.lower().startswith(("flags", "features"))), "")
    has = set(stated.partition(":")[2].split())
    return [name for name in _FEATURES if name in has]


def load() -> float | None:
    """How many processes wanted a processor in the last minute; None where the system does not say."""
    try:
        return round(os.getloadavg()[0], 1)
    except (AttributeError, OSError):
        return None


def commit() -> str:
    """The short commit that is measured, with + where files differ from it; empty outside a git checkout."""
    root = Path(__file__).resolve().parents[2]
    try:
        head = _git(root, "rev-parse", "--short=10", "HEAD")
        changed = _git(root, "status", "--porcelain", "--untracked-files=no", "--", "*.py", "*.toml", "*.sql")
    except (OSError, subprocess.CalledProcessError):
        return ""
    return head + ("+" if changed else "")


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()
