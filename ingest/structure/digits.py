"""Year figures in all their spellings, as plain ASCII digits of the same length."""

from __future__ import annotations

import re

_ANY_WIDE = re.compile("[０-９]")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_CHINESE = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"(?:一九|二[〇○零])[〇○零一二三四五六七八九]{2}(?=年)")


def plain_digits(text: str) -> str:
    """Full-width digits and 二〇二二年 as ASCII digits, character for character."""
    if _ANY_WIDE.search(text):
        text = text.translate(_WIDE)
    if "一九" not in text and "二〇" not in text and "二○" not in text and "二零" not in text:
        return text
    return _CHINESE_YEAR.sub(lambda found: found.group().translate(_CHINESE), text)
