"""Character references that a careless copy left in the text: &nbsp; &ldquo; &#8212;"""

from __future__ import annotations

import html
import re

from ingest.clean.draft import Draft, with_text

_REFERENCE = re.compile(r"&(?:amp;)*(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")

_DOUBLED = re.compile(r"&(?:amp;)+(?=.)")


def resolve_entities(draft: Draft) -> Draft:
    """Each reference becomes its character, which stands for the whole reference in the source."""
    if not any("&" in block.text.text for block in draft.blocks):
        return draft
    blocks = []
    for block in draft.blocks:
        spans = [
            (*match.span(), char.replace("\xa0", " "))
            for match in _REFERENCE.finditer(block.text.text)
            if len(char := html.unescape(_DOUBLED.sub("&", match[0]))) == 1
        ]
        text = block.text.replace_spans(spans).strip() if spans else block.text
        if text.text:
            blocks.append(with_text(block, text))
    return draft.changed(blocks)
