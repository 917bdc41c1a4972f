"""Reading functions that misbehave as files from anywhere make parsers misbehave; run in the reading process only."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from ingest.errors import UnreadableFile
from ingest.settings import Settings
from ingest.types import Correction, ReadFile
from tests.archive_builders import read_file, section

_HELD: list[bytes] = []


def read(path: Path, data: bytes, settings: Settings, corrections: Sequence[Correction] = ()) -> ReadFile:
    """Does what the file says; a file that says nothing special is read, every line a passage."""
    text = data.decode()
    word, _, rest = text.partition(" ")
    if word == "hang":
        time.sleep(600)
    elif word == "spin":
        ctypes.PyDLL(None).pause()  # keeps the lock of Python: no thread there can run
    elif word == "swell":
        while True:
            _HELD.append(bytes(os.urandom(1 << 20)) * 16)
    elif word == "leak":
        _HELD.append(b"x" * int(rest))
    elif word == "crash":
        ctypes.string_at(0)
    elif word == "leave":
        os._exit(3)
    elif word == "refuse":
        raise UnreadableFile("文件已损坏", "请换一份")
    elif word == "stumble":
        raise IndexError("list index\nout of range")
    elif word == "print":
        print("a library that talks")
        os.write(1, b"and talks")
        os.write(2, b"and talks")
        sys.stdin.read()
    elif word == "start":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
        Path(rest).write_text(str(child.pid))
        time.sleep(600)
    elif word == "note":
        Path(rest).touch()
    elif word == "who":
        text = f"{os.getpid()}"
    elif word == "said":
        text = "、".join(f"{item.start}" for item in corrections) or "nothing"
    return read_file(section(*text.splitlines()), title=path.stem)
