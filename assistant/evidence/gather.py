"""Gathers evidence for a question: one slot per body and year that the answer must speak of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from assistant.evidence.candidates import Candidate, candidates, whole
from assistant.evidence.coverage import Gram, coverage, topic_grams
from assistant.evidence.figures import is_countable
from assistant.evidence.naming import UsedName, is_named, used_names
from assistant.evidence.nearest import nearest
from assistant.evidence.owned import figure_of_another
from assistant.evidence.signs import (
    another_rate,
    counts_only,
    half_for_whole,
    other_year_only,
    says_no_date,
    tells_task,
    wrong_half,
)
from assistant.question.types import BodyMention, Question, Role
from assistant.retrieval import Retriever, ScoredPassage
from ingest.archive.records import PassageRecord, ReportRecord, Scope
from ingest.types import Part

_T = TypeVar("_T")

PASSAGES = 12
"""How many passages are read for one slot."""

PASSAGES_NARROW = 40
"""The same when body and year are named: what is left is about one report, and hints need a wider look."""

PASSAGES_ACROSS = 80
"""The same when all bodies are asked."""

ENOUGH = 0.5
"""Least share of the topic that a sentence with its headings must hold to answer."""

ENOUGH_PROBLEM = 0.4
"""The same among the few sentences that tell a report's problems."""

ENOUGH_ALONE = 0.2
"""Least share that the sentence itself must hold, whatever its heading says."""

ENOUGH_FIGURE = 0.4
"""The same for a sentence whose figure is asked for: a heading alone does not say what a figure counts."""

_GAP = 0.2
"""What a noun phrase of the topic that is nowhere near costs."""

_TREND_YEARS = 6

IN_WORDS = re.compile(
    r"保持|稳定在|稳步|稳中|合理|只增不减|只降不升|控制在|不断|进一步|有所|逐年|持续(?:提|下|改)|巩固|平稳"
)
"""A target in words is a target: 使孕产妇系统管理率稳步提升."""


STOOD = re.compile(r"^[^，。；\d]{2,10}?(?:总体|基本|大体|保持)(?:保持)?(?:平稳|稳定|持平)[。；]?$")
"""An outcome in words is an outcome: 物价总体平稳."""


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


