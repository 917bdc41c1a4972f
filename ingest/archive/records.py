"""What the archive gives back: rows as plain data, with no SQL in sight of the reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ingest.mapped import MappedText
from ingest.period import Period
from ingest.types import Certainty, Kind, MarkKind, Part


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was ingested. `name` is its file name, `path` where it was last seen; `status` is ok or failed.

    `error` is the one Chinese line of a failed file, `notes` those of a file that was read with reservations.
    """

    id: int
    name: str
    path: str
    sha256: str
    format: str
    size: int
    status: str
    error: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """One report of the archive; see `ingest.types.Report` for the meaning of the fields.

    `sources` are the names of all files that hold it (the first is the one that was read), those of near-duplicates
    included; `duplicates` are the ids of these. A near-duplicate itself is no part of any list; asked for by its id, it
    has `duplicate_of` (the report that is read instead) and no passages.
    """

    id: int
    file_id: int
    title: str
    org: str | None
    region: str | None
    level: str | None
    year: int | None
    kind: Kind
    truncated: bool
    start: int
    end: int
    sources: tuple[str, ...]
    passages: int
    reasons: dict[str, str] = field(default_factory=dict)
    period: Period | None = None
    published: str | None = None
    certainty: dict[str, Certainty] = field(default_factory=dict)
    duplicates: tuple[int, ...] = ()
    duplicate_of: int | None = None


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """A section of a report; `ordinal` counts sections within the report from 0. Offsets are source offsets."""

    id: int
    report_id: int
    ordinal: int
    path: tuple[str, ...]
    part: Part | None
    period: Period | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A passage with everything a citation needs. `ordinal` counts passages within the report from 0."""

    id: int
    report_id: int
    file_id: int
    section_id: int
    ordinal: int
    text: MappedText
    path: tuple[str, ...]
    part: Part | None
    period: Period | None
    page: int | None
    marks: tuple[MarkRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkRecord:
    """A mark (see `ingest.types.Mark`) that touches a passage; offsets are source offsets."""

    start: int
    end: int
    kind: MarkKind
    reason: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Which passages a search may return. None means: no restriction on that side.

    `years`: the passage's period lies within one of these years (a five-year span never does).
    `unknown_year`: also passages whose period is null. `reports`: only these report ids. `parts`: only these parts.
    """

    years: frozenset[int] | None = None
    unknown_year: bool = False
    reports: frozenset[int] | None = None
    parts: frozenset[Part] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage id with its score, higher is better; the scale is the index's own (bm25 or cosine)."""

    passage_id: int
    score: float


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Where a file's content was seen, with what tells at a glance whether it changed since.

    `mtime_ns` is None when the bytes did not come from a file on disk. `pipeline` is the version that read it.
    """

    path: str
    file_id: int
    sha256: str
    size: int
    mtime_ns: int | None
    pipeline: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the archive holds. `pending` passages are searchable by text and wait for their vector."""

    files: int
    failed: int
    reports: int
    sections: int
    passages: int
    characters: int
    embedded: int
    pending: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `doctor`, in Chinese. Only an `error` means that the archive is not sound.

    `remedy` is empty when nothing need be done.
    """

    severity: Literal["error", "warning", "info"]
    message: str
    remedy: str = ""
