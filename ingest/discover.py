"""From the paths a user names to the files to read: folders are walked, what is no report is set aside."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ReportAssistantError
from ingest.filenames import readable


@dataclass(frozen=True, slots=True)
class Found:
    """A file with what the directory says about it; for one that cannot be read, `fault` is the Chinese line.

    `path` opens the file, `shown` is the same path as text that can be printed and stored.
    `known_type` is False for a file inside a folder whose type no reader knows; one that was named is always tried.
    """

    path: Path
    shown: Path
    size: int
    mtime_ns: int
    known_type: bool = True
    fault: str | None = None


def discover(paths: Sequence[Path], supported: Collection[str], leave_out: Path) -> list[Found]:
    """Every file under `paths`, each once, in the order of the names; the folder `leave_out` is never entered.

    Hidden files and the lock files of office programs are passed over in silence.
    """
    found: dict[Path, Found] = {}
    for path in paths:
        for item in _under(path.expanduser(), supported, leave_out.absolute()):
            found.setdefault(item.path, item)
    return list(found.values())


def _under(path: Path, supported: Collection[str], leave_out: Path) -> Iterator[Found]:
    place = Path(os.path.normpath(path.absolute()))
    if place.is_dir():
        yield from _walk(place, supported, leave_out)
    elif place.is_file():
        yield _look(place, known_type=True)
    elif place.exists():
        yield _faulty(place, "不是普通文件", "请指定文件或文件夹")
    else:
        yield _faulty(place, "找不到这个文件或文件夹", "请检查路径是否写对")


def _walk(folder: Path, supported: Collection[str], leave_out: Path) -> Iterator[Found]:
    faults: list[OSError] = []
    for here, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not _unwanted(name) and Path(here, name) != leave_out)
        for name in sorted(names):
            path = Path(here, name)
            if not _unwanted(name) and path.is_file():
                yield _look(path, known_type=path.suffix.lower() in supported)
    for fault in faults:
        yield _faulty(Path(fault.filename or folder), "文件夹无法打开", "请检查读取权限")


def _look(path: Path, *, known_type: bool) -> Found:
    try:
        status = path.stat()
    except OSError:
        return _faulty(path, "文件无法打开", "请检查读取权限")
    return Found(path, readable(path), status.st_size, status.st_mtime_ns, known_type)


def _faulty(path: Path, fault: str, remedy: str) -> Found:
    return Found(path, readable(path), 0, 0, fault=str(ReportAssistantError(fault, remedy)))


def _unwanted(name: str) -> bool:
    return name.startswith((".", "~$")) or name in ("Thumbs.db", "desktop.ini", "__MACOSX")
