"""Chinese numerals as numbers: 三百二十, 两千, 一百零五, 十五, 二〇二二."""

from __future__ import annotations

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10**4, "亿": 10**8}


def chinese_number(text: str) -> int | None:
    """The number that a numeral says; None where it is none.

    Positional reading as in spoken Chinese: each digit counts for the step behind it, each 万 or 亿 for all before it.
    A row of bare digits (二〇二二) is read digit by digit.
    """
    if not text or any(char not in _DIGITS and char not in _STEPS and char not in _GREAT for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = part = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _STEPS:
            part += (digit or 1) * _STEPS[char]
            digit = 0
        else:
            total = (total + part + digit) * _GREAT[char]
            part = digit = 0
    return total + part + digit
