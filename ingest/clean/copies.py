"""Find a second copy of the text in the same file, as a sharing site's summary is one. A copy is never read a second
time, and where it holds what the text has lost, it is read instead (see `exchange`).
"""

from __future__ import annotations

import re
from bisect import bisect_left

from ingest.clean import reasons
from ingest.clean.alignment import Alignment, Letters, align, anchors, shingles
from ingest.clean.draft import Draft
from ingest.clean.exchange import Copy, Text, exchange

_SHORTEST = 80
_SAME, _SAME_UNLABELLED = 0.8, 0.85
"""This share of a copy's letters must stand in the text, in order."""
_LOOSE, _LOOSE_OPEN = 12, 24
"""So many letters at the end of a copy may stand nowhere in the text; more where it breaks off, in a word perhaps."""
_SLACK = 5
"""Letters of its own that the text may have behind the last place where the two agree for sure."""
_OWN = 0.1
"""The text may hold this share of letters of its own between the copied ones; more of them is another text."""
_TITLE = 60
"""So many at its beginning: the title."""
_OPEN_END = re.compile(r"(?:\.{3,}|…+)$")


def read_from_copies(draft: Draft) -> Draft:
    """Every copy leaves the blocks; where it is the better one, what it copies takes its characters."""
    labels = [piece.end for piece in draft.furniture if piece.reason == reasons.SITE_LABEL]
    shared = any(piece.reason in reasons.SHARING_SITE for piece in draft.furniture)
    if not labels and not shared:
        return draft
    i = 0
    while i < len(draft.blocks):
        copy = _copy_at(draft, i, labels, shared)
        if copy is None:
            i += 1
        else:
            draft = exchange(draft, copy)
    return draft


def _copy_at(draft: Draft, i: int, labels: list[int], shared: bool) -> Copy | None:
    """Block `i` as a copy of the blocks before it or of those behind it."""
    block = draft.blocks[i]
    if block.kind != "paragraph" or len(block.text) < _SHORTEST:
        return None
    start = block.text.starts[0]
    labelled = any(end <= start and not draft.source[end:start].strip() for end in labels)
    if not labelled and not (shared and _OPEN_END.search(block.text.text)):
        return None
    loose = _LOOSE_OPEN if _OPEN_END.search(block.text.text) else _LOOSE
    letters = Letters.of(block.text.text)
    for first, around in ((0, draft.blocks[:i]), (i + 1, draft.blocks[i + 1 :])):
        text = Text.of(around, first)
        places = anchors(letters.string, shingles(text.letters.string))
        if places:
            alignment = align(letters.string, text.letters.string, *_window(text, places, len(letters.string)))
            if alignment and _is_copy(letters, alignment, _SAME if labelled else _SAME_UNLABELLED, loose):
                return Copy(i, block.text, letters, alignment, text)
    return None


def _window(text: Text, places: list[tuple[int, int]], size: int) -> tuple[int, int]:
    """The letters from the block of the first anchor, or a title right above it, to where the copy must end."""
    block = bisect_left(text.starts, text.letters.at[places[0][1]] + 1) - 1
    if block and text.starts[block] - text.starts[block - 1] <= _TITLE:
        block -= 1
    last_left, last_right = places[-1]
    return bisect_left(text.letters.at, text.starts[block]), last_right + (size - last_left) + _SLACK


def _is_copy(letters: Letters, alignment: Alignment, share: float, loose: int) -> bool:
    first, last = alignment.runs[0], alignment.runs[-1]
    whole = first[0] <= _TITLE and len(letters.string) - last[0] - last[2] <= loose
    close = alignment.right_only <= _OWN * len(letters.string)
    return whole and close and alignment.matched >= share * len(letters.string)
