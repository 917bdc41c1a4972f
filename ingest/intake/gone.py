"""What the archive holds of files that are no longer on disk: told, and taken out only when that was asked for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ingest.errors import ReportAssistantError
from ingest.finding.discover import Found, place_of
from ingest.finding.filenames import on_disk, readable


class PruneRefused(ReportAssistantError):
    """Everything seems to be gone, which is more likely a drive that is not connected; connect it, or confirm."""


def refuse_when_empty(paths: Sequence[Path], found: Iterable[Found]) -> None:
    """Raise PruneRefused for a place that is missing, or a folder without a single file to read."""
    held = [str(item.shown) for item in found if item.fault is None and item.aside is None]
    for path in paths:
        place = place_of(path)
        shown = str(readable(place))
        if not place.exists():
            raise _refused(f"{shown} 不存在")
        if place.is_dir() and not any(_under(name, shown) for name in held):
            raise _refused(f"文件夹 {shown} 里没有任何可读的文件")


def gone(paths: Sequence[Path], known: Iterable[str], found: Sequence[Found]) -> tuple[str, ...]:
    """The known paths under `paths` that are not there any more; never one that is merely out of sight."""
    places = [str(readable(place_of(path))) for path in paths]
    return tuple(path for path in _lost(known, found) if any(_under(path, place) for place in places))


def settled(failures: Iterable[str], found: Sequence[Found]) -> tuple[str, ...]:
    """The paths whose failure is of no concern any more: nothing is there, or it is a zip that can be opened now."""
    return tuple(_lost(failures, found))


def _lost(known: Iterable[str], found: Sequence[Found]) -> Iterator[str]:
    """The known paths that are neither found nor on disk; a zip that was opened has no members but those found."""
    seen = {str(item.shown) for item in found}
    zips = {str(readable(item.path)) for item in found if item.way}
    for path in sorted(set(known) - seen):
        if any(_under(path, name) for name in zips) or not on_disk(path):
            yield path


def _under(path: str, place: str) -> bool:
    return path == place or path.startswith(place if place.endswith(os.sep) else place + os.sep)


def _refused(fault: str) -> PruneRefused:
    return PruneRefused(f"{fault}（移动硬盘或网络盘没有接上？）", "请接好后重试；确实都已删除，请加 --allow-empty")
