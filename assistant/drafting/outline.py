"""The topics that a new plan shall have: as the body wrote last, and what its earlier plans and most neighbours have.

One rule of order: the body's own last plan keeps its order; what is added stands where it stands in its sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.drafting import exemplars
from assistant.drafting.bodies import Relation
from assistant.drafting.exemplars import misfit
from assistant.drafting.headings import bigrams, core, dice, is_slogan
from assistant.drafting.recast import as_plan
from assistant.drafting.sections import Stock, TopicSection, stock
from assistant.drafting.themes import SAME, similarity, themes, themes_of
from assistant.drafting.types import Length, Order, Topic
from assistant.drafting.usual import MOST_HAVE, Candidate, closing, common, grouped, mean, part_of, usual_number
from ingest.archive import Archive

MOST: dict[Length, int] = {"短": 5, "中": 8, "长": 12}
"""Headings by length. A middling outline is not shorter than the body's own last plan, up to MOST_OWN."""
MOST_OWN = 12
_MORE, _MORE_UNSURE = 2, 3
"""So many topics that neighbours have may come on top of an own plan of full length, or of their usual number."""
_OWN, _EARLIER, _REVIEWED = 3.0, 1.5, 1.0
_EARLIER_YEARS = 3
_SOME_HAVE = 0.25
"""Where no own plan says what a body plans, so many neighbours' topics are offered as far as there is room; before
headings of its own review that name no field of work, for next year's slogan is another.
"""
_LAST = frozenset({"security", "government", "guarantee"})
"""Fields that stand at the end of a plan where its own order does not say otherwise."""


def propose(archive: Archive, order: Order) -> tuple[Topic, ...]:
    """The outline, each heading with its exemplars: the writer's own headings where he gives them."""
    if order.sections:
        wanted = [Candidate(name, 0.0, 0.0, "写作者指定的标题") for name in order.sections]
    else:
        wanted = headings(stock(archive, order), order)
    found = tuple(Topic(one.name, exemplars.find(archive, order, one.name, None), one.reason) for one in wanted)
    return (*found, *closing(order))


def notes(archive: Archive, order: Order) -> tuple[str, ...]:
    """Chinese lines on what the outline rests on where the archive holds less than one would wish."""
    kept = stock(archive, order)
    part = part_of(order)
    own = bool(kept.body.reports)
    lines = []
    if not own:
        lines.append(f"档案中没有“{order.org}”的报告")
    elif not kept.of(part, "own"):
        what = "总结" if part == "review" else "计划"
        lines.append(f"档案中没有“{order.org}”{order.last_year}年及以前的{what}")
    if lines and not order.sections:
        others: tuple[Relation, ...] = ("peer", "above", "below", "other")
        peers = kept.of(part, *others) or kept.of("review", *others)
        review = "本单位的总结，" if own and kept.of("review", "own") else ""
        basis = f"{review}同级或相关单位的报告" if peers else (review.rstrip("，") or "通用的标题")
        lines[0] += f"，提纲参照{basis}拟定"
    return tuple(f"{line}。" for line in lines)


def headings(kept: Stock, order: Order) -> list[Candidate]:
    """The proposed headings in their order."""
    field = kept.body.field
    base = _base(kept, order)
    planned = any(one.weight >= _OWN for one in base)
    usual = common(kept, order, MOST_HAVE if planned else _SOME_HAVE)
    chosen: list[Candidate] = []
    for one in base:
        if not _covered(one.name, chosen, field, wording=True):
            chosen.append(replace(one, weight=one.weight + _shared(one.name, usual, field)))
    own = [*_earlier(kept, order), *_reviewed(kept, order)]
    if not chosen and not own and not usual:
        return _standard(kept, order)
    added: list[Candidate] = []
    for one in [*own, *([] if planned else _planned(order, field, usual)), *usual]:
        if not _covered(one.name, [*chosen, *added], field):
            added.append(one)
    if planned:
        return _arranged(chosen, added, order, field, len(chosen), _MORE)
    return _arranged(chosen, added, order, field, usual_number(kept, order), _MORE_UNSURE)


def _planned(order: Order, field: str, usual: Sequence[Candidate]) -> list[Candidate]:
    """What plans of the field have far more often than reviews name it, where neighbours have it or else in order."""
    if order.kind == "总结":
        return []
    every = themes(field)
    found = []
    for number, theme in enumerate(every):
        if theme.planned:
            place = next((one.position for one in usual if one.name == theme.heading), (number + 0.5) / len(every))
            found.append(Candidate(theme.heading, _OWN, place, "同类计划通常单列此项"))
    return found


