"""The retrieval chain as LangChain runnables: gather evidence → quote → write → verify."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant import generation
from assistant.answer import Citation
from assistant.citations import cite
from assistant.compose import extractive, from_ledger
from assistant.compose.draft import Draft, Support
from assistant.events import Progress, Shown
from assistant.evidence.gather import Evidence, gather
from assistant.generation.packing import pack
from assistant.generation.routing import reason_to_quote
from assistant.generation.writer import Outcome, write
from assistant.question.types import Question
from assistant.question.unmet import told_in_words
from assistant.retrieval import Retriever
from assistant.verify import Verified, Verifier, verify
from ingest.archive.records import ReportRecord

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.ledger import Ledger
    from assistant.models import Model

_MOST_OF_MANY = 0.9
_NOTHING = Draft()
_UNVERIFIED = Verified((), (), ())


@dataclass(frozen=True, slots=True)
class Composed:
    """What the chain hands on from step to step.

    `draft` quotes; `tabled`: it comes from the ledger; `composer` names who wrote the sentences that stand in
    `verified`, `note` why it is not the model, `model` which one wrote.
    """

    evidence: Evidence
    draft: Draft = _NOTHING
    tabled: bool = False
    verified: Verified = _UNVERIFIED
    composer: str = extractive.NAME
    note: str = ""
    model: str | None = None


Step = Progress | Shown | Composed


def build(
    retriever: Retriever,
    reports: Mapping[int, ReportRecord],
    model: Model | None = None,
    ledger: Callable[[], Ledger] | None = None,
    guard: AbstractContextManager[object] | None = None,
    verifier_of: type[Verifier] = Verifier,
) -> Runnable[Question, Step]:
    """The chain over one archive, to be streamed: steps, checked sentences, and what was composed as the last.

    Lists of indicators, comparisons and series are told from `ledger` where that is sure of them. With a `model` it
    phrases the other answers, and quotes stand in where what it wrote does not stand. `guard` is held while the archive
    is read, never while the model writes. `verifier_of` makes what checks every sentence; measuring may put another in.
    """
    from langchain_core.runnables import RunnableGenerator, RunnableLambda

    archive = retriever.archive
    reading = guard or nullcontext()
    places = frozenset(report.region for report in reports.values() if report.region)

    def cited(support: Support, n: int) -> Citation:
        with reading:
            return cite(archive, support.passage, support.start, support.end, n)

    def gathered(question: Question) -> Composed:
        with reading:
            return Composed(gather(question, retriever, reports))

    def quoted(state: Composed) -> Composed:
        with reading:
            told = from_the_ledger(state.evidence)
            if (in_words := missed_in_words(state.evidence.question, told)) is not None:
                return in_words
            if told is not None:
                return replace(state, draft=told, tabled=True)
            return quoting(state)

    def from_the_ledger(evidence: Evidence) -> Draft | None:
        """From the ledger, and only if every sentence of it stands: a list with holes would mislead. A list of bodies
        may lack a few of many, which is said beside it.
        """
        if ledger is None or not from_ledger.concerns(evidence.question):
            return None
        draft = from_ledger.compose(evidence, ledger(), reports, archive.passage, archive.report_passages)
        across = evidence.question.across
        least = _MOST_OF_MANY if across is not None and across.order is None else 1.0
        return draft if draft is not None and stands(draft, evidence.question, least) else None

    def missed_in_words(question: Question, told: Draft | None) -> Composed | None:
        """What was missed as the report says it, where the ledger has nothing to list."""
        if question.standing != "missed" or (told is not None and told.sentences):
            return None
        evidence = gather(told_in_words(question), retriever, reports)
        draft = extractive.compose(evidence, archive.report_passages)
        return Composed(evidence, draft) if draft.sentences else None

    def stands(draft: Draft, question: Question, least: float = 1.0) -> bool:
        return len(verify(draft, question, cited, verifier_of).sentences) >= least * len(draft.sentences)

    def quoting(state: Composed) -> Composed:
        question = state.evidence.question
        draft = extractive.compose(state.evidence, archive.report_passages)
        if ledger is None or not from_ledger.may_disagree(question, draft):
            return replace(state, draft=draft)
        told = from_ledger.with_disagreement(question, draft, ledger(), archive.passage)
        if told is not draft and stands(told, question):
            return replace(state, draft=told, tabled=True)
        return replace(state, draft=draft)

    def written(states: Iterator[Composed]) -> Iterator[Step]:
        for state in states:
            question = state.evidence.question
            verifier = verifier_of(question, cited, places)
            if model is None or not state.draft.sentences:
                yield from shown(state, verifier)
                continue
            small = model.info.kind == "file"
            if note := reason_to_quote(question, state.draft, tabled=state.tabled, small=small):
                yield from shown(replace(state, note=f"{note}。"), verifier)
                continue
            given = pack(state.evidence, state.draft, reports, model.evidence_tokens)
            for step in write(question, given, state.draft, model, verifier):
                if not isinstance(step, Outcome):
                    yield step
                    continue
                who = generation.NAME if step.wrote else extractive.NAME
                verified = verifier.verified(state.draft.warnings)
                name = model.info.name if step.wrote else None
                yield replace(state, verified=verified, composer=who, note=step.note, model=name)

    def shown(state: Composed, verifier: Verifier) -> Iterator[Step]:
        for item in state.draft.sentences:
            before = len(verifier.citations)
            if fault := verifier.add(item):
                verifier.drop(fault)
            else:
                yield Shown(verifier.sentences[-1], verifier.citations[before:])
        yield replace(state, verified=verifier.verified(state.draft.warnings))

    steps = RunnableLambda(gathered) | RunnableLambda(quoted) | RunnableGenerator(written)
    return steps.with_types(input_type=Question)
