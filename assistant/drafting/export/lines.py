"""The lines of a manuscript with their level, read from their numbering: 一、 （一） 1. （1）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafting.types import DraftSection

_NUMBERINGS = (
    re.compile(r"[一二三四五六七八九十百]{1,4}、"),
    re.compile(r"[（(][一二三四五六七八九十百]{1,4}[）)]"),
    re.compile(r"\d{1,2}[.．、](?![\d%％])"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
_SENTENCE = re.compile(r"[^。！？]*[。！？]?")
_LONGEST_HEAD = 40
"""A numbered sentence that is longer is a measure, not a heading; it fills more than a line and a half."""
_DIGITS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: `level` 1–4 by its numbering, 0 without; `head` is set in the level's font, `rest` as body text.

    A heading that stands alone has no `rest`; 「（一）抓监测。建立……」 has both.
    """

    level: int
    head: str
    rest: str

    @property
    def text(self) -> str:
        """The whole paragraph."""
        return self.head + self.rest


def level_of(text: str) -> int:
    """1–4 by the numbering that `text` begins with, 0 for none."""
    return next((n for n, pattern in enumerate(_NUMBERINGS, start=1) if pattern.match(text)), 0)


def line_of(text: str) -> Line:
    """One paragraph; its first sentence is the head where it is numbered and short enough."""
    level = level_of(text)
    sentence = _SENTENCE.match(text)
    head = sentence[0] if level and sentence else ""
    return Line(level, head, text[len(head) :]) if 0 < len(head) <= _LONGEST_HEAD else Line(level, "", text)


def paragraphs(text: str) -> list[str]:
    """The lines of a section's text without blank ones and without blanks around them (the indent is the style's)."""
    stripped = (line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return [line for line in stripped if line]


def section_lines(sections: Sequence[DraftSection]) -> list[list[Line]]:
    """The paragraphs of each section, its heading first.

    A heading without a number gets its place's (一、二、…), unless the section's text brings level-1 headings of its
    own; it is left out where the text begins with it or with a level-1 heading.
    """
    made, number = [], 0
    for section in sections:
        heading = " ".join(section.heading.split())
        texts = paragraphs(section.text)
        levels = [level_of(text) for text in texts]
        if heading:
            number += 1
        head: list[str] = []
        if heading and not (texts and (texts[0] == heading or levels[0] == 1)):
            head = [heading if level_of(heading) or 1 in levels else f"{chinese(number)}、{heading}"]
        lines = [line_of(text) for text in texts]
        made.append([*(Line(level_of(text) or 1, text, "") for text in head), *lines])
    return made


def chinese(number: int) -> str:
    """A heading's number in Chinese, 1–99."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens - 1] + "十") + (_DIGITS[ones - 1] if ones else "")
