"""HTML source to tokens with character offsets, in one pass whose time grows with the length of the source only.

Why not `html.parser`: it gives line and column instead of offsets, its treatment of broken markup differs between
Python releases, and unclosed tags cost it quadratic time (80 kB of `<a <a <a` took 25 s). The rules here are those of
the HTML standard's tokeniser as far as they decide what is text and what is not; markup that a browser would swallow
to the end of the file is kept as text, because losing a report is worse than showing a bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_TAG = re.compile(r"<(?:(?P<close>/)?(?P<name>[A-Za-z][^\s/>]{0,63})|[!?])")
# A quote opens a value only after "="; possessive repeats keep a failed match from being tried again piece by piece.
_TAG_END = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+>""")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)\s*+(?:=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?""")
_RAW_TEXT = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})


@dataclass(frozen=True, slots=True)
class Token:
    """`start:end` is the token's place in the source; `name` is the lower-case tag name of an open or close token."""

    kind: Literal["text", "open", "close"]
    start: int
    end: int
    name: str = ""


def tokenise(source: str) -> Iterator[Token]:
    """Tokens in source order; comments, doctypes and processing instructions are left out."""
    at, size = 0, len(source)
    last_end = source.rfind(">")
    quotes_count = True
    absent: set[str] = set()  # ends that were looked for and are nowhere in the rest: never look twice
    while at < size:
        tag = _TAG.search(source, at)
        if tag is None or tag.start() >= last_end:
            break
        if tag.start() > at:
            yield Token("text", at, tag.start())
        start = tag.start()
        if tag["name"] is None:
            at = _markup_end(source, start, absent)
            continue
        end = _TAG_END.match(source, tag.end()) if quotes_count else None
        if end is None:
            # An opening quote without its partner: from here on the first ">" ends a tag, quoted or not.
            quotes_count = False
        at = end.end() if end is not None else source.index(">", start) + 1
        name = tag["name"].lower()
        yield Token("close" if tag["close"] else "open", start, at, name)
        if name in _RAW_TEXT and not tag["close"]:
            raw_end = _raw_text_end(source, name, at, absent)
            if raw_end > at:
                yield Token("text", at, raw_end)
            at = raw_end
    if at < size:
        yield Token("text", at, size)


def attributes(source: str, tag: Token) -> dict[str, str]:
    """The attributes of an open tag, names in lower case, values as written (character references not resolved)."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source, tag.start + 1 + len(tag.name), tag.end - 1):
        name, *values = match.groups()
        found.setdefault(name.lower(), next((value for value in values if value is not None), ""))
    return found


def _markup_end(source: str, start: int, absent: set[str]) -> int:
    """Where a comment, doctype or processing instruction ends; a comment that is never closed ends at the first `>`.

    The caller has made sure that there is a `>` behind `start`.
    """
    first = source.index(">", start) + 1
    if not source.startswith("<!--", start) or source.startswith(("<!-->", "<!--->"), start) or "-->" in absent:
        return first
    end = source.find("-->", start + 4)
    if end < 0:
        absent.add("-->")
        return first
    return end + 3


def _raw_text_end(source: str, name: str, at: int, absent: set[str]) -> int:
    """Where the text of a script, style or title ends. Without its end tag: a title ends at the next tag, the others
    at the end of the file, as in a browser.
    """
    end = None if name in absent else re.compile(rf"</{name}(?=[\s/>])", re.I).search(source, at)
    if end is not None:
        return end.start()
    absent.add(name)
    if name in {"title", "textarea"}:
        following = source.find("<", at)
        return following if following >= 0 else len(source)
    return len(source)
