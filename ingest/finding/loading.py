"""The bytes of what was found: a file, opened so that nothing can hang, or a member of a zip."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from types import TracebackType

from ingest.errors import UnreadableFile
from ingest.finding.discover import Found
from ingest.finding.members import MemberReader
from ingest.readers import faults
from ingest.readers.limits import MAX_FILE_BYTES

_RETRY = "请检查读取权限，或关闭正在使用它的程序后重试"


class Contents:
    """Opens one file after another; a context manager, because zips stay open between their members."""

    def __init__(self) -> None:
        self._members = MemberReader()

    def __enter__(self) -> Contents:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._members.close()

    def load(self, item: Found) -> bytes:
        """All bytes, or UnreadableFile."""
        try:
            return self._members.read(item.path, item.way) if item.way else _load(item.path)
        except FileNotFoundError as error:
            raise UnreadableFile("文件在读取前被移走或删除", "请再运行一次") from error
        except PermissionError as error:
            raise UnreadableFile("文件无法打开（没有读取权限）", _RETRY) from error
        except OSError as error:
            raise UnreadableFile(f"文件无法打开（{error.strerror or error}）", _RETRY) from error


def _load(path: Path) -> bytes:
    # What was a file when the folder was listed may be a pipe by now: it would be waited for.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UnreadableFile("不是普通文件，没有打开", "请指定文件或文件夹")
        data = stream.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise faults.too_large(MAX_FILE_BYTES)
    return data
