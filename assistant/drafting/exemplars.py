"""Sections of earlier reports to model a heading on: the body's own first, then its neighbours', then those above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.drafting.headings import bigrams, core, dice, is_slogan
from assistant.drafting.sections import Stock, TopicSection, named, stock
from assistant.drafting.themes import similarity, themes_of, words_for
from assistant.drafting.types import Exemplar, Order
from assistant.retrieval import Retriever
from ingest.archive import Archive
from ingest.archive.records import Scope
from ingest.types import Part

_LEAST = 0.34
"""Below this a section is about something else."""
_BY_WORDS, _BY_TEXT, _BY_RETRIEVER = 0.7, 0.2, 0.1
_NEAR_IDENTICAL = 0.75
_PER_BODY = 2
_POOL = 40
_OFTEN = 3
"""A text that says the heading's words so often has a part of its own about it."""
_TIERS = {"own": 0, "peer": 1, "above": 2, "below": 3, "other": 4}
_LEVEL_NAMES = {"国": "国家", "省": "省级", "市": "市级", "县": "县级", "乡": "乡镇"}


@dataclass(frozen=True, slots=True)
class _Scored:
    section: TopicSection
    score: float


def find(
    archive: Archive, order: Order, heading: str, retriever: Retriever | None, most: int = 4
) -> tuple[Exemplar, ...]:
    """The sections to model `heading` on, the best first, at most two of one body; empty where there is none.

    Sections whose year is unknown are taken only where no dated one fits: they cannot be shown to be early enough.
    """
    kept = stock(archive, order)
    part: Part = "review" if order.kind == "总结" else "plan"
    candidates = [one for one in kept.of(part) if one.passages and not is_slogan(one.heading)]
    nearness = _by_retriever(retriever, heading, candidates)
    scored = [_Scored(one, _score(heading, one, kept, nearness)) for one in candidates]
    fitting = [one for one in scored if one.score >= _LEAST]
    dated = [one for one in fitting if one.section.period is not None]
    ranked = sorted(dated or fitting, key=lambda one: _rank(one, order))
    return tuple(_exemplar(one, order) for one in _diverse(ranked, most))


def _score(heading: str, section: TopicSection, kept: Stock, nearness: Mapping[int, float]) -> float:
    """0 to 1: by the two headings, by the words of the topic in the text, and by the retriever where there is one."""
    field = kept.body.field
    alike = similarity(heading, section.heading, field)
    words = words_for(heading, field) or tuple(bigrams(core(heading)))
    text = section.text
    said = sum(word in text for word in words) / min(len(words), 6)
    inside = 1.0 if core(heading) in text else 0.0
    if text.count(core(heading)) >= _OFTEN:  # 中医药 under 保障和改善民生: a part of another topic
        alike = max(alike, _LEAST)
    in_text = min(1.0, max(said, inside))
    near = max((nearness.get(passage.id, 0.0) for passage in section.passages), default=0.0)
    if not themes_of(heading, field) and alike < _LEAST and not inside:  # nothing but scattered words in common
        in_text *= dice(bigrams(core(heading)), bigrams(core(section.heading)))
    return _BY_WORDS * alike + _BY_TEXT * in_text + _BY_RETRIEVER * near


def _by_retriever(retriever: Retriever | None, heading: str, candidates: Iterable[TopicSection]) -> dict[int, float]:
    reports = frozenset(one.report.id for one in candidates)
    if retriever is None or not reports:
        return {}
    found = retriever.retrieve(heading, Scope(reports=reports), _POOL)
    return {one.passage.id: one.score for one in found}


def _rank(one: _Scored, order: Order) -> tuple[object, ...]:
    """Preferred ones, then own ones latest first, then neighbours, then above; each by fit of kind, year and score."""
    section = one.section
    tier = _TIERS[section.relation]
    fit = round(one.score * 5)
    preferred = not named(section.report, order.prefer)
    if section.relation == "own":
        return (preferred, tier, misfit(section, order), -section.year, -fit, section.report.id)
    return (preferred, tier, misfit(section, order), -fit, -section.year, section.report.id)


def misfit(section: TopicSection, order: Order) -> int:
    """0 where a section is of the sort that is ordered, 1 where it is the next best."""
    if order.kind == "下半年工作安排":
        return 0 if section.period is not None and section.period.half == 2 else 1
    if order.kind == "工作要点":
        return 0 if section.report.kind == "工作要点" else 1
    return 1 if section.half else 0


def _diverse(ranked: Sequence[_Scored], most: int) -> list[_Scored]:
    """At most two of a body, none that says nearly the same as one before it, and one of each tier if there is room."""
    chosen: list[_Scored] = []
    bodies: Counter[str] = Counter()
    pairs: list[frozenset[str]] = []

    def take(pool: Iterable[_Scored], room: int) -> None:
        for one in pool:
            body = _body(one.section)
            if len(chosen) >= room:
                return
            if one in chosen or bodies[body] >= _PER_BODY:
                continue
            text = bigrams(one.section.text)
            if any(dice(text, other) >= _NEAR_IDENTICAL for other in pairs):
                continue
            chosen.append(one)
            bodies[body] += 1
            pairs.append(text)

    above = [one for one in ranked if one.section.relation == "above"]
    take(ranked, most - 1 if above else most)
    if not any(one in chosen for one in above):
        take(above, most)
    take(ranked, most)
    return sorted(chosen, key=ranked.index)


def _body(section: TopicSection) -> str:
    return "own" if section.relation == "own" else section.report.org or section.report.title


def _exemplar(one: _Scored, order: Order) -> Exemplar:
    section = one.section
    return Exemplar(
        section.heading,
        section.report,
        section.passages,
        section.relation == "own",
        round(one.score, 4),
        _reason(section, order),
    )


def _reason(section: TopicSection, order: Order) -> str:
    org = section.report.org or "单位不详"
    what = "总结" if section.part == "review" else ("工作要点" if section.report.kind == "工作要点" else "计划")
    when = "年份不详的" if section.period is None else f"{section.year}年"
    if section.half and section.period is not None:
        when += "上半年" if section.period.half == 1 else "下半年"
    level = _LEVEL_NAMES.get(section.report.level or "", "")
    who = {
        "own": "本单位",
        "peer": f"同级单位{org}",
        "above": f"上级（{level}）{org}",
        "below": f"下级（{level}）{org}",
        "other": org,
    }[section.relation]
    chosen = "，写作者指定优先参考" if named(section.report, order.prefer) else ""
    return f"{who}{when}{what}的同题部分{chosen}"