def _arranged(
    chosen: list[Candidate], added: list[Candidate], order: Order, field: str, usual: int, more: int
) -> list[Candidate]:
    """As many as the length allows, the weightiest first; own ones in their order, the others put in by position.

    `usual`: how many topics the body's own last plan has, else its neighbours' plans; `more`: so many on top.
    """
    most = MOST[order.length]
    if order.length == "中":
        usual = min(usual, MOST_OWN)
        shared = sum(one.weight >= MOST_HAVE for one in added)
        most = max(most, usual + min(more, shared, MOST_OWN - usual))
    kept = sorted(sorted([*chosen, *added], key=lambda one: -one.weight)[:most], key=lambda one: _place(one, field))
    own_ones = [one for one in chosen if one in kept]
    result = list(own_ones)
    for one in (one for one in kept if one not in own_ones):
        at = next((i for i, other in enumerate(result) if _place(other, field) > _place(one, field)), len(result))
        result.insert(at, one)
    return result


def _place(one: Candidate, field: str) -> float:
    return max(one.position, 0.98) if not one.based and themes_of(one.name, field) & _LAST else one.position


def _base(kept: Stock, order: Order) -> list[Candidate]:
    """The headings of the body's own last plan of the kind, else of its last review, recast."""
    part = part_of(order)
    for source, weight in ((part, _OWN), ("review", _REVIEWED + 1)):
        own = [one for one in kept.of(source, "own") if one.name]
        last = _last_plan([one for one in own if one.period is not None] or own, order)
        found = []
        for one in last:
            name = one.name if source == part else as_plan(one.name, kept.body.field)
            if name and not is_slogan(name):
                says = source == part or kept.body.field == "general" or themes_of(name, kept.body.field)
                own_weight = weight if says else _SOME_HAVE
                found.append(Candidate(name, own_weight, one.position, _reason(one, source == part), based=True))
        if found:
            return found
    return []


def _last_plan(sections: Sequence[TopicSection], order: Order) -> list[TopicSection]:
    """The topics of one report: of the fitting kind first, of the latest year, the fullest."""
    plans: dict[tuple[int, int, int], list[TopicSection]] = defaultdict(list)
    for one in sections:
        plans[misfit(one, order), -one.year, one.report.id].append(one)
    if not plans:
        return []
    newest = max(-year for _, year, _ in plans)
    recent = {key: value for key, value in plans.items() if -key[1] > newest - _EARLIER_YEARS}
    best = min(recent, key=lambda key: (key[0], key[1], -len(recent[key]), key[2]))
    return recent[best]


def _earlier(kept: Stock, order: Order) -> list[Candidate]:
    """What the body's other plans of the last years have, those that come up most often first."""
    field = kept.body.field
    own = [one for one in kept.of(part_of(order), "own") if one.name and order.last_year - one.year < _EARLIER_YEARS]
    groups = grouped(own, field)
    found = []
    for group in groups:
        latest = min(group, key=lambda one: (misfit(one, order), -one.year, one.report.id))
        years = len({one.year for one in group})
        if not is_slogan(latest.name):
            weight = _EARLIER + 0.3 * len({one.report.id for one in group}) + 0.2 * years
            found.append(Candidate(latest.name, weight, mean(group), _reason(latest, True)))
    return sorted(found, key=lambda one: -one.weight)


def _reviewed(kept: Stock, order: Order) -> list[Candidate]:
    """What the body reports of its last year and its plans did not name."""
    if part_of(order) == "review":
        return []
    own = [one for one in kept.of("review", "own") if one.name and one.year >= order.last_year - 1 and not one.half]
    found = []
    for one in sorted(own, key=lambda one: (-one.year, one.report.id, one.position)):
        name = as_plan(one.name, kept.body.field)
        if name and not is_slogan(name) and themes_of(name, kept.body.field):
            found.append(Candidate(name, _REVIEWED, one.position, _reason(one, False)))
    return found


def _covered(name: str, chosen: Iterable[Candidate], field: str, *, wording: bool = False) -> bool:
    """Whether the headings chosen name all that this one does. `wording`: only one in nearly the same words counts."""
    if wording:
        return any(dice(bigrams(core(name)), bigrams(core(one.name))) >= 0.8 for one in chosen)
    own = themes_of(name, field)
    named = frozenset[str]().union(*(themes_of(one.name, field) for one in chosen))
    if own:
        return own <= named
    return any(similarity(name, one.name, field) >= SAME for one in chosen)


def _shared(name: str, usual: Iterable[Candidate], field: str) -> float:
    return max((one.weight for one in usual if themes_of(name, field) & themes_of(one.name, field)), default=0.0)


def _reason(section: TopicSection, as_written: bool) -> str:
    half = {None: "", 1: "上半年", 2: "下半年"}[section.period.half if section.period is not None else None]
    what = "总结" if section.part == "review" else ("工作要点" if section.report.kind == "工作要点" else "计划")
    verb = "沿用" if as_written else "据"
    when = f"{section.year}年" if section.period is not None else "年份不详的"
    return f"{verb}本单位{when}{half}{what}的标题" + ("" if as_written else "拟定")


def _standard(kept: Stock, order: Order) -> list[Candidate]:
    """A plain outline of the field where the archive has nothing to go by."""
    plain = [
        Candidate(theme.heading, 0.0, 0.0, "档案中没有可参照的报告，用通用标题") for theme in themes(kept.body.field)
    ]
    return plain[: MOST[order.length]]
