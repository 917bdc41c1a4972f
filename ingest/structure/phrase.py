"""How far a heading's phrase reaches in a line that may go on with text."""

from __future__ import annotations

import re

LONGEST_PHRASE = 40
PART_TITLE = re.compile(
    r"(?:19|20)\d\d年(?:政府|主要|重点)?工作(?:的?总体要求|回顾|总结|安排建议|安排|打算|计划|任务)(?=\s*(?:(?:19|20)\d\d\s*年|过去|刚刚|今年|一年|新的))"
)
"""The title of a part with its text run on: 2023年工作回顾2023年是……."""
_ENDS = "。：:！\n"
_BREAKS = "；;？?"
_BLANKS = " \t\u3000\xa0"


def phrase_end(text: str, start: int = 0) -> int:
    """End of the heading phrase that begins at `start`; 0 when what stands there is too long to be one.

    A phrase ends before 。：！, at the end of the line, or at a blank between Chinese and what follows, because
    converters that lose line ends leave a blank there. It is at most 40 characters long.
    """
    run_on = PART_TITLE.match(text, start)
    if run_on is not None:
        return run_on.end()
    chinese = 0
    for at in range(start, min(len(text), start + LONGEST_PHRASE + 1)):
        char = text[at]
        if char in _ENDS:
            return at if chinese >= 2 else 0
        if char in _BREAKS:
            return 0
        if char in _BLANKS:
            if chinese >= 4 and _closes_phrase(text, at):
                return at
        elif is_chinese(char):
            chinese += 1
    return len(text) if chinese >= 2 and len(text) - start <= LONGEST_PHRASE else 0


def is_chinese(char: str) -> bool:
    """Whether `char` is a Chinese character (private-use and punctuation are not)."""
    return "\u3400" <= char <= "\u9fff"


def _closes_phrase(text: str, at: int) -> bool:
    """A blank beside Latin letters is typesetting (健康 XX 建设); between Chinese it is a lost line end."""
    after = text[at:].lstrip()[:1]
    return is_chinese(text[at - 1]) and not (after.isascii() and after.isalpha()) if after else True
