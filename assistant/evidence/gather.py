"""Gathers evidence for a question: one slot per body and year that the answer must speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.evidence.answering import ENOUGH, answers, fits_role, is_admissible
from assistant.evidence.candidates import Candidate, candidates, whole
from assistant.evidence.coverage import Gram, coverage, topic_grams
from assistant.evidence.naming import UsedName, is_named, used_names
from assistant.evidence.nearest import nearest
from assistant.evidence.scopes import PROMISE, allowed, parts_of, reports_of, scopes
from assistant.question.types import BodyMention, Question, Role
from assistant.retrieval import Retriever, ScoredPassage
from ingest.archive.records import PassageRecord, ReportRecord, Scope
from ingest.types import Part

PASSAGES = 12
"""How many passages are read for one slot."""

PASSAGES_NARROW = 40
"""The same when body and year are named: what is left is about one report, and hints need a wider look."""

PASSAGES_ACROSS = 80
"""The same when all bodies are asked."""

_TREND_YEARS = 6


@dataclass(frozen=True, slots=True)
class Slot:
    """The evidence for one body (None: any), some years (None: any) and one role, best sentence first.

    `role`: what was promised (looked for in plans), what was reached (in reviews), or None where nothing was said.

    `related` holds sentences on the topic that do not answer (a rate where a count is asked for). `in_other_words`: the
    answering sentence was found by its meaning (see `nearest`). `facet`: the part of the question that it is
    for, where that asks for several quantities.
    """

    body: BodyMention | None
    years: tuple[int, ...] | None
    role: Role | None
    answering: tuple[Candidate, ...]
    related: tuple[Candidate, ...]
    in_other_words: bool = False
    facet: Question | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a composer may write from."""

    question: Question
    grams: tuple[Gram, ...]
    slots: tuple[Slot, ...]


def gather(question: Question, retriever: Retriever, reports: Mapping[int, ReportRecord]) -> Evidence:
    """Retrieve for every slot of `question` and sort what was found into answering and merely related sentences."""
    if question.impossible or (question.within is not None and question.within.is_nothing):
        return Evidence(question, (), ())
    archive = retriever.archive
    total = archive.passage_count()
    grams = topic_grams(question.topic, archive.document_frequencies, total)
    background = topic_grams(question.background, archive.document_frequencies, total)
    if question.missing_places and not _places_in_text(question, retriever):
        return Evidence(question, grams, ())
    slots = _slots(question, retriever, reports, grams, background)
    for facet in question.facets if question.asks_figure else ():
        own = topic_grams(facet.topic, archive.document_frequencies, total)
        if any(_tells(slot, own) for slot in slots):
            continue
        alone = replace(
            question, topic=facet.topic, unit=facet.unit, wants_number=facet.wants_number, background=question.topic
        )
        found = _slots(alone, retriever, reports, own, grams)
        slots = [*(slot for slot in slots if slot.answering), *(replace(slot, facet=alone) for slot in found)]
    return Evidence(question, grams, tuple(slots))


def _tells(slot: Slot, grams: tuple[Gram, ...]) -> bool:
    return bool(slot.answering) and coverage(grams, [(slot.answering[0].text, 1.0)]) >= ENOUGH


def _slots(
    question: Question,
    retriever: Retriever,
    reports: Mapping[int, ReportRecord],
    grams: tuple[Gram, ...],
    background: tuple[Gram, ...],
) -> list[Slot]:
    """One for each body, year and role that `question` speaks of."""
    named = used_names(question, retriever.archive.document_frequencies) if question.asks_figure else ()
    bodies: list[BodyMention | None] = list(question.bodies) or [None]
    slots = []
    for body in bodies:
        for years in _year_slots(question, body, reports):
            for role in ("target", "result") if question.role == "both" else (question.role,):
                slots.append(_fill(question, body, years, role, retriever, reports, grams, background, named))
    return slots


def query_of(question: Question) -> str:
    """What is looked for: the words of the topic, without years, bodies and words of asking."""
    return " ".join([*question.topic.runs, *question.background.runs]) or question.standalone


def _leading(found: Sequence[ScoredPassage], retriever: Retriever) -> dict[int, str]:
    """For each passage the text of the one before it in the same section."""
    neighbours = {}
    for report_id in {item.passage.report_id for item in found}:
        ordered = retriever.archive.report_passages(report_id)
        for before, after in pairwise(ordered):
            if before.section_id == after.section_id:
                neighbours[after.id] = before.text.text
    return neighbours


