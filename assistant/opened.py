"""The archive as everything reads it: reports, bodies, retriever and ledger, made anew when another process ingests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.question.bodies import BodyIndex
from assistant.retrieval import Retriever
from assistant.turns import Turns
from ingest.archive import Archive
from ingest.archive.records import ReportRecord
from ingest.settings import Settings

if TYPE_CHECKING:
    from assistant.ledger import Ledger
    from assistant.ledger.making import LedgerMaker


class OpenedArchive:
    """One archive, read. `lock` is held by whoever reads it; what takes long beside that does so without."""

    def __init__(self, settings: Settings, archive: Archive) -> None:
        self.settings = settings
        self.archive = archive
        self.lock = Turns()
        self._retriever: Retriever | None = None
        self._ledger: Ledger | None = None
        self._maker: LedgerMaker | None = None
        self._reload()

    def refresh(self) -> bool:
        """Read anew what another process has ingested since; true when there was something."""
        with self.lock:
            if self.archive.generation == self.generation:
                return False
            self._reload()
            return True

    def retriever(self) -> Retriever:
        """The retriever; the embedding model is loaded at its first use, and only where there are vectors."""
        if self._retriever is None:
            from ingest.embed import load_encoder

            encoder = load_encoder(self.settings) if self.archive.counts().embedded else None
            if encoder is not None:
                self.archive.require_model(encoder.name)
            retriever = Retriever(self.archive, encoder)
            if encoder is None:
                return retriever
            self._retriever = retriever
        return self._retriever

    def ledger(self) -> Ledger:
        """Every indicator of the archive, made once for each generation."""
        from assistant.ledger.making import LedgerMaker

        generation, ledger = self.generation, self._ledger
        if ledger is not None and self.archive.generation == generation:
            return ledger  # nobody need wait for those who are reading
        with self.lock:
            self.refresh()
            if self._ledger is None:
                self._maker = self._maker or LedgerMaker(self.archive)
                self._ledger = self._maker.make(self.reports)
            return self._ledger

    def named(self, org: str) -> frozenset[int]:
        """The reports of a body by its name as it stands in the archive, else by any name that a question may use."""
        exact = frozenset(report.id for report in self.reports.values() if report.org == org)
        return exact or frozenset[int]().union(*(body.reports for body in self.bodies.find(org).bodies))

    def _reload(self) -> None:
        self._ledger = None
        self.generation = self.archive.generation
        self.reports: dict[int, ReportRecord] = {report.id: report for report in self.archive.reports()}
        self.bodies = BodyIndex(self.reports.values())
