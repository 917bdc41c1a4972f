"""Whether a sentence answers: how much of the topic it must hold, and what rules it out. Abstention is decided here."""

from __future__ import annotations

import re

from assistant.evidence.candidates import Candidate
from assistant.evidence.figures import is_countable
from assistant.evidence.owned import figure_of_another
from assistant.evidence.scopes import PROBLEM, PROMISE
from assistant.evidence.signs import (
    another_rate,
    counts_only,
    half_for_whole,
    other_year_only,
    says_no_date,
    tells_task,
    wrong_half,
)
from assistant.question.types import Question, Role

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

_IN_WORDS = re.compile(
    r"保持|稳定在|稳步|稳中|合理|只增不减|只降不升|控制在|不断|进一步|有所|逐年|持续(?:提|下|改)|巩固|平稳"
)
"""A target in words is a target: 使孕产妇系统管理率稳步提升."""


_STOOD = re.compile(r"^[^，。；\d]{2,10}?(?:总体|基本|大体|保持)(?:保持)?(?:平稳|稳定|持平)[。；]?$")
"""An outcome in words is an outcome: 物价总体平稳."""


def answers(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence holds what was asked: topic, figure and unit, year."""
    asks_figure = question.wants_number or question.unit is not None
    among_few = question.parts == PROBLEM
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
    promised = candidate.passage.part == "plan" and _IN_WORDS.search(candidate.text) is not None
    worded = promised or _reached_in_words(candidate)
    if question.unit is not None and is_countable(question.unit):
        return candidate.fits_unit or (worded and question.unit == "%")
    return candidate.holds_number or worded or not question.wants_number or question.unit is not None


def _reached_in_words(candidate: Candidate) -> bool:
    """Whether a short review sentence says nothing but how its subject stood (物价总体平稳)."""
    return candidate.passage.part == "review" and _STOOD.search(candidate.text) is not None


def _holds(candidate: Candidate, place: str) -> bool:
    report = candidate.report
    return any(place in text for text in (candidate.text, report.title, report.org or "", *candidate.passage.path))


def fits_role(question: Question, role: Role | None, candidate: Candidate) -> bool:
    """A promise told in a review must be told as one (任务数4380人), which a review of half the year may do as well."""
    promised = role == "target" or question.parts == PROMISE
    if not promised:
        return not half_for_whole(question, candidate.passage)
    return candidate.passage.part == "plan" or tells_task(candidate.text)