def _places_in_text(question: Question, retriever: Retriever) -> bool:
    """Whether every place that no report belongs to is at least spoken of somewhere (all its bigrams occur)."""
    grams = [place[i : i + 2] for place in question.missing_places for i in range(len(place) - 1)]
    return all(retriever.archive.document_frequencies(grams).values())


def _year_slots(
    question: Question, body: BodyMention | None, reports: Mapping[int, ReportRecord]
) -> list[tuple[int, ...] | None]:
    if question.intent == "trend":
        years = question.years or tuple(
            sorted({r.year for r in reports.values() if r.year is not None and (body is None or r.id in body.reports)})
        )
        slots: list[tuple[int, ...] | None] = [(year,) for year in years[-_TREND_YEARS:]]
        return [None, *slots] if question.multi_year or not slots else slots
    if question.intent == "compare" and question.years and len(question.years) > 1:
        return [(year,) for year in question.years]
    return [question.years]


def _fill(
    question: Question,
    body: BodyMention | None,
    years: tuple[int, ...] | None,
    role: Role | None,
    retriever: Retriever,
    reports: Mapping[int, ReportRecord],
    grams: tuple[Gram, ...],
    background: tuple[Gram, ...],
    named: tuple[UsedName, ...],
) -> Slot:
    parts = question.parts or (PROMISE if role == "target" and not question.asks_figure else None)
    if not grams and parts is not None and (body is not None or years is not None):
        of_part = _passages_of_part(question, parts, body, years, retriever, reports)
        return Slot(body, years, role, tuple(whole(of_part, reports)), ())
    query = query_of(question)
    also = [wording for others in question.topic.widened.values() for wording in others]
    hints = dict.fromkeys(hint for hints in question.topic.hinted.values() for hint in hints)
    strict = Scope(
        years=None if years is None else frozenset(years),
        reports=reports_of(question, body, reports),
        parts=parts_of(question, role),
    )
    found: tuple[Candidate, ...] = ()
    strictly: tuple[Candidate, ...] = ()
    for scope in allowed(scopes(strict, body, question), question):
        if found and scope.parts is None and strict.parts is not None:
            break
        narrow = scope.years is not None and scope.reports is not None
        most = PASSAGES_NARROW if narrow else PASSAGES if question.across is None else PASSAGES_ACROSS
        passages = retriever.retrieve(query, scope, most, also=[*also, *hints] if narrow else also)
        found = tuple(candidates(question, passages, reports, grams, background, _leading(passages, retriever)))
        strictly = found if scope == strict else strictly
        answering = tuple(
            item
            for item in found
            if answers(question, item) and is_named(item, named) and fits_role(question, role, item)
        )
        if answering:
            return Slot(body, years, role, answering, ())
    if question.intent == "trend" and question.multi_year and years is not None:
        return Slot(body, years, role, (), ())
    if grams and (strict.years is not None or strict.reports is not None):
        admissible = [
            item
            for item in strictly
            if is_admissible(question, item) and is_named(item, named) and fits_role(question, role, item)
        ]
        best_stands = admissible[:1] == list(strictly[:1])
        found_by_meaning = nearest(question, admissible, retriever) if best_stands else None
        if found_by_meaning is not None:
            return Slot(body, years, role, (found_by_meaning,), (), in_other_words=True)
    return Slot(body, years, role, (), tuple(item for item in found if item.coverage >= ENOUGH))


def _passages_of_part(
    question: Question,
    parts: frozenset[Part],
    body: BodyMention | None,
    years: tuple[int, ...] | None,
    retriever: Retriever,
    reports: Mapping[int, ReportRecord],
) -> list[PassageRecord]:
    """The passages of the wanted part, of the latest report that has any."""
    for report in sorted(reports.values(), key=lambda item: (-(item.year or 0), item.kind == "半年总结", item.id)):
        if body is not None and report.id not in body.reports:
            continue
        if question.within is not None and question.within.reports and report.id not in question.within.reports:
            continue
        found = [
            passage
            for passage in retriever.archive.report_passages(report.id)
            if passage.part in parts
            and (years is None or (passage.period is not None and passage.period.single_year in years))
        ]
        if found:
            return found
    return []
