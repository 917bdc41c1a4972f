"""What a section is made of, before it is worded: measures in groups, target lines, the writer's facts, a problem."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from assistant.drafting import problems as problem_room
from assistant.drafting.composed import placeholders_in
from assistant.drafting.foreign import Names, names_for
from assistant.drafting.headings import bigrams, clean_heading, core, dice
from assistant.drafting.leads import with_leads
from assistant.drafting.measures import STRESSED, Candidate, alike, candidates, telling_grams
from assistant.drafting.overlap import dense
from assistant.drafting.phrases import recast
from assistant.drafting.pieces import Group, Line, Material
from assistant.drafting.sections import Stock, stock
from assistant.drafting.targets import Target, fact_lines, own_lines
from assistant.drafting.themes import themes_of
from assistant.drafting.types import Exemplar, Length, Order, SourceKind, Topic
from assistant.evidence.addressed import evidence_spans
from assistant.promises.types import Stretch
from ingest.archive import Archive
from ingest.archive.records import PassageRecord
from ingest.clean import normalise

MEASURES: dict[Length, int] = {"短": 3, "中": 5, "长": 8}
_GROUPS: dict[Length, int] = {"短": 1, "中": 2, "长": 3}
_LEAST_OF_GROUP = 2
_LEAD = 16
_FIT = 1.0
"""An own measure below it belongs to another topic."""
_LEAST = 3
_AIMED = 0.0
"""A goal below it is what some other measure was for: not even a short section is filled up with it."""
_ANOTHER = 0.8


@dataclass(frozen=True, slots=True)
class Room:
    """What the sections of one draft share: the stock, its names, the last review, and how facts are placed."""

    kept: Stock
    names: Names
    review: tuple[PassageRecord, ...]
    places: frozenset[str]


_said: list[tuple[object, dict[int, str]]] = []


def said_by_report(kept: Stock) -> dict[int, str]:
    """What each report of the stock says, dense (see `overlap.dense`); kept as long as the stock is."""
    if not _said or _said[0][0] is not kept:
        texts: dict[int, list[str]] = {}
        for one in kept.sections:
            texts.setdefault(one.report.id, []).append(one.text)
        _said[:] = [(kept, {report: dense("\n".join(found)) for report, found in texts.items()})]
    return _said[0][1]


_rooms: list[tuple[object, Room]] = []
"""The room made last: a draft asks for it once a section."""


def room_for(archive: Archive, order: Order) -> Room:
    """The room of an order; kept until the archive or the order's bounds change."""
    kept = stock(archive, order)
    if not _rooms or _rooms[0][0] is not kept:
        own = [one for one in kept.of("review", "own") if one.year]
        last = max((one.year for one in own), default=0)
        review = tuple(passage for one in own if one.year == last for passage in one.passages)
        names = names_for(archive, kept)
        _rooms[:] = [(kept, Room(kept, names, review, names.others))]
    return _rooms[0][1]


def gather(
    order: Order,
    topic: Topic,
    problems: Sequence[PassageRecord],
    room: Room,
    facts: Iterable[int],
    taken: Sequence[str] = (),
    without: Collection[str] = (),
    stress: Sequence[str] = (),
) -> Material:
    """The material of a section. `facts`: numbers of those that belong here; `taken`: what other sections say already;
    `without`: phrases that shall not be used.
    """
    field = room.kept.body.field
    numbers = list(facts)
    texts = [order.facts[n] for n in numbers]
    found = candidates(order, topic, room.names, field, room.review, taken, stress)
    found = [one for one in found if not _left_out(one, without)]
    given = given_lines(order, numbers)
    said = [telling_grams(one.text) for one in texts]
    found = [one for one in found if not any(alike(one.grams, pairs) for pairs in said)]
    lines = fact_lines(order, numbers)
    groups = _groups(order, topic, found, given, room.names, field, frozenset(taken))
    groups = tuple(with_leads(one, order, topic.exemplars, room.names, room.kept.body.level) for one in groups)
    counted = [name for group in groups for line in group.lines for _, _, name, _ in placeholders_in(line.text)]
    named = [fact.indicator for fact in order.facts if fact.indicator]
    known = [*(one.name for one in lines), *named, *counted, *taken]
    lines += own_lines(order, topic, room.names, known)[: max(0, MEASURES[order.length] - len(lines))]
    lines = [one for one in lines if one.text not in without]
    problem = problem_room.fitting(order, topic.heading, problems, room.names, field, taken)
    return Material(
        groups,
        tuple(target_line(one) for one in lines),
        None if problem is None else Line(problem.text, "exemplar", None, problem.stretch),
        is_numbered(topic),
        tuple(one.name for one in lines if one.contradictory),
        tuple(one.name for one in lines),
    )


def _left_out(one: Candidate, without: Collection[str]) -> bool:
    """Whether a line that shall not be used says it, whatever is said with it there."""
    return any(one.phrase.text in line or one.phrase.bare in line for line in without)


def given_lines(order: Order, numbers: Iterable[int]) -> list[Line]:
    """The writer's sentences without an indicator, word for word."""
    texts = [(n, order.facts[n]) for n in numbers]
    return [Line(one.text.strip("。；;，, \n"), "fact", n) for n, one in texts if one.indicator is None]


def target_line(one: Target) -> Line:
    """A line of figures."""
    kind: SourceKind = "fact" if one.fact is not None else "exemplar"
    return Line(one.text, kind, one.fact, one.stretch, one.last)


