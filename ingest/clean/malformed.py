"""Marks on figures that no one writes so: two decimal points, a percent sign without a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.clean.draft import Draft
from ingest.mapped import MappedText
from ingest.types import Mark

_HAN = "\u3400-\u9fff"
_TWO_POINTS = re.compile(
    r"(?<![\d.])\d+(?:\.\d+\.\d+(?=[%％‰]|[余多]?[万亿]|元|人次|人(?!民|大)|个(?!月)|名|例)|\.{2}\d+)[%％‰]?"
)
_STOP_INSIDE = re.compile(r"(?<![\d.])\d{1,3}。\d{1,2}[%％‰]")
_NO_NUMBER = re.compile(rf"%(?<=[{_HAN}].)(?=[，。；、,;]|以[上下内]|左右|的|$)")
_NO_POINTS = re.compile(r"个百分点(?:(?<=[高降升长低少加].{4})|(?<=[增降高低升长少]了.{4}))")
_PROSE = re.compile("[，。；]")
_POINTS = re.compile(r"\.\d*\.")
_STOP = re.compile(r"。\d")


def mark_malformed(draft: Draft) -> Draft:
    """Doubtful figures of an impossible form; `damaged` where a figure is missing before its unit."""
    marks = [mark for block in draft.blocks if block.kind != "table_row" for mark in _malformed(block.text)]
    return draft.changed(draft.blocks, marks=marks) if marks else draft


def _malformed(text: MappedText) -> Iterator[Mark]:
    string = text.text
    if _POINTS.search(string):
        for match in _TWO_POINTS.finditer(string):
            yield Mark(*text.span(*match.span()), "doubtful", "数字有两个小数点，请核对原文")
    if _STOP.search(string):
        for match in _STOP_INSIDE.finditer(string):
            yield Mark(*text.span(*match.span()), "doubtful", "数字中间有句号，请核对原文")
    for sign, pattern in (("%", _NO_NUMBER), ("个百分点", _NO_POINTS)):
        if sign in string and _PROSE.search(string):
            for match in pattern.finditer(string):
                yield Mark(*text.span(*match.span()), "damaged", "此处应有数字，原文缺失")
