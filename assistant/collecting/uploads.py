"""Where uploaded files are kept, and under which names: nothing that a browser says leads out of the folder."""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.collecting.types import Announced, BadUpload, Row
from ingest.archive import Archive
from ingest.archive.database import plain_faults
from ingest.discarding import UPLOADS
from ingest.errors import ReportAssistantError
from ingest.finding.filenames import readable_name
from ingest.finding.members import SUFFIX as ZIP
from ingest.readers import SUPPORTED, faults
from ingest.readers.limits import MAX_FILE_BYTES

MAX_FILES = 2_000
MAX_ZIP_BYTES = 1024**3
MAX_TOTAL_BYTES = 4 * 1024**3
"""Of one upload."""
ROOM = 512 * 1024**2
"""Bytes of the disk that stay free."""

_COMING = ".coming"
_LONGEST_NAME, _LONGEST_PATH = 100, 180
"""Characters; Windows takes 260 for a whole path, and Linux 255 bytes for a name."""
_FORBIDDEN = re.compile(r'[<>:"|?*\\/\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffd]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_MB = 1024**2

ACCEPTED = frozenset({*SUPPORTED, ZIP})


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that has come in. `path` is None where the archive holds the same content, which `line` then tells."""

    path: Path | None
    name: str
    line: str = ""


def expected(files: Sequence[Announced]) -> list[Row]:
    """A row for each file that is announced: `coming`, or `skipped` or `failed` with the reason.

    What belongs to the system, not to the user (hidden files, lock files), gets none. Raises BadUpload.
    """
    wanted = [files[index] for index in indices(files)]
    if len(wanted) > MAX_FILES:
        raise BadUpload(f"一次最多上传 {MAX_FILES} 个文件，这里有 {len(wanted)} 个", "请分几次上传，或打成 zip 压缩包")
    rows, total = [], 0
    for number, one in enumerate(wanted):
        name = "/".join(safe_parts(one.path))
        suffix = Path(name).suffix.lower()
        most = MAX_ZIP_BYTES if suffix == ZIP else MAX_FILE_BYTES
        if suffix not in ACCEPTED:
            rows.append(Row(number, name, one.size, "skipped", str(faults.unsupported(suffix))))
        elif one.size <= 0:
            rows.append(Row(number, name, 0, "failed", "文件是空的，请检查后重新上传。"))
        elif one.size > most:
            rows.append(Row(number, name, one.size, "failed", f"超过 {most // _MB} MB，请拆分或压缩图片后再上传。"))
        elif total + one.size > MAX_TOTAL_BYTES:
            line = f"本次上传已满 {MAX_TOTAL_BYTES // 1024**3} GB，请另行上传。"
            rows.append(Row(number, name, one.size, "failed", line))
        else:
            total += one.size
            rows.append(Row(number, name, one.size, "coming"))
    return rows


def indices(files: Sequence[Announced]) -> list[int]:
    """Which of the announced files get a row, in the order of the rows."""
    return [index for index, one in enumerate(files) if not _is_unwanted(one.path)]


def safe_parts(path: str) -> tuple[str, ...]:
    """The steps of a path as names that every file system takes, none of which leads upwards; never empty."""
    parts = [_safe(step) for step in re.split(r"[\\/]", path) if step.strip() not in ("", ".", "..")]
    parts = parts or ["文件"]
    while len(parts) > 1 and sum(len(one) + 1 for one in parts) > _LONGEST_PATH:
        del parts[0]
    return tuple(parts)


def _safe(step: str) -> str:
    name = _FORBIDDEN.sub("_", readable_name(step)).strip().rstrip(". ").lstrip(".") or "_"
    if _RESERVED.match(name):
        name = f"_{name}"
    stem, dot, suffix = name.rpartition(".")
    if len(name) > _LONGEST_NAME or len(name.encode()) > 2 * _LONGEST_NAME:
        ending = f".{suffix}" if dot and len(suffix) < 8 else ""
        stem = (stem if ending else name).encode()[: 2 * _LONGEST_NAME - 10].decode("utf-8", "ignore")
        name = stem[: _LONGEST_NAME - len(ending)] + ending
    return name


def _is_unwanted(path: str) -> bool:
    steps = re.split(r"[\\/]", path)
    return any(
        (step.startswith((".", "~$")) and step not in (".", "..")) or step in ("Thumbs.db", "desktop.ini", "__MACOSX")
        for step in steps
    )


class Uploads:
    """The folder `uploads` in the archive directory. Safe to use from several threads."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = home.absolute() / UPLOADS
        self._lock = threading.Lock()

    def room_for(self, size: int) -> None:
        """Raises BadUpload where the disk cannot take so many bytes twice (here and in the archive), ArchiveUnusable
        where there is no folder to be made.
        """
        with plain_faults(self._home):
            (self._folder / _COMING).mkdir(parents=True, exist_ok=True)
            free = shutil.disk_usage(self._folder).free
        if free < 2 * size + ROOM:
            raise BadUpload(
                f"磁盘只剩 {max(0, free) // _MB} MB，放不下这次上传的 {max(1, size // _MB)} MB", "请腾出空间后重新上传"
            )

    def part(self, key: str) -> Path:
        """Where the bytes of a file go while they come in."""
        return self._folder / _COMING / key

    def clear(self) -> None:
        """Throw away what was never finished."""
        shutil.rmtree(self._folder / _COMING, ignore_errors=True)

    def keep(self, part: Path, name: str) -> Kept:
        """Give what has come in its place, under another name where that one is taken by another content.

        Raises ArchiveUnusable.
        """
        with self._lock, plain_faults(self._home):
            sha256 = _digest(part)
            known = self._known(sha256)
            if known is not None:
                part.unlink(missing_ok=True)
                return Kept(None, name, f"档案中已有相同内容（{known}），没有重复读入。")
            target, number = self._folder.joinpath(*safe_parts(name)), 1
            wanted = target
            while target.exists() or target.is_symlink():
                if target.is_file() and not target.is_symlink() and _digest(target) == sha256:
                    part.unlink(missing_ok=True)
                    return Kept(target, self._shown(target))
                number += 1
                target = wanted.with_name(f"{wanted.stem}（{number}）{wanted.suffix}")
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)
            line = "" if number == 1 else f"已有同名但内容不同的文件，本次存为“{target.name}”。"
            return Kept(target, self._shown(target), line)

    def _known(self, sha256: str) -> str | None:
        """The name of a file in the archive with this content."""
        with contextlib.suppress(ReportAssistantError), Archive.create_or_open(self._home) as archive:
            source = archive.with_content(sha256)
            return None if source is None else Path(source.path).name
        return None

    def _shown(self, target: Path) -> str:
        return target.relative_to(self._folder).as_posix()


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
