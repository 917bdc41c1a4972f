"""Commands run under watch: every address that a process and its children connect or send to, and every name they look
up, seen twice: by the system (strace, which native code cannot escape) and by Python's own audit events.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]

_HOOK = """
import json, os, sys

def _note(kind, what):
    text = json.dumps([os.getpid(), kind, str(what)]) + "\\n"
    place = os.open(os.environ["NETWORK_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(place, text.encode())
    finally:
        os.close(place)

def _heard(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        _note("address", args[1][0] if isinstance(args[1], tuple) else "unix")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"):
        _note("name", args[0][0] if isinstance(args[0], tuple) else args[0])

_note("started", " ".join(sys.orig_argv[:3])[:200])
sys.addaudithook(_heard)
"""
"""A `sitecustomize`, which every Python process runs before anything else."""

_FAMILY = re.compile(r'sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]*)"\)')
_FAMILY6 = re.compile(r'sin6_port=htons\((\d+)\).*?inet_pton\(AF_INET6, "([^"]*)"')
_RESOLVER = re.compile(r'sun_path="(/run/systemd/resolve/[^"]*)"')
_DNS = 53

_STILL_OURS = ("PATH", "HOME", "TMPDIR", "LANG", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""Of this process's environment; not the switches by which a developer has silenced libraries, nor a proxy on
loopback behind which the outside would hide.
"""


def sees_the_system() -> bool:
    """Whether a process can be watched from outside itself."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-o", os.devnull, sys.executable, "-c", ""], capture_output=True, check=False)
    return tried.returncode == 0


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one command: processes by how they were started, and where to they turned."""

    processes: tuple[str, ...]
    by_python: tuple[str, ...]
    by_system: tuple[str, ...]

    @property
    def outside(self) -> tuple[str, ...]:
        """Addresses and names that are not this machine's."""
        return tuple(dict.fromkeys(place for place in (*self.by_python, *self.by_system) if not _is_here(place)))


class Watch:
    """Commands that share a folder for what is noted of them."""

    def __init__(self, folder: Path) -> None:
        self._system = sees_the_system()
        self._hook = folder / "hook"
        self._hook.mkdir(parents=True)
        (self._hook / "sitecustomize.py").write_text(_HOOK, encoding="utf-8")
        self._python, self._traces = folder / "python.jsonl", folder / "traces"
        self._traces.mkdir()

    def command(self, *arguments: str) -> list[str]:
        """The command line that runs Python with `arguments` under watch."""
        python = [sys.executable, *arguments]
        if not self._system:
            return python
        trace = self._traces / f"{len(list(self._traces.iterdir()))}.txt"
        trace.touch()
        calls = "trace=connect,sendto,sendmsg,sendmmsg"
        # -D: what was started is the command itself, so that signals reach it.
        return ["strace", "-D", "-f", "--seccomp-bpf", "-s", "0", "-e", calls, "-o", str(trace), *python]

    def environment(self, **more: str) -> dict[str, str]:
        """What a user's computer gives a program, and nothing that would keep a library quiet."""
        ours = {name: os.environ[name] for name in _STILL_OURS if name in os.environ}
        path = os.pathsep.join((str(self._hook), str(ROOT)))
        return {**ours, "PYTHONPATH": path, "PYTHONUTF8": "1", "NETWORK_LOG": str(self._python), **more}

    @contextmanager
    def started(
        self, *arguments: str, environment: Mapping[str, str], out: int | IO[str] = subprocess.PIPE
    ) -> Iterator[subprocess.Popen[str]]:
        """A process under watch, ended in the end whatever happens."""
        process = subprocess.Popen(
            self.command(*arguments), stdout=out, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=dict(environment)
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def run(self, *arguments: str, environment: Mapping[str, str], seconds: float = 240) -> tuple[int, str, str]:
        """Run to the end: exit code, stdout, stderr."""
        with self.started(*arguments, environment=environment) as process:
            out, err = process.communicate(timeout=seconds)
        return process.returncode, out, err

    def seen(self) -> Seen:
        """All that was noted so far of commands that have ended."""
        noted = self._noted()
        system = [place for trace in sorted(self._traces.iterdir()) for place in _places(_whole(trace))]
        started = tuple(what for _, kind, what in noted if kind == "started")
        turned = tuple(what for _, kind, what in noted if kind != "started" and what != "unix")
        return Seen(started, turned, tuple(system))

    def _noted(self) -> list[tuple[int, str, str]]:
        if not self._python.exists():
            return []
        lines: Sequence[str] = self._python.read_text(encoding="utf-8").splitlines()
        return [(number, kind, what) for number, kind, what in map(json.loads, lines)]


def _whole(trace: Path) -> str:
    """The trace once its writer has seen the end of the last process."""
    for _ in range(100):
        text = trace.read_text(encoding="utf-8", errors="replace")
        if text.endswith("+++\n") or not text:
            return text
        time.sleep(0.05)
    return text


def _places(trace: str) -> Iterator[str]:
    for line in trace.splitlines():
        found = _FAMILY.search(line) or _FAMILY6.search(line)
        if found:
            yield f"a name server at {found[2]}" if int(found[1]) == _DNS else found[2]
        elif resolver := _RESOLVER.search(line):
            yield f"a name server at {resolver[1]}"


def _is_here(place: str) -> bool:
    if place in ("localhost", "None", ""):
        return True
    try:
        return ipaddress.ip_address(place.partition("%")[0]).is_loopback
    except ValueError:
        return False


def arguments_of(command: Sequence[str]) -> list[str]:
    """Python's arguments for a command line of the product."""
    return ["-c", "from assistant.cli import main; main()", *command]
