"""Questions over several rows: two bodies, two years, or a run of years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eval.sample.archive import Placed
from eval.sample.facts import Fact
from eval.sample.gold.figures import bare
from eval.sample.gold.index import BUREAUS, Index, period
from eval.sample.gold.question import Question
from eval.sample.phrases import digest, pick

_TWO_BODIES = (
    "{a}和{b}{year}年{ask}哪个高？各是多少",
    "{year}年{a}跟{b}的{ask}比一比",
    "{a}、{b}{yy}年{ask}分别是多少？",
)
_TWO_YEARS = (
    "{a}{ask}{first}年和{last}年各是多少？",
    "{a}{last}年的{ask}比{first}年怎么样，两年各多少",
    "对比一下{a}{first}、{last}两年的{ask}",
)
_TREND = (
    "{a}{ask}{first}到{last}年每年多少？",
    "{first}—{last}年{a}{ask}逐年情况",
    "{a}{ask}从{first}年到{last}年变化怎么样，列一下各年的数",
    "把{a}{first}年至{last}年的{ask}拉个清单",
)
_INDICATORS = ("lianga", "chanshai", "laonian", "qianyue", "jiuzhen", "yimiao", "gaoxueya", "jiandang", "quanke")


def comparisons(index: Index) -> Iterator[Question]:
    """Two bodies in one year, two years of one body, two targets."""
    made: list[Question] = []
    for key in _INDICATORS:
        for year in range(2019, 2025):
            for a, b in (("yl", "jc"), ("yl", "lj"), ("jc", "lj")):
                made += _asked(index, [index.table.find(a, year, key), index.table.find(b, year, key)], _TWO_BODIES)
    two_bodies = sorted(made, key=lambda question: digest(question.question))[:12]
    made = []
    for key in _INDICATORS:
        for body in BUREAUS:
            for first, last in ((2019, 2021), (2021, 2022), (2022, 2023), (2022, 2024), (2023, 2024)):
                made += _asked(
                    index, [index.table.find(body, first, key), index.table.find(body, last, key)], _TWO_YEARS
                )
    yield from two_bodies
    yield from sorted(made, key=lambda question: digest(question.question))[:8]


def trends(index: Index) -> Iterator[Question]:
    """Three to five years of one body; years whose figure is hidden, hurt or missing are not asked for."""
    made: list[Question] = []
    for key in _INDICATORS:
        for body in BUREAUS:
            for first, last in ((2021, 2024), (2022, 2024), (2019, 2022), (2020, 2024)):
                rows = [index.table.find(body, year, key) for year in range(first, last + 1)]
                made += _asked(index, rows, _TREND)
    yield from sorted(made, key=lambda question: digest(question.question))[:14]


def _asked(index: Index, rows: Sequence[Fact | None], patterns: Sequence[str]) -> list[Question]:
    facts = [fact for fact in rows if fact is not None]
    places = [index.sound(fact, "result") for fact in facts]
    found = [(fact, one) for fact, one in zip(facts, places, strict=True) if one is not None]
    if len(found) < len(rows):
        return []
    return [_question(index, found, patterns)]


def _question(index: Index, found: Sequence[tuple[Fact, Placed]], patterns: Sequence[str]) -> Question:
    facts = [fact for fact, _ in found]
    first, last = facts[0], facts[-1]
    bodies = list(dict.fromkeys(fact.body for fact in facts))
    evidence = [item for fact, one in found for item in index.evidence(one, [fact.result])]
    also = [item for fact in facts for item in index.elsewhere(fact, ["result", "target"], evidence)]
    kind = "trend" if len(facts) > 2 else "compare"
    text = pick(patterns, *first.key, *last.key).format(
        a=index.who(first.body, first.key, last.key),
        b=index.who(last.body, first.key, last.key),
        first=first.year,
        last=last.year,
        year=first.year,
        yy=first.year % 100,
        ask=index.ask(first, kind),
    )
    return Question(
        kind=kind,
        question=text,
        answer="；".join(f"{index.org(fact.body)}{fact.year}年{bare(fact.result)}" for fact in facts) + "。",
        numbers=tuple(fact.result for fact in facts),
        must_not_include=tuple(index.others(facts, evidence, 4)),
        evidence=tuple(evidence),
        also=tuple(dict.fromkeys(also)),
        org=[index.org(body) for body in bodies],
        year=first.year if first.year == last.year else None,
        part="review",
        period=list(dict.fromkeys(period(fact) for fact in facts)),
        phrasing="b" if sum(one.said.hand == "b" for _, one in found) * 2 > len(found) else "a",
    )
