"""The appendix 来源说明: for each section, what its figures and measures rest on, numbered as the citations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.conversations.export import source_line
from assistant.drafting.export.lines import section_lines
from assistant.drafting.types import DraftSection, Exemplar, Manuscript

QUOTED = 60
"""Characters of a quote that are shown at most."""
_SHOWN = 30
_NUMBER = re.compile(r"\d[\d.,，]*[%％‰]?")
NO_SOURCES = "本节没有引用来源。"


@dataclass(frozen=True, slots=True)
class SectionSources:
    """A section's heading as it stands in the document, and its sources in Chinese, one a line."""

    heading: str
    lines: tuple[str, ...]


def section_sources(manuscript: Manuscript) -> tuple[SectionSources, ...]:
    """What every section rests on, in the order of the document."""
    made = []
    for n, (section, lines) in enumerate(zip(manuscript.sections, section_lines(manuscript.sections), strict=True), 1):
        heading = section.heading or f"第{n}部分"
        if lines and lines[0].level and not lines[0].rest:
            heading = lines[0].head
        found = [*_facts(manuscript, section), *_cited(manuscript, section), *map(_modelled, section.exemplars)]
        made.append(SectionSources(heading, tuple(found) or (NO_SOURCES,)))
    return tuple(made)


def excerpt(quote: str, around: str = "") -> str:
    """At most QUOTED characters of the quote, those about the number in `around` if there is one."""
    line = _one_line(quote)
    if len(line) <= QUOTED:
        return line
    number = _NUMBER.search(around)
    at = max(line.find(number[0]), 0) if number else 0
    start = max(0, min(at - QUOTED // 2, len(line) - QUOTED))
    shown = line[start : start + QUOTED]
    shown = "…" + shown[1:] if start else shown
    return shown[:-1] + "…" if start + QUOTED < len(line) else shown


def _facts(manuscript: Manuscript, section: DraftSection) -> Iterator[str]:
    facts = manuscript.order.facts
    used = dict.fromkeys(one.fact for one in section.sources if one.kind == "fact" and one.fact is not None)
    yield from (f"起草单位提供：{_one_line(facts[n].text)}" for n in used if 0 <= n < len(facts))


def _cited(manuscript: Manuscript, section: DraftSection) -> Iterator[str]:
    by_number = {citation.n: citation for citation in manuscript.citations}
    used = {one.citation for one in section.sources}
    for number, citation in sorted(by_number.items()):
        if number not in used:
            continue
        spans = {kind: _spans(section, number, kind) for kind in ("figure", "exemplar")}
        uses = []
        if spans["figure"]:
            uses.append("用于数字" + "、".join(f"“{text}”" for text in spans["figure"]))
        if spans["exemplar"]:
            uses.append("改写为" + "、".join(f"“{text}”" for text in spans["exemplar"]))
        quote = excerpt(citation.quote, spans["figure"][0] if spans["figure"] else "")
        yield f"〔{number}〕{source_line(citation)}：“{quote}”{'，' if uses else ''}{'；'.join(uses)}。"


def _spans(section: DraftSection, number: int, kind: str) -> list[str]:
    texts = (
        _one_line(section.text[one.start : one.end])
        for one in section.sources
        if one.citation == number and one.kind == kind
    )
    shown = (text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…" for text in texts if text)
    return list(dict.fromkeys(shown))


def _modelled(exemplar: Exemplar) -> str:
    report = exemplar.report
    year = "年份不详" if report.year is None else f"{report.year}年"
    path = " › ".join(exemplar.passages[0].path) if exemplar.passages else exemplar.heading
    about = "，".join(
        part for part in (year, path or exemplar.heading, report.sources[0] if report.sources else "") if part
    )
    reason = f"：{exemplar.reason}" if exemplar.reason else ""
    return f"写法参照《{report.title}》（{about}）{reason}。"


def _one_line(text: str) -> str:
    return " ".join(text.split())
