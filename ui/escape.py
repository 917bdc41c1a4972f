"""Source text as harmless HTML: nothing in it is read as markup, as Markdown or as a template."""

from __future__ import annotations

_MARKUP = "&<>\"'`*_#|[](){}$\\~!:@+"
"""HTML, and what Markdown, formulas and the page's own templates would otherwise interpret."""

_REORDERING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Bidirectional controls: they could make a figure read other than it stands."""

_UNPRINTABLE = "".join(chr(code) for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160)))

_TABLE = str.maketrans(
    {char: f"&#{ord(char)};" for char in _MARKUP}
    | dict.fromkeys(_REORDERING + _UNPRINTABLE, "\ufffd")
    | {"\n": "&#10;", "\r": "", "\t": "&#9;", "\u2028": "&#10;", "\u2029": "&#10;"}
)


def escape(text: str) -> str:
    """`text` for element content or a quoted attribute, on one line (a blank line would end Markdown's HTML block)."""
    return text.translate(_TABLE)
