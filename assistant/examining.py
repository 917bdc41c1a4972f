"""What `doctor` says of an archive directory: what is wrong with it, and what of its settings does not fit it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.errors import BadSettings

if TYPE_CHECKING:
    from ingest.archive import Archive, Finding
    from ingest.archive.records import Counts
    from ingest.settings import Settings


@dataclass(frozen=True, slots=True)
class Examined:
    """How much there is, and every finding, the grave ones first. Sound when none of them is an error."""

    counts: Counts
    findings: tuple[Finding, ...]


def examined(settings: Settings, progress: Callable[[int, int], None] | None = None, *, full: bool = False) -> Examined:
    """Examine the archive of `settings`; `progress` is told how many of how many checks are done, and may raise to
    stop. `full`: compare every word and vector of the indexes with the database. Raises NotFound while there is
    none, ArchiveUnusable.
    """
    from ingest.archive import Archive

    with Archive.create_or_open(settings.home, chroma_url=settings.chroma_url) as archive:
        encoder, doubts = _configured_encoder(settings)
        findings = (*archive.doctor(encoder, progress, full=full), *doubts, *_outdated(archive, settings))
        return Examined(archive.counts(), findings)


def _outdated(archive: Archive, settings: Settings) -> list[Finding]:
    """That there are files which an older release read: what this one reads better is not in the archive yet."""
    from ingest.archive import Finding
    from ingest.pipeline import pipeline_version

    files = archive.outdated(pipeline_version(settings))
    if not files:
        return []
    return [
        Finding("info", f"有 {len(files)} 个文件是旧版程序读入的", "请运行 report-assistant rebuild，用现在的程序重读")
    ]


def _configured_encoder(settings: Settings) -> tuple[str | None, list[Finding]]:
    """The configured model's name as far as it is known without loading it; a wrong setting is told, not raised."""
    from ingest.archive import Finding
    from ingest.embed.source import configured_name

    try:
        return configured_name(settings), []
    except BadSettings as error:
        return None, [Finding("warning", error.fault, error.remedy)]
