"""Split text that a sharing site flattened into one line, where only a blank parts the paragraphs (…。 （二）改革…)."""

from __future__ import annotations

import re

from ingest.clean.draft import Draft, with_text
from ingest.clean.shapes import NUMBERING
from ingest.types import Block

_AFTER_SENTENCE = re.compile(rf"(?<=[。；;！!？?：:.”%]) +(?={NUMBERING})")
_AFTER_WORD = re.compile(rf"(?<=[\u3400-\u9fff）)]) +(?={NUMBERING})")
_HEADING_END = re.compile(rf"{NUMBERING}[^，,。；;：:！!？? ]{{2,40}}( +)(?=\S{{10}})")
_LONG = 150


def split_flattened(draft: Draft) -> Draft:
    """Cut long paragraphs before each numbering that follows a blank, and behind a heading that a blank ends."""
    blocks: list[Block] = []
    for block in draft.blocks:
        text = block.text
        if block.kind != "paragraph" or len(text) < _LONG or not _AFTER_SENTENCE.search(text.text):
            blocks.append(block)
            continue
        cuts = {match.span() for pattern in (_AFTER_SENTENCE, _AFTER_WORD) for match in pattern.finditer(text.text)}
        cuts |= {
            heading.span(1)
            for start in (0, *(end for _, end in cuts))
            if (heading := _HEADING_END.match(text.text, start))
        }
        at = 0
        for start, end in sorted(cuts):
            blocks.append(with_text(block, text[at:start]))
            at = end
        blocks.append(with_text(block, text[at:]))
    return draft.changed(blocks) if len(blocks) != len(draft.blocks) else draft
