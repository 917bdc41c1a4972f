"""What the user says of figures and names from the page: done at once, kept for good, and always to be taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from shlex import quote

from ingest.archive import Archive
from ingest.settings import Settings

_COMMAND = "report-assistant figures"

_PLAIN = re.compile(r"[\w、，（）·—％]+")
"""Names that mean the same to every shell without quotes; others are quoted for POSIX shells."""


@dataclass(frozen=True, slots=True)
class Strike:
    """A figure is none and is not shown, however often its file is read; `undone` brings it back."""

    number: int
    undone: bool = False

    def apply(self, archive: Archive) -> None:
        """Raises NotFound, ArchiveBusy."""
        if self.undone:
            archive.restore_figure(self.number)
        else:
            archive.edit_figure(self.number, None)

    @property
    def command(self) -> str:
        """What takes it back on the command line."""
        return f"{_COMMAND} edit {self.number} {'--strike' if self.undone else '--reset'}"


@dataclass(frozen=True, slots=True)
class Relate:
    """Two names are one indicator (True), two (False), or what the program takes them for (None)."""

    first: str
    second: str
    same: bool | None
    before: bool | None = None
    """What the user had said of them."""

    def apply(self, archive: Archive) -> None:
        """Raises ArchiveBusy."""
        archive.join_indicators(self.first, self.second, self.same)

    @property
    def command(self) -> str:
        """What takes it back on the command line."""
        way = {True: "", False: "--apart ", None: "--reset "}[self.before]
        names = " ".join(one if _PLAIN.fullmatch(one) else quote(one) for one in (self.first, self.second))
        return f"{_COMMAND} join {way}-- {names}"


Revision = Strike | Relate


def revise(settings: Settings, revision: Revision) -> None:
    """Write it into the archive. Raises NotFound, ArchiveBusy."""
    with Archive.create_or_open(settings.home, write=True, create=False) as archive:
        revision.apply(archive)
