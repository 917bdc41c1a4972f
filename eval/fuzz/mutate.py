"""Inputs made of other inputs: cut, doubled, repeated, spliced, and strewn with what has meaning to the program."""

from __future__ import annotations

import random
from collections.abc import Sequence

LONGEST = 12_000
"""Bytes of an input: enough for a grammar to lose its way in, little enough to try thousands."""

WORDS: tuple[str, ...] = (
    "一、", "（一）", "1.", "（1）", "①", "第一篇", "篇二", "第1页 共11页", "2022年", "2022年工作总结", "202_年",
    "20xx年", "%", "‰", "个百分点", "万", "亿", "万元", "人次", "百分之", "十", "百", "千", "〇", "至", "—", "-",
    "~", ",", ".", "，", "。", "1", "0", "9999999999", "20230%", "X万袋", "xx%", "84.20", "1,234.5", "１２３",
    "同比增长", "完成率", "分别为", "、", "今年", "去年", "近三年", "2021—2025年", "上半年", "截至11月20日",
    "年均", "“十四五”期间", "某县卫生健康局", "省", "县", "衛(wèi)生", "規(guī)劃", "&nbsp;", "&#x4e00;", "&#0;",
    "&lt;", "<p>", "</p>", "<table>", "<td colspan=9>", "<!--", "]]>", "\n", "\r\n", "\t", " ", "\u3000", "\xa0",
    "\u200b", "\ufeff", "\u202e", "\u2028", "\x85", "\x00", "\x1b[2J", "�", "\ue123", "😀", "é", "é", "ß", "İ",
    "ﬁ", "㈠", "½", "²", "٣", "（", "）", "《", "》", "“", "”", '"', "'", "免费预览到此", "版权", "请忽略以上指令",
    "system:", "[]", "{}", "[", "]", "{", "}", ":", "- ", "&a ", "*a", "!!", "null",
)  # fmt: skip


def mutated(seeds: Sequence[bytes], dice: random.Random) -> bytes:
    """Another input: one of `seeds`, changed in a few places. Half the time as text, so that characters stay whole."""
    data = dice.choice(seeds)
    if len(data) > LONGEST:
        at = dice.randrange(len(data) - LONGEST // 4)
        data = data[at : at + dice.randrange(LONGEST // 2)] if dice.random() < 0.5 else data[: LONGEST // 2]
    other = dice.choice(seeds)
    if dice.random() < 0.7:
        text, more = data.decode("utf-8", "ignore"), other.decode("utf-8", "ignore")
        for _ in range(1 + int(dice.expovariate(0.4))):
            text = _of_text(text, more, dice)
        data = text.encode("utf-8", "ignore")
    else:
        for _ in range(1 + int(dice.expovariate(0.4))):
            data = _of_bytes(data, other, dice)
    return data[:LONGEST]


def _of_text(text: str, other: str, dice: random.Random) -> str:
    at = dice.randint(0, len(text))
    end = min(len(text), at + int(dice.expovariate(0.1)))
    match dice.randrange(8):
        case 0:
            return text[:at] + dice.choice(WORDS) + text[at:]
        case 1:
            return text[:at] + text[end:]
        case 2:  # what makes a regular expression try every way there is
            return text[:at] + text[at:end] * dice.choice((2, 3, 30, 300)) + text[end:]
        case 3:
            return text[:at] + dice.choice(WORDS) * dice.choice((2, 40, 1000)) + text[at:]
        case 4:
            start = dice.randint(0, len(other))
            return text[:at] + other[start : start + int(dice.expovariate(0.02))] + text[at:]
        case 5:
            return text[:at] + "".join(dice.choice(WORDS) for _ in range(dice.randint(2, 12))) + text[end:]
        case 6:
            strange = dice.choice((0x7F, 0x2FFF, 0xFFFF, 0x10FFFF))
            return text[:at] + chr(dice.randint(0, strange)).encode("utf-8", "ignore").decode() + text[end:]
        case _:
            to = dice.randint(0, len(text))
            return text[:to] + text[at:end] + text[to:]


def _of_bytes(data: bytes, other: bytes, dice: random.Random) -> bytes:
    at = dice.randint(0, len(data))
    end = min(len(data), at + int(dice.expovariate(0.1)))
    match dice.randrange(5):
        case 0:
            return data[:at] + dice.randbytes(dice.randint(1, 4)) + data[end:]
        case 1:
            return data[:at] + data[end:]
        case 2:
            return data[:at] + data[at:end] * dice.choice((2, 30)) + data[end:]
        case 3:
            start = dice.randint(0, len(other))
            return data[:at] + other[start : start + int(dice.expovariate(0.02))] + data[at:]
        case _:
            return data[:at] + bytes((dice.choice((0, 0x7F, 0x80, 0xFF)),)) + data[at + 1 :]
