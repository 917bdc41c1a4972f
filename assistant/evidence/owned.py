"""Whose figure it is: in a sentence of many indicators, the growth beside one of them is not that of another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.evidence.figures import has_unit
from assistant.question.types import Question

_CLAUSE = re.compile(r"[^，,；;。]+[，,；;。]?")
_MONEY = re.compile(r"[万亿]?(?:美?元|块钱?)?")
_GROWTH = re.compile(r"增长|增速|增幅|涨|下降|降幅")
_GOES_ON = re.compile(
    r"\s*(?:同比|环比|比|较|按|名义|分别|均|双双|增长|下降|提高|增速|增幅|增|涨|降|达|突破|超过|总额|总量|总值|规模|金额|总计|共|合计|累计|为|完成|实现|占|居|位居|其中)"
)
"""How a clause begins that speaks of what the one before it names."""


def figure_of_another(question: Question, sentence: str) -> bool:
    """Whether a growth, or an amount of money, is asked of one thing and the sentence names the thing and gives such a
    figure only of others. A sentence that does not name the thing in the words of the question is left alone.
    """
    if question.unit is None or not _is_asked_of_one(question):
        return False
    clauses = [found[0] for found in _CLAUSE.finditer(question.topic.meant(sentence))]
    named = [at for at, clause in enumerate(clauses) if any(name in clause for name in _names(question))]
    return bool(named) and not any(_gives(clauses, at, question.unit) for at in named)


def _is_asked_of_one(question: Question) -> bool:
    if len(_things(question)) != 1:
        return False
    grows = question.unit == "%" and _GROWTH.search(question.standalone) is not None
    return grows or question.unit in ("元", "亿", "万")


def _things(question: Question) -> list[str]:
    return [run for run in question.topic.runs if not _MONEY.fullmatch(run)]


def _names(question: Question) -> Iterator[str]:
    run = _things(question)[0]
    yield run
    for word, others in question.topic.widened.items():
        if word == run:
            yield from others


def _gives(clauses: list[str], at: int, unit: str) -> bool:
    """Whether the clause gives a figure of the unit, or one of those behind it that go on about it."""
    if has_unit(clauses[at], unit):
        return True
    for clause in clauses[at + 1 :]:
        if not _GOES_ON.match(clause):
            return False
        if has_unit(clause, unit):
            return True
    return False
