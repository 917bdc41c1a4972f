"""The one facade behind the command line, the page and other programs."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from assistant.abstain import abstention
from assistant.answer import Answer, Citation, Sentence, Warning
from assistant.citations import cite
from assistant.compose import extractive
from assistant.compose.draft import Draft, Support
from assistant.evidence.gather import Evidence, gather
from assistant.examples import examples
from assistant.question.bodies import BodyIndex
from assistant.question.types import BodyMention, Question
from assistant.question.understand import understand
from assistant.retrieval import Retriever
from assistant.verify import verify
from assistant.view import PassageView, view
from ingest.archive import Archive
from ingest.archive.records import ReportRecord, Scope
from ingest.clean import normalise
from ingest.errors import NotYet
from ingest.settings import Settings
from ingest.types import Part

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

MAX_QUESTION = 2000
"""Characters of a question that are read; more than that is a document, not a question."""

_TOO_LONG = f"问题太长了，请缩短到{MAX_QUESTION}字以内再问。"
_EMPTY = "请输入问题，例如：2022年两癌筛查任务数多少，完成了吗？"


class Assistant:
    """Answers questions over one archive. Safe to use from several threads; one question is answered at a time."""

    def __init__(self, settings: Settings, archive: Archive) -> None:
        self._settings = settings
        self._archive = archive
        self._lock = threading.RLock()
        self._retriever: Retriever | None = None
        self._chain: Runnable[Any, Any] | None = None
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
        if composer != extractive.NAME:
            raise NotYet("语言模型作答尚未接通", "请改用 --composer extractive")
        if not question.strip() or len(question) > MAX_QUESTION:
            return _polite(question, _TOO_LONG if question.strip() else _EMPTY, composer, started)
        with self._lock:
            self.refresh()
            asked = _filtered(question, year, org)
            understood = self._understand(asked, history)
            verified = self._pipeline().invoke(understood)
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
            composer,
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

    def context(self, citation: Citation) -> PassageView:
        """The report around a citation, for reading it in place."""
        with self._lock:
            return view(self._archive, citation)

    def warm_up(self) -> None:
        """Load the embedding model now rather than at the first question."""
        with self._lock:
            self._ready()

    def _reload(self) -> None:
        self._generation = self._archive.generation
        self._reports = {report.id: report for report in self._archive.reports()}
        self._bodies = BodyIndex(self._reports.values())

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

    def _pipeline(self) -> Runnable[Any, Any]:
        """The retrieval chain: gather evidence → compose → verify, as LangChain runnables."""
        if self._chain is None:
            from langchain_core.runnables import RunnableLambda, RunnablePassthrough

            composing = RunnablePassthrough.assign(draft=RunnableLambda(self._compose))
            self._chain = RunnableLambda(self._gather) | composing | RunnableLambda(self._verify)
        return self._chain

    def _gather(self, question: Question) -> dict[str, Any]:
        return {"evidence": gather(question, self._ready(), self._reports)}

    def _compose(self, state: dict[str, Any]) -> Draft:
        evidence: Evidence = state["evidence"]
        return extractive.compose(evidence, self._archive.report_passages)

    def _verify(self, state: dict[str, Any]) -> Any:
        evidence: Evidence = state["evidence"]

        def cited(support: Support, n: int) -> Citation:
            return cite(self._archive, support.passage, support.start, support.end, n)

        return verify(state["draft"], evidence.question, cited)


def _filtered(question: str, year: int | None, org: str | None) -> str:
    """The question with the page's filters spoken out, unless it names them itself."""
    front = ""
    if org and org not in question:
        front += org
    if year is not None and str(year) not in question:
        front += f"{year}年"
    return f"{front}{question}"


def _polite(question: str, text: str, composer: str, started: float) -> Answer:
    return Answer(question[:MAX_QUESTION], "", True, (Sentence(text, ()),), (), (), composer, _since(started))


def _since(started: float) -> float:
    return time.perf_counter() - started


__all__ = ["Assistant", "Warning"]
