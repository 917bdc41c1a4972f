"""One form for each character: full-width digits and letters, and the radicals that bad PDFs write for characters.

Character for character, so that each keeps its place in the source. Chinese punctuation stays.
"""

from __future__ import annotations

import re
import unicodedata

from ingest.clean.draft import Draft, with_text

_OTHER = re.compile(r"[\u2e80-\u2fd5\uf900-\ufaff０-９Ａ-Ｚａ-ｚ％]")
_WIDE_POINT = re.compile(r"(?<=[0-9xX])．(?=[0-9xX])")


def _table() -> dict[int, str]:
    codes = (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00), *map(ord, "０１２３４５６７８９％"))
    codes = (*codes, *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    forms = ((code, unicodedata.normalize("NFKC", chr(code))) for code in codes)
    return {code: form for code, form in forms if len(form) == 1 and form != chr(code)}


_TABLE = _table()


def unify_forms(draft: Draft) -> Draft:
    """Every block in plain forms: ２０２２年 becomes 2022年, the radical U+2F2F becomes 工."""
    blocks = []
    for block in draft.blocks:
        text = block.text
        if _OTHER.search(text.text):
            plain = _WIDE_POINT.sub(".", text.text.translate(_TABLE))
            block = with_text(block, text.with_text(plain))
        blocks.append(block)
    return draft.changed(blocks)
