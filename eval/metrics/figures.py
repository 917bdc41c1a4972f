"""Finds figures in text: numbers with their magnitude, percentages, years and dates, Arabic and Chinese.

It shares no code with the product's own figure finding, so that a mistake there is not repeated here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from eval.metrics.text import plain

FigureKind = Literal["number", "percent", "permille", "year", "date", "han"]

_NUMBER = r"(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_SCALE = r"(?:十|百(?!分)|千(?![米瓦克伏卡赫])|万|亿)"
_ARABIC = re.compile(
    rf"(?P<date>(?<![0-9])(?P<month>1[0-2]|0?[1-9])月份?(?:(?P<day>[0-3]?[0-9])[日号])?)"
    rf"|(?P<hundredths>百分之\s*)?(?P<number>{_NUMBER})"
    rf"(?:\s*(?P<unit>[%‰])|\s*[多余]?(?P<scale>{_SCALE}{{1,2}})|(?P<year>\s*年))?"
)
_HAN = re.compile(r"[零〇一二三四五六七八九十百千万亿两]{2,}")
_RANGE = re.compile(rf"(?P<first>{_NUMBER})\s*[-–—~至到]{{1,2}}\s*(?P<last>{_NUMBER})\s*(?P<unit>[%‰]|月|年)")
_NUMERIC_DATE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}([-./])(1[0-2]|0?[1-9])\1([0-3]?[0-9])(?![0-9])")
_LIST_NUMBER = re.compile(r"(^|[\n。;:])(\s*)[0-9]{1,2}\.(?=[0-9])")
_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as shown. `digits` is the value as written, without `scale` (110 and 10000 for 110万).

    A date keeps month and day in `date` (day None for a whole month); the year of a date is a figure of its own.
    """

    text: str
    kind: FigureKind
    digits: Decimal
    scale: Decimal = Decimal(1)
    date: tuple[int, int | None] | None = None

    @property
    def value(self) -> Decimal:
        """The amount: 1100000 for 110万, 90 for 90%."""
        return self.digits * self.scale

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two figures the same one: kind, digits and magnitude, not the spelling."""
        if self.kind == "date":
            return (self.kind, self.date)
        return (self.kind, self.digits, self.scale) if self.kind == "number" else (self.kind, self.digits)


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of `text` in reading order, as a reader takes them."""
    return tuple(_figures(plain(text)))


def possible_figures(text: str) -> frozenset[tuple[object, ...]]:
    """The keys of every figure that `text` can be read to hold.

    A source is read generously: white space inside it may be a broken line, a full-width comma
    may part two figures, `1.2022年`
    may be item 1 of a list, `70—80%` holds 70%, `1—11月` holds 1月, `11月20日` holds 11月.
    """
    seen = plain(text)
    readings = (seen, re.sub(r"\s+", "", seen), plain(text.replace("，", "， ")), _LIST_NUMBER.sub(r"\1\2", seen))
    keys: set[tuple[object, ...]] = set()
    for reading in readings:
        for figure in (*_figures(reading), *_implied(reading)):
            keys.add(figure.key)
            if figure.kind == "date" and figure.date is not None:
                keys.add(("date", (figure.date[0], None)))
    return frozenset(keys)


def _figures(text: str) -> Iterator[Figure]:
    blanked = list(text)
    found: list[tuple[int, Figure]] = []
    for match in _ARABIC.finditer(text):
        found.append((match.start(), _arabic(match, text)))
        blanked[match.start() : match.end()] = "\0" * (match.end() - match.start())
    for match in _HAN.finditer("".join(blanked)):
        value = han_value(match[0])
        if value is not None:
            found.append((match.start(), Figure(match[0], "han", value)))
    yield from (figure for _, figure in sorted(found, key=lambda item: item[0]))


def _arabic(match: re.Match[str], text: str) -> Figure:
    if match["date"]:
        day = int(match["day"]) if match["day"] else None
        return Figure(match["date"], "date", Decimal(int(match["month"])), date=(int(match["month"]), day))
    digits = _decimal(match["number"])
    if match["hundredths"] or match["unit"] == "%":
        return Figure(match[0], "percent", digits)
    if match["unit"] == "‰":
        return Figure(match[0], "permille", digits)
    if _is_year(match, text):
        return Figure(match[0], "year", digits)
    scale = Decimal(1)
    for char in match["scale"] or "":
        scale *= _SCALES[char]
    return Figure(match["number"] + (match["scale"] or ""), "number", digits, scale)


def _is_year(match: re.Match[str], text: str) -> bool:
    """`2022年`, and the first of `2021—2025年`; a bare 2022 is a number."""
    if re.fullmatch(r"(?:19|20)[0-9]{2}", match["number"]) is None or match["scale"]:
        return False
    return (
        bool(match["year"])
        or re.match(r"\s*(?:[-–—~/、,至到和及]{1,2}\s*(?:19|20)[0-9]{2})+\s*年", text[match.end() :]) is not None
    )


def _implied(text: str) -> Iterator[Figure]:
    for match in _RANGE.finditer(text):
        first = _decimal(match["first"])
        if match["unit"] == "月" and first in range(1, 13):
            yield Figure(match["first"], "date", first, date=(int(first), None))
        elif match["unit"] == "年":
            yield Figure(match["first"], "year", first)
        elif match["unit"] in "%‰":
            yield Figure(match["first"], "percent" if match["unit"] == "%" else "permille", first)
    for match in _NUMERIC_DATE.finditer(text):
        yield Figure(match[0], "year", Decimal(match[0][:4]))
        yield Figure(match[0], "date", Decimal(int(match[2])), date=(int(match[2]), int(match[3])))


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", "")).normalize()


def han_value(run: str) -> Decimal | None:
    """The value of a Chinese numeral (三百五十, 二〇二二, 一千零二万); None if `run` is a word (千万, 万一)."""
    if all(char in _HAN_DIGITS for char in run):
        return Decimal("".join(str(_HAN_DIGITS[char]) for char in run)) if len(run) >= 3 else None
    if run[0] in "百千万亿":
        return None
    total = section = 0
    digit: int | None = None
    for char in run:
        if char in _HAN_DIGITS:
            if digit:
                return None  # 四五百 is an estimate, 十四五 a name
            digit = _HAN_DIGITS[char]
        elif _SCALES[char] >= 10_000:
            whole = section + (digit or 0)
            total = (total + whole) * _SCALES[char] if char == "亿" else total + whole * _SCALES[char]
            section, digit = 0, None
        else:
            section += (1 if digit is None else digit) * _SCALES[char]
            digit = None
    return Decimal(total + section + (digit or 0))
