"""The retrieval chain as LangChain runnables: gather evidence → compose → verify."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import Citation, Warning
from assistant.citations import cite
from assistant.compose import extractive, from_ledger, llm
from assistant.compose.draft import Draft, Support
from assistant.evidence.gather import Evidence, gather
from assistant.question.types import Question
from assistant.retrieval import Retriever
from assistant.verify import Verified, verify
from ingest.archive.records import ReportRecord

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable

    from assistant.ledger import Ledger

_NOTHING = Draft()
_UNVERIFIED = Verified((), (), ())
_FELL_BACK = Warning("unsupported", "语言模型的回答没有通过核对，改用原文摘录。")


@dataclass(frozen=True, slots=True)
class Composed:
    """What the chain hands on from step to step; `composer` names who wrote the sentences that stand."""

    evidence: Evidence
    draft: Draft = _NOTHING
    verified: Verified = _UNVERIFIED
    composer: str = extractive.NAME


def build(
    retriever: Retriever,
    reports: Mapping[int, ReportRecord],
    model: BaseChatModel | None = None,
    ledger: Callable[[], Ledger] | None = None,
) -> Runnable[Question, Composed]:
    """The chain over one archive; with a `model` it writes, and quotes stand in where nothing it wrote does.

    Without a model, lists of indicators, comparisons and series are told from `ledger` where that is sure of them.
    """
    from langchain_core.runnables import RunnableLambda

    archive = retriever.archive

    def cited(support: Support, n: int) -> Citation:
        return cite(archive, support.passage, support.start, support.end, n)

    def gathered(question: Question) -> Composed:
        return Composed(gather(question, retriever, reports))

    def composed(state: Composed) -> Composed:
        if model is not None:
            return replace(state, draft=llm.compose(state.evidence, model), composer=llm.NAME)
        return replace(state, draft=tabled(state) or quoted(state))

    def tabled(state: Composed) -> Draft | None:
        """From the ledger, and only if every sentence of it stands: a list with holes would mislead."""
        if ledger is None or not from_ledger.concerns(state.evidence.question):
            return None
        draft = from_ledger.compose(state.evidence, ledger(), reports, archive.passage, archive.report_passages)
        return draft if draft is not None and stands(draft, state) else None

    def stands(draft: Draft, state: Composed) -> bool:
        return len(verify(draft, state.evidence.question, cited).sentences) == len(draft.sentences)

    def quoted(state: Composed) -> Draft:
        question = state.evidence.question
        draft = extractive.compose(state.evidence, archive.report_passages)
        if ledger is None or not from_ledger.may_disagree(question, draft):
            return draft
        told = from_ledger.with_disagreement(question, draft, ledger(), archive.passage)
        return told if told is draft or stands(told, state) else draft

    def checked(state: Composed) -> Composed:
        verified = verify(state.draft, state.evidence.question, cited)
        if verified.sentences or state.composer == extractive.NAME:
            return replace(state, verified=verified)
        draft = quoted(state)
        verified = verify(draft, state.evidence.question, cited)
        if verified.sentences:
            verified = replace(verified, warnings=(*verified.warnings, _FELL_BACK))
        return replace(state, draft=draft, verified=verified, composer=extractive.NAME)

    return RunnableLambda(gathered) | RunnableLambda(composed) | RunnableLambda(checked)
