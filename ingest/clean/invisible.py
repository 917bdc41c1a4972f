"""Characters that cannot be seen: zero-width spaces and joiners, soft hyphens, byte order marks, control characters."""

from __future__ import annotations

import re

from ingest.clean.draft import Draft, with_text

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
)


def drop_invisible(draft: Draft) -> Draft:
    """Text without invisible characters; blocks that held nothing else go."""
    if not any(_INVISIBLE.search(block.text.text) for block in draft.blocks):
        return draft
    blocks = []
    for block in draft.blocks:
        spans = [match.span() for match in _INVISIBLE.finditer(block.text.text)]
        text = block.text.replace_spans((*span, "") for span in spans).strip() if spans else block.text
        if text.text:
            blocks.append(with_text(block, text))
    return draft.changed(blocks)
