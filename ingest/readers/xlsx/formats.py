"""A cell's value as the sheet shows it: number formats of ECMA-376 part 1, 18.8.30 and 18.8.31 (`numFmt`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

GENERAL = "General"
_SLASHED, _DATE, _MONTH, _DAY = "yyyy/m/d", 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', 'm"月"d"日"'
BUILT_IN: dict[int, str] = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 49: "@"},
    **dict.fromkeys((14, 15, 30), _SLASHED),
    **{16: "m/d", 17: "yyyy/m", 22: "yyyy/m/d h:mm"},
    **{18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss"},
    **dict.fromkeys((27, 36, 50, 52, 57), _MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _DAY),
    31: _DATE,
    **{32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 55: 'h"时"mm"分"', 56: 'h"时"mm"分"ss"秒"'},
    **dict.fromkeys((37, 38, 41, 42), "#,##0"),
    **dict.fromkeys((39, 40, 43, 44), "#,##0.00"),
}
"""The formats that have a number but are not written into the file, as a Chinese Excel shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)|(?P<ampm>AM/PM|A/P|上午/下午)'
    r"|(?P<part>y+|m+|d+|h+|s+|a{3,4}|e+(?![+-]))|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*,*)?|\.[0#?]+)"
    r"|(?P<exponent>E[+-]0+)|(?P<percent>[%‰])|(?P<other>.)",
    re.I | re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-\]]*)")
_WEEKDAYS = "一二三四五六日"
_MOST_DECIMALS = 30
_PRECISION = 15
"""Decimal digits that Excel calculates with; what a file writes beyond them is noise of the binary number."""
_SHOWN_DIGITS = 10

_Token = tuple[str, str]


def show(written: str, code: str, *, from_1904: bool = False) -> str:
    """The number `written` (as the file spells it) in the format `code`; unchanged when it is no number."""
    if code == GENERAL and len(written) <= _SHOWN_DIGITS and written.isdecimal() and written[0] != "0":
        return written
    try:
        value = Decimal(written)
    except InvalidOperation:
        return written
    if not value.is_finite() or abs(value) >= Decimal(10) ** 40:
        return written
    value = _rounded(value, _PRECISION)
    section, value = _section(code, value)
    if any(kind == "part" for kind, _ in section):
        return _date(value, section, from_1904=from_1904) or _general(value)
    return _number(value, section)


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    """The up to four sections (positive; negative; zero; text) of a format, as tokens."""
    sections: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "", match[0]
        if kind == "other" and text == ";":
            sections.append([])
        elif kind in {"quoted", "escaped"}:
            sections[-1].append(("literal", match[kind]))
        elif kind == "other":
            sections[-1].append(("literal", text))
        elif kind:
            sections[-1].append((kind, match[kind]))
    return tuple(tuple(section) for section in sections)


def _section(code: str, value: Decimal) -> tuple[tuple[_Token, ...], Decimal]:
    """The section for this value; a section of its own for negative numbers shows them without their sign."""
    sections = _sections(code)
    for number, section in enumerate(sections[:3]):
        brackets = (_CONDITION.match(text) for kind, text in section if kind == "bracket")
        condition = next((found for found in brackets if found is not None), None)
        if condition is not None:
            if _holds(value, condition[1], Decimal(condition[2])):
                return section, abs(value) if number else value
        elif number == 0 and (value > 0 or len(sections) == 1 or (value == 0 and len(sections) == 2)):
            return section, value
        elif number == 1 and value < 0:
            return section, abs(value)
        elif number == 2:
            return section, value
    return sections[0], value


def _holds(value: Decimal, sign: str, limit: Decimal) -> bool:
    order = (value > limit) - (value < limit)
    return {"<": order < 0, ">": order > 0, "=": order == 0, "<=": order <= 0, ">=": order >= 0, "<>": order != 0}[sign]


def _number(value: Decimal, section: tuple[_Token, ...]) -> str:
    kinds = [kind for kind, _ in section]
    if "general" in kinds:
        return "".join(_general(value) if kind == "general" else text for kind, text in _shown(section)).strip()
    if kinds.count("digits") != 1 or "exponent" in kinds or ("literal", "/") in section:
        if "digits" in kinds or not section or ("literal", "@") in section:
            return _general(value)  # fractions, powers of ten and masks such as 000-0000
        return "".join(text for kind, text in _shown(section) if kind == "literal")  # words only
    pattern = next(text for kind, text in section if kind == "digits")
    places, _, decimals = pattern.rstrip(",").partition(".")
    thousands = len(pattern) - len(pattern.rstrip(","))  # each comma behind the digits divides by a thousand
    value = value.scaleb(2 * section.count(("percent", "%")) + 3 * section.count(("percent", "‰")) - 3 * thousands)
    most, least = min(len(decimals), _MOST_DECIMALS), decimals.count("0")
    amount = abs(value).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    whole, _, fraction = f"{amount:f}".partition(".")
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    whole = whole.zfill(places.count("0"))
    if "," in places:
        whole = f"{int(whole):,}" if not whole.startswith("0") else whole
    if whole == "0" and "0" not in places and fraction:
        whole = ""
    shown = whole + (f".{fraction}" if fraction else "")
    sign = "-" if value < 0 and amount else ""
    return sign + "".join(shown if kind == "digits" else text for kind, text in _shown(section)).strip()


def _shown(section: tuple[_Token, ...]) -> Iterator[_Token]:
    for kind, text in section:
        if kind == "bracket":
            currency = _CURRENCY.match(text)
            if currency is not None:
                yield "literal", currency[1]
        else:
            yield kind, text


def _general(value: Decimal) -> str:
    if value == value.to_integral_value():
        return f"{value.to_integral_value():f}"
    text = f"{_rounded(value, _SHOWN_DIGITS):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(value: Decimal, digits: int) -> Decimal:
    """To so many significant digits, half away from zero."""
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1), ROUND_HALF_UP) if value else value


def _date(serial: Decimal, section: tuple[_Token, ...], *, from_1904: bool) -> str | None:
    """Days since the end of 1899 (with a 29 February 1900 that never was) or since 1904; None for no such day."""
    days = float(serial)
    base = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if days >= 60 else 31)
    try:
        moment = base + timedelta(seconds=round(days * 86400))
    except OverflowError:
        return None
    if days < 0:
        return None
    parts: list[str] = []
    before = ""
    for number, (kind, text) in enumerate(section):
        if kind == "part":
            after = next((later[0].lower() for other, later in section[number + 1 :] if other == "part"), "")
            parts.append(_date_part(moment, text.lower(), minutes=before == "h" or after == "s"))
            before = text[0].lower()
        elif kind == "bracket" and re.fullmatch("h+", text, re.I):
            parts.append(str(int(days * 24 + 1e-6)))
            before = "h"
        elif kind == "ampm":
            parts.append("上午" if moment.hour < 12 else "下午")
        elif kind in {"literal", "percent"}:
            parts.append(text)
    return "".join(parts).strip()


def _date_part(moment: datetime, part: str, *, minutes: bool) -> str:
    letter, size = part[0], len(part)
    if letter == "y" or letter == "e":
        return f"{moment.year % 100:02d}" if letter == "y" and size <= 2 else str(moment.year)
    if letter == "a" or (letter == "d" and size > 2):
        return ("周" if size == 3 else "星期") + _WEEKDAYS[moment.weekday()]
    if letter == "m" and size > 2:
        return f"{moment.month}月"
    number = {"m": moment.minute if minutes else moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}
    return f"{number[letter]:0{min(size, 2)}d}"
