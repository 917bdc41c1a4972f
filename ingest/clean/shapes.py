"""How lines of official Chinese look: headings, ends of sentences, the width of a line on paper."""

from __future__ import annotations

import re

NUMBERING = (
    r"(?:第[一二三四五六七八九十百零〇\d]{1,4}[篇章节编部]"
    r"|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|[（(]\d{1,2}[)）]"
    r"|\d{1,2}[)）]"
    r"|\d{1,2}(?:[、．]|\.(?!\d)|\.(?=20\d\d年))"
    r"|[①-⑳])"
)
"""What a heading or a numbered item begins with; `1.5亿元` is none."""

_HEADING = re.compile(rf"{NUMBERING}|——|附件?\d*[:：]|附表")
_ENUMERATOR = re.compile(r"(?:[一二三四五六七八九十]{1,2}|首先|其次|再次|最后)(?:是|要|，)")
_BARE = re.compile(
    r"[一二三四五六七八九十]{1,3}(?:、|是|要|条是)|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|\d{1,2}[.．、]|第[一二三四五六七八九十]{1,3}[，,]?|[①-⑳]"
)
_CLOSERS = "”’」』）)】》〉\"'"
_ENDS = "。！？!?；;…"
_WIDE = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6—…“”‘’]"
)


def starts_heading(text: str) -> bool:
    """Whether a line begins like a heading or a numbered item."""
    return _HEADING.match(text) is not None


def starts_enumeration(text: str) -> bool:
    """Whether a line begins with 一是, 二要, 首先是 …"""
    return _ENUMERATOR.match(text) is not None


def is_bare_numbering(text: str) -> bool:
    """Whether a line is nothing but the number of what follows: （一）, 3., 一是."""
    return _BARE.fullmatch(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether the last character, closing quotes and brackets aside, ends a sentence or a clause (。！？；…)."""
    bare = text.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in _ENDS


def ends_line(text: str) -> bool:
    """Like `ends_sentence`, and a colon ends a line too (现总结如下：)."""
    return ends_sentence(text) or text.endswith(("：", ":"))


def width(text: str) -> int:
    """Columns on paper: a Han character or full-width mark takes two, anything else one."""
    return len(text) + len(_WIDE.findall(text))
