"""Whether a copy breaks off before the report's end."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.clean import reasons
from ingest.clean.draft import Draft
from ingest.clean.shapes import ends_line, starts_heading
from ingest.types import Block

_CUT_LENGTH = 40
_OPEN_ENDS = "，、（“‘《「『【,("
_ELLIPSES = ("...", "……", "…")
_DATED = re.compile(r"(?:19|20|二[〇○零])[\dxX×〇○零一二三四五六七八九]{2}\s*年\s*\S{1,3}\s*月(?:\s*\S{1,3}\s*日)?\s*$")
"""A signature's date: nothing follows it, though it may stand at the end of one long line."""


def find_truncation(draft: Draft) -> Draft:
    """`truncated` where the site says so, or where the last line plainly stops in the middle."""
    if draft.blocks and (_says_so(draft) or _breaks_off(draft)):
        return replace(draft, truncated=True)
    return draft


def _says_so(draft: Draft) -> bool:
    return any(piece.reason == reasons.PREVIEW_END for piece in draft.furniture)


def _breaks_off(draft: Draft) -> bool:
    last = draft.blocks[-1]
    text = last.text.text
    if last.kind == "table_row":
        return False
    if text[-1] in _OPEN_ENDS or text.endswith(_ELLIPSES):
        return True
    shared = any(piece.reason in reasons.SHARING_SITE for piece in draft.furniture)
    return (
        shared
        and not ends_line(text)
        and not _DATED.search(text)
        and (len(text) >= _CUT_LENGTH or _is_bare_heading(last))
    )


def _is_bare_heading(block: Block) -> bool:
    """A heading with nothing under it, as the last line of a file."""
    return block.kind in ("paragraph", "heading") and starts_heading(block.text.text)
