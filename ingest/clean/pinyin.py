"""Pinyin in brackets that a broken character converter left behind its characters: 規(guī)劃 becomes 規劃.

Bracketed Latin text of the report itself, 市疾控中心(cdc) or 客户端（APP）, is no syllable with a tone and stays.
"""

from __future__ import annotations

import re

from ingest.clean.draft import Draft, with_text
from ingest.clean.syllables import SYLLABLES, split_tone
from ingest.mapped import MappedText

_BRACKET = re.compile(
    r"(?<=[\u3400-\u9fff\uf900-\ufaff])[(（]([a-zɑɡüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300-\u030c]{1,8})[)）]"
)
_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300-\u030c]")
_TONELESS_NEEDS = 3
"""So many toned brackets must stand in a file before a toneless one is taken for the converter's."""


def drop_pinyin(draft: Draft) -> Draft:
    """Remove the brackets; the character before each one stands for itself and its bracket in the source."""
    if not any(_TONED.search(block.text.text) for block in draft.blocks):
        return draft
    found = [list(_BRACKET.finditer(block.text.text)) for block in draft.blocks]
    toned = sum(1 for matches in found for match in matches if _is_syllable(match[1], toned=True))
    if not toned:
        return draft
    toneless = toned >= _TONELESS_NEEDS
    blocks = []
    for block, matches in zip(draft.blocks, found, strict=True):
        spans = [
            match.span()
            for match in matches
            if _is_syllable(match[1], True) or (toneless and _is_syllable(match[1], False))
        ]
        blocks.append(with_text(block, _absorb(block.text, spans)) if spans else block)
    return draft.changed(blocks)


def _is_syllable(letters: str, toned: bool) -> bool:
    plain, has_tone = split_tone(letters)
    return plain in SYLLABLES and has_tone == toned and (toned or len(plain) > 1)


def _absorb(text: MappedText, spans: list[tuple[int, int]]) -> MappedText:
    return text.replace_spans((start - 1, end, text.text[start - 1]) for start, end in spans)
