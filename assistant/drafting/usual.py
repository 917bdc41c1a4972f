"""What a plan of this kind usually has: the topics of most neighbours, else of those above or below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from assistant.drafting.bodies import Relation, places_of
from assistant.drafting.headings import bigrams, core, dice, is_slogan
from assistant.drafting.recast import as_plan, is_neutral
from assistant.drafting.sections import Stock, TopicSection
from assistant.drafting.themes import SAME, similarity, themes, themes_of
from assistant.drafting.types import Order
from ingest.types import Part

MOST_HAVE = 0.5
"""A topic that this share of neighbours has is missing where a body lacks it."""
_FEW = 3
"""Plans of fewer bodies say little about what is usual."""
_OTHERS: tuple[Relation, ...] = ("peer", "above", "below", "other")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A heading that may be proposed. `weight`: how much speaks for it; `position`: where it stands, 0 to 1."""

    name: str
    weight: float
    position: float
    reason: str
    based: bool = False


def part_of(order: Order) -> Part:
    """Which part of earlier reports an order is modelled on."""
    return "review" if order.kind == "总结" else "plan"


def common(kept: Stock, order: Order) -> list[Candidate]:
    """What most neighbours have, else those above or below: in their plans, and in reviews where plans are few."""
    field = kept.body.field
    places = places_of(one.report for one in kept.sections)
    for relation in _OTHERS:
        pool = _pool(kept, order, relation)
        if pool:
            return _topics_of(pool, field, places, part_of(order))
    return []


def usual_number(kept: Stock, order: Order) -> int:
    """How many topics a plan of the neighbours usually has, 0 where there is none."""
    for relation in _OTHERS:
        pool = [one for one in kept.of(part_of(order), relation) if one.name]
        counts = Counter((one.report.id, one.period) for one in pool)
        if counts:
            return round(median(counts.values()))
    return 0


def _pool(kept: Stock, order: Order, relation: Relation) -> list[TopicSection]:
    def of(part: Part) -> list[TopicSection]:
        found = [one for one in kept.of(part, relation) if one.name]
        return _latest_of_each([one for one in found if one.period is not None] or found)

    pool = of(part_of(order))
    return pool if len({_writer(one) for one in pool}) >= _FEW or not pool else [*pool, *of("review")]


def _topics_of(pool: Sequence[TopicSection], field: str, places: frozenset[str], part: Part) -> list[Candidate]:
    bodies = {_writer(one) for one in pool}
    slogans = {_writer(one) for one in pool if is_slogan(one.name)}
    least = MOST_HAVE * len(bodies)
    found = []
    named = themes(field)
    for theme in named:
        having = [one for one in pool if theme.name in themes_of(one.name, field)]
        count = len({_writer(one) for one in having})
        if count and count >= least:
            reason = f"{len(bodies)}个同类或相关单位中有{count}个写了此项"
            found.append(Candidate(theme.heading, count / len(bodies), mean(having), reason))
    for group in grouped([one for one in pool if not themes_of(one.name, field)], field):
        count = len({_writer(one) for one in group})
        name = _typical(group, places)
        name = as_plan(name, field) if name and all(one.part != part for one in group) else name
        if name and count > 1 and count >= least and (not is_slogan(name) or len(slogans) > len(bodies) / 2):
            reason = f"{len(bodies)}个同类或相关单位中有{count}个写了此项"
            found.append(Candidate(name, count / len(bodies), mean(group), reason))
    return sorted(found, key=lambda one: -one.weight)


def _typical(group: Sequence[TopicSection], places: frozenset[str]) -> str:
    """The heading nearest to the others that names nothing of its own."""
    neutral = [one for one in group if is_neutral(one.name, places)]
    pairs = {one.name: bigrams(core(one.name)) for one in neutral}
    return max(pairs, key=lambda name: sum(dice(pairs[name], other) for other in pairs.values()), default="")


def grouped(pool: Iterable[TopicSection], field: str) -> list[list[TopicSection]]:
    """Sections of one topic, each with the first of its group that it is like (leader clustering)."""
    groups: list[list[TopicSection]] = []
    for one in pool:
        near = max(groups, key=lambda group: similarity(one.name, group[0].name, field), default=None)
        if near is not None and similarity(one.name, near[0].name, field) >= SAME:
            near.append(one)
        else:
            groups.append([one])
    return groups


def _latest_of_each(pool: Sequence[TopicSection]) -> list[TopicSection]:
    """One plan of each body: a body that wrote ten does not count ten times."""
    newest: dict[str, int] = {}
    for one in pool:
        body = _writer(one)
        newest[body] = max(newest.get(body, 0), one.year)
    return [one for one in pool if one.year == newest[_writer(one)]]


def _writer(section: TopicSection) -> str:
    """The body of a section, however spelt: neighbours are of one sort, so that the place tells them apart."""
    report = section.report
    return report.region or report.org or report.title


def mean(sections: Sequence[TopicSection]) -> float:
    """Where sections of one topic stand on average, 0 to 1."""
    return sum(one.position for one in sections) / len(sections)
