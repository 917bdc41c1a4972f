"""Messages between the two processes: an eight-byte length and a pickle, over the child's standard input and output."""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ingest.settings import Settings
from ingest.types import Correction, ReadFile

_LENGTH = struct.Struct(">Q")
_MODULES = frozenset(
    {"ingest.types", "ingest.mapped", "ingest.period", "ingest.figures.types", "ingest.isolation.frames"}
)
_PARTS = {("array", "array"), ("array", "_array_reconstructor"), ("decimal", "Decimal")}


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read; the process ends itself after `seconds`, should nobody be left to end it."""

    path: Path
    data: bytes
    settings: Settings
    corrections: Sequence[Correction]
    seconds: float


@dataclass(frozen=True, slots=True)
class Ready:
    """The process has started and loaded what reading needs."""


@dataclass(frozen=True, slots=True)
class Done:
    """The file was read."""

    read: ReadFile


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot be read: fault and remedy in Chinese."""

    fault: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Stumbled:
    """A fault of the program: the exception in one line, and its traceback for the log."""

    error: str
    trace: str


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The system refused more memory."""


def send(stream: IO[bytes], message: object) -> None:
    """Write one message; raises OSError when nobody is at the other end."""
    body = pickle.dumps(message, protocol=5)
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message as it was sent, None at the end of the stream."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    size = _LENGTH.unpack(head)[0]
    body = stream.read(size)
    return body if len(body) == size else None


class _Answer(pickle.Unpickler):
    """Builds nothing but our own plain data: the sender has just parsed a file from anywhere."""

    def find_class(self, module: str, name: str) -> object:
        if module in _MODULES or (module, name) in _PARTS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in an answer")


def answer(body: bytes) -> object:
    """A message of the reading process; raises pickle.UnpicklingError."""
    return _Answer(io.BytesIO(body)).load()
