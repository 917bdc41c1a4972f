"""The one facade behind the command line, the page and other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation
from assistant.asking import Asking
from assistant.citations import cite
from assistant.events import Event, Finished
from assistant.examples import examples
from assistant.opened import OpenedArchive
from assistant.view import PassageView, view
from ingest.archive import Archive
from ingest.archive.quality import Quality
from ingest.archive.records import ReportRecord, Scope
from ingest.clean import normalise
from ingest.settings import Settings
from ingest.types import Part

if TYPE_CHECKING:
    from assistant.drafting.store import OpenedDraft
    from assistant.drafting.types import DraftSection, Manuscript, Offer, Order, Topic
    from assistant.drafting.workspace import Work
    from assistant.ledger import Cell, Ledger
    from assistant.ledger.revise import Revision
    from assistant.models import Model, ModelInfo
    from assistant.promises.find import Comparison


class Assistant:
    """Answers questions over one archive. Safe to use from several threads; the archive is read by one at a time."""

    def __init__(self, settings: Settings, archive: Archive, model: Model | None = None) -> None:
        self._settings = settings
        self._archive = archive
        self._opened = OpenedArchive(settings, archive)
        self._lock = self._opened.lock
        self._asking = Asking(self._opened, model)

    @classmethod
    def open(cls, settings: Settings, model: Model | None = None) -> Assistant:
        """Open the archive of `settings.home` for reading. `model`: the language model to use instead of the configured
        one. Raises NotFound when there is no archive.
        """
        return cls(settings, Archive.create_or_open(settings.home), model)

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the archive."""
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

    def report(self, report_id: int) -> ReportRecord:
        """One report; raises NotFound."""
        with self._lock:
            return self._archive.report(report_id)

    def quality(self) -> Quality:
        """How good the archive's material is, and what to do about it."""
        with self._lock:
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
    ) -> Answer:
        """Answer `question`; `history` holds the earlier user turns, `year` and `org` are filters set by hand.

        `composer`: None means the language model where one is configured, else quotes. Raises BadSettings.
        """
        for event in self.ask_stream(question, history, composer=composer, year=year, org=org):
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
    ) -> Iterator[Event]:
        """The same answer as it comes: steps, checked sentences, the whole at the end. Closing it stops the work."""
        yield from self._asking.stream(question, history, composer, year, org)

    def model(self) -> ModelInfo | None:
        """The language model that is configured and where it runs; None when answers are quoted."""
        return self._asking.model()

    def search(
        self, text: str, *, k: int = 10, year: int | None = None, org: str | None = None, part: Part | None = None
    ) -> list[tuple[Citation, float]]:
        """The `k` best passages for `text`, each as a citation of the whole passage with its fused score."""
        with self._lock:
            self.refresh()
            meant = None if org is None else self._opened.named(org)
            scope = Scope(
                years=None if year is None else frozenset({year}),
                reports=meant,
                parts=None if part is None else frozenset({part}),
            )
            found = self._opened.retriever().retrieve(normalise(text), scope, k)
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

    def context(self, citation: Citation) -> PassageView:
        """The report around a citation, for reading it in place."""
        with self._lock:
            return view(self._archive, citation)

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

    def draft(
        self, order: Order, model: Model | None = None, *, told: Callable[[str, str], None] | None = None
    ) -> Iterator[DraftSection | Manuscript]:
        """Draft what `order` asks for: sections as they are done, the manuscript last. `model`: instead of the
        configured one; `told` hears the heading of a section and each sentence of it as a model writes them.
        """
        from assistant.drafting.manuscript import draft

        model = self._drafting_model(order, model)
        with self._lock:
            self.refresh()
            retriever, ledger = self._opened.retriever(), self.ledger()
        yield from draft(self._archive, order, retriever, ledger, model, told=told, lock=self._lock)

    def redraft(
        self,
        manuscript: Manuscript,
        section: int,
        instruction: str = "",
        model: Model | None = None,
        *,
        told: Callable[[str, str], None] | None = None,
    ) -> Manuscript:
        """The manuscript with one section composed anew (更简短, 突出中医药), the others untouched."""
        from assistant.drafting.manuscript import redraft_section

        model = self._drafting_model(manuscript.order, model)
        return redraft_section(self._archive, manuscript, section, model, instruction, told=told, lock=self._lock)

    def check_draft(self, manuscript: Manuscript) -> Manuscript:
        """The manuscript with its checks made anew, after the writer has edited it."""
        from assistant.drafting.checks import checked
        from assistant.drafting.material import room_for

        with self._lock:
            room = room_for(self._archive, manuscript.order)
            return checked(manuscript, room.review, room.places)

    def open_draft(self, opened: OpenedDraft) -> Work:
        """A kept draft with all that stood on the writer's desk; raises UnreadableDraft."""
        from assistant.drafting.workspace import work_from

        with self._lock:
            return work_from(opened.order, opened.read(self._archive), opened.edits, self._archive)

    def outline(self, order: Order) -> tuple[Topic, ...]:
        """The proposed headings, each with its reason and exemplars."""
        from assistant.drafting.outline import propose

        with self._lock:
            self.refresh()
            return propose(self._archive, order)

    def offers(self, order: Order) -> tuple[Offer, ...]:
        """What the ledger knows of the body's last year, for the writer to accept."""
        from assistant.drafting.offers import offers

        with self._lock:
            return offers(self.ledger(), order, self.outline(order))

    def _drafting_model(self, order: Order, model: Model | None) -> Model | None:
        """The model that shall write, None for a skeleton or where none can be had."""
        if order.composer != "llm" or model is not None:
            return model if order.composer == "llm" else None
        return self._asking.writing_model(None)[0]
