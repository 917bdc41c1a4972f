"""Where sentences begin and end: 。！？； close one, 一是 / 1. /（1） open one, brackets and decimals stay whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

_CLOSERS = "”’」』）)】》〉\"'"
_BREAK = re.compile(r"[\n。！？!；;?….]")
_ENDS = "。！？!；;"
_ADDRESS = re.compile(r"[\w=&%]")
"""What follows a question mark inside a web address."""
_CHINESE = re.compile(r"[㐀-鿿]")
_ENUMERATOR = re.compile(
    r"[。；;：:，,！？!?）\s](?="
    r"[一二三四五六七八九十]{1,3}(?:是|要)(?=[^\s务])"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|[①-⑳]"
    r"|\d{1,2}[.．、](?=[^\d\s]))"
)
_OPEN = {"（": "）", "(": ")", "【": "】", "《": "》", "〔": "〕", "[": "]"}
_BRACKET = re.compile(r"[（(【《〔\[]")
_FAR = 1 << 62
_LONGEST_BRACKET = 120
"""An opening bracket whose partner is further away than this is a damaged one and protects nothing."""


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Spans `(start, end)` of the sentences of `text`, in order, disjoint, without white space at either end.

    Together they cover every character that is not white space. Semicolons end a sentence, because in reports each
    clause between two of them carries its own figure; what stands inside brackets never does.
    """
    return list(_spans(text))


@lru_cache(maxsize=64)
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    """Remembered, because a paragraph is looked at for its turns and then again for its passages."""
    spans: list[tuple[int, int]] = []
    start = 0
    for cut in _cuts(text):
        _append(text, start, cut, spans)
        start = cut
    _append(text, start, len(text), spans)
    return tuple(spans)


def _cuts(text: str) -> list[int]:
    sheltered = _bracketed(text)
    cuts: set[int] = set()
    for found in _BREAK.finditer(text):
        at = found.start()
        if text[at] == "\n":
            cuts.add(at)
        elif _closes(text, at) and not _inside(at, sheltered):
            cuts.add(_past_closers(text, at + 1))
    for found in _ENUMERATOR.finditer(text):
        if not _inside(found.end(), sheltered):
            cuts.add(found.end())
    return sorted(cuts)


def _closes(text: str, at: int) -> bool:
    """Whether the mark there is the last of those that close a sentence (！！ and …… count as one)."""
    mark, after = text[at], text[at + 1 : at + 2]
    if mark == "…":
        return after != "…"
    if mark == ".":  # typed in Latin after a Chinese character, never the point of a figure
        return bool(_CHINESE.match(text, at - 1)) and at > 0 and (not after or after.isspace())
    if mark == "?" and _ADDRESS.match(after):
        return False
    return not after or (after not in _ENDS and (after != "?" or _ADDRESS.match(text, at + 2) is not None))


def _past_closers(text: str, at: int) -> int:
    while at < len(text) and text[at] in _CLOSERS:
        at += 1
    return at


def _bracketed(text: str) -> list[tuple[int, int]]:
    """Spans strictly inside balanced brackets; outermost only."""
    spans: list[tuple[int, int]] = []
    reach = 0
    for found in _BRACKET.finditer(text):
        at = found.start()
        if at < reach:
            continue
        end = text.find(_OPEN[found.group()], at + 1, at + _LONGEST_BRACKET)
        if end > 0 and "\n" not in text[at:end]:
            spans.append((at + 1, end))
            reach = end
    return spans


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    nearest = bisect_right(spans, (at, _FAR)) - 1
    return nearest >= 0 and at < spans[nearest][1]


def _append(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
