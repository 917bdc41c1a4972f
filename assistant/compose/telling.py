"""What a report says of a topic, or of everything: for questions that ask for no figure and no single fact.

Many reports open a paragraph, or each of its pieces, with a few words on what it is about (强化教育支撑。推进…). Such a
lead answers nothing by itself, and what stands under it need not name the topic again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import groupby

from assistant.evidence.addressed import evidence_spans
from assistant.evidence.candidates import Candidate
from assistant.evidence.coverage import Gram, coverage
from assistant.evidence.figures import mentions
from assistant.evidence.gather import Slot
from assistant.evidence.signs import concreteness, other_year_only, wrong_half
from assistant.question.across import Across
from assistant.question.types import Question
from ingest.archive.records import PassageRecord
from ingest.structure.numbering import numbering_at

PassagesOf = Callable[[int], Sequence[PassageRecord]]
"""The passages of a report in order."""

MOST_FACT = 3
_MOST_LED = 6
_MOST_POINTS = 12
_MOST_BODIES = 30

_NEARLY = 0.6
"""Share of the most telling sentence's own words on the topic below which another is there for its heading only."""

_NAMES = 0.7
"""Share of the topic from which on a sentence names it; words that only hint at it come to less."""

_FOCUS = 0.4
"""What a sentence gains that is about nothing else."""

_IN_PASSING = 0.3
"""Share of its clauses below which a sentence touches the topic only."""

_TOUCHES = 0.2
_CLAUSE = re.compile(r"[，,；;。：:]")

_LEAD = 16
"""Characters that a lead has at most."""

_FIGURE = re.compile(r"[0-9０-９一二三四五六七八九十百]+[个项家所人户件场次万亿%％]")
_LONGEST_HEADING = 40
_LOOKS_BACK = re.compile("回顾|总结|完成情况|工作情况|主要成绩")
_LOOKS_AHEAD = re.compile("计划|安排|打算|任务|目标|思路|要点|下一步")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_NOT_WORDS = re.compile(r"[0-9xX×＊*]|疑似")
_FEW = 3
"""Sections from which on a part is told by the first sentence of each."""


def telling(best: Candidate, slot: Slot, question: Question, grams: tuple[Gram, ...]) -> list[Candidate]:
    """The sentences of the best report that say most of the topic, in the order of the report: what stands under leads
    that name it, else the sentences that name it and commit themselves.
    """
    own = [item for item in slot.answering if item.report.id == best.report.id and item.score >= 0.5 * best.score]
    led = _led(slot, best, question, grams)
    if led:
        return led
    saying = [item for item in own if not is_lead(item)] or own
    most = max(item.own for item in saying)
    saying = [item for item in saying if item.own >= _NEARLY * most]
    about = {id(item): _focus(item, question, grams) for item in saying}
    saying = [item for item in saying if item.own >= _NAMES or about[id(item)] >= _IN_PASSING] or saying
    concrete = [item for item in saying if concreteness(item.text)] or saying
    home = max(concrete, key=lambda item: item.own + _FOCUS * about[id(item)]).passage.section_id

    def telling_most(item: Candidate) -> float:
        beside = 0.1 * (item.passage.section_id == home)
        return item.score + _FOCUS * about[id(item)] + 0.1 * concreteness(item.text) + beside

    return _in_order(sorted(concrete, key=telling_most, reverse=True)[:MOST_FACT])


def _focus(item: Candidate, question: Question, grams: tuple[Gram, ...]) -> float:
    """Share (0..1) of a sentence's clauses that are on the topic: one that speaks of all things names it in passing."""
    clauses = [clause for clause in _CLAUSE.split(question.topic.meant(item.text)) if clause.strip()]
    return sum(coverage(grams, [(clause, 1.0)]) > _TOUCHES for clause in clauses) / max(1, len(clauses))


def outline(items: Sequence[Candidate]) -> list[Candidate]:
    """A whole part in short: each of its sections by heading and first sentence, where there are several, else its
    first sentences.
    """
    sections = [next(group) for _, group in groupby(items, key=lambda item: item.passage.section_id)]
    sections = [item for item in sections if not _astray(item)] or sections
    if len(items) <= _MOST_LED or len(sections) < _FEW:
        return list(items[:_MOST_LED])
    paths = {item.passage.path for item in sections}
    return [replace(item, under=_own_heading(item, paths)) for item in sections[:_MOST_POINTS]]


