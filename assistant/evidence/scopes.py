"""Where to look: the strict scope of a body, some years and a part, and what it may be widened to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.question.types import BodyMention, Question, Role
from ingest.archive.records import ReportRecord, Scope
from ingest.types import Part

_T = TypeVar("_T")

PROMISE: frozenset[Part] = frozenset({"plan"})
PROBLEM: frozenset[Part] = frozenset({"problem"})
_OUTCOME: frozenset[Part] = frozenset({"review", "problem"})


def reports_of(
    question: Question, body: BodyMention | None, reports: Mapping[int, ReportRecord]
) -> frozenset[int] | None:
    """The reports of the body, and of the year that the question says they were written in."""
    if question.report_year is None:
        return None if body is None else body.reports
    written = frozenset(number for number, report in reports.items() if report.year == question.report_year)
    return written if body is None else written & body.reports


def parts_of(question: Question, role: Role | None) -> frozenset[Part] | None:
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


def allowed(scopes: Sequence[Scope], question: Question) -> list[Scope]:
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


def scopes(strict: Scope, body: BodyMention | None, question: Question) -> list[Scope]:
    """The strict scope; then, for a body that was named, reports whose year nobody knows; then, when the review of
    that year is not held at all and its part was only assumed, any part.
    """
    scopes = [strict]
    if strict.years is not None and body is not None:
        scopes.append(Scope(strict.years, True, strict.reports, strict.parts))
    if (question.role == "target" and question.parts is None) or (question.parts == PROMISE and question.asks_figure):
        scopes.append(Scope(strict.years, body is not None, strict.reports, _OUTCOME))
    elif strict.parts is not None and question.parts is None and question.role != "both":
        scopes.append(Scope(strict.years, False, strict.reports, None))
    return scopes
