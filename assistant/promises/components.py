"""A measure that names several things (A、B和C; 3000家、1000家) taken apart."""

from __future__ import annotations

import re

from assistant.question.segment import tagged
from ingest.figures.lexer import values

_CLOSED = re.compile(r"（[^）]*）|\([^)]*\)|“[^”]*”|《[^》]*》")
_JOINTS = ("、", "，", ",", "和", "与", "及", "以及")
_SHORT = 3
"""An item of fewer characters shares its head with its neighbours (建设、验收、管护机制)."""


def components(text: str) -> list[tuple[int, int]]:
    """Spans of the things that a normalised measure promises; the whole where it is one thing."""
    masked = _CLOSED.sub(lambda found: "　" * len(found.group()), text)
    cuts: list[tuple[int, int]] = []
    at = 0
    for word, _ in tagged(masked):
        if word in _JOINTS:
            cuts.append((at, at + len(word)))
        at += len(word)
    bounds = list(zip([0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)], strict=True))
    spans: list[tuple[int, int]] = []
    for start, end in bounds:
        small = end - start < _SHORT or not (values(text[start:end]) or end - start > _SHORT)
        if spans and (small or spans[-1][1] - spans[-1][0] < _SHORT + 1):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
