"""Reading a backup into an empty folder: every byte is verified, and nothing is believed of the file."""

from __future__ import annotations

import hashlib
import os
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from ingest.archive.database import NAME
from ingest.backup.manifest import (
    HEADER,
    LONGEST_MANIFEST,
    MANIFEST,
    Companion,
    Manifest,
    Member,
    Progress,
    check_header,
    check_name,
    damaged,
    foreign,
)

_BLOCK = 1 << 20


def unpack(file: Path, folder: Path, companions: Sequence[Companion], progress: Progress) -> Manifest:
    """Put the files of the backup `file` into `folder` and give what it says of itself.

    Raises BadBackup where it is not ours, not whole, newer, or names anything that no archive holds; OSError.
    """
    size = file.stat().st_size
    found: dict[str, Member] = {}
    manifest: Manifest | None = None
    with file.open("rb") as stream:
        try:
            tar = tarfile.open(fileobj=stream, mode="r|")  # noqa: SIM115
        except tarfile.TarError as error:
            raise foreign() from error
        try:
            with tar:
                _read_header(tar)
                while (info := tar.next()) is not None:
                    if manifest is not None:
                        raise damaged()
                    if info.name == MANIFEST:
                        manifest = Manifest.parse(_small(tar, info, LONGEST_MANIFEST))
                        continue
                    if info.name in found or not _is_plain(info):
                        raise damaged()
                    check_name(info.name, companions)
                    found[info.name] = _extract(tar, info, folder)
                    progress("核对备份", stream.tell(), size)
        except tarfile.TarError as error:
            raise damaged() from error
    if manifest is None or manifest.members != found or NAME not in found:
        raise damaged()
    progress("核对备份", size, size)
    return manifest


def _read_header(tar: tarfile.TarFile) -> None:
    first = tar.next()
    if first is None or first.name != HEADER or not _is_plain(first):
        raise foreign()
    check_header(_small(tar, first, _BLOCK))


def _is_plain(info: tarfile.TarInfo) -> bool:
    """A file with content: neither a link nor a device, nor one that takes more room than it brings along."""
    return info.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not info.issparse()


def _small(tar: tarfile.TarFile, info: tarfile.TarInfo, longest: int) -> bytes:
    if not _is_plain(info) or info.size > longest:
        raise damaged()
    data = _content(tar, info).read()
    if len(data) != info.size:
        raise damaged()
    return data


def _extract(tar: tarfile.TarFile, info: tarfile.TarInfo, folder: Path) -> Member:
    target = folder.joinpath(*info.name.split("/"))
    target.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    content, digest, size = _content(tar, info), hashlib.sha256(), 0
    try:
        number = os.open(target, flags, 0o600 | (info.mode & 0o777))
    except FileExistsError as error:  # two names that are one here, as those that differ only in case
        raise damaged() from error
    with os.fdopen(number, "wb") as stream:
        while block := content.read(_BLOCK):
            stream.write(block)
            digest.update(block)
            size += len(block)
    os.utime(target, (info.mtime, info.mtime))
    return Member(size, digest.hexdigest())


def _content(tar: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(info)
    if content is None:
        raise damaged()
    return content
