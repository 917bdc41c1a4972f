"""Running heads, running feet and bare page numbers, which repeat from page to page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from ingest.clean import reasons
from ingest.clean.draft import Draft, furniture_of
from ingest.types import Block

_SHORT = 40
_PAGES = 3
_DIGITS = re.compile(r"\d+")


def drop_running_heads(draft: Draft) -> Draft:
    """The same short line (its numbers aside) at the top or the bottom of three pages and of half of all pages."""
    pages: dict[int, list[int]] = defaultdict(list)
    for i, block in enumerate(draft.blocks):
        if block.page is not None:
            pages[block.page].append(i)
    if len(pages) < _PAGES:
        return draft
    edges = {i for lines in pages.values() for i in (*lines[:2], *lines[-2:])}
    shapes = {i: _shape(draft.blocks[i]) for i in edges if len(draft.blocks[i].text) <= _SHORT}
    counts = Counter(shape for shape in shapes.values() if shape)
    needed = max(_PAGES, len(pages) // 2)
    gone = sorted(i for i, shape in shapes.items() if counts[shape] >= needed)
    if not gone:
        return draft
    leaving = set(gone)
    return draft.changed(
        (block for i, block in enumerate(draft.blocks) if i not in leaving),
        (furniture_of(draft.blocks[i].text, reasons.RUNNING_HEAD) for i in gone),
    )


def _shape(block: Block) -> str:
    text = block.text.text
    if text.isdigit():
        return "#" if len(text) <= 3 else ""
    # A numbered heading at the top of three pages differs in its words, never in its numbers alone.
    return _DIGITS.sub("#", text) if block.kind == "paragraph" else ""
