"""Judgements of a target (超额, 未完成): they must be the source's, or follow from the quoted figures."""

from __future__ import annotations

import re

from assistant.verify.data import any_of
from assistant.verify.ground import Ground
from assistant.verify.readings import Said, readings

MISSED = re.compile(
    r"(?:未|没有?|未能|尚未|未曾|并未|不能|没能)(?:全部|如期|按期|全面|完全)?(?:完成|达到|达标|实现|达成)|不达标|差距"
    r"|(?:低于|少于|不及|不足|不到)[^，。；]{0,14}(?:任务|目标|计划)"
)
EXCEEDED = re.compile(
    r"超额|超出|超计划|超目标|超任务|(?:高于|多于|超过|大于)[^，。；]{0,14}(?:任务|目标|计划)|超过(?:年度|全年)?(?:目标|任务)"
)
_MET = re.compile(
    r"(?:完成|达到|实现|达成)了?[^，。；的]{0,6}(?:\d[^，。；]{0,10}的)?[^，。；的\d]{0,6}(?:任务|目标|指标|计划)(?:要求)?(?![率的数\d])"
    r"|已?(?:全部|如数|顺利|圆满|如期|按期|全面)完成|已经?(?:全部|都)?完成了?(?=[，。；]|$)|达标|任务[^，。；\d]{0,4}完成了|计划[^，。；\d]{0,4}(?:实现|完成)了?$"
)


def misjudged(said: str, known: str, ground: Ground) -> str | None:
    """Why the sentence's judgement does not stand; None where there is none or it is right."""
    missed = MISSED.search(said) is not None
    rest = MISSED.sub("", said)
    exceeded = EXCEEDED.search(rest) is not None
    met = _MET.search(EXCEEDED.sub("", rest)) is not None
    if not (missed or exceeded or met):
        return None
    standing = _standing(ground)
    if standing is None:
        told = MISSED.search(known) if missed else EXCEEDED.search(known) if exceeded else _MET.search(known)
        return None if told else "有一句对完成情况的判断在出处中找不到"
    right = standing < 0 if missed else standing > 0 if exceeded else standing >= 0
    return None if right else "有一句对完成情况的判断与出处的数字不符"


def judged_by_figures(ground: Ground) -> bool:
    """Whether the quoted figures themselves tell how a result stands to its target."""
    return _standing(ground) is not None


def _standing(ground: Ground) -> int | None:
    """-1, 0 or 1 as the quoted result is below, on or above its target; None where the quotes do not tell."""
    if len({citation.period for citation in ground.citations}) > 1:
        return None
    quotes = zip(ground.citations, ground.cleaned, strict=True)
    figures = [one for cited, quote in quotes for one in readings(quote, cited.part) if one.low is not None]
    rates = [one.low for one in figures if one.role == "completion" and one.low is not None]
    if len(rates) == 1:
        return _sign(float(rates[0]) - 100)
    targets = [one for one in figures if one.role == "target"]
    results = [one for one in figures if one.role == "result"]
    if len(targets) == len(results) == 1 and _comparable(targets[0], results[0]):
        return _sign(float((results[0].low or 0) - (targets[0].low or 0)))
    return None


def _comparable(target: Said, result: Said) -> bool:
    return target.unit == result.unit and not any_of("less_is_better", f"{target.phrase}{result.phrase}")


def _sign(amount: float) -> int:
    return (amount > 0) - (amount < 0)
