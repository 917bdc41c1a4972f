"""The table of contents at the head of a report: its entries are neither title nor text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure.numbering import numbering_at

_HEAD = re.compile(r"[【\[]?目\s*[录次][】\]]?$")
_PAGE = re.compile(r"[\s.．·…—\-]*[（(]?\d{1,3}[）)]?$")
_LOOK_AT = 8
_LONGEST = 60


def contents(lines: Sequence[str]) -> range:
    """The indices of the table of contents among the first lines (its head 目录 included); empty when there is none.

    An entry is a short line that ends in a page number or that the text repeats as a line further down.
    """
    start = next((i for i, text in enumerate(lines[:_LOOK_AT]) if _HEAD.match(text)), None)
    if start is None:
        return range(0)
    repeated: dict[str, int] = {}
    for i, text in enumerate(lines):
        if i > start and len(text) <= _LONGEST:
            repeated[_bare(text)] = i
    end = start + 1
    while end < len(lines) and len(lines[end]) <= _LONGEST:
        text = lines[end]
        paged = _PAGE.search(text)
        listed = paged is not None and (numbering_at(text) is not None or paged.start() < len(text) - 3)
        if not listed and repeated[_bare(text)] == end:
            break
        end += 1
    return range(start, end)


def _bare(text: str) -> str:
    numbering = numbering_at(text)
    return re.sub(r"\s", "", _PAGE.sub("", text[numbering.end if numbering else 0 :]))
