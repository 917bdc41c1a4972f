"""The material of a review: what the body's own reports of that year tell as done, and for the rest places to fill in.

Nothing is said to be done, reached or lacking in the year unless a report of that very year says so; what was planned
for it, and what earlier reviews spoke of, is only asked after.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from assistant.drafting.foreign import Names
from assistant.drafting.material import MEASURES, Room, given_lines, is_numbered, target_line
from assistant.drafting.measures import alike, candidates, telling_grams
from assistant.drafting.pieces import Group, Line, Material
from assistant.drafting.problems import named_in
from assistant.drafting.targets import Target, Told, fact_lines, own_lines, same_indicator, worded
from assistant.drafting.told import Done, OwnYear, done_of, figures_of, is_half, planned_of
from assistant.drafting.types import Length, Order, Topic
from assistant.drafting.usual import NEXT, PROBLEMS, closes_with
from ingest.archive.records import PassageRecord
from ingest.clean import normalise

_OPEN: dict[Length, int] = {"短": 2, "中": 3, "长": 5}
"""So many things are asked after at most."""
_MOST_PROBLEMS = 6
FIRST_HALF, WHOLE_YEAR = "上半年已开展以下工作", "全年重点做了以下工作"
NEXT_BLANK = "【待填：下一年主要目标和重点工作】"


def gather_review(
    order: Order,
    topic: Topic,
    year: OwnYear,
    problems: Sequence[PassageRecord],
    room: Room,
    facts: Sequence[int],
    taken: Sequence[str],
    without: Collection[str],
    stress: Sequence[str] = (),
) -> Material:
    """What a section of a review says. `problems`: passages of the body's last review; the rest as for a plan."""
    ends = closes_with(order, topic.heading)
    if ends:
        groups = _problems(order, year, problems, room.names, facts) if ends == PROBLEMS else ()
        groups = _next(order, year, problems, room.names, facts) if ends == NEXT else groups
        return Material(groups, (), None, numbered=False)
    field = room.kept.body.field
    given = given_lines(order, facts)
    said = [telling_grams(one) for one in (*(order.facts[n].text for n in facts), *taken)]

    def is_new(text: str) -> bool:
        pairs = telling_grams(text)
        return not any(text in line for line in without) and not any(alike(pairs, other) for other in said)

    done = [one for one in done_of(year, topic.heading, room.names, field) if is_new(one.text)]
    done = done[: max(1, MEASURES[order.length] - len(given))]
    said += [telling_grams(one.text) for one in done]
    asked = list(_asked(order, topic, year, room, is_new, said, stress))
    worked = _worked(topic, given, done, asked)
    lines = _targets(order, topic, figures_of(year, topic.heading, order, room.names, field), room.names, facts, taken)
    lines = [(one, line) for one, line in lines if line.text not in without]
    return Material(
        tuple(worked),
        tuple(line for _, line in lines),
        None,
        is_numbered(topic),
        tuple(one.name for one, _ in lines if one.contradictory),
        tuple(one.name for one, _ in lines),
    )


def _worked(topic: Topic, given: Sequence[Line], done: Sequence[Done], asked: Sequence[Line]) -> list[Group]:
    """The first half's doings apart, for they do not tell of the year."""
    whole = [Line(one.text, "exemplar", None, one.stretch) for one in done if not one.half]
    half = [Line(one.text, "exemplar", None, one.stretch) for one in done if one.half]
    groups = [Group(FIRST_HALF, tuple(half))] if half else []
    if given or whole or asked:
        groups.append(Group(WHOLE_YEAR if half else "", (*given, *whole, *asked)))
    return groups


def _asked(
    order: Order,
    topic: Topic,
    year: OwnYear,
    room: Room,
    is_new: Callable[[str], bool],
    said: list[frozenset[str]],
    stress: Sequence[str],
) -> Iterator[Line]:
    """Places for what the reader will look for: the year's plan first, then what earlier reviews spoke of."""
    field = room.kept.body.field
    planned = planned_of(year, topic.heading, room.names, field)
    earlier = candidates(order, topic, room.names, field, (), (), stress)
    left = _OPEN[order.length]
    for one in (*planned, *([one for one in earlier if one.own] or earlier)):
        if left and not one.phrase.goal and is_new(one.phrase.bare):
            said.append(telling_grams(one.phrase.bare))
            left -= 1
            yield Line(f"【待填：{one.phrase.bare}情况】", "exemplar", None, one.stretch)


def _targets(
    order: Order, topic: Topic, told: Sequence[Told], names: Names, facts: Sequence[int], taken: Sequence[str]
) -> list[tuple[Target, Line]]:
    """Figures of the year: the writer's, those of the body's own reports of the year, else places to fill in."""
    lines = fact_lines(order, facts)
    named = [fact.indicator for fact in order.facts if fact.indicator]
    known = [*(one.name for one in lines), *named, *taken]
    result = [(one, target_line(one)) for one in lines]
    most = max(0, MEASURES[order.length] - len(lines))
    new = [one for one in told if not any(same_indicator(one.name, name) for name in known)]
    for one in [one for one in new if not one.half][:most]:
        said = worded(one.name, one.value, rate=one.rate) + (f"（截至{one.as_of}）" if one.as_of else "")
        target = Target(one.name, one.unit, said, None, one.stretch)
        result.append((target, Line(target.text, "figure", None, one.stretch)))
        known.append(one.name)
    for blank in own_lines(order, topic, names, known)[: max(0, most - len(result) + len(lines))]:
        half = next((one for one in new if one.half and same_indicator(one.name, blank.name)), None)
        last = blank.last
        if half is not None:
            when = f"截至{half.as_of}" if half.as_of else "上半年"
            last = f"（{when}{'为' if half.rate else '完成'}{half.value}）", half.stretch
        result.append((blank, Line(blank.text, "exemplar", None, blank.stretch, last)))
    return result


def _problems(
    order: Order, year: OwnYear, problems: Sequence[PassageRecord], names: Names, facts: Sequence[int]
) -> tuple[Group, ...]:
    """What the year's reports call a problem; what older ones did is asked after."""
    lines = list(given_lines(order, facts))
    seen: list[str] = []
    for passage in (*sorted(year.problems, key=is_half), *problems):
        for one in named_in([passage]):
            if len(lines) >= _MOST_PROBLEMS or one.text in seen or names.foreign(one.text, own=True):
                continue
            seen.append(one.text)
            when = "" if _is_whole(passage, order) else "上半年" if passage in year.problems else "上年"
            text = f"{when}提出的{one.text}问题，【待填：目前情况】" if when else one.text
            lines.append(Line(text, "exemplar", None, one.stretch))
    return (Group("工作中还有以下问题需要解决", tuple(lines)),) if lines else ()


def _is_whole(passage: PassageRecord, order: Order) -> bool:
    return passage.period is not None and passage.period.single_year == order.year and not is_half(passage)


def _next(
    order: Order, year: OwnYear, problems: Sequence[PassageRecord], names: Names, facts: Sequence[int]
) -> tuple[Group, ...]:
    """An answer to be given to each problem, and the year to come: nothing of it is known to a review."""
    lines = list(given_lines(order, facts))
    seen: list[str] = []
    for one in named_in(year.problems or problems):
        text = normalise(one.text)
        if len(seen) < _MOST_PROBLEMS // 2 and text not in seen and not names.foreign(text, own=True):
            seen.append(text)
            lines.append(Line(f"针对{one.text}的问题，【待填：改进措施】", "exemplar", None, one.stretch))
    lines.append(Line(NEXT_BLANK, "exemplar"))
    return (Group("下一步重点抓好以下工作", tuple(lines)),)
