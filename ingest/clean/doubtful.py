"""Marks on figures that cannot be right as they stand. The source's form stays; a guess is labelled as a guess."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.clean.draft import Draft
from ingest.mapped import MappedText
from ingest.types import Mark

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_YEAR = re.compile(r"20[0-3]\d")
_HINT = re.compile(r"20[0-3]\d(?!年|\D)|20[0-3]\d(?=[%％月日个名家人次项例万亿户所条种件台场期批张支座辆元])")
_CODE = 9
"""Numbers of that many digits are telephone numbers and codes."""
_COUNTED = re.compile(
    r"[余多]?(?:万亿|[万亿])?(?:个|名|家|人次|人|次|项|例|户次|户|所|条|种|件次|件|台|场次|场|期|批|张|支|座|辆|元|[%％]|月|日(?![历报程]))|[余多]?[万亿]"
)
_DIGITS = re.compile(r"[0-9]{2,}")
_FEW, _MANY = 40, 100
"""Of the numbers of two digits and more in official reports one in ten holds a “10”: none in so many is no chance."""
_IMPOSSIBLE_UNIT = re.compile(r"月|日(?![历报程])|个月")
_DATE = re.compile(r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?")
_PERCENT = re.compile(r"[%％]")
_GROWTH = re.compile(r"增|涨|升|提高|翻|倍|同比|环比")
_PERCENT_LIMIT = 1000.0
_BROKEN = re.compile(
    r"(?<=[\u3400-\u9fff])(?<![件表图第篇章节期之卷号类版]) ?"
    r"(\d+(?:\.\d*)? +\.?\d[\d.]*)(?=[%％\u3400-\u9fff]| [\u3400-\u9fff])"
)
_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+")


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A number with a year inside it; `strong` when hardly anything but a replaced “10” explains its form, `sure` when
    no figure has this form at all."""

    block: int
    start: int
    end: int
    year: str
    strong: bool
    sure: bool


def mark_doubtful(draft: Draft) -> Draft:
    """Figures spoilt by a global replacement of “10” by a year, impossible rates, numbers with a blank inside."""
    texts = [block.text for block in draft.blocks]
    marks = [*_replaced_ten(texts)]
    taken = {(mark.start, mark.end) for mark in marks}
    for block in draft.blocks:
        text = block.text
        if "%" in text.text or "％" in text.text:
            marks += [mark for mark in _impossible_rates(text) if (mark.start, mark.end) not in taken]
        if block.kind != "table_row" and " " in text.text:
            for match in _BROKEN.finditer(text.text):
                if not _THOUSANDS.fullmatch(match[1]):
                    marks.append(Mark(*text.span(*match.span(1)), "doubtful", "数字中间有空格，可能断开或缺字"))
    return draft.changed(draft.blocks, marks=marks) if marks else draft


def _replaced_ten(texts: list[MappedText]) -> Iterator[Mark]:
    """Where every “10” of a file was replaced by one year, as happens when a site refreshes old documents.

    An impossible form is marked alone. Merely odd numbers need company: an impossible one with the same year inside,
    or a file whose many numbers hold no “10” any more.
    """
    suspects: dict[str, list[_Suspect]] = defaultdict(list)
    for i, text in enumerate(texts):
        if _HINT.search(text.text):
            for suspect in _suspects(i, text.text):
                suspects[suspect.year].append(suspect)
    for year, group in suspects.items():
        strong = any(suspect.strong for suspect in group) and len(group) > 1
        if not strong and not any(suspect.sure for suspect in group):
            strong = _without_tens(texts, _FEW if len(group) > 1 else _MANY)
        for suspect in group:
            if strong or suspect.sure:
                text = texts[suspect.block]
                raw = text.text[suspect.start : suspect.end]
                reason = f"疑为“10”被替换为“{year}”，可能原为{raw.replace(year, '10')}"
                yield Mark(*text.span(suspect.start, suspect.end), "doubtful", reason)


def _without_tens(texts: list[MappedText], least: int) -> bool:
    """Whether the texts hold at least so many numbers of two digits and more, and not one of them a “10”."""
    numbers = [digits for text in texts for digits in _DIGITS.findall(text.text)]
    return len(numbers) >= least and not any("10" in digits for digits in numbers)


def _suspects(block: int, text: str) -> Iterator[_Suspect]:
    for match in _NUMBER.finditer(text):
        number = match[0]
        inside = _YEAR.search(number)
        if inside is None or len(number) >= _CODE or text.startswith("年", match.end()):
            continue
        year = inside[0]
        whole, _, decimals = number.replace(",", "").partition(".")
        percent = bool(_PERCENT.match(text, match.end()))
        counted = _COUNTED.match(text, match.end())
        end = counted.end() if counted else match.end()
        in_decimals = year in decimals and len(decimals) > len(year)
        impossible_unit = number == year and bool(_IMPOSSIBLE_UNIT.match(text, match.end()))
        sure = (
            impossible_unit
            or (percent and len(whole) > len(year) and year in whole)
            or (counted is not None and in_decimals)
        )
        strong = sure or (percent and (len(whole) >= 4 or year in decimals)) or in_decimals
        if strong or (counted and not _is_plain(number, year)) or (counted and number == year):
            yield _Suspect(block, match.start(), end, year, strong, sure)


def _is_plain(number: str, year: str) -> bool:
    """Whether the number is just the year, or a date or a price that happens to hold the year's digits."""
    return number == year or _DATE.fullmatch(number) is not None or "," in number


def _impossible_rates(text: MappedText) -> Iterator[Mark]:
    for match in _NUMBER.finditer(text.text):
        if not _PERCENT.match(text.text, match.end()) or float(match[0].replace(",", "")) < _PERCENT_LIMIT:
            continue
        if not _GROWTH.search(text.text[max(0, match.start() - 14) : match.start()]):
            yield Mark(*text.span(match.start(), match.end() + 1), "doubtful", "百分比超过1000%，请核对原文")
