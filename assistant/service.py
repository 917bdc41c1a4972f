"""The one facade behind the command line, the page and other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation
from assistant.asking import Asking
from assistant.citations import cite
from assistant.copies import copy
from assistant.drafting.drafter import Drafter
from assistant.events import Event, Finished
from assistant.examples import examples
from assistant.filters import Filters
from assistant.opened import OpenedArchive
from assistant.page_drawing import PageDrawer
from assistant.searching import search
from assistant.view import PassageView, part, view
from ingest.archive import Archive
from ingest.archive.quality import Quality
from ingest.archive.records import ReportRecord, Scope
from ingest.clean import normalise
from ingest.settings import Settings
from ingest.types import Kind, Part

if TYPE_CHECKING:
    from assistant.ledger import Cell, Ledger
    from assistant.ledger.revise import Revision
    from assistant.models import Model, ModelInfo
    from assistant.preview import Outline, Shown
    from assistant.promises.find import Comparison
    from ingest.trash import Discarded


class Assistant:
    """Answers questions over one archive. Safe to use from several threads: what is found for a question is found for
    one at a time; a passage, a report or a row is looked at without waiting for that.
    """

    def __init__(self, settings: Settings, archive: Archive, model: Model | None = None) -> None:
        self._settings = settings
        self._archive = archive
        self._opened = OpenedArchive(settings, archive)
        self._lock = self._opened.lock
        self._asking = Asking(self._opened, model)
        self.drafting = Drafter(self._opened, self._asking)
        self.pages = PageDrawer(archive, self._lock)

    @classmethod
    def open(cls, settings: Settings, model: Model | None = None) -> Assistant:
        """Open the archive of `settings.home` for reading. `model`: the language model to use instead of the configured
        one. Raises NotFound when there is no archive.
        """
        return cls(settings, Archive.create_or_open(settings.home, chroma_url=settings.chroma_url), model)

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the archive."""
        self.pages.close()
        self._archive.close()

    def refresh(self) -> bool:
        """Read anew what another process has ingested since; true when there was something."""
        return self._opened.refresh()

    def reports(self) -> list[ReportRecord]:
        """Every report of the archive."""
        return list(self._opened.reports.values())

    @property
    def generation(self) -> int:
        """Changes whenever what is held here may have changed."""
        return self._opened.generation

    # What only reads the archive needs no lock (see `ArchiveReader`): whoever looks through reports does not wait until
    # a model is loaded or a question answered.

    def report(self, report_id: int) -> ReportRecord:
        """One report; raises NotFound."""
        return self._archive.report(report_id)

    def quality(self) -> Quality:
        """How good the archive's material is, and what to do about it."""
        return self._archive.quality()

    def correct(self, report_id: int, typed: Mapping[str, str]) -> ReportRecord:
        """Hold to what the user says of a report: field (`ingest.types.Field`) → what was typed.

        Fields as they are already are no correction. Raises InvalidCorrection, NotFound, ArchiveBusy.
        """
        from ingest.corrections import correct_report, news

        with self._lock:
            changes = news(self._archive.report(report_id), typed)
            corrected = correct_report(self._settings, report_id, changes)
            self.refresh()
            return corrected

    def uncorrect(self, report_id: int) -> ReportRecord:
        """Take back all corrections of a report; raises as `correct`."""
        from ingest.corrections import reset_report

        with self._lock:
            found = reset_report(self._settings, report_id)
            self.refresh()
            return found

    def confirm(self, report_id: int) -> ReportRecord:
        """Hold to what was found of a report where that is unsure: the user has looked. Raises as `correct`."""
        from assistant.unsure import as_they_are
        from ingest.corrections import correct_report

        with self._lock:
            corrected = correct_report(self._settings, report_id, as_they_are(self._archive.report(report_id)))
            self.refresh()
            return corrected

    def reports_at(self, paths: Iterable[str]) -> frozenset[int]:
        """The reports that were read from files at these paths."""
        known = self._archive.sources()
        files = {known[path].file_id for path in paths if path in known}
        return frozenset(report.id for report in self.reports() if report.file_id in files)

    def outline_of(self, report_id: int) -> Outline:
        """The headings of a report, with what is marked in it; raises NotFound."""
        from assistant.preview import outline

        return outline(self._archive, report_id)

    def section_of(self, report_id: int, ordinal: int) -> tuple[Shown, ...]:
        """The text of one section of a report with its marks; empty where there is none."""
        from assistant.preview import section

        return section(self._archive, report_id, ordinal)

    def original_of(self, report_id: int) -> tuple[str, bytes]:
        """Name and bytes of the file that a report was read from; raises NotFound, ArchiveDamaged."""
        record = self._archive.file(self._archive.report(report_id).file_id)
        return record.name, self._archive.file_bytes(record.id)

    def pending(self) -> int:
        """How many passages still wait for their vector."""
        return self._archive.counts().pending

    def discard(self, report_id: int) -> Discarded:
        """Take a report out of the archive, for good after 30 days; raises NotFound, ArchiveBusy."""
        from ingest.discarding import discard

        gone = discard(self._settings, report_id)
        self.refresh()
        return gone

    def restore(self, name: str) -> frozenset[int]:
        """Take a discarded report back in, with what the user had said of it; its reports as they are now.

        Its vectors are for whoever computes them. Raises NotFound, ArchiveBusy, UnreadableFile.
        """
        from ingest.discarding import restore

        entry = restore(self._settings, name)
        self.refresh()
        return self.reports_at(source.path for file in entry.left.files for source in file.sources)

    def orgs(self) -> list[str]:
        """The bodies that have reports here, most reports first."""
        counted: dict[str, int] = {}
        for report in self.reports():
            if report.org:
                counted[report.org] = counted.get(report.org, 0) + 1
        return sorted(counted, key=lambda org: (-counted[org], org))

    def years(self) -> list[int]:
        """The years that reports speak of, latest first."""
        return sorted({report.year for report in self.reports() if report.year is not None}, reverse=True)

    def examples(self) -> list[str]:
        """A few questions that this archive can answer."""
        with self._lock:
            return examples(self.reports(), self._archive.report_passages)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        composer: str | None = None,
        year: int | None = None,
        org: str | None = None,
        kind: Kind | None = None,
        part: Part | None = None,
    ) -> Answer:
        """Answer `question`; `history` holds the earlier user turns. `year`, `org`, `kind` and `part` are filters set
        by hand: what lies outside of them is no part of the answer.

        `composer`: None means the language model where one is configured, else quotes. Raises BadSettings.
        """
        for event in self.ask_stream(question, history, composer=composer, year=year, org=org, kind=kind, part=part):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("the stream of an answer ends with Finished")

    def ask_stream(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        composer: str | None = None,
        year: int | None = None,
        org: str | None = None,
        kind: Kind | None = None,
        part: Part | None = None,
    ) -> Iterator[Event]:
        """The same answer as it comes: steps, checked sentences, the whole at the end. Closing it stops the work."""
        yield from self._asking.stream(question, history, composer, Filters(year, org, kind, part))

    def followups(self, answer: Answer) -> list[str]:
        """A few questions that may follow and that this archive can answer."""
        from assistant.followups import followups

        return followups(answer, self.ledger())

    def model(self) -> ModelInfo | None:
        """The language model that is configured and where it runs; None when answers are quoted."""
        return self._asking.model()

    def search(
        self, text: str, *, k: int = 10, year: int | None = None, org: str | None = None, part: Part | None = None
    ) -> list[tuple[Citation, float]]:
        """The `k` best passages for `text`, each as a citation of the whole passage with its fused score.

        What lies in the years and bodies that the text names comes first; `year`, `org` and `part` leave out the rest.
        """
        with self._lock:
            self.refresh()
            meant = None if org is None else self._opened.named(org)
            limits = Scope(
                years=None if year is None else frozenset({year}),
                reports=meant,
                parts=None if part is None else frozenset({part}),
            )
            question = self._asking.understood(text)
            found = search(
                self._opened.retriever(), normalise(text), question, limits, self._opened.reports.values(), k
            )
            return [
                (cite(self._archive, item.passage, 0, len(item.passage.text), n), item.score)
                for n, item in enumerate(found, 1)
            ]

    def ledger(self) -> Ledger:
        """Every indicator of the archive: what was promised and what was reached, made once for each generation."""
        return self._opened.ledger()

    def cite_cell(self, cell: Cell) -> Citation:
        """The sentence that a cell of the ledger stands in; raises NotFound."""
        from assistant.ledger.citing import cite_cell

        with self._lock:
            return cite_cell(self._archive, cell)

    def promises(self, org: str, year: int) -> Comparison:
        """兑现对照: what a body planned for a year beside what it later says of it; raises NotFound."""
        from assistant.promises.find import find_promises

        with self._lock:
            return find_promises(self._archive, org, year)

    def cite_promises(self, found: Comparison) -> list[tuple[Citation, tuple[Citation, ...]]]:
        """For each promise the citation of its measure and those of its evidence, numbered all through."""
        from assistant.promises.report import Citer

        with self._lock:
            citer = Citer(self._archive, (*found.plans, *found.reviews))
            return [(citer.cite(one.measure), tuple(map(citer.cite, one.evidence))) for one in found.promises]

    def context(self, citation: Citation, around: int | None = None) -> PassageView:
        """The report around a citation, for reading it in place; `around`: only so many paragraphs on either side."""
        return view(self._archive, citation, around)

    def part_of(self, report_id: int, first: int, last: int) -> PassageView:
        """The paragraphs `first:last` of a report; raises NotFound."""
        return part(self._archive, report_id, first, last)

    def copy_of(self, key: str) -> tuple[str, bytes]:
        """Name and bytes of a file as it was ingested (`assistant.copies`); raises NotFound, ArchiveDamaged."""
        return copy(self._archive, key)

    def revise(self, revision: Revision) -> None:
        """Strike out a figure or part two names, or take it back, for good; raises NotFound, ArchiveBusy."""
        from assistant.ledger.revise import revise

        with self._lock:
            revise(self._settings, revision)
            self.refresh()

    def warm_up(self) -> None:
        """Load the models and make the ledger now rather than at the first question."""
        with self._lock:
            self._opened.retriever()
            self.ledger()
        if self.model() is not None:
            from assistant.generation.warming import warm_up

            model, _ = self._asking.writing_model(None)
            if model is not None:
                warm_up(model)
