"""Second questions that only make sense after the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eval.sample.facts import Fact
from eval.sample.gold.figures import bare, result_question
from eval.sample.gold.index import BUREAUS, Index, period
from eval.sample.gold.question import Question
from eval.sample.phrases import digest, pick

_KEYS = ("lianga", "laonian", "qianyue", "jiuzhen", "yimiao", "chanshai", "gaoxueya", "peixun", "jiandu")


def followups(index: Index) -> Iterator[Question]:
    """Another year, another body, another indicator, or the target of the same row."""
    made: dict[str, list[Question]] = {"year": [], "body": [], "indicator": [], "target": []}
    for key in _KEYS:
        for body in BUREAUS:
            for year in range(2019, 2025):
                first = index.table.find(body, year, key)
                if first is None or index.sound(first, "result") is None:
                    continue
                made["year"] += _other_year(index, first)
                made["body"] += _other_body(index, first)
                made["indicator"] += _other_indicator(index, first)
                made["target"] += _target(index, first)
    for name, questions in made.items():
        yield from sorted(questions, key=lambda one: digest(name, *one.history, one.question))[:5]


def _opening(index: Index, fact: Fact) -> str:
    pattern = pick(("{who}{year}年{ask}{how}？", "{year}年{who}{ask}{how}"), "opening", *fact.key)
    return pattern.format(
        who=index.who(fact.body, "talk", *fact.key),
        year=fact.year,
        ask=index.ask(fact, "talk"),
        how=index.how(fact, "talk"),
    )


def _other_year(index: Index, first: Fact) -> list[Question]:
    year = first.year + (1 if first.year < 2024 else -1)
    text = pick(("那{year}年呢？", "{year}年的呢", "换成{year}年是多少？"), *first.key).format(year=year)
    return _second(index, first, index.table.find(first.body, year, first.indicator), text)


def _other_body(index: Index, first: Fact) -> list[Question]:
    other = pick([body for body in BUREAUS if body != first.body], *first.key)
    text = pick(("{who}呢？", "同一年{who}是多少", "那{who}呢"), *first.key).format(
        who=index.who(other, "talk", *first.key)
    )
    return _second(index, first, index.table.find(other, first.year, first.indicator), text)


def _other_indicator(index: Index, first: Fact) -> list[Question]:
    other = pick([key for key in _KEYS if key != first.indicator], *first.key)
    second = index.table.find(first.body, first.year, other)
    if second is None:
        return []
    text = pick(("{ask}呢？", "那{ask}{how}", "同一年的{ask}呢？"), *first.key).format(
        ask=index.ask(second, "talk"), how=index.how(second, "talk")
    )
    return _second(index, first, second, text)


def _target(index: Index, first: Fact) -> list[Question]:
    one = index.sound(first, "target", "result")
    if one is None:
        return []
    evidence = index.evidence(one, [bare(first.target)])
    return [
        Question(
            kind="followup",
            question=pick(("当初任务定的多少？", "任务数是多少", "年初目标呢？"), *first.key),
            history=(_opening(index, first),),
            answer=f"目标{first.target}。",
            numbers=(bare(first.target),),
            evidence=tuple(evidence),
            also=tuple(index.elsewhere(first, ["target", "result"], evidence)),
            same=tuple(index.same(first, "target", but=evidence)),
            org=index.org(first.body),
            year=first.year,
            period=period(first),
            phrasing=one.said.hand,
        )
    ]


def _second(index: Index, first: Fact, second: Fact | None, text: str) -> list[Question]:
    one = index.sound(second, "result") if second else None
    if second is None or one is None:
        return []
    question = result_question(index, second, one, text, kind="followup", history=(_opening(index, first),))
    banned = (*question.must_not_include,)
    held = "".join(index.text[file] for file, _ in question.evidence)
    if first.result not in held and len(first.result) > 4:
        banned = tuple(dict.fromkeys((first.result, *banned)))
    return [replace(question, must_not_include=banned)]
