"""Texts made comparable: what is the same to a reader is the same string here."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])\([a-z\u00e0-\u024f\u1e00-\u1eff]{1,7}\)")
_MARKS = re.compile(r"〔\d+〕")


def without_marks(text: str) -> str:
    """The text without citation marks 〔n〕, whose numbers are not figures."""
    return _MARKS.sub("", text)


def plain(text: str) -> str:
    """Full-width forms folded (NFKC), pinyin in brackets after a character dropped, characters simplified.

    White space stays, because it can part two figures.
    """
    folded = _PINYIN.sub("", unicodedata.normalize("NFKC", text))
    return str(_simplifier().convert(folded))


def dense(text: str) -> str:
    """`plain` without white space, control, format and private-use characters."""
    return "".join(
        char for char in plain(text) if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf", "Co")
    )


def skeleton(text: str) -> str:
    """Only letters, digits and per cent signs of `plain`: what two copies of one sentence have in common."""
    return "".join(char for char in plain(text) if char.isalnum() or char in "%‰")


def contains(text: str, wanted: str) -> bool:
    """Whether `wanted` stands in `text` as read by a person: a figure at its edge is not part of a longer figure."""
    needle = _ungrouped(dense(wanted)).casefold()
    left = r"(?<![0-9])(?<![0-9]\.)" if needle[:1].isdigit() else ""
    right = r"(?![0-9]|\.[0-9])" if needle[-1:].isdigit() else ""
    return re.search(left + re.escape(needle) + right, _ungrouped(dense(text)).casefold()) is not None


def _ungrouped(text: str) -> str:
    """Without thousands separators: 12,345 is 12345."""
    return re.sub(r"(?<![0-9.])([0-9]{1,3}(?:,[0-9]{3})+)(?![0-9])", lambda found: found[1].replace(",", ""), text)


@lru_cache(maxsize=1)
def _simplifier() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
