"""Dates in a question that no calendar has: 3022年, 2022年13月, 2月30日."""

from __future__ import annotations

import re

_YEAR = re.compile(r"(?<![\d.,第])(\d{4,5})\s*年(?![代龄])")
_MONTH = re.compile(r"(?<![\d.])(\d{1,2})\s*月(?:份|底|末)?(?:\s*(\d{1,2})\s*[日号])?")
_FIRST, _LAST = 1900, 2099
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def impossible_dates(text: str) -> tuple[str, ...]:
    """Each such date as it is written; years count from 1900 to 2099, as everywhere in questions."""
    found = [one[0] for one in _YEAR.finditer(text) if not _FIRST <= int(one[1]) <= _LAST]
    for one in _MONTH.finditer(text):
        month, day = int(one[1]), int(one[2] or 1)
        if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
            found.append(one[0])
    return tuple(dict.fromkeys(found))