def _astray(item: Candidate) -> bool:
    """Whether a plan's sentence stands at the end of what looks back (针对这些问题，我们必须…)."""
    top = item.passage.path[0] if item.passage.path else ""
    return item.passage.part == "plan" and bool(_LOOKS_BACK.search(top)) and not _LOOKS_AHEAD.search(top)


def _own_heading(item: Candidate, paths: Set[tuple[str, ...]]) -> str:
    """The heading that says what a section is about: none over further sections, none that its sentence repeats."""
    path = item.passage.path
    if not path or any(other != path and other[: len(path)] == path for other in paths):
        return ""
    heading = _unnumbered(path[-1])
    return heading if _may_lead(heading) and heading not in item.text else ""


def _may_lead(heading: str) -> bool:
    """Whether a heading may stand in front of a sentence: no figure in it, which would need a look at its marks."""
    plain = _YEAR.sub("", heading)
    return 0 < len(heading) <= _LONGEST_HEADING and not mentions(plain) and not _NOT_WORDS.search(plain)


def below(best: Candidate, question: Question, passages_of: PassagesOf) -> list[Candidate]:
    """What a section says whose very heading is the best sentence: its parts in short, else its leads, else the first
    sentences; empty where the sentence is no heading.
    """
    path, heading = best.passage.path, best.text.strip().rstrip("。：:")
    if not path or not heading or heading not in path[-1]:
        return []
    under = [one for one in passages_of(best.report.id) if one.path[: len(path)] == path]
    held = [replace(best, passage=one) for one in under if one.part == best.passage.part]
    items = [
        item
        for one in held
        for item in _sentences(one)
        if item.text.strip().rstrip("。：:") != heading
        and not other_year_only(question, item.text)
        and not wrong_half(question, item.passage, item.text)
    ]
    if len({item.passage.section_id for item in items}) >= _FEW:
        return outline(items)
    leads = [item for item in items if is_lead(item)]
    told = (leads if len(leads) > 1 else items)[:_MOST_LED]
    lead = _unnumbered(heading)
    return [replace(told[0], under=lead if _may_lead(lead) else ""), *told[1:]] if told else []


def _unnumbered(heading: str) -> str:
    number = numbering_at(heading)
    return heading[number.end if number else 0 :].strip("。：:； ")


def by_body(slot: Slot, across: Across) -> list[Candidate]:
    """Of each body of the sort asked for the best sentence that names the topic; the best of all where none does."""
    best: dict[str | None, Candidate] = {}
    for item in slot.answering:
        if item.own >= _NAMES and across.fits(item.report.region):
            best.setdefault(item.report.org, item)
    return list(best.values())[:_MOST_BODIES] or [slot.answering[0]]


def is_lead(item: Candidate) -> bool:
    """Whether a sentence is only the lead of those behind it."""
    text = item.text.strip()
    behind = item.passage.text.text[item.end :].split("\n", 1)[0].strip()
    return len(text) <= _LEAD and text.endswith("。") and not _FIGURE.search(text) and bool(behind)


def _led(slot: Slot, best: Candidate, question: Question, grams: tuple[Gram, ...]) -> list[Candidate]:
    """What stands under leads that name the topic, each to the end of its paragraph, in the passages found."""
    passages = {item.passage.id: item for item in slot.answering if item.report.id == best.report.id}
    found: list[Candidate] = []
    for held in passages.values():
        under, text, last = False, held.passage.text.text, 0
        for item in _sentences(held):
            under = under and "\n" not in text[last : item.start]
            last = item.end
            if is_lead(item):
                under = coverage(grams, [(question.topic.meant(item.text), 1.0)]) >= _NAMES
            elif under:
                found.append(item)
    return _in_order(found)[:_MOST_LED]


def _sentences(held: Candidate) -> Iterator[Candidate]:
    """Every sentence of the passage that `held` stands in."""
    text = held.passage.text.text
    for start, end in evidence_spans(held.passage):
        yield replace(held, start=start, end=end, text=text[start:end])


def _in_order(items: Sequence[Candidate]) -> list[Candidate]:
    return sorted(items, key=lambda item: (item.passage.ordinal, item.start))
