"""What a plan of this kind usually has: the topics of most neighbours, else of those above or below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from assistant.drafting.bodies import Relation, places_of
from assistant.drafting.headings import bigrams, core, dice, is_slogan
from assistant.drafting.recast import as_plan, is_neutral
from assistant.drafting.sections import Stock, TopicSection
from assistant.drafting.themes import SAME, similarity, themes, themes_of
from assistant.drafting.types import Order, Topic
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


PROBLEMS, NEXT = "存在的主要问题", "下一步工作打算"
_PROBLEMS = re.compile(r"问题|不足|短板|困难|薄弱环节")
_NEXT = re.compile(
    r"下一步|下步|(?:明年|来年|今后|下一?年)[^，。]{0,8}(?:打算|计划|安排|思路|工作|重点)|工作(?:打算|思路|计划|安排)$"
)


def closing(order: Order) -> tuple[Topic, ...]:
    """What a review ends with whatever its topics are: the problems, and what is next."""
    if order.kind != "总结" or order.sections:
        return ()
    return tuple(Topic(name, (), "总结通常以此收尾") for name in (PROBLEMS, NEXT))


def closes_with(order: Order, heading: str) -> str:
    """PROBLEMS or NEXT where a heading of a review is for these, else empty."""
    if order.kind != "总结":
        return ""
    return NEXT if _NEXT.search(heading) else PROBLEMS if _PROBLEMS.search(heading) else ""


def part_of(order: Order) -> Part:
    """Which part of earlier reports an order is modelled on."""
    return "review" if order.kind == "总结" else "plan"


def common(kept: Stock, order: Order, least: float = MOST_HAVE) -> list[Candidate]:
    """What most neighbours have (`least`: what share of them), else those above or below: in their plans, and in
    reviews where plans are few or none.
    """
    sources: tuple[Sequence[Part], ...] = ((part_of(order), "review"), ("review",))
    field = kept.body.field
    places = places_of(one.report for one in kept.sections)
    for parts in sources:
        for relation in _OTHERS:
            pool = _pool(kept, parts, relation)
            if pool:
                return _topics_of(pool, field, places, part_of(order), least)
    return []


def usual_number(kept: Stock, order: Order) -> int:
    """How many topics a plan of the neighbours usually has, 0 where there is none."""
    for relation in _OTHERS:
        pool = [one for one in kept.of(part_of(order), relation) if one.name]
        counts = Counter((one.report.id, one.period) for one in pool)
        if counts:
            return round(median(counts.values()))
    return 0


def _pool(kept: Stock, sources: Sequence[Part], relation: Relation) -> list[TopicSection]:
    """What bodies of a relation write in the first of `sources`, and in the others too where that are few."""

    def of(part: Part) -> list[TopicSection]:
        found = [one for one in kept.of(part, relation) if one.name]
        return _latest_of_each([one for one in found if one.period is not None] or found)

    pool = of(sources[0])
    for part in sources[1:]:
        if pool and len({_writer(one) for one in pool}) < _FEW:
            pool = [*pool, *of(part)]
    return pool


def _topics_of(
    pool: Sequence[TopicSection], field: str, places: frozenset[str], part: Part, share: float
) -> list[Candidate]:
    bodies = {_writer(one) for one in pool}
    slogans = {_writer(one) for one in pool if is_slogan(one.name)}
    least = share * len(bodies)
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
