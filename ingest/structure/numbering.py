"""The numbers that head a line: 第一部分、一、（一） 1. （1） ①, in all the spellings that converters leave."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CHINESE = {char: value for value, char in enumerate("零一二三四五六七八九")}
_CN = r"[一二三四五六七八九十]{1,3}"
_JUNK = re.compile(r"[>＞\s　•·●◆■★▲◇□○]*")

_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第\s*({_CN}|\d{{1,2}})\s*(?:部分|章|篇|编)[\s　、，,：:.．]*")),
    ("section", re.compile(rf"第\s*({_CN}|\d{{1,2}})\s*节[\s　、，,：:.．]*")),
    # 一、二级医院 and 一、二、三产业 are not the first of a list
    ("cn", re.compile(rf"({_CN})\s*[、.．:：](?![一二三四五六七八九十](?:级|类|线|等|产|季|期|号|孩|胎|批|、))\s*")),
    ("cn_paren", re.compile(rf"[（(〔\[]\s*({_CN})\s*[）)〕\]]\s*[、.．]?\s*")),
    # 1.5万 is a figure, 1.2022年 is an item that opens with a year
    ("num", re.compile(r"(\d{1,2})\s*(?:、|[.．](?!\d)|[.．](?=(?:19|20)\d\d\s*年))\s*(?!\d{1,2}号)")),
    ("num_paren", re.compile(r"[（(]\s*(\d{1,2})\s*[）)]\s*[、.．]?\s*|(\d{1,2})[）)]\s*[、.．]?\s*")),
    ("circled", re.compile(r"([①-⑳])\s*")),
)
_FIRST = frozenset("第一二三四五六七八九十（(〔[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳0123456789０１２３４５６７８９")
RANK = {style: rank for rank, (style, _) in enumerate(_STYLES)}
"""The usual order of the styles, highest first; a report's own order wins over it (see outline)."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """`end` is where the number (with its punctuation and blanks) ends in the text."""

    style: str
    number: int
    end: int


def numbering_at(text: str) -> Numbering | None:
    """The numbering that `text` begins with, if any."""
    start = _JUNK.match(text)
    offset = start.end() if start is not None else 0
    if text[offset : offset + 1] not in _FIRST:
        return None
    head = text[offset : offset + 24].translate(_DIGITS)
    for style, pattern in _STYLES:
        found = pattern.match(head)
        if found is not None:
            digits = next(group for group in found.groups() if group is not None)
            return Numbering(style, _value(digits), offset + found.end())
    return None


def _value(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    if "①" <= digits <= "⑳":
        return ord(digits) - ord("①") + 1
    tens, ten, units = digits.rpartition("十")
    if not ten:
        value = 0
        for char in digits:
            value = value * 10 + _CHINESE[char]
        return value
    return (_CHINESE.get(tens[-1:], 1) if tens else 1) * 10 + _CHINESE.get(units, 0)
