"""The formal parts of an official document as text: title lines, addressee, signature and date, attachment note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafting.export.targets import TABLE_NAME, target_table
from assistant.drafting.types import Manuscript, Order

SOURCES_NAME = "来源说明"
NO_DATE = "【待填：成文日期】"

_DATE = re.compile(r"\s*(\d{4})\s*[-/.年]\s*0?(\d{1,2})\s*(?:[-/.月]\s*0?(\d{1,2})\s*日?|月)?(?:[ T]00:00:00)?\s*")
_TITLE_WIDTH = 19.5
"""Characters of 22 pt (an ASCII one counts half) in a line of 156 mm, with a little room."""
_LONGEST_TITLE = 120
_NOT_FIRST = frozenset("的与和及、，；：》）】”’年月日号")
_NOT_LAST = frozenset("《（【“‘、第")
_UGLY, _NATURAL = 60.0, -40.0


@dataclass(frozen=True, slots=True)
class Signature:
    """The body that issues the document and the date under it."""

    org: str
    date: str


def addressee_line(order: Order) -> str:
    """The addressee with its full-width colon; empty for none."""
    name = order.addressee.strip().rstrip(":：").rstrip()
    return f"{name}：" if name else ""


def date_text(date: str) -> str:
    """2025年1月6日: Arabic numerals, no zeros in front; what is no date stays as written."""
    found = _DATE.fullmatch(date)
    if found is None or not 1 <= int(found[2]) <= 12:
        return " ".join(date.split())
    day = f"{int(found[3])}日" if found[3] else ""
    return f"{found[1]}年{int(found[2])}月{day}"


def signature(order: Order) -> Signature | None:
    """Who issues it and when, for what is sent or dated; a plan without either is signed by nobody yet."""
    if not order.date.strip() and not order.addressee.strip():
        return None
    return Signature(order.org, date_text(order.date) if order.date.strip() else NO_DATE)


def attachments(manuscript: Manuscript, *, with_sources: bool) -> tuple[str, ...]:
    """The names of what follows the document."""
    table = (TABLE_NAME,) if target_table(manuscript) else ()
    return (*table, SOURCES_NAME) if with_sources else table


def attachment_label(number: int, count: int) -> str:
    """附件 for the only one, else 附件1, 附件2."""
    return "附件" if count == 1 else f"附件{number}"


def attachment_note(names: Sequence[str]) -> list[str]:
    """The note under the text: 附件：1.… and one line for each further one."""
    if len(names) < 2:
        return [f"附件：{name}" for name in names]
    return [f"{'附件：' if n == 1 else ''}{n}.{name}" for n, name in enumerate(names, start=1)]


def width(text: str) -> float:
    """How many Chinese characters wide it is; ASCII counts half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def title_lines(title: str, org: str = "") -> list[str]:
    """The title in as few lines as hold it, about equally long, broken between words and best after `org`.

    GB/T 9704-2012, 7.3.1: whole words, symmetrical, of fitting length. Joined, the lines are `title`.
    """
    if width(title) <= _TITLE_WIDTH or len(title) > _LONGEST_TITLE:
        return [title]
    words = _words(title)
    least = int(-(-width(title) // _TITLE_WIDTH))
    for count in range(least, least + 3):
        broken = _break(words, count, org)
        if broken:
            return broken
    return [title]


def _words(title: str) -> list[str]:
    """Words that must not be torn; a number keeps the word after it (2025年)."""
    from assistant.question.segment import cut

    words: list[str] = []
    for word in cut(title):
        if words and (words[-1][-1].isdigit() or not word.strip()):
            words[-1] += word
        else:
            words.append(word)
    return words


def _break(words: Sequence[str], count: int, org: str) -> list[str]:
    """The best break into `count` lines by the sum of squared widths and the penalties; empty where none fits."""
    best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
    for line in range(1, count + 1):
        further: dict[int, tuple[float, list[str]]] = {}
        for start, (cost, lines) in best.items():
            for end in range(start + 1, len(words) + 1):
                text = "".join(words[start:end])
                if width(text) > _TITLE_WIDTH:
                    break
                if (line == count) != (end == len(words)):
                    continue
                total = cost + width(text) ** 2
                if end < len(words):
                    total += _at(words[end - 1], words[end], "".join([*lines, text]), org)
                if end not in further or total < further[end][0]:
                    further[end] = (total, [*lines, text])
        best = further
    return best[len(words)][1] if len(words) in best else []


def _at(before: str, after: str, done: str, org: str) -> float:
    """How much a break between two words costs."""
    if after[0] in _NOT_FIRST or (len(after) == 1 and after != "《") or before[-1] in _NOT_LAST or before == "关于":
        return _UGLY
    return _NATURAL if after[0] == "《" or (org and done == org) else 0.0
