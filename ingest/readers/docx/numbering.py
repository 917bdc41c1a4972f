"""Automatic numbering of a .docx: the 一、 and （二） that Word counts itself and that no text node holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.readers.ooxml import attribute, child, local

_PLACE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how a number is written, and the label with its places (`第%1章`, `%1.%2`)."""

    format: str = "decimal"
    label: str = ""
    start: int = 1
    suffix: str = "tab"


class Numbering:
    """The lists of a document with their counters; ask for each numbered paragraph once, in document order."""

    def __init__(self, root: Element | None) -> None:
        parts = list(root) if root is not None else []
        abstract = {attribute(part, "abstractNumId"): part for part in parts if local(part.tag) == "abstractNum"}
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        for part in parts:
            number = attribute(part, "numId")
            if local(part.tag) != "num" or number is None:
                continue
            base = attribute(child(part, "abstractNumId"), "val") or ""
            levels = _levels(abstract.get(base))
            overrides = [inner for inner in part if local(inner.tag) == "lvlOverride"]
            for override in overrides:
                _apply_override(override, levels)
            # Lists of one abstract numbering count on together, unless they override its levels.
            self._lists[number] = (f"num {number}" if overrides else f"abstract {base}", levels)

    def label(self, number: str, depth: int) -> str:
        """The label of the next paragraph of list `number` at level `depth`, empty for bullets and unknown lists."""
        key, levels = self._lists.get(number, ("", {}))
        if depth not in levels:
            return ""
        counters = self._counters.setdefault(key, {})
        counters[depth] = counters.get(depth, levels[depth].start - 1) + 1
        for deeper in [other for other in counters if other > depth]:
            del counters[deeper]
        level = levels[depth]
        if level.format == "bullet":
            return ""

        def written(place: re.Match[str]) -> str:
            other = int(place[1]) - 1
            target = levels.get(other, Level())
            return _write(counters.get(other, target.start), target.format)

        text = _PLACE.sub(written, level.label).strip()
        # A blank after "1." and "1", none after "一、": "1." and "2022年" must not read as one figure.
        return f"{text} " if text and text[-1].isascii() and level.suffix != "nothing" else text


def _levels(abstract: Element | None) -> dict[int, Level]:
    return dict(_level(part) for part in (abstract if abstract is not None else ()) if local(part.tag) == "lvl")


def _level(part: Element) -> tuple[int, Level]:
    start = _integer(attribute(child(part, "start"), "val"), 1)
    written = child(part, "numFmt")
    return _integer(attribute(part, "ilvl"), 0), Level(
        attribute(written, "val") or "decimal",
        attribute(child(part, "lvlText"), "val") or "",
        start,
        attribute(child(part, "suff"), "val") or "tab",
    )


def _apply_override(override: Element, levels: dict[int, Level]) -> None:
    depth = _integer(attribute(override, "ilvl"), 0)
    own = child(override, "lvl")
    if own is not None:
        levels[depth] = _level(own)[1]
    start = attribute(child(override, "startOverride"), "val")
    if start is not None and depth in levels:
        old = levels[depth]
        levels[depth] = Level(old.format, old.label, _integer(start, 1), old.suffix)


def _integer(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else default


def _write(number: int, style: str) -> str:
    """`number` in a numbering style of ECMA-376 (17.18.59 ST_NumberFormat); unknown styles are written as decimal."""
    writer = _WRITERS.get(style)
    return writer(number) if writer is not None and number > 0 else ("" if style == "none" else str(number))


def _chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """一 to 九千九百九十九, 十二 without its leading 一."""
    if number >= 10_000:
        return str(number)
    written, pending_zero = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            written += ("零" if pending_zero else "") + digits[digit] + (units[power - 1] if power else "")
            pending_zero = False
        else:
            pending_zero = bool(written)
    return written[1:] if 10 <= number < 20 and digits is _DIGITS else written


def _legal(number: int) -> str:
    return _chinese(number, _LEGAL_DIGITS, "拾佰仟")


def _digitwise(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _letters(number: int) -> str:
    """a to z, then aa to zz, as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 20)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * min(count, 9)
    return written


_WRITERS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _digitwise,
    "japaneseDigitalTenThousand": _digitwise,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda number: f"{number:02d}",
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % 12],
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
