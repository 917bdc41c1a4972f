"""From the paths a user names to the files to read: folders are walked, zips looked into, the rest is set aside."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ReportAssistantError
from ingest.finding.filenames import readable
from ingest.finding.members import SUFFIX, list_members

_NO_FILE = "不是普通文件（管道、设备或套接字），没有打开"
_DEAD_LINK = "链接指向的文件不存在"
_LINK_OUT = "链接指向给定的文件夹之外，没有读取；确需导入请直接指定它"


@dataclass(frozen=True, slots=True)
class Found:
    """A file, or a member of a zip, with what the directory says about it.

    `path` opens the file (for a member, the zip; `way` then leads to it); `shown` is the same path as text that can be
    printed and stored. `fault` is the Chinese line of one that cannot be read, `aside` of one that is not wanted.
    `mtime_ns` of a member is its zip's. `zipped`: it is in a zip, or is a zip that could not be used.
    """

    path: Path
    shown: Path
    size: int = 0
    mtime_ns: int = 0
    way: tuple[int, ...] = ()
    fault: str | None = None
    aside: str | None = None
    zipped: bool = False


def discover(paths: Sequence[Path], supported: Collection[str], leave_out: Path) -> list[Found]:
    """Every file under `paths`, each once, in the order of the names; the folder `leave_out` is never entered.

    Hidden files and the lock files of office programs are passed over in silence. A file that was named is tried
    whatever its type; in a folder, `supported` suffixes are.
    """
    walk = _Walk([place_of(path) for path in paths], supported, leave_out.absolute())
    found: dict[tuple[Path, tuple[int, ...], Path], Found] = {}
    for place in walk.places:
        for item in walk.under(place):
            found.setdefault((item.path, item.way, item.shown), item)
    return list(found.values())


def place_of(path: Path) -> Path:
    """A path as the user gave it, absolute and without detours; links stay links."""
    return Path(os.path.normpath(path.expanduser().absolute()))


class _Walk:
    """One look at the disk."""

    def __init__(self, places: list[Path], supported: Collection[str], leave_out: Path) -> None:
        self.places = places
        self._supported = supported
        self._leave_out = leave_out
        self._roots = tuple(os.path.realpath(place) for place in places)
        self._entered: set[tuple[int, int]] = set()

    def under(self, place: Path) -> Iterator[Found]:
        if place.is_dir():
            yield from self._folder(place)
        elif place.is_file():
            yield from self._file(place, named=True)
        elif place.exists():
            yield _faulty(place, "不是普通文件", "请指定文件或文件夹")
        else:
            yield _faulty(place, "找不到这个文件或文件夹", "请检查路径是否写对")

    def _folder(self, folder: Path) -> Iterator[Found]:
        faults: list[OSError] = []
        for here, folders, names in os.walk(folder, onerror=faults.append):
            wanted = []
            for name in sorted(folders):
                path = Path(here, name)
                if _unwanted(name) or path == self._leave_out:
                    continue
                if not path.is_symlink():
                    wanted.append(name)
                elif not self._inside(path):
                    yield Found(path, readable(path), aside=_LINK_OUT)
            folders[:] = [name for name in wanted if self._first_time(Path(here, name))]
            for name in sorted(names):
                if not _unwanted(name):
                    yield from self._file(Path(here, name), named=False)
        for fault in faults:
            yield _faulty(Path(fault.filename or folder), "文件夹无法打开", "请检查读取权限")

    def _first_time(self, folder: Path) -> bool:
        """Junctions of Windows are no links and may lead in circles."""
        try:
            status = folder.stat()
        except OSError:
            return True
        key = (status.st_dev, status.st_ino)
        if key in self._entered:
            return False
        self._entered.add(key)
        return True

    def _file(self, path: Path, *, named: bool) -> Iterator[Found]:
        from ingest.readers import faults

        try:
            status = path.stat()
        except OSError:
            if path.is_symlink():
                yield Found(path, readable(path), aside=_DEAD_LINK)
            elif os.path.lexists(path):
                yield _faulty(path, "文件无法打开", "请检查读取权限")
            return
        shown = readable(path)
        suffix = shown.suffix.lower()
        if not stat.S_ISREG(status.st_mode):
            yield Found(path, shown, aside=_NO_FILE)
        elif not named and path.is_symlink() and not self._inside(path):
            yield Found(path, shown, aside=_LINK_OUT)
        elif suffix == SUFFIX:
            yield from self._zip(Found(path, shown, status.st_size, status.st_mtime_ns, zipped=True))
        elif named or suffix in self._supported:
            yield Found(path, shown, status.st_size, status.st_mtime_ns)
        else:
            yield Found(path, shown, aside=str(faults.unsupported(suffix)))

    def _zip(self, whole: Found) -> Iterator[Found]:
        from ingest.readers import faults

        path, mtime_ns = whole.path, whole.mtime_ns
        try:
            members = list_members(path, self._supported)
        except ReportAssistantError as error:
            yield Found(path, whole.shown, whole.size, mtime_ns, fault=str(error), zipped=True)
            return
        except OSError:
            yield _faulty(path, "文件无法打开", "请检查读取权限")
            return
        if members is None:
            yield Found(path, whole.shown, whole.size, mtime_ns)
            return
        for member in members:
            shown = whole.shown / member.name.lstrip("/")
            if member.fault is None and any(_unwanted(step) for step in member.name.split("/")):
                continue
            aside = None
            if member.fault is None and shown.suffix.lower() not in self._supported:
                aside = str(faults.unsupported(shown.suffix.lower()))
            yield Found(path, shown, member.size, mtime_ns, member.way, member.fault, aside, zipped=True)

    def _inside(self, link: Path) -> bool:
        """Whether a link leads into what is walked anyway."""
        target = os.path.realpath(link)
        return any(target == root or target.startswith(root.rstrip(os.sep) + os.sep) for root in self._roots)


def _faulty(path: Path, fault: str, remedy: str) -> Found:
    return Found(path, readable(path), fault=str(ReportAssistantError(fault, remedy)))


def _unwanted(name: str) -> bool:
    return name.startswith((".", "~$")) or name in ("Thumbs.db", "desktop.ini", "__MACOSX")
