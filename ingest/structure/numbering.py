"""The numbers that head a line: 第一部分、一、（一）第一， 1. （1） ①, in all the spellings that converters leave.

One grammar for all of them: headings, list items, and the 一是 …… 二是 / 首先 …… 其次 inside a paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_CHINESE = {char: value for value, char in enumerate("零一二三四五六七八九")}
_CN = r"[一二三四五六七八九十]{1,3}"
_ROMAN = {chr(0x2160 + i): i + 1 for i in range(12)} | {chr(0x2170 + i): i + 1 for i in range(12)}
_JUNK_SIGNS = frozenset(">＞•·●◆■★▲◇□○")
_JUNK = re.compile(r"[>＞\s　•·●◆■★▲◇□○]*")


def _signs(first: str, last: str, form: str) -> dict[str, str]:
    """The signs that hold a number and its brackets in one character (㈠, ⑴, ⒈), spelt out."""
    signs = map(chr, range(ord(first), ord(last) + 1))
    return {sign: form.format(unicodedata.normalize("NFKC", sign).strip("().")) for sign in signs}


_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_SIGNS = _signs("㈠", "㈩", "（{}）") | _signs("⑴", "⒇", "（{}）") | _signs("⒈", "⒛", "{}．")
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第\s*({_CN}|\d{{1,2}})\s*(?:部分|章|篇|编)[\s　、，,：:.．]*")),
    ("section", re.compile(rf"第\s*({_CN}|\d{{1,2}})\s*节[\s　、，,：:.．]*")),
    ("roman", re.compile(r"([Ⅰ-Ⅻⅰ-ⅻ])\s*[、.．:：，,]?\s*(?=[\u3400-\u9fff])")),
    # 一、二级医院 and 一、二、三产业 are not the first of a list; 一　工作回顾 has lost its mark
    (
        "cn",
        re.compile(
            rf"({_CN})(?:\s*[、.．:：，](?![一二三四五六七八九十](?:级|类|线|等|产|季|期|号|孩|胎|批|、))\s*"
            r"|[ 　\t]+(?=[\u3400-\u9fff])(?![年个月次是方位批季种项]))"
        ),
    ),
    ("cn_paren", re.compile(rf"[（(〔\[【]\s*({_CN})\s*[）)〕\]】]\s*[、.．]?\s*|({_CN})\s*[）)]\s*[、.．]?\s*")),
    ("ordinal", re.compile(rf"第({_CN})\s*[、，,：:](?![第一二三四五六七八九十])\s*")),
    # 1.1 of a numbered outline is set off by a blank: 1.1万 is a figure
    ("decimal", re.compile(r"\d{1,2}[.．](\d{1,2})(?:[、]\s*|[ 　\t]+)(?=[\u3400-\u9fff])(?![个万亿元%％人次家例])")),
    # 1.5万 is a figure, 1.2022年 is an item that opens with a year
    (
        "num",
        re.compile(
            r"(\d{1,2})\s*(?:、|[.．](?!\d)|[.．](?=(?:19|20)\d\d\s*年)|[，,](?=[\u3400-\u9fff]))\s*(?!\d{1,2}号)"
        ),
    ),
    ("num_paren", re.compile(r"[（(]\s*(\d{1,2})\s*[）)]\s*[、.．]?\s*|(\d{1,2})[）)]\s*[、.．]?\s*")),
    ("circled", re.compile(r"([①-⑳])\s*")),
)
_FIRST = (
    frozenset("第一二三四五六七八九十（(〔[【0123456789")
    | _SIGNS.keys()
    | _ROMAN.keys()
    | set("０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
)
RANK = {style: rank for rank, (style, _) in enumerate(_STYLES)}
"""The usual order of the styles, highest first; a report's own order wins over it (see outline)."""
_ITEM = re.compile(rf"({_CN})(?:是|要|为)(?=[^\s务])|(首先|其次|再次|再者|最后)(?=[，,、：:\u3400-\u9fff])")
_REACH = 24
"""No number reaches further."""
_WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 9}


@dataclass(frozen=True, slots=True)
class Numbering:
    """`end` is where the number (with its punctuation and blanks) ends in the text."""

    style: str
    number: int
    end: int


def numbering_at(text: str) -> Numbering | None:
    """The numbering that `text` begins with, if any: of a heading or of a list's item."""
    first, offset = text[:1], 0
    if first in _JUNK_SIGNS or first.isspace():
        start = _JUNK.match(text)
        offset = start.end() if start is not None else 0
        first = text[offset : offset + 1]
    if not first or first not in _FIRST:
        return None
    found = _number_of(text[offset : offset + _REACH])
    return found if found is None or not offset else Numbering(found.style, found.number, found.end + offset)


@lru_cache(maxsize=1024)
def _number_of(head: str) -> Numbering | None:
    """Remembered, because the same line is asked when lines, headings and turns are looked for."""
    sign = _SIGNS.get(head[0], head[0])
    spelt = (sign + head[1:]).translate(_DIGITS)
    for style, pattern in _STYLES:
        found = pattern.match(spelt)
        if found is not None:
            digits = next(group for group in found.groups() if group is not None)
            # a sign such as ㈠ is longer when spelt out: count its end in the text as it stands
            return Numbering(style, _value(digits), found.end() - (len(sign) - 1))
    return None


def enumerator_at(text: str) -> Numbering | None:
    """As `numbering_at`, and the words that number sentences inside a paragraph: 一是, 首先, 其次 (style `item`)."""
    numbering = numbering_at(text)
    if numbering is not None:
        return numbering
    found = _ITEM.match(text)
    if found is None:
        return None
    return Numbering("item", _value(found[1]) if found[1] else _WORDS[found[2]], found.end())


def _value(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    if "①" <= digits <= "⑳":
        return ord(digits) - ord("①") + 1
    if digits in _ROMAN:
        return _ROMAN[digits]
    tens, ten, units = digits.rpartition("十")
    if not ten:
        value = 0
        for char in digits:
            value = value * 10 + _CHINESE[char]
        return value
    return (_CHINESE.get(tens[-1:], 1) if tens else 1) * 10 + _CHINESE.get(units, 0)
