"""Which sentences of the evidence to show: one that answers, those that complete it, or the points of a section."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.compose.telling import MOST_FACT, PassagesOf, below, by_body, outline, telling
from assistant.evidence.addressed import evidence_spans
from assistant.evidence.candidates import PRIOR_WEIGHT, Candidate
from assistant.evidence.coverage import Gram, coverage
from assistant.evidence.gather import Slot
from assistant.question.types import Question
from ingest.archive.records import PassageRecord

_MOST_LIST = 6
_GAIN = 0.12
"""How much more of the topic a further sentence must bring."""

_AS_GOOD = 0.03
"""How near another body's sentence must come to be shown beside the best, when no body was named."""

_ANNOUNCES = re.compile(r"([两二三四五六七八九十\d]{1,2})(?:条|项|个|点|方面|种|大|道|类)[^，。；]{0,12}[。：:]?$")
_ANNOUNCES_ALL = re.compile(r"(?:以下|如下|下列)[^，。；]{0,10}[：:]$|(?:条|项|个|点|方面)[^，。；]{0,6}[：:]$")
"""…必须把握以下原则：一是…"""
_POINT = re.compile(r"\s*(?:[一二三四五六七八九十]{1,2}是|[(（]?[一二三四五六七八九十\d]{1,2}[)）.、．])")
_FIRST_POINT = re.compile(r"\s*(?:一是|[(（]?[一1](?!\d)[)）、.．])")
_COUNTS = {
    "两": 2,
    **{text: n for n, text in enumerate("一二三四五六七八九十", 1)},
    **{str(n): n for n in range(1, 11)},
}


def choose(question: Question, slot: Slot, grams: tuple[Gram, ...], passages_of: PassagesOf) -> list[Candidate]:
    """The sentences of one slot to show, in the order of showing."""
    best = slot.answering[0]
    if question.across is not None and not question.asks_figure and grams:
        return by_body(slot, question.across)
    if not grams:
        return outline([item for item in slot.answering if item.report.id == best.report.id])
    asks_plan = question.parts is not None and set(question.parts) == {"plan"} and not question.asks_figure
    if (question.intent in ("plan", "list") or asks_plan) and (points := _points(best, grams, passages_of)):
        return points
    told_apart = question.intent in ("trend", "compare") or question.role == "both"
    if not question.asks_figure and not told_apart and (under := below(best, question, passages_of)):
        return under
    if (question.intent in ("plan", "overview") and not question.asks_figure) or (
        asks_plan and question.intent != "list"
    ):
        points = _announced(best, passages_of) if question.intent == "overview" else []
        return points or telling(best, slot, question, grams)
    if question.intent == "list":
        return _announced(best, passages_of) or _of_section(best, slot)
    if question.intent in ("trend", "compare") or question.role == "both":
        return [best]
    chosen = [best, *_further(best, slot.answering, grams)]
    if (slot.body is None or not slot.body.named) and question.wants_number:
        chosen.extend(_other_bodies(best, slot.answering))
    return chosen


def _announced(best: Candidate, passages_of: PassagesOf) -> list[Candidate]:
    """The numbered points that follow a sentence which only announces them (采用了三条保证性措施：1、… 2、…)."""
    announced = _ANNOUNCES.search(best.text)
    if announced is None and not _ANNOUNCES_ALL.search(best.text):
        return []
    wanted = _COUNTS.get(announced[1], _MOST_LIST) if announced else max(_COUNTS.values())
    points: list[Candidate] = []
    for passage in passages_of(best.report.id):
        for start, end in evidence_spans(passage):
            behind = (passage.ordinal, start) > (best.passage.ordinal, best.start)
            text = passage.text.text[start:end]
            if behind and not points and _POINT.match(text) and not _FIRST_POINT.match(text):
                return []  # the sentence is itself one point of another list
            if announced is None and points and _FIRST_POINT.match(text):
                return points if len(points) > 1 else []  # the next list begins
            if behind and len(points) < wanted and _POINT.match(text):
                points.append(_as_candidate(best, passage, start, end))
    return points if len(points) == wanted or (announced is None and len(points) > 1) else []


def _of_section(best: Candidate, slot: Slot) -> list[Candidate]:
    """The best sentence with those of its section that answer nearly as well, in the order of the report."""
    near = [
        item
        for item in slot.answering
        if item.passage.section_id == best.passage.section_id and item.score >= 0.75 * best.score
    ][:_MOST_LIST]
    return sorted(near, key=lambda item: (item.passage.ordinal, item.start))


def _further(best: Candidate, others: Sequence[Candidate], grams: tuple[Gram, ...]) -> list[Candidate]:
    """Sentences of the same report that bring parts of the topic which the best one lacks."""
    chosen: list[Candidate] = []
    held = best.text
    for item in others[1:]:
        if len(chosen) + 1 >= MOST_FACT:
            break
        if item.report.id != best.report.id or item.score < 0.6 * best.score:
            continue
        gain = coverage(grams, [(held + item.text, 1.0)]) - coverage(grams, [(held, 1.0)])
        if gain >= _GAIN:
            chosen.append(item)
            held += item.text
    return chosen


def _other_bodies(best: Candidate, others: Sequence[Candidate]) -> list[Candidate]:
    """The sentence of every other body that says as much, whatever rank the search gave its passage."""
    chosen: list[Candidate] = []
    bodies = {best.report.org}
    least = _without_prior(best) - 0.15
    for item in others[1:]:
        if item.report.org not in bodies and item.own >= best.own - _AS_GOOD and _without_prior(item) >= least:
            bodies.add(item.report.org)
            chosen.append(item)
    return chosen[: MOST_FACT - 1]


def _without_prior(item: Candidate) -> float:
    return item.score - PRIOR_WEIGHT * item.prior


def _points(best: Candidate, grams: tuple[Gram, ...], passages_of: PassagesOf) -> list[Candidate]:
    """The enumerated points (一是…二是…) of the section that the topic names, each as its own sentence."""
    heading = best.passage.path[-1] if best.passage.path else ""
    if coverage(grams, [(heading, 1.0)]) < 0.5:
        return []
    section = [item for item in passages_of(best.report.id) if item.section_id == best.passage.section_id]
    points: list[Candidate] = []
    for passage in section:
        text = passage.text.text
        for start, end in evidence_spans(passage):
            if text[start:end].lstrip()[:3].find("是") > 0 or not points:
                points.append(_as_candidate(best, passage, start, end))
    leads = [item for item in points if item.text.lstrip()[:3].find("是") > 0]
    return (leads if len(leads) > 1 else points)[:_MOST_LIST] if len(points) > 1 else []


def _as_candidate(best: Candidate, passage: PassageRecord, start: int, end: int) -> Candidate:
    return Candidate(passage, best.report, start, end, passage.text.text[start:end])
