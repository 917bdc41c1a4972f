"""What a backup file is: a tar of the archive directory's own files, with a header first and a manifest last.

The header tells at once whether the file is ours and can be read; the manifest, which comes last because it names the
digest of everything before it, also tells that the file is whole.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ingest.archive import originals
from ingest.archive.database import NAME
from ingest.discarding import UPLOADS
from ingest.errors import BadBackup
from ingest.trash import FOLDER as TRASH

FORMAT = 1
HEADER, MANIFEST = "report-assistant-backup.json", "manifest.json"
SETTINGS = "settings.toml"
LONGEST_MANIFEST = 1 << 29
"""Bytes; a million files need a quarter of it."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done (in Chinese), how much of it is done, and how much there is."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_NEWER = "请升级 report-assistant 后再恢复"


@dataclass(frozen=True, slots=True)
class Companion:
    """Another SQLite database of the directory, or (`schema` None) a small file, that belongs to the other rooms."""

    name: str
    schema: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the backup."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that a backup says of itself.

    schema: of archive.db. home, separator: the archive directory that it was taken of, as its system writes paths.
    counts: files, reports and so on. missing: digests of originals that were missing already.
    """

    made: str
    schema: int
    home: str
    separator: str
    counts: dict[str, int]
    missing: list[str] = field(default_factory=list)
    members: dict[str, Member] = field(default_factory=dict)
    format: int = FORMAT

    def to_json(self) -> bytes:
        """As it is written; pure ASCII, because a file's name may be no proper text."""
        return json.dumps(asdict(self), indent=0).encode()

    @classmethod
    def parse(cls, data: bytes) -> Manifest:
        """Raises BadBackup."""
        body = _object(data)
        try:
            members = {str(name): Member(int(m["size"]), str(m["sha256"])) for name, m in body.pop("members").items()}
            made = cls(**body, members=members)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise damaged() from error
        return made


def header() -> bytes:
    """The first member."""
    return json.dumps({"format": FORMAT}).encode()


def check_header(data: bytes) -> None:
    """Raise BadBackup for a format that a later program wrote."""
    found = _object(data).get("format")
    if not isinstance(found, int):
        raise damaged()
    if found > FORMAT:
        raise newer()


def check_name(name: str, companions: Iterable[Companion]) -> None:
    """Raise BadBackup unless `name` is one that a backup of an archive can hold: then it also stays in its folder."""
    parts = name.split("/")
    plain = not any(part in ("", ".", "..") for part in parts) and "\0" not in name
    if os.name == "nt":
        plain = plain and not any(character in name for character in '\\:*?"<>|')
    known = name in (NAME, SETTINGS, *(one.name for one in companions)) or (
        _DIGEST.fullmatch(parts[-1]) is not None and name == original(parts[-1])
    )
    if not plain or not (known or (parts[0] in (UPLOADS, TRASH) and len(parts) > 1)):
        raise BadBackup("备份文件里有不属于档案的内容，没有恢复", "请换一个由 report-assistant backup 生成的文件")


def original(sha256: str) -> str:
    """The member that holds the bytes with this digest."""
    return originals.place(Path(), sha256).as_posix()


def foreign() -> BadBackup:
    """Not one of our files."""
    return BadBackup("这不是 report-assistant 的备份文件", "请换一个由 report-assistant backup 生成的文件")


def damaged() -> BadBackup:
    """One of our files, but not as it was written."""
    return BadBackup("备份文件不完整或已损坏，没有恢复", "请换一个备份文件，或重新复制后再试")


def newer() -> BadBackup:
    """Written by a later program."""
    return BadBackup("备份由更新版本的 report-assistant 写成", _NEWER)


def _object(data: bytes) -> dict[str, Any]:
    try:
        body = json.loads(data)
    except ValueError as error:
        raise damaged() from error
    if not isinstance(body, dict):
        raise damaged()
    return body
