"""Where sentences begin and end: 。！？； close one, 一是 / 1. /（1） open one, brackets and decimals stay whole."""

from __future__ import annotations

import re
from bisect import bisect_right

_CLOSERS = "”’」』）)】》〉\"'"
_BREAK = re.compile(
    r"\n"
    r"|(?:[。！？!；;]|\?(?![\w=&%]))+|…+"
    r"|(?<=[㐀-鿿])\.(?=\s|$)"  # a full stop typed in Latin after a Chinese character, never the point of a figure
)
_ENUMERATOR = re.compile(
    r"(?<=[。；;：:，,！？!?）\s])"
    r"(?:[一二三四五六七八九十]{1,3}(?:是|要)(?=[^\s务])"
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
    spans: list[tuple[int, int]] = []
    start = 0
    for cut in _cuts(text):
        _append(text, start, cut, spans)
        start = cut
    _append(text, start, len(text), spans)
    return spans


def _cuts(text: str) -> list[int]:
    sheltered = _bracketed(text)
    cuts: set[int] = set()
    for found in _BREAK.finditer(text):
        if found.group() == "\n":
            cuts.add(found.start())
        elif not _inside(found.start(), sheltered):
            cuts.add(_past_closers(text, found.end()))
    for found in _ENUMERATOR.finditer(text):
        if not _inside(found.start(), sheltered):
            cuts.add(found.start())
    return sorted(cuts)


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
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = end - (len(piece) - len(piece.rstrip()))
    if left < right:
        spans.append((left, right))
