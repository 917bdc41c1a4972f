"""`ingest --watch`: takes in what changes in the folders, until it is stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.cli.auditing import named, noted
from assistant.cli.output import tell
from assistant.cli.progress import Bars, summed_up
from ingest.errors import ArchiveBusy
from ingest.intake.gone import PruneRefused
from ingest.intake.outcomes import FileOutcome, IngestSummary
from ingest.settings import Settings

_QUIET = frozenset({"unchanged", "skipped"})


def keep_watching(settings: Settings, paths: Sequence[Path], seconds: float, *, prune: bool) -> None:
    """Look every `seconds`; says only what has changed. Ends by KeyboardInterrupt."""
    from ingest.finding.watch import changes, kept_encoder
    from ingest.runner import ingest_paths

    told: dict[str, FileOutcome] = {}

    def is_news(outcome: FileOutcome) -> bool:
        """A failure is told once, not at every look."""
        before, told[outcome.path] = told.get(outcome.path), outcome
        return outcome.status not in _QUIET and not (outcome.status == "failed" and before == outcome)

    load_encoder = kept_encoder()

    def take_in() -> IngestSummary | None:
        with Bars(only=is_news) as bars:
            try:
                return ingest_paths(settings, paths, watcher=bars.watcher(), prune=prune, load_encoder=load_encoder)
            except PruneRefused as error:
                tell(f"提示：{error}", err=True)
                return None

    for is_first in changes(paths, settings.home, seconds):
        summary = _patiently(take_in, seconds)
        if summary is not None and is_first:
            tell(f"{summed_up(summary.outcomes)}。正在等待变化，按 Ctrl+C 结束。")
        if summary is not None and summary.fault:
            tell(f"错误：{summary.fault}", err=True)
        if summary is not None and any(outcome.status not in _QUIET for outcome in summary.outcomes):
            noted(settings.home, "ingest", f"{named([*paths])}（{summed_up(summary.outcomes)}）")


def _patiently(take_in: Callable[[], IngestSummary | None], seconds: float) -> IngestSummary | None:
    """Wait for another program that is writing to the archive."""
    told = False
    while True:
        try:
            return take_in()
        except ArchiveBusy as error:
            if not told:
                tell(f"提示：{error}", err=True)
            told = True
            time.sleep(seconds)
