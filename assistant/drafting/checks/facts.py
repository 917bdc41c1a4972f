"""Facts of the order that cannot both be true: one indicator with two targets, or with two results."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.drafting.composed import placeholders_in
from assistant.drafting.types import DraftCheck, DraftSection, Fact, Order
from ingest.clean import normalise
from ingest.figures.lexer import values

_NOISE = re.compile(
    r"(?:人数|数量|任务数|目标数|目标值|任务|目标|总数|数)$|[的\s“”（）()]|^(?:全年|全县|全市|全区|全省|年度|年内)"
)


def contradictory(order: Order, sections: Sequence[DraftSection]) -> Iterator[DraftCheck]:
    """One finding for each indicator and role, at the first place that rests on one of the facts, else at the first
    that names the indicator (where a placeholder stands for the figure), else at 0.
    """
    for role in ("target", "result"):
        told: dict[str, list[int]] = defaultdict(list)
        for number, fact in enumerate(order.facts):
            if fact.indicator and getattr(fact, role):
                told[_key(fact.indicator)].append(number)
        for numbers in told.values():
            facts = [order.facts[number] for number in numbers]
            written = list(dict.fromkeys(str(getattr(fact, role)) for fact in facts))
            if len({_value(one) for one in written}) > 1:
                names = [str(fact.indicator) for fact in facts]
                place = _resting(sections, numbers) or _naming(sections, names) or (0, 0, 0)
                yield _found(facts[0], written, role, *place)


def _key(indicator: str) -> str:
    plain = normalise(indicator)
    short = _NOISE.sub("", plain)
    return short or plain


def _value(written: str) -> object:
    """Two ways of writing one value are one: 1万人 and 10000人."""
    plain = normalise(written)
    found = values(plain) or values(f"{plain}个")
    return (found[0].low, found[0].high, found[0].unit) if found else re.sub(r"\s", "", plain)


def _resting(sections: Sequence[DraftSection], facts: Sequence[int]) -> tuple[int, int, int] | None:
    for number, section in enumerate(sections):
        for source in section.sources:
            if source.kind == "fact" and source.fact in facts:
                return number, source.start, source.end
    return None


def _naming(sections: Sequence[DraftSection], names: Sequence[str]) -> tuple[int, int, int] | None:
    keys = {_key(name) for name in names}
    for number, section in enumerate(sections):
        for start, end, indicator, _ in placeholders_in(section.text):
            if _key(indicator) in keys:
                return number, start, end
    for number, section in enumerate(sections):
        for name in names:
            at = section.text.find(name)
            if at >= 0:
                return number, at, at + len(name)
    return None


def _found(fact: Fact, written: Sequence[str], role: str, section: int, start: int, end: int) -> DraftCheck:
    what = "目标" if role == "target" else "完成数"
    return DraftCheck(
        "contradictory_facts",
        "error",
        section,
        start,
        end,
        f"“{fact.indicator}”的{what}前后不一（{'、'.join(written)}）：请在事实与目标中只留一个，正文与它一致。",
    )
