"""The skeleton of a section, without a language model: topic sentences and measures as short phrases, each with its
source, figures from facts or as placeholders.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from assistant.drafting.adding import once
from assistant.drafting.composed import Composed, Draughtsman
from assistant.drafting.material import gather, room_for, said_by_report
from assistant.drafting.overlap import MOST, nearest, share_in, too_near
from assistant.drafting.pieces import Group, Line, Material
from assistant.drafting.placing import place_facts
from assistant.drafting.reviewing import gather_review
from assistant.drafting.told import own_year
from assistant.drafting.types import Order, Topic
from assistant.drafting.usual import closes_with
from ingest.archive import Archive
from ingest.archive.records import PassageRecord

_HAN = "一二三四五六七八九十"
_TRIES = 10
_TARGETS = {"总结": "主要指标完成情况"}
_WEAK = "补齐短板弱项"
PLAIN_LEAD = "落实重点任务"
"""Opens a block of measures that has no topic sentence of its own, where a section has several blocks."""
NOTHING = "“{heading}”在档案中没有可参照的段落，只列出需要填写的内容。"
QUARREL = "“{name}”的几项事实互相矛盾，已留待填写，请核对后只保留一个数。"


def compose(
    order: Order,
    topic: Topic,
    problems: Sequence[PassageRecord],
    archive: Archive,
    facts: Iterable[int] | None = None,
    taken: Sequence[str] = (),
    without: Collection[str] = (),
    stress: Sequence[str] = (),
) -> Composed:
    """A section's skeleton. `facts`: numbers of the facts that stand here (None: those that fit this topic alone);
    `taken`: phrases of other sections, which are not said again; `without`: lines that shall not be used; `stress`:
    words that the measures shall speak of first.
    """
    return worded(order, topic, material_for(order, topic, problems, archive, facts, taken, without, stress))


def material_for(
    order: Order,
    topic: Topic,
    problems: Sequence[PassageRecord],
    archive: Archive,
    facts: Iterable[int] | None = None,
    taken: Sequence[str] = (),
    without: Collection[str] = (),
    stress: Sequence[str] = (),
) -> Material:
    """What the section is made of, chosen so that its skeleton keeps its distance from each exemplar."""
    room = room_for(archive, order)
    numbers = place_facts(order, [topic], room.kept.body.field)[0] if facts is None else list(facts)
    dropped = set(without)
    year = own_year(archive, order, room.kept.body.reports)

    def gathered() -> Material:
        if order.kind == "总结":
            return once(gather_review(order, topic, year, problems, room, numbers, taken, dropped, stress))
        return once(gather(order, topic, problems, room, numbers, taken, dropped, stress))

    material, said = gathered(), said_by_report(room.kept)
    for _ in range(_TRIES):
        text = worded(order, topic, material).text
        report = too_near(text, topic.exemplars, "skeleton")
        if report is None:
            report, share = nearest(text, said)  # what is usual may stand in a report that was not looked at
            if share <= MOST["skeleton"]:
                break
        lines = [
            one
            for group in material.groups
            for one in group.lines
            if (one.stretch is not None and one.stretch.passage.report_id == report)
            or (one.fact is None and share_in(one.text, said.get(report, "")) > 0)
        ]
        if not lines:
            break
        dropped.add(max(lines, key=lambda one: len(one.text)).text)
        material = gathered()
    return material


def worded(order: Order, topic: Topic, material: Material, *, flowing: bool = False) -> Composed:
    """The material as text in the official form. `flowing`: the measures are whole sentences, not list items."""
    page = Draughtsman()
    blocks = [*material.groups]
    count = len(blocks) + bool(material.targets) + (material.problem is not None)
    number = 0
    for group in blocks:
        number += 1
        _begin(page, number if count > 1 else 0)
        _group(page, group, material.numbered, flowing, alone=count == 1)
    if material.targets:
        number += 1
        _begin(page, number if count > 1 else 0)
        page.add(f"{_TARGETS.get(order.kind, '明确目标任务')}。")
        _listed(page, material.targets, "，" if len(material.targets) < 3 else "；")
        page.add("。")
    if material.problem is not None:
        number += 1
        _begin(page, number if count > 1 else 0)
        page.add(f"{_WEAK}。针对")
        _add(page, material.problem)
        page.add("的问题，逐项制定整改措施，明确责任单位和完成时限。")
    notes = [QUARREL.format(name=name) for name in material.contradictory]
    if not topic.exemplars and not closes_with(order, topic.heading):
        notes.append(NOTHING.format(heading=topic.heading))
    if material.is_empty:
        what = topic.heading.replace("，", "、")
        page.add(f"【待填：{what}，简述】。" if order.kind == "总结" else f"【待填：{what}的主要举措，简述】。")
    lines = [one.text for group in material.groups for one in group.lines] + [one.text for one in material.targets]
    leads = [group.lead.text for group in material.groups if isinstance(group.lead, Line)]
    said = [*lines, *leads, *material.indicators, *((material.problem.text,) if material.problem is not None else ())]
    return Composed(page.text, tuple(page.drawn), "skeleton", tuple(notes), tuple(said))


def _begin(page: Draughtsman, number: int) -> None:
    if page.text:
        page.add("\n")
    if number:
        page.add(f"（{_HAN[number - 1]}）")


def _group(page: Draughtsman, group: Group, numbered: bool, flowing: bool, *, alone: bool) -> None:
    if isinstance(group.lead, Line):
        _add(page, group.lead)
        page.add("。")
    elif group.lead:
        page.add(group.lead)
        page.add("。" if numbered or flowing else "：")
    elif not alone:
        page.add(f"{PLAIN_LEAD}。")
    for place, line in enumerate(group.lines):
        if flowing:
            _add(page, line)
            page.add("。")
            continue
        if numbered:
            page.add(f"\n{place + 1}." if page.text else f"{place + 1}.")
        elif len(group.lines) > 1:
            page.add(f"{_HAN[place]}是" if place < len(_HAN) else "")
        _add(page, line)
        page.add("。" if numbered or place + 1 == len(group.lines) else "；")
    if group.close is not None:
        page.add("\n" if numbered else "")
        _add(page, group.close)
        page.add("。")


def _listed(page: Draughtsman, lines: Sequence[Line], between: str) -> None:
    for place, line in enumerate(lines):
        if place:
            page.add(between)
        _add(page, line)
        if line.last is not None:
            page.add(line.last[0], "figure", stretch=line.last[1])


def _add(page: Draughtsman, line: Line) -> None:
    page.add(
        line.whole,
        line.kind if line.fact is not None or line.stretch is not None else None,
        fact=line.fact,
        stretch=line.stretch,
    )
