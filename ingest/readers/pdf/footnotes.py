"""Footnotes at the foot of a page: small lines behind a mark, which would cut a paragraph that goes on overleaf."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from ingest.readers.pdf.page import Line

_SMALLER = 0.93  # of the usual size of the page
_LOWER_HALF = 0.5
_MARK = re.compile(r"[①-⑳*＊†]|\[\d{1,3}\]|〔\d{1,3}〕|［\d{1,3}］|[（(]\d{1,2}[)）]|\d{1,2}(?![\d.．、%])")


def footnotes(lines: Sequence[Line], height: float) -> list[Line]:
    """Those of a page's lines (reading order, `height` of the page in points) that are footnotes."""
    if not lines:
        return []
    usual = median(line.size for line in lines)
    found: list[Line] = []
    for line in reversed(lines):
        if line.size > _SMALLER * usual or line.top > _LOWER_HALF * height or (found and line.bottom < found[0].bottom):
            break
        found.insert(0, line)
    while found and not _MARK.match(found[0].text):
        found.pop(0)
    return found
