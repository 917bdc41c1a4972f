"""One form for comparing text: what a clerk types and what a report prints meet here."""

from __future__ import annotations

import re

from ingest.clean.script import to_simplified

_WIDE = "".join(chr(code) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)))
_HALF = "".join(chr(ord(char) - 0xFEE0) for char in _WIDE)
_TABLE = str.maketrans(_WIDE + "％．／－＋　\xa0", _HALF + "%./-+  ")
# Half characters (from a terminal in another encoding, or JSON escapes) are taken by no converter and no database.
_IN_TABLE = re.compile(f"[{_WIDE}％．／－＋　\xa0\ud800-\udfff]")  # looking is ten times quicker than translating
_TABLE |= dict.fromkeys(range(0xD800, 0xE000), ord("\ufffd"))


def normalise(text: str) -> str:
    """Simplified characters, half-width digits, letters and percent signs; the length stays the same.

    Chinese punctuation stays as it is. Meant for queries, for the index and for comparing figures, never for display.
    """
    return to_simplified(text.translate(_TABLE) if _IN_TABLE.search(text) else text)
