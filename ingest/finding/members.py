"""The files inside a zip: looked up and read in memory, never unpacked to disk, never more than their limits.

Whoever made the zip chose its names and its sizes, so nothing in it is believed: a name may point anywhere, a size may
be a lie, entries may overlap so that kilobytes become terabytes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from ingest.errors import UnreadableFile
from ingest.finding.filenames import printable
from ingest.finding.memberfaults import (
    bomb,
    damaged,
    encrypted,
    nested_too_deep,
    too_many,
    too_much,
    unsafe_name,
    unsupported_method,
)
from ingest.finding.membernames import inner_path, names
from ingest.readers import faults
from ingest.readers.limits import MAX_FILE_BYTES

SUFFIX = ".zip"
MAX_MEMBERS = 10_000
MAX_DIRECTORY_BYTES = 16 * 1024 * 1024
MAX_TOTAL_BYTES = 1024 * 1024 * 1024
"""Of all members together, unpacked."""
MAX_RATIO = 200
"""Unpacked to packed, from `RATIO_FROM` bytes on: Chinese text reaches 10, a web page of tables 50, a bomb 1,000."""
RATIO_FROM = 1024 * 1024

_END = b"PK\x05\x06"
_END_RECORD = struct.Struct("<4s4H2LH")
_LOCAL_HEADER = 30
_OFFICE = frozenset({"[Content_Types].xml", "OFD.xml"})
"""Members that make a zip a document under a wrong name; so does `mimetype` as the first."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    IndexError,
    OverflowError,
    NotImplementedError,
)
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a zip. `name` is its path there, readable; `way` leads to it: its number among the entries, and
    for a zip in a zip the numbers of both. For one that cannot be read, `fault` is the Chinese line.
    """

    name: str
    size: int
    way: tuple[int, ...] = ()
    fault: str | None = None


def list_members(path: Path, supported: Collection[str]) -> list[Member] | None:
    """What a zip holds, folders left out; None when it is a document of an office program under a wrong name.

    `supported`: the suffixes that are read; only they count against the limits. Raises UnreadableFile for a zip that
    as a whole cannot be used, OSError when it cannot be opened.
    """
    with path.open("rb") as stream, _broken_is_told():
        return _list(stream, supported, depth=0)


class MemberReader:
    """Reads members; keeps the zips that were read last open, because members are asked for one after another."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._open: dict[tuple[int, ...], zipfile.ZipFile] = {}

    def read(self, path: Path, way: tuple[int, ...]) -> bytes:
        """The bytes of a member that `list_members` named. Raises UnreadableFile, OSError."""
        with _broken_is_told():
            package = self._package(path, way[:-1])
            return _unpack(package, package.infolist()[way[-1]])

    def close(self) -> None:
        """Let go of the files."""
        for package in self._open.values():
            package.close()
        self._open, self._path = {}, None

    def _package(self, path: Path, way: tuple[int, ...]) -> zipfile.ZipFile:
        if path != self._path:
            self.close()
            self._open, self._path = {(): zipfile.ZipFile(path)}, path
        if way not in self._open:
            outer = self._open[()]
            inner = zipfile.ZipFile(io.BytesIO(_unpack(outer, outer.infolist()[way[0]])))
            self._open = {(): outer, way: inner}
        return self._open[way]


def _list(stream: BinaryIO, supported: Collection[str], depth: int) -> list[Member] | None:
    _check_directory(stream)
    with zipfile.ZipFile(stream) as package:
        entries = package.infolist()
        if any(entry.filename in _OFFICE for entry in entries) or [e.filename for e in entries[:1]] == ["mimetype"]:
            return None
        _check_entries(entries, supported)
        found: list[Member] = []
        locked: list[str] = []
        for number, (entry, name) in enumerate(zip(entries, names(entries), strict=True)):
            if name.endswith(("/", "\\")):
                continue
            place = inner_path(name)
            if place is None:
                found.append(Member(printable(name).replace("/", "／"), 0, fault=str(unsafe_name())))
            elif entry.flag_bits & _ENCRYPTED:
                locked.append(place)
            elif place.lower().endswith(SUFFIX):
                found.extend(_nested(package, number, place, supported, depth))
            else:
                found.append(Member(place, entry.file_size, (number,)))
        if locked:
            found.append(Member(locked[0], 0, fault=str(encrypted(len(locked)))))
        return _distinct(found)


def _nested(
    package: zipfile.ZipFile, number: int, place: str, supported: Collection[str], depth: int
) -> Iterator[Member]:
    """The members of a zip in a zip, one level deep; a fault there is one line."""
    if depth:
        yield Member(place, 0, fault=str(nested_too_deep()))
        return
    entry = package.infolist()[number]
    try:
        with _broken_is_told():
            inner = _list(io.BytesIO(_unpack(package, entry)), supported, depth + 1)
    except UnreadableFile as error:
        yield Member(place, 0, fault=str(error))
        return
    if inner is None:
        yield Member(place, entry.file_size, (number,))
        return
    for member in inner:
        yield Member(f"{place}/{member.name}", member.size, (number, *member.way), member.fault)


def _distinct(members: list[Member]) -> list[Member]:
    """A zip may hold two files of one name; here each is a file of its own."""
    seen: Counter[str] = Counter()
    made = []
    for member in members:
        seen[member.name] += 1
        if seen[member.name] > 1:
            stem, dot, suffix = member.name.rpartition(".")
            member = replace(member, name=f"{stem}（{seen[member.name]}）{dot}{suffix}")
        made.append(member)
    return made


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry, never more than it announces, and that never more than a file may have."""
    if entry.flag_bits & _ENCRYPTED:
        raise encrypted(1)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # LZMA may ask for 4 GB of memory
        raise unsupported_method()
    if entry.file_size > MAX_FILE_BYTES:
        raise faults.too_large(MAX_FILE_BYTES)
    if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise bomb()
    with package.open(entry) as stream:  # stops at the announced size, then compares the checksum
        return stream.read(entry.file_size + 1)


def _check_directory(stream: BinaryIO) -> None:
    """Refuse a directory that would take long to parse, before it is parsed."""
    size = stream.seek(0, io.SEEK_END)
    if size == 0:
        raise faults.empty()
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_RECORD.size:
        raise damaged()
    _, _, _, _, entries, directory, _, _ = _END_RECORD.unpack_from(tail, at)
    if entries > MAX_MEMBERS or directory > MAX_DIRECTORY_BYTES:
        raise too_many(MAX_MEMBERS)
    stream.seek(0)


def _check_entries(entries: list[zipfile.ZipInfo], supported: Collection[str]) -> None:
    if len(entries) > MAX_MEMBERS:
        raise too_many(MAX_MEMBERS)
    read = {*supported, SUFFIX}
    wanted = [entry for entry in entries if Path(entry.filename).suffix.lower() in read]
    if sum(entry.file_size for entry in wanted) > MAX_TOTAL_BYTES:
        raise too_much(MAX_TOTAL_BYTES)
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise bomb()
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size


@contextmanager
def _broken_is_told() -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise damaged() from error
    except RuntimeError as error:  # how the library says that it wants a password
        raise encrypted(1) from error
