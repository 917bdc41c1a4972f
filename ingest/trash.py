"""What was taken out of the archive and may still be taken back: a folder for each report, with the original bytes.

Removing puts the bytes here before anything is removed; an entry is there as a whole or not at all.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.archive import originals
from ingest.archive.database import NAME, plain_faults
from ingest.archive.leaving import Leaving, from_json, to_json
from ingest.errors import ArchiveDamaged, NotFound

logger = logging.getLogger(__name__)

FOLDER = "trash"
KEPT = timedelta(days=30)
_ENTRY = "entry.json"
_UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class Discarded:
    """A report in the trash. `id` names its folder and begins with the time; `until`: when it is deleted for good."""

    id: str
    at: datetime
    until: datetime
    left: Leaving
    size: int


class Trash:
    """The trash of one archive directory."""

    def __init__(self, home: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._home = home
        self._folder = home / FOLDER
        self._clock = clock

    def put(self, left: Leaving, load: Callable[[str], bytes]) -> Discarded:
        """Keep what is about to leave; `load` gives the bytes for a digest. Raises ArchiveUnusable, ArchiveDamaged."""
        at = self._now()
        name = f"{at:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        part = self._folder / (name + _UNFINISHED)
        with plain_faults(self._home):
            part.mkdir(parents=True)
            try:
                for sha256 in dict.fromkeys(one.sha256 for one in left.files):
                    with (part / sha256).open("wb") as stream:
                        stream.write(load(sha256))
                        stream.flush()
                        os.fsync(stream.fileno())
                (part / _ENTRY).write_text(to_json(left), encoding="utf-8")
                part.rename(self._folder / name)
            except BaseException:
                shutil.rmtree(part, ignore_errors=True)
                raise
        return self.get(name)

    def entries(self) -> tuple[Discarded, ...]:
        """Everything that can be taken back, the latest first."""
        if not self._folder.is_dir():
            return ()
        found = []
        for place in sorted(self._folder.iterdir(), reverse=True):
            try:
                found.append(self._read(place))
            except (OSError, ValueError, KeyError, TypeError):
                if not place.name.endswith(_UNFINISHED):
                    logger.warning("%s in the trash cannot be read", place.name)
        return tuple(one for one in found if one.until > self._clock())

    def get(self, name: str) -> Discarded:
        """One entry; raises NotFound."""
        for one in self.entries():
            if one.id == name:
                return one
        raise NotFound("这份报告已不在最近删除中（已恢复，或已彻底删除）", "请刷新网页查看")

    def load(self, name: str, sha256: str) -> bytes:
        """The bytes with that digest of an entry; raises ArchiveDamaged when they are not what was put there."""
        try:
            data = (self._folder / self.get(name).id / sha256).read_bytes()
        except FileNotFoundError as error:
            raise ArchiveDamaged("最近删除中缺少原文件的副本", "请重新 report-assistant ingest 该文件") from error
        if originals.digest(data) != sha256:
            raise ArchiveDamaged("最近删除中原文件的副本已损坏", "请重新 report-assistant ingest 该文件")
        return data

    def drop(self, name: str) -> None:
        """Delete one entry for good. Raises NotFound, ArchiveUnusable."""
        with plain_faults(self._home):
            place = self._folder / self.get(name).id
            gone = place.rename(place.with_name(place.name + _UNFINISHED))  # at once, however the deleting ends
            shutil.rmtree(gone)

    def empty(self) -> int:
        """Delete everything for good; returns how many reports that were. Raises ArchiveUnusable."""
        count = len(self.entries())
        if self._folder.is_dir():
            with plain_faults(self._home):
                shutil.rmtree(self._folder)
        return count

    def sweep(self) -> None:
        """Delete what has been here for longer than `KEPT`, and what was never finished."""
        if not self._folder.is_dir():
            return
        oldest = f"{self._clock() - KEPT:%Y%m%dT%H%M%S}"
        for place in self._folder.iterdir():
            if place.name < oldest:
                shutil.rmtree(place, ignore_errors=True)

    def _now(self) -> datetime:
        """Not earlier than what is known to be past: 30 days begin now, though the clock may have been set back."""
        known = [self._clock()]
        with contextlib.suppress(OSError):
            known.append(datetime.fromtimestamp((self._home / NAME).stat().st_mtime, UTC))
        if self._folder.is_dir():
            known += [at for at in map(_time_of, self._folder.iterdir()) if at is not None]
        return max(known)

    def _read(self, place: Path) -> Discarded:
        at = _time_of(place)
        if at is None:
            raise ValueError(place.name)
        left = from_json((place / _ENTRY).read_text(encoding="utf-8"))
        if place.name.endswith(_UNFINISHED):
            raise ValueError(place.name)
        size = sum(one.stat().st_size for one in place.iterdir() if one.name != _ENTRY)
        return Discarded(place.name, at, at + KEPT, left, size)


def _time_of(place: Path) -> datetime | None:
    """When an entry came in, by its name."""
    with contextlib.suppress(ValueError):
        return datetime.strptime(place.name.partition("-")[0], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return None
