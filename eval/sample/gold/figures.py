"""Questions for one figure: a result, a target, or both."""

from __future__ import annotations

from collections.abc import Iterator

from eval.sample.archive import Placed
from eval.sample.facts import Fact, number
from eval.sample.gold.index import Index, period, spread
from eval.sample.gold.question import Question
from eval.sample.phrases import pick

_FACT = (
    "{who}{year}年{half}{ask}{how}？",
    "{year}年{half}{who}{ask}{how}",
    "{who}{yy}年{half}{ask}{how}",
    "查一下{who}{year}年{half}的{ask}，{how}",
    "{who}的{ask}，{year}年{half}{how}？",
)
_RELATIVE = {
    2024: ("{who}今年{ask}{how}？", "今年{who}{ask}{how}"),
    2023: ("{who}去年{ask}{how}？", "去年{who}的{ask}{how}"),
}
"""Counted from the latest report of the county bodies, which is that of 2024."""
_NEXT = ("{who}明年{ask}任务定的多少", "明年{who}{ask}计划完成多少？")
_PLAN = (
    "{who}{year}年{ask}任务数定的多少",
    "{year}年{who}{ask}计划完成多少？",
    "{who}{yy}年工作计划里{ask}的目标是多少",
    "{who}{before}年底给{year}年定的{ask}目标是多少？",
)
_WORDS = (
    "{who}{year}年对{ask}提了什么目标",
    "{who}{yy}年计划里{ask}要做到什么程度？",
    "{year}年{who}{ask}的目标怎么说的",
)
_BOTH = (
    "{who}{year}年{half}{ask}任务数多少，完成了吗？",
    "{year}年{half}{who}{ask}的任务数和完成情况",
    "{who}{yy}年{half}{ask}目标和实际各是多少，达标没有",
    "{who}{year}年{half}{ask}任务完成得怎么样，差不差？",
)


def words(index: Index, fact: Fact, patterns: tuple[str, ...], salt: str) -> str:
    """One wording, always the same for the same fact."""
    return pick(patterns, salt, *fact.key).format(
        who=index.who(fact.body, salt, *fact.key),
        year=fact.year,
        yy=fact.year % 100,
        before=fact.year - 1,
        half="上半年" if fact.half else "",
        ask=index.ask(fact, salt),
        how=index.how(fact, salt),
    )


def bare(value: str) -> str:
    """A target without its bound, which an answer may say in other words (93%以上 → 93%)."""
    return value.removesuffix("以上").removesuffix("以内")


def facts(index: Index) -> Iterator[Question]:
    """Results, of whole years and of half-years."""
    found = [(fact, one) for fact in index.table.facts if (one := index.sound(fact, "result"))]
    whole = spread([pair for pair in found if not pair[0].half], 38, "fact")
    half = spread([pair for pair in found if pair[0].half], 10, "half")
    for fact, one in [*whole, *half]:
        yield result_question(index, fact, one, words(index, fact, _FACT, "fact"))
    for fact, one in spread(
        [pair for pair in found if pair[0].year in _RELATIVE and _is_county(pair[0])], 6, "relative"
    ):
        yield result_question(index, fact, one, words(index, fact, _RELATIVE[fact.year], "relative"))
    for fact in index.table.facts:
        five = [one for one in index.about(*fact.key) if one.said.kind == "five"]
        if five and fact.five:
            yield _span_question(index, fact, five[0])


def _is_county(fact: Fact) -> bool:
    return fact.body in ("yl", "jc") and not fact.half


def result_question(
    index: Index, fact: Fact, one: Placed, text: str, *, kind: str = "fact", history: tuple[str, ...] = ()
) -> Question:
    """A question for the result of one row."""
    evidence = index.evidence(one, [fact.result])
    half = "上半年" if fact.half else ""
    return Question(
        kind=kind,
        question=text,
        history=history,
        answer=f"{index.org(fact.body)}{fact.year}年{half}{index.ask(fact)}：{fact.result}。",
        numbers=(fact.result,),
        must_not_include=tuple(index.others([fact], evidence)),
        evidence=tuple(evidence),
        also=tuple(index.elsewhere(fact, ["result", "target"], evidence)),
        same=tuple(index.same(fact, "result", but=evidence)),
        org=index.org(fact.body),
        year=fact.year,
        part="review",
        period=period(fact),
        phrasing=one.said.hand,
    )


