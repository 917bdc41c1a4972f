"""A virtual environment for each list of requirements: made when first asked for, kept, made anew when it changes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from eval.peers.registry import HERE, Entry, pins_of
from ingest.errors import ReportAssistantError

_MARK = "installed.txt"


class PeerError(ReportAssistantError):
    """A peer could not be installed or did not run to its end; the others can."""


def interpreter(entry: Entry, work: Path, say: Callable[[str], None]) -> Path:
    """The Python that runs a peer: this one for ours, else of its own environment under `work`. Raises PeerError."""
    if entry.requirements is None:
        return Path(sys.executable)
    wanted = (HERE / entry.requirements).read_text(encoding="utf-8")
    folder = work / "environments" / Path(entry.requirements).stem
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    mark = folder / _MARK
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted and python.exists():
        return python.absolute()
    say(f"{entry.name}：安装 {entry.requirements}")
    base = _base(pins_of(entry).python)
    folder.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)
    _installed([base, "-m", "venv", str(folder)], entry)
    _installed([str(python), "-m", "pip", "install", "--quiet", "-r", str(HERE / entry.requirements)], entry)
    mark.write_text(wanted, encoding="utf-8")
    return python.absolute()


def _installed(command: list[str], entry: Entry) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise PeerError(f"{entry.name} 没有装上（{error}）", "其余对照照常进行") from error
    if done.returncode != 0:
        raise PeerError(f"{entry.name} 没有装上（{last_line(done.stderr)}）", "其余对照照常进行")


def last_line(text: str) -> str:
    """The last line that says something: what a failed program ends with."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("[notice]")]
    return lines[-1] if lines else "没有说明"


def _base(least: tuple[int, int]) -> str:
    """A Python of at least this release: this one, one on PATH, or one that lies beside this one. Raises PeerError."""
    if sys.version_info[:2] >= least:
        return getattr(sys, "_base_executable", None) or sys.executable
    found = next((python for python in _others(least) if _runs(python, least)), None)
    if found is None:
        raise PeerError(f"没有 Python {least[0]}.{least[1]} 或更新的版本", "装上后再试，其余对照照常进行")
    return found


def _others(least: tuple[int, int]) -> Iterator[str]:
    for minor in range(least[1], least[1] + 4):
        yield from filter(None, [shutil.which(f"python{least[0]}.{minor}")])
        beside = Path(sys.base_prefix).parent.glob(f"{least[0]}.{minor}*/bin/python{least[0]}")
        yield from map(str, sorted(beside))


def _runs(python: str, least: tuple[int, int]) -> bool:
    """A launcher on PATH may stand for a Python that is not there."""
    ask = f"import sys, venv; sys.exit(sys.version_info[:2] < {least})"
    return subprocess.run([python, "-c", ask], capture_output=True, check=False).returncode == 0
