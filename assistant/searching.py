"""Search by words: what lies in the years, bodies and parts that the words name comes first, the rest behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.evidence.gather import query_of
from assistant.question.types import Question
from assistant.retrieval import Retriever
from assistant.retrieval.retriever import ScoredPassage
from ingest.archive.records import ReportRecord, Scope


def search(
    retriever: Retriever, text: str, question: Question, limits: Scope, reports: Iterable[ReportRecord], k: int
) -> list[ScoredPassage]:
    """The `k` best passages for `text` within `limits`; `question` is what was made of the text. Scores fall within
    each of the two groups.
    """
    meant = _named(question, limits, reports)
    if meant is None:
        return retriever.retrieve(text, limits, k)
    first = retriever.retrieve(query_of(question), meant, k, also=[text])
    known = {item.passage.id for item in first}
    rest = retriever.retrieve(text, limits, k) if len(first) < k else []
    return [*first, *(item for item in rest if item.passage.id not in known)][:k]


def _named(question: Question, limits: Scope, reports: Iterable[ReportRecord]) -> Scope | None:
    """Where the words themselves say to look, within the limits; None where they say nothing of what is held."""
    bodies = frozenset[int]().union(*(body.reports for body in question.bodies))
    years = frozenset(question.years or ())
    told = {year for report in reports if report.year is not None for year in (report.year - 1, report.year)}
    if not bodies and not years & told:
        return None
    scope = limits
    if bodies and limits.reports is None:
        scope = replace(scope, reports=bodies)
    if years and limits.years is None:
        scope = replace(scope, years=years, unknown_year=True)
    if question.parts is not None and limits.parts is None and question.role != "both":
        scope = replace(scope, parts=question.parts)
    return scope