def _span_question(index: Index, fact: Fact, one: Placed) -> Question:
    assert fact.five is not None
    span, value = fact.five
    ask = index.ask(fact, "span")
    evidence = index.evidence(one, [value])
    text = pick(("{who}{span}{ask}一共多少？", "{span}{who}{ask}是多少", "查{who}{span}的{ask}数"), *fact.key)
    first, last = (2016, 2020) if fact.year == 2020 else (2021, fact.year)
    return Question(
        kind="fact",
        question=text.format(who=index.who(fact.body, "span"), span=span, ask=ask),
        answer=f"{span}{value}。",
        numbers=(value,),
        must_not_include=(fact.result,) if one.said.text.find(fact.result) < 0 else (),
        evidence=tuple(evidence),
        org=index.org(fact.body),
        year=fact.year,
        part="review",
        period=f"{first}/{last}",
        phrasing=one.said.hand,
        note="多年合计或年均，不是当年数",
    )


def plans(index: Index) -> Iterator[Question]:
    """Targets as the plan before the year states them, in figures and in words."""
    found = [
        (fact, one)
        for fact in index.table.facts
        if not fact.half and "words" not in fact.flags and (one := index.sound(fact, "target", part="plan"))
        if one.said.part == "plan" and index.table.reports[one.report].kind in ("annual", "unit", "points")
    ]
    for fact, one in spread(found, 26, "plan"):
        patterns = _PLAN[:-1] if index.table.reports[one.report].kind == "points" else _PLAN
        yield _target_question(index, fact, one, words(index, fact, patterns, "plan"))
    for fact, one in spread([pair for pair in found if pair[0].year == 2025 and _is_county(pair[0])], 4, "next"):
        yield _target_question(index, fact, one, words(index, fact, _NEXT, "next"))
    for fact in index.table.facts:
        if "words" in fact.flags and (places := index.says(fact, "target", "plan")):
            yield _target_question(index, fact, places[0], words(index, fact, _WORDS, "words"))


def _target_question(index: Index, fact: Fact, one: Placed, text: str) -> Question:
    in_words = "words" in fact.flags
    evidence = index.evidence(one, [bare(fact.target)])
    return Question(
        kind="plan",
        question=text,
        answer=f"{index.org(fact.body)}{fact.year}年目标：{fact.target}。",
        numbers=() if in_words else (bare(fact.target),),
        must_include=(fact.target,) if in_words else (),
        must_not_include=tuple(index.others([fact], evidence)),
        evidence=tuple(evidence),
        also=tuple(index.elsewhere(fact, ["target"], evidence)),
        same=tuple(index.same(fact, "target", but=evidence)),
        org=index.org(fact.body),
        year=fact.year,
        part="plan",
        period=period(fact),
        phrasing=one.said.hand,
        note="目标只有文字，没有数字" if in_words else "",
    )


def promises(index: Index) -> Iterator[Question]:
    """Target and result of one row, both stated in the review."""
    found = [(fact, one) for fact in index.table.facts if (one := index.sound(fact, "target", "result"))]
    whole = spread([pair for pair in found if not pair[0].half], 24, "both")
    half = spread([pair for pair in found if pair[0].half], 6, "both half")
    for fact, one in [*whole, *half]:
        evidence = index.evidence(one, [bare(fact.target), fact.result])
        yield Question(
            kind="target_vs_result",
            question=words(index, fact, _BOTH, "both"),
            answer=f"目标{fact.target}，实际{fact.result}，{outcome(fact)}。",
            numbers=tuple(dict.fromkeys((bare(fact.target), fact.result))),
            must_not_include=tuple(index.others([fact], evidence)),
            evidence=tuple(evidence),
            also=tuple(index.elsewhere(fact, ["target", "result"], evidence)),
            same=tuple(index.same(fact, "target", "result", but=evidence)),
            org=index.org(fact.body),
            year=fact.year,
            part="review",
            period=period(fact),
            phrasing=one.said.hand,
            note=outcome(fact),
        )


def outcome(fact: Fact) -> str:
    """Whether the target was reached, in Chinese; a half-year is under way."""
    target, result = number(fact.target), number(fact.result)
    if target is None or result is None:
        return ""
    if fact.half:
        return "上半年进度"
    lower_is_better = fact.target.endswith("以内")
    if target == result:
        return "完成"
    return "超额完成" if (result > target) != lower_is_better else "未完成"
