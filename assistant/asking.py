"""From a question to its answer: understood, answered by the chain, told as it comes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant import chain, generation
from assistant.abstain import abstention
from assistant.answer import Answer, Sentence
from assistant.chain import Composed
from assistant.compose import extractive
from assistant.events import Event, Finished, Progress, Shown
from assistant.evidence.gather import Evidence, query_of
from assistant.filters import Filters, conflict, narrowed, spoken
from assistant.filters import understood as read
from assistant.limits import MAX_QUESTION
from assistant.opened import OpenedArchive
from assistant.question.followup import make_standalone
from assistant.question.several import split_questions
from assistant.question.types import BodyMention, Question
from assistant.question.understand import understand
from assistant.several import Numbering, joined
from assistant.verify import Verifier
from ingest.archive.records import Scope
from ingest.clean import normalise
from ingest.errors import BadSettings, ModelUnreachable

if TYPE_CHECKING:
    from assistant.models import Model, ModelInfo

COMPOSERS = (extractive.NAME, generation.NAME)

_UNFILTERED = Filters()

_TOO_LONG = "问题太长了，请只写要问的那一两句。"
_EMPTY = "请输入问题，例如：去年两癌筛查任务数多少，完成了吗？"


class Asking:
    """Answers over one archive. `model`: the language model to use instead of the configured one; `verifier_of`: see
    `chain.build`.
    """

    def __init__(
        self, opened: OpenedArchive, model: Model | None = None, verifier_of: type[Verifier] = Verifier
    ) -> None:
        self._opened = opened
        self._model = model
        self._verifier_of = verifier_of

    def stream(
        self, question: str, history: Sequence[str], composer: str | None, filters: Filters = _UNFILTERED
    ) -> Iterator[Event]:
        """Steps, checked sentences, the whole at the end; see `assistant.service.Assistant.ask_stream`."""
        started = time.perf_counter()
        if composer not in (None, *COMPOSERS):
            raise BadSettings(f"没有名为 {composer} 的作答方式", f"请用 {' 或 '.join(COMPOSERS)}")
        if not question.strip() or len(question) > MAX_QUESTION:
            text = _TOO_LONG if question.strip() else _EMPTY
            yield Finished(_polite(question, text, composer or extractive.NAME, started))
            return
        self._opened.lock.draw()
        with self._opened.lock:
            self._opened.refresh()
            parts = split_questions(question, self._opened.bodies)
            past = [one for turn in history for one in split_questions(turn, self._opened.bodies)]
        if len(parts) == 1:
            yield from self._answered(question, past, composer, filters)
            return
        numbering, answers = Numbering(), list[Answer]()
        for number, part in enumerate(parts):
            yield Progress(f"第 {number + 1} 问（共 {len(parts)} 问）…")
            numbering.next_answer()
            for event in self._answered(part, [*past, *parts[:number]], composer, filters):
                if isinstance(event, Finished):
                    answers.append(event.answer)
                elif isinstance(event, Shown):
                    fresh = numbering.take(event.citations)
                    yield Shown(numbering.numbered(event.sentence), fresh)
                else:
                    yield event
        yield Finished(joined(question, answers, _since(started)))

    def _answered(
        self, question: str, history: Sequence[str], composer: str | None, filters: Filters
    ) -> Iterator[Event]:
        """As `stream`, for one question."""
        started = time.perf_counter()
        model, trouble = self.writing_model(composer)
        with self._opened.lock:
            self._opened.refresh()
            opened = self._opened
            asked = spoken(question, filters, opened.bodies)
            understood = self._narrowed(self._understand(asked, history), filters)
            lost = model is not None and bool(history) and self._is_lost(understood, asked, history)
        if model is not None and lost:
            yield Progress("正在理解追问…")
            understood = self._condensed(question, history, model, filters) or understood
        with opened.lock:
            retriever = opened.retriever()
        retriever.prepare(query_of(understood))
        with opened.lock:
            built = chain.build(
                opened.retriever(), opened.reports, model, opened.ledger, opened.lock, self._verifier_of
            )
            steps = built.stream(understood)
        composed = Composed(Evidence(understood, (), ()))
        for step in steps:
            if isinstance(step, Composed):
                composed = step
            else:
                yield step
        yield Finished(self._answer(question, composed, trouble, started, filters))

    def understood(self, question: str, history: Sequence[str] = ()) -> Question:
        """What evidence is gathered for, where nothing is set by hand."""
        with self._opened.lock:
            self._opened.refresh()
            return self._understand(question, history)

    def _is_lost(self, understood: Question, question: str, history: Sequence[str]) -> bool:
        """Whether the rules made nothing of a follow-up: they would ask the question before it once more."""
        before = make_standalone(
            normalise(history[-1]), [normalise(turn) for turn in history[:-1]], self._opened.bodies
        )
        return understood.standalone == before.text and normalise(question) != normalise(history[-1])

    def _condensed(self, question: str, history: Sequence[str], model: Model, filters: Filters) -> Question | None:
        from assistant.generation.condense import condense

        rewritten = condense(question, history, model)
        if rewritten is None:
            return None
        with self._opened.lock:
            asked = spoken(rewritten, filters, self._opened.bodies)
            return replace(self._narrowed(self._understand(asked, ()), filters), text=question)

    def model(self) -> ModelInfo | None:
        """The language model that is configured; None when answers are quoted."""
        from assistant.models import configured

        return configured(self._opened.settings) if self._model is None else self._model.info

    def writing_model(self, composer: str | None) -> tuple[Model | None, str]:
        """The model that shall write, started if need be; else None, with a line that says why where one should."""
        if composer == extractive.NAME or (composer is None and self.model() is None):
            return None, ""
        if self._model is not None:
            return self._model, ""
        from assistant.models import open_model

        try:
            return open_model(self._opened.settings), ""
        except (BadSettings, ModelUnreachable) as error:
            if composer is not None and isinstance(error, BadSettings):
                raise
            return None, f"{error.fault}，改用原文摘录。"

    def _narrowed(self, question: Question, filters: Filters) -> Question:
        meant = frozenset[int]()
        if filters.org:
            meant = self._opened.named(filters.org)
            found = self._opened.bodies.find(normalise(filters.org)).bodies
            same = frozenset[int]().union(*(body.reports for body in found))
            meant = same if meant <= same else meant  # a body may sign its reports with more than one name
        return narrowed(question, filters, meant, self._opened.reports)

    def _understand(self, question: str, history: Sequence[str]) -> Question:
        described: list[BodyMention] = []
        spans: list[tuple[int, int]] = []
        for item in self._opened.bodies.describe(normalise(question)):
            found = self._opened.retriever().retrieve(item.text, Scope(reports=item.reports), 1)
            if found:
                described.append(BodyMention(item.label, frozenset({found[0].passage.report_id}), named=True))
                spans.append(item.span)
        today = self._opened.settings.today
        return understand(
            question,
            history,
            self._opened.bodies,
            self._opened.reports.values(),
            today_year=int(today[:4]) if today else None,
            described=described,
            described_spans=spans,
        )

    def _answer(self, asked: str, composed: Composed, trouble: str, started: float, filters: Filters) -> Answer:
        understood, verified = composed.evidence.question, composed.verified
        abstained = not verified.sentences
        reports = self._opened.reports
        beyond = conflict(understood, filters)
        silent = Sentence(abstention(understood, list(reports.values()), filters.said, beyond), ())
        said = (silent,) if abstained else verified.sentences
        return Answer(
            question=asked,
            standalone_question=understood.standalone,
            abstained=abstained,
            sentences=said,
            citations=verified.citations,
            warnings=verified.warnings,
            composer=composed.composer,
            seconds=_since(started),
            checks=verified.checks,
            note=composed.note or ("" if abstained else trouble),
            model=composed.model,
            understood=read(understood, filters, reports),
        )


def _polite(question: str, text: str, composer: str, started: float) -> Answer:
    return Answer(question[:MAX_QUESTION], "", True, (Sentence(text, ()),), (), (), composer, _since(started))


def _since(started: float) -> float:
    return time.perf_counter() - started
