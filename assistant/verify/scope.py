"""The right year and the right body: what is cited must be of those that the question names."""

from __future__ import annotations

import re

from assistant.answer import Citation
from assistant.question.types import Question
from assistant.verify.ground import Ground

_RUN = re.compile(r"十[二三四五六七]?五|[三五十]年|年来|以来|期间|年均|(?:19|20)\d\d年?[—\-~～至到]+(?:19|20)\d\d年")
"""How a text speaks of a run of years."""

_NAMED_RUN = re.compile(r"十[二三四五六]五|(?:19|20)\d\d年(?=以来)")


def out_of_run(question: Question, ground: Ground) -> str | None:
    """Why quotes do not tell of the run of years that the question asks about; None when each does.

    For sentences of a model's own: it is given what stands near, and the year before stands near five years.
    """
    if not question.multi_year:
        return None
    asked = set(_NAMED_RUN.findall(question.standalone))
    for quote in ground.cleaned:
        told = set(_NAMED_RUN.findall(quote))
        if not _RUN.search(quote) or (asked and told and not asked & told):
            return "有一句说的是别的年份"
    return None


def out_of_scope(question: Question, ground: Ground) -> str | None:
    """Why the citations do not belong to the question; None when they do."""
    limits = question.within
    if limits is not None and not all(limits.holds(one.report_id, one.part) for one in ground.citations):
        return "有一句不在所选范围内"
    if question.bodies:
        meant = frozenset[int]().union(*(body.reports for body in question.bodies))
        if any(citation.report_id not in meant for citation in ground.citations):
            return "有一句出自别的单位"
    if question.years and any(_another_year(citation, question.years) for citation in ground.citations):
        return "有一句说的是别的年份"
    return None


def _another_year(citation: Citation, years: tuple[int, ...]) -> bool:
    """A citation of known period that does not touch any year asked about; unknown periods are labelled elsewhere."""
    if citation.period is None:
        return False
    first, _, last = citation.period.partition("-")[0].partition("/")
    return not any(int(first) <= year <= int(last or first) for year in years)
