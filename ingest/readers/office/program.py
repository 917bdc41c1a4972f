"""Converting old office files with LibreOffice: found where it is installed, run in a profile of its own, kept running.

Starting the program costs over a second and a conversion a twentieth of that. So the first file starts an instance
that stays (an empty document keeps it open), and every file is handed to it by the program's own command line, which
finds a running instance by its profile. Whatever goes wrong with the instance, it is ended and the next file gets a
new one.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

SECONDS = 25.0
"""How long one file may take."""

_START_SECONDS = 20.0
_FILES_PER_INSTANCE = 200  # it never gives back all memory
_NAMES = ("soffice", "libreoffice", "loffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice*/program/soffice",
    "/snap/bin/libreoffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
# No macros, no links that fetch anything, no question that nobody is there to answer.
_OPTIONS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Office.Common/Misc", "FirstRun", "false"),
)
# Waits until this process is gone, however it went, then ends the instance and takes its files away. In the background,
# so that whoever kills this process with its children does not kill it as well.
_GUARD = 'exec 3<&0; { cat <&3 >/dev/null; kill -9 "-$1"; sleep 0.2; rm -rf -- "$2"; } &'


class ConversionFailed(Exception):
    """The program gave no result; `timed_out` says whether it was still trying."""

    def __init__(self, *, timed_out: bool) -> None:
        super().__init__("timed out" if timed_out else "no result")
        self.timed_out = timed_out


def find_program() -> Path | None:
    """The LibreOffice command, on PATH or in the usual places; None where there is none."""
    for name in _NAMES:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    return next((path for path in _installed() if path.is_file()), None)


def _installed() -> Iterator[Path]:
    for place in _PLACES:
        path = Path(place)
        if "*" in place:
            yield from sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))), reverse=True)
        else:
            yield path


@dataclass(slots=True)
class _Instance:
    """A running program with the folder that holds its profile; `guard` cleans up after us."""

    folder: Path
    process: subprocess.Popen[bytes]
    guard: subprocess.Popen[bytes]
    files: int = 0

    def usable(self) -> bool:
        return self.process.poll() is None and self.files < _FILES_PER_INSTANCE


class Converter:
    """Converts one file after another; one for the whole process is enough (`converter`)."""

    def __init__(self, program: Path) -> None:
        self._program = program
        self._instance: _Instance | None = None
        self._owner = 0
        self._lock = Lock()

    def convert(self, data: bytes, suffix: str, target: str, seconds: float = SECONDS) -> bytes:
        """The file `data` (of the type `suffix`, with its dot) as a `target` file (`docx`, `xlsx`).

        Raises ConversionFailed when the program does not manage within `seconds`.
        """
        with self._lock, tempfile.TemporaryDirectory(prefix="report-assistant-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            source = folder / f"source{suffix}"
            source.write_bytes(data)
            if os.name == "posix":
                instance = self._running()
                instance.files += 1
                profile = instance.folder
            else:
                profile = folder
                _make_profile(profile)
            arguments = ["--convert-to", target, "--outdir", str(folder), str(source)]
            try:
                _run([*self._command(profile), *arguments], seconds)
            except subprocess.TimeoutExpired as error:
                self._end()
                raise ConversionFailed(timed_out=True) from error
            result = source.with_suffix(f".{target}")
            if not result.is_file():
                raise ConversionFailed(timed_out=False)
            return result.read_bytes()

    def close(self) -> None:
        """End the instance, if one runs."""
        with self._lock:
            self._end()

    def _command(self, folder: Path) -> list[str]:
        profile = (folder / "profile").as_uri()
        return [str(self._program), f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo"]

    def _running(self) -> _Instance:
        if self._instance is not None and self._owner != os.getpid():
            self._instance = None  # it belongs to the process that this one was forked from
        if self._instance is not None and not self._instance.usable():
            self._end()
        if self._instance is None:
            self._instance, self._owner = self._start(), os.getpid()
        return self._instance

    def _start(self) -> _Instance:
        folder = Path(tempfile.mkdtemp(prefix="report-assistant-office-"))
        _make_profile(folder)
        anchor = folder / "anchor.txt"
        anchor.write_text("\n")
        command = [*self._command(folder), str(anchor)]
        try:
            process = _start_quietly(command)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        guard = _start_quietly(["/bin/sh", "-c", _GUARD, "sh", str(process.pid), str(folder)], subprocess.PIPE)
        instance = _Instance(folder, process, guard)
        # The lock file appears when the empty document is open, and from then on the instance takes orders.
        lock, patience = folder / ".~lock.anchor.txt#", time.monotonic() + _START_SECONDS
        while not lock.exists():
            if process.poll() is not None or time.monotonic() > patience:
                _dispose(instance)
                raise ConversionFailed(timed_out=process.poll() is None)
            time.sleep(0.02)
        return instance

    def _end(self) -> None:
        if self._instance is not None and self._owner == os.getpid():
            _dispose(self._instance)
        self._instance = None


def _dispose(instance: _Instance) -> None:
    """Closing the guard's input lets it go."""
    _kill(instance.process)
    shutil.rmtree(instance.folder, ignore_errors=True)
    if instance.guard.stdin is not None:
        instance.guard.stdin.close()
    instance.guard.wait()


def _make_profile(folder: Path) -> None:
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _OPTIONS
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    (user / "registrymodifications.xcu").write_text(f"{head}{items}</oor:items>", encoding="utf-8")


def _run(command: list[str], seconds: float) -> None:
    """Run to the end, or kill it with all its children and raise subprocess.TimeoutExpired."""
    process = _start_quietly(command)
    try:
        process.wait(seconds)
    except BaseException:
        _kill(process)
        raise


def _start_quietly(command: list[str], stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C does not reach it, and it can be ended with all its children."""
    return subprocess.Popen(
        command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads a session, and all its children."""
    if process.poll() is None:
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


_shared: Converter | None = None


def converter() -> Converter | None:
    """The converter of this process, made when first asked for; None without LibreOffice."""
    global _shared
    if _shared is None:
        program = find_program()
        if program is None:
            return None
        _shared = Converter(program)
        atexit.register(_shared.close)
    return _shared
