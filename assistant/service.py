"""The one facade behind the command line, the page and other programs."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from assistant import chain
from assistant.abstain import abstention
from assistant.answer import Answer, Citation, Sentence, Warning
from assistant.chain import Composed
from assistant.citations import cite
from assistant.compose import extractive, llm
from assistant.examples import examples
from assistant.question.bodies import BodyIndex
from assistant.question.types import BodyMention, Question
from assistant.question.understand import understand
from assistant.question.years import read_years
from assistant.retrieval import Retriever
from assistant.view import PassageView, view
from ingest.archive import Archive
from ingest.archive.quality import Quality
from ingest.archive.records import ReportRecord, Scope
from ingest.clean import normalise
from ingest.errors import BadSettings
from ingest.settings import Settings
from ingest.types import Part

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.ledger import Cell, Ledger
    from assistant.promises.find import Comparison

MAX_QUESTION = 2000
"""Characters of a question that are read; more than that is a document, not a question."""

COMPOSERS = (extractive.NAME, llm.NAME)

_TOO_LONG = "问题太长了，请只写要问的那一两句。"
_EMPTY = "请输入问题，例如：去年两癌筛查任务数多少，完成了吗？"


class Assistant:
    """Answers questions over one archive. Safe to use from several threads; one question is answered at a time."""

    def __init__(self, settings: Settings, archive: Archive) -> None:
        self._settings = settings
        self._archive = archive
        self._lock = threading.RLock()
        self._retriever: Retriever | None = None
        self._ledger: Ledger | None = None
        self._built: tuple[tuple[str, int, bool], Runnable[Question, Composed]] | None = None
        self._reload()

    @classmethod
    def open(cls, settings: Settings) -> Assistant:
        """Open the archive of `settings.home` for reading. Raises NotFound when there is none."""
        return cls(settings, Archive.create_or_open(settings.home))

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
        with self._lock:
            if self._archive.generation == self._generation:
                return False
            self._reload()
            return True

    def reports(self) -> list[ReportRecord]:
        """Every report of the archive."""
        return list(self._reports.values())

    @property
    def generation(self) -> int:
        """Changes whenever what is held here may have changed."""
        return self._generation

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
        for report in self._reports.values():
            if report.org:
                counted[report.org] = counted.get(report.org, 0) + 1
        return sorted(counted, key=lambda org: (-counted[org], org))

    def years(self) -> list[int]:
        """The years that reports speak of, latest first."""
        return sorted({report.year for report in self._reports.values() if report.year is not None}, reverse=True)

    def examples(self) -> list[str]:
        """A few questions that this archive can answer."""
        with self._lock:
            return examples(self.reports(), self._archive.report_passages)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        composer: str = extractive.NAME,
        year: int | None = None,
        org: str | None = None,
    ) -> Answer:
        """Answer `question`; `history` holds the earlier user turns, `year` and `org` are filters set by hand."""
        started = time.perf_counter()
        if composer not in COMPOSERS:
            raise BadSettings(f"没有名为 {composer} 的作答方式", f"请用 {' 或 '.join(COMPOSERS)}")
        if not question.strip() or len(question) > MAX_QUESTION:
            return _polite(question, _TOO_LONG if question.strip() else _EMPTY, composer, started)
        with self._lock:
            self.refresh()
            asked = self._filtered(question, year, org)
            understood = self._understand(asked, history)
            composed = self._chain(composer).invoke(understood)
        verified = composed.verified
        if not verified.sentences:
            said = Sentence(abstention(understood, self.reports()), ())
            return Answer(
                question, understood.standalone, True, (said,), (), verified.warnings, composer, _since(started)
            )
        return Answer(
            question,
            understood.standalone,
            False,
            verified.sentences,
            verified.citations,
            verified.warnings,
            composed.composer,
            _since(started),
        )

    def search(
        self, text: str, *, k: int = 10, year: int | None = None, org: str | None = None, part: Part | None = None
    ) -> list[tuple[Citation, float]]:
        """The `k` best passages for `text`, each as a citation of the whole passage with its fused score."""
        with self._lock:
            self.refresh()
            meant = None if org is None else self._named(org)
            scope = Scope(
                years=None if year is None else frozenset({year}),
                reports=meant,
                parts=None if part is None else frozenset({part}),
            )
            found = self._ready().retrieve(normalise(text), scope, k)
            return [
                (cite(self._archive, item.passage, 0, len(item.passage.text), n), item.score)
                for n, item in enumerate(found, 1)
            ]

    def ledger(self) -> Ledger:
        """Every indicator of the archive: what was promised and what was reached, made once for each generation."""
        from assistant.ledger import Ledger, build_ledger
        from assistant.ledger.types import Joins

        with self._lock:
            self.refresh()
            if self._ledger is None:
                joins = Joins.of(self._archive.indicator_joins())
                rows = build_ledger(self._archive.figures(), self._reports.values(), joins)
                self._ledger = Ledger(rows, self._reports.values())
            return self._ledger

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

    def warm_up(self) -> None:
        """Load the embedding model and make the ledger now rather than at the first question."""
        with self._lock:
            self._ready()
            self.ledger()

    def _reload(self) -> None:
        self._generation = self._archive.generation
        self._reports = {report.id: report for report in self._archive.reports()}
        self._bodies = BodyIndex(self._reports.values())
        self._ledger = None

    def _ready(self) -> Retriever:
        if self._retriever is None:
            from ingest.embed import load_encoder

            encoder = load_encoder(self._settings) if self._archive.counts().embedded else None
            if encoder is not None:
                self._archive.require_model(encoder.name)
            retriever = Retriever(self._archive, encoder)
            if encoder is None:
                return retriever
            self._retriever = retriever
        return self._retriever

    def _named(self, org: str) -> frozenset[int]:
        bodies = self._bodies.find(org).bodies
        exact = frozenset(report.id for report in self._reports.values() if report.org == org)
        return exact or frozenset[int]().union(*(body.reports for body in bodies))

    def _filtered(self, question: str, year: int | None, org: str | None) -> str:
        """The question with the page's filters spoken out, where it names no body or year itself."""
        front = ""
        if org and not any(body.named for body in self._bodies.find(normalise(question)).bodies):
            front += org
        if year is not None and read_years(normalise(question)).silent:
            front += f"{year}年"
        return f"{front}{question}"

    def _understand(self, question: str, history: Sequence[str]) -> Question:
        described: list[BodyMention] = []
        spans: list[tuple[int, int]] = []
        for item in self._bodies.describe(normalise(question)):
            found = self._ready().retrieve(item.text, Scope(reports=item.reports), 1)
            if found:
                described.append(BodyMention(item.label, frozenset({found[0].passage.report_id}), named=True))
                spans.append(item.span)
        today = self._settings.today
        return understand(
            question,
            history,
            self._bodies,
            self._reports.values(),
            today_year=int(today[:4]) if today else None,
            described=described,
            described_spans=spans,
        )

    def _chain(self, composer: str) -> Runnable[Question, Composed]:
        retriever = self._ready()
        key = (composer, self._generation, retriever.encoder is not None)
        if self._built is None or self._built[0] != key:
            model = llm.chat_model(self._settings) if composer == llm.NAME else None
            self._built = key, chain.build(retriever, self._reports, model, self.ledger)
        return self._built[1]


def _polite(question: str, text: str, composer: str, started: float) -> Answer:
    return Answer(question[:MAX_QUESTION], "", True, (Sentence(text, ()),), (), (), composer, _since(started))


def _since(started: float) -> float:
    return time.perf_counter() - started


__all__ = ["Assistant", "Warning"]