def answers(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence holds what was asked: topic, figure and unit, year."""
    asks_figure = question.wants_number or question.unit is not None
    among_few = question.parts == _PROBLEM
    enough = ENOUGH_PROBLEM if among_few else ENOUGH + _GAP * candidate.gaps
    if candidate.coverage < enough or candidate.own < (ENOUGH_FIGURE if asks_figure else ENOUGH_ALONE):
        return False
    return is_admissible(question, candidate)


def is_admissible(question: Question, candidate: Candidate) -> bool:
    """Whether nothing in a sentence rules it out, whatever its words: another year, half or rate, no figure or unit."""
    if other_year_only(question, candidate.text) or wrong_half(question, candidate.passage, candidate.text):
        return False
    if another_rate(question, candidate.text) or says_no_date(question, candidate.text):
        return False
    if counts_only(question, candidate.text) or figure_of_another(question, candidate.text):
        return False
    if question.missing_places and not any(_holds(candidate, place) for place in question.missing_places):
        return False
    promised = candidate.passage.part == "plan" and IN_WORDS.search(candidate.text) is not None
    worded = promised or _reached_in_words(candidate)
    if question.unit is not None and is_countable(question.unit):
        return candidate.fits_unit or (worded and question.unit == "%")
    return candidate.holds_number or worded or not question.wants_number or question.unit is not None


def _reached_in_words(candidate: Candidate) -> bool:
    """Whether a short review sentence says nothing but how its subject stood (物价总体平稳)."""
    return candidate.passage.part == "review" and STOOD.search(candidate.text) is not None


def _holds(candidate: Candidate, place: str) -> bool:
    report = candidate.report
    return any(place in text for text in (candidate.text, report.title, report.org or "", *candidate.passage.path))


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
    parts = question.parts or (_PROMISE if role == "target" and not question.asks_figure else None)
    if not grams and parts is not None and (body is not None or years is not None):
        of_part = _passages_of_part(question, parts, body, years, retriever, reports)
        return Slot(body, years, role, tuple(whole(of_part, reports)), ())
    query = query_of(question)
    also = [wording for others in question.topic.widened.values() for wording in others]
    hints = dict.fromkeys(hint for hints in question.topic.hinted.values() for hint in hints)
    strict = Scope(
        years=None if years is None else frozenset(years),
        reports=_reports(question, body, reports),
        parts=_parts(question, role),
    )
    found: tuple[Candidate, ...] = ()
    strictly: tuple[Candidate, ...] = ()
    for scope in _allowed(_scopes(strict, body, question), question):
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
            if answers(question, item) and is_named(item, named) and _fits_role(question, role, item)
        )
        if answering:
            return Slot(body, years, role, answering, ())
    if question.intent == "trend" and question.multi_year and years is not None:
        return Slot(body, years, role, (), ())
    if grams and (strict.years is not None or strict.reports is not None):
        admissible = [
            item
            for item in strictly
            if is_admissible(question, item) and is_named(item, named) and _fits_role(question, role, item)
        ]
        best_stands = admissible[:1] == list(strictly[:1])
        found_by_meaning = nearest(question, admissible, retriever) if best_stands else None
        if found_by_meaning is not None:
            return Slot(body, years, role, (found_by_meaning,), (), in_other_words=True)
    return Slot(body, years, role, (), tuple(item for item in found if item.coverage >= ENOUGH))


def _reports(
    question: Question, body: BodyMention | None, reports: Mapping[int, ReportRecord]
) -> frozenset[int] | None:
    """The reports of the body, and of the year that the question says they were written in."""
    if question.report_year is None:
        return None if body is None else body.reports
    written = frozenset(number for number, report in reports.items() if report.year == question.report_year)
    return written if body is None else written & body.reports


def _fits_role(question: Question, role: Role | None, candidate: Candidate) -> bool:
    """A promise told in a review must be told as one (任务数4380人), which a review of half the year may do as well."""
    promised = role == "target" or question.parts == _PROMISE
    if not promised:
        return not half_for_whole(question, candidate.passage)
    return candidate.passage.part == "plan" or tells_task(candidate.text)


_PROMISE: frozenset[Part] = frozenset({"plan"})
_PROBLEM: frozenset[Part] = frozenset({"problem"})
_OUTCOME: frozenset[Part] = frozenset({"review", "problem"})


def _parts(question: Question, role: Role | None) -> frozenset[Part] | None:
    """Where to look: an outcome is told in reviews, a promise in plans; a year's figure is its outcome."""
    if question.role == "both":
        return frozenset({"plan"}) if role == "target" else _OUTCOME
    if question.parts is not None:
        return question.parts
    if role == "target":
        return frozenset({"plan"})
    if role is None and question.years and question.asks_figure:
        return _OUTCOME
    return None


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


def _allowed(scopes: Sequence[Scope], question: Question) -> list[Scope]:
    """The scopes as far as they lie within the limits set by hand."""
    limits = question.within
    if limits is None:
        return list(scopes)
    kept = [
        replace(scope, reports=_both(scope.reports, limits.reports), parts=_both(scope.parts, limits.parts))
        for scope in scopes
    ]
    return [scope for scope in dict.fromkeys(kept) if scope.reports != frozenset() and scope.parts != frozenset()]


def _both(one: frozenset[_T] | None, other: frozenset[_T] | None) -> frozenset[_T] | None:
    return one if other is None else other if one is None else one & other


def _scopes(strict: Scope, body: BodyMention | None, question: Question) -> list[Scope]:
    """The strict scope; then, for a body that was named, reports whose year nobody knows; then, when the review of
    that year is not held at all and its part was only assumed, any part.
    """
    scopes = [strict]
    if strict.years is not None and body is not None:
        scopes.append(Scope(strict.years, True, strict.reports, strict.parts))
    if (question.role == "target" and question.parts is None) or (question.parts == _PROMISE and question.asks_figure):
        scopes.append(Scope(strict.years, body is not None, strict.reports, _OUTCOME))
    elif strict.parts is not None and question.parts is None and question.role != "both":
        scopes.append(Scope(strict.years, False, strict.reports, None))
    return scopes