def _groups(
    order: Order,
    topic: Topic,
    found: Sequence[Candidate],
    given: Sequence[Line],
    names: Names,
    field: str,
    taken: frozenset[str],
) -> tuple[Group, ...]:
    most = MEASURES[order.length]
    room = max(1, most - len(given))
    leads = [pair for pair in _own_leads(found, order, topic) if pair[0].text not in taken][: _GROUPS[order.length]]
    if len(leads) > 1:
        each = -(-room // len(leads))
        groups = []
        for place, (lead, members) in enumerate(leads):
            lines = [_line(one) for one in members[:each]]
            extra = given if place == 0 else ()
            groups.append(Group(lead, (*extra, *lines)))
        return tuple(groups)
    doing = [one for one in found if not one.phrase.goal]
    chosen = _mixed(doing, room)
    if len(chosen) < min(room, 3):
        goals = [one for one in found if one.phrase.goal and one.score >= _AIMED]
        chosen += goals[: min(room, 3) - len(chosen)]
    if not chosen and not given:
        return ()
    lead_line = _goal_lead(order, found, chosen, topic, names, field, taken)
    return (Group(lead_line, (*given, *(_line(one) for one in chosen))),)


def _mixed(found: Sequence[Candidate], most: int) -> list[Candidate]:
    """The best, and among them some of other bodies' where the body's own plan gives most: a plan is to go on, too."""
    asked = [one for one in found if one.score >= STRESSED][:most]
    found, most = [one for one in found if one not in asked], most - len(asked)
    own = [one for one in found if one.own and one.score > _FIT]
    other = [one for one in found if not one.own and one.score > 0]
    weak = [one for one in found if one.own and one.score <= _FIT]
    share = min(len(other), max(most // 3, most - len(own)))
    chosen = own[: most - share] + other[:share]
    return [*asked, *chosen, *weak[: max(0, min(most, _LEAST) - len(chosen))]]


def _own_leads(found: Sequence[Candidate], order: Order, topic: Topic) -> list[tuple[Line, list[Candidate]]]:
    """The topic sentences of the body's own last plan that have measures enough, in their order there."""
    grouped: dict[str, list[Candidate]] = {}
    for one in found:
        if one.own and one.lead and not one.phrase.goal:
            grouped.setdefault(one.lead, []).append(one)
    pairs = bigrams(core(topic.heading))
    result = []
    for lead, members in grouped.items():
        phrase = recast(lead, order.year, own=True)
        text = phrase.text if phrase is not None and "【" not in phrase.text else lead
        if len(text) > _LEAD or dice(bigrams(core(text)), pairs) >= 0.6 or len(members) < _LEAST_OF_GROUP:
            continue
        first = min(members, key=lambda one: (one.number, one.stretch.passage.ordinal))
        passage = first.stretch.passage
        at = normalise(passage.text.text).find(lead)
        stretch = Stretch(passage, at, at + len(lead)) if at >= 0 else first.stretch
        result.append((Line(text, "exemplar", None, stretch), members))
    best = sorted(result, key=lambda pair: -sum(one.score for one in pair[1][:3]))
    return sorted(best[:3], key=lambda pair: (pair[1][0].number, pair[1][0].stretch.passage.ordinal))


def _goal_lead(
    order: Order,
    found: Sequence[Candidate],
    chosen: Sequence[Candidate],
    topic: Topic,
    names: Names,
    field: str,
    taken: frozenset[str],
) -> Line | str:
    """A topic sentence from what the body's plans say is to come of the measures, else from a heading; empty where
    there is none: the section's own heading says what it is about.
    """
    pairs = bigrams(core(topic.heading))
    for one in found:
        fits = one.own and one.phrase.goal and "【" not in one.phrase.text and len(one.phrase.text) <= _LEAD
        if (
            fits
            and len(bigrams(one.phrase.text) & pairs) >= 2
            and not any(alike(one.grams, other.grams) for other in chosen)
        ):
            return Line(one.phrase.text, "exemplar", None, one.stretch)
    for exemplar in topic.exemplars:
        name = clean_heading(exemplar.heading, order.year)
        phrase = recast(name, order.year, own=exemplar.own) if name and "，" not in name else None
        if phrase is None or len(phrase.text) > _LEAD or dice(bigrams(phrase.text), bigrams(topic.heading)) > _ANOTHER:
            continue
        about = bool(themes_of(phrase.text, field) & themes_of(topic.heading, field))
        if about and phrase.text not in taken and not names.foreign(phrase.text, own=exemplar.own):
            stretch = _spoken_of(phrase.text, exemplar)
            if stretch is not None:
                return Line(phrase.text, "exemplar", None, stretch)
    return ""


def _spoken_of(lead: str, exemplar: Exemplar) -> Stretch | None:
    """The sentence under an exemplar's heading that has most of the heading's words, for a heading is in no passage;
    None where none has any: what is about other things is no source.
    """
    pairs, best, most = telling_grams(lead), None, 1
    for passage in exemplar.passages:
        for start, end in evidence_spans(passage):
            shared = len(pairs & bigrams(passage.text.text[start:end]))
            if shared > most:
                best, most = Stretch(passage, start, end), shared
    return best


def _line(one: Candidate) -> Line:
    return Line(one.phrase.text, "exemplar", None, one.stretch)


_NUMBERED = re.compile(r"(?m)^\s*\d{1,2}[.、．](?!\d)")
_FIRST = re.compile(r"[一二三四五六七八九十]是")


def is_numbered(topic: Topic) -> bool:
    """Whether the body's own last plan lists its measures 1. 2. 3."""
    own = "\n".join(one.text for one in topic.exemplars if one.own)
    return len(_NUMBERED.findall(own)) > max(1, len(_FIRST.findall(own)))
