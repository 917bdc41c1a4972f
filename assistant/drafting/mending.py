"""Last resort before a section is shown: what a check calls an error is taken out of the text, sources kept in step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.phrases import placeholder
from assistant.drafting.targets import unit_of
from assistant.drafting.types import DraftCheck, DraftSection, Source
from ingest.clean import normalise

FIGURES = frozenset({"figure_without_source", "figure_role", "old_year_figure"})
_STOPS = "，。；：\n"
_LEADS = re.compile(
    r"^(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.、．])?(?:力争|确保|全年|年内|全面|实现|完成|达到)*"
)
_TAILS = re.compile(r"(?:达到|达|不低于|不少于|不超过|控制在|完成|实现|为|超过|约|至|到)+$")


def mend(section: DraftSection, checks: Sequence[DraftCheck], own: Sequence[str] = ()) -> DraftSection:
    """The section with a placeholder in the place of every figure that a check objects to. The last come first.

    What stands in a sentence of the writer's `own` is his to change: there a finding only tells him.
    """
    wrong = sorted(
        {
            (one.start, one.end)
            for one in checks
            if one.kind in FIGURES and one.severity == "error" and not within(section.text, one, own)
        }
    )
    for start, end in reversed(wrong):
        section = replaced(section, start, end, _mark(section.text, start, end))
    return section


def within(text: str, found: DraftCheck, sentences: Sequence[str]) -> bool:
    """Whether a finding lies within one of the sentences."""
    places = [(text.find(one), len(one)) for one in sentences]
    return any(0 <= at <= found.start and found.end <= at + size + 1 for at, size in places)


def replaced(section: DraftSection, start: int, end: int, new: str) -> DraftSection:
    """The section with `new` at `start:end`; sources move along, those that held only the old stretch are gone."""
    shift = len(new) - (end - start)
    kept: list[Source] = []
    for one in section.sources:
        if start <= one.start and one.end <= end:
            continue
        first = one.start if one.start <= start else max(one.start + shift, start + len(new))
        last = one.end if one.end <= start else max(one.end + shift, start + len(new))
        kept.append(replace(one, start=first, end=last))
    return replace(section, text=section.text[:start] + new + section.text[end:], sources=tuple(kept))


def _mark(text: str, start: int, end: int) -> str:
    """The placeholder for a figure, named by the words before it."""
    at = max((text.rfind(stop, 0, start) for stop in _STOPS), default=-1) + 1
    name = re.sub(r"【[^】]*】", "", _TAILS.sub("", _LEADS.sub("", text[at:start])))[-16:]
    figure = normalise(text[start:end])
    return placeholder(name or "数值", unit_of(figure) or ("日期" if "月" in figure else ""))
