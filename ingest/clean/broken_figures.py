"""Figures that a line end breaks in two: 21.⏎6万, 3⏎600人, 1999⏎万元.

A number and its unit belong together beyond doubt. Where digits meet digits the joined figure is marked doubtful, since
the line end may have taken a digit or may part two numbers.
"""

from __future__ import annotations

import re

from ingest.mapped import MappedText
from ingest.types import Mark

_HAN = "\u3400-\u9fff"
_LEFT = re.compile(rf"(?:[{_HAN}](?<![件表图第篇章节期卷号类版])|[约近达超])[ \u3000]?(\d[\d,]*(?:\.\d*)?)$")
_UNIT = (
    r"[%％‰]|个百分点|[余多]?万?亿?(?:人次|元|名|家|例|余|户次)|[余多]?(?:万|亿)(?![众事物能紧])"
    r"|人[，。；、,;]|个(?![体别性人])|[场期张户所条种件台批支座辆项次份亩岁天万][，。；、,;]"
)
_RIGHT_UNIT = re.compile(_UNIT)
_RIGHT_DIGITS = re.compile(
    rf"(\.?\d[\d,]*(?:\.\d+)?)(?:{_UNIT}|[人月日场期张户所条种件台批支座辆项次份亩岁天万]|年(?<!20\d\d年))"
)
_UNIT_TORN = re.compile(r"\d(?:[余多]?[万亿])?[人户]$")
_UNIT_REST = re.compile(r"次[，。；、,;（(]")
_PROSE = re.compile("[，,；;。：:、]")
_SHORTEST = 8
_BEGINNINGS = frozenset("%％‰个余多万亿人元名家例户次场期张所条种件台批支座辆项份亩岁天.")


def breaks_figure(left: str, right: str) -> bool:
    """Whether the line end between the two lines stands inside a figure or between a figure and its unit."""
    if right[0] not in _BEGINNINGS and not right[0].isdigit():
        return False
    if _UNIT_TORN.search(left) and _UNIT_REST.match(right):
        return True
    figure = _LEFT.search(left)
    if figure is None:
        return False
    if figure[1].endswith("."):
        return right[0].isdigit()
    if len(left) < _SHORTEST:
        return False
    if _RIGHT_UNIT.match(right):
        return True
    return _PROSE.search(right) is not None and _RIGHT_DIGITS.match(right) is not None


def doubtful_joint(text: MappedText, joint: int) -> list[Mark]:
    """The mark on the figure around `joint`, where digits or a decimal point meet a digit."""
    left = re.search(r"\d[\d,]*\.?\d*$|\d\.$", text.text[:joint])
    right = re.compile(r"\.?\d[\d,.]*[%％‰]?").match(text.text, joint)
    if left is None or right is None:
        return []
    start, end = left.start(), right.end()
    reason = f"数字被换行隔断，拼接后为{text.text[start:end]}，请核对原文"
    return [Mark(*text.span(start, end), "doubtful", reason)]
