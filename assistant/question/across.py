"""Questions to all bodies of the archive at once: 各县…多少, 哪些市…超过10万人, …最高的是哪个县."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ingest.figures.lexer import values

_BODY = r"(?:省份?|地市|市州|县区|县市区?|区县|市|县|区|州|地区|地方|地(?!区)|单位|部门|局)"
_ALL = re.compile(rf"(?:各(?:个|家)?|所有|全部|每个)(?:的)?{_BODY}(?:的|都|分别)?(?!志|情|级|域|镇|内|外|界|乡|街)")
_WHICH = re.compile(
    rf"(?:有|是)?(?:哪(?:些|几个|几家|个|一个|家)|谁家?)(?:个)?{_BODY}?(?:的)?(?!人|项|类|种|年|月|指标|工作|方面)"
)
_BEHIND = re.compile(rf"(?:的)?(?:个)?{_BODY}(?:是|为|有)?(?:哪(?:些|几个|一?个|几?家)|谁)")
"""最多的市是哪个."""
_ORDER = re.compile(r"最(?P<most>多|高|大|快|好|强|早)?(?P<least>少|低|小|慢|差)?(?:的)?")
_ABOVE = re.compile(r"(?:(?<!不)(?:超过|高于|大于|多于)|突破|超出|>|＞|以上|不低于|不少于|至少|达到|≥)(?:了)?")
_BELOW = re.compile(r"(?:(?<!不)(?:低于|少于|小于)|不到|不足|未达到|没有?达到|没到|<|＜|以下|以内|不超过|≤)(?:了)?")
_NOT_STRICT = re.compile(r"以上|不低于|不少于|至少|达到|≥|以下|以内|不超过|≤")

_LEVELS = {
    "省": ("省", "自治区"),
    "市": ("市", "州", "盟", "地区"),
    "州": ("州",),
    "县": ("县", "旗", "区"),
    "区": ("区", "县", "旗"),
}
"""How the names of places end that a word for a sort of them means."""
_CITIES = ("地市", "市州")


@dataclass(frozen=True, slots=True)
class Bound:
    """A value that the figure must lie above or below; with `reached` it may be equal. `unit` as in `Value`."""

    value: Decimal
    unit: str
    above: bool
    reached: bool

    def holds(self, low: Decimal, high: Decimal) -> bool:
        """Whether a value, or a range of values, lies wholly on the right side."""
        if self.above:
            return low > self.value or (self.reached and low == self.value)
        return high < self.value or (self.reached and high == self.value)


@dataclass(frozen=True, slots=True)
class Across:
    """`level`: the sort of body as said (市, 县; empty for any); `order`: who has most or least is asked. `spans`: the
    characters of the question that say all this.
    """

    level: str
    bound: Bound | None
    order: Literal["most", "least"] | None
    spans: tuple[tuple[int, int], ...]

    def fits(self, region: str | None) -> bool:
        """Whether a body of this region is of the sort asked for."""
        word = "市" if self.level in _CITIES else "" if self.level in ("地方", "地区", "地") else self.level[:1]
        ends = _LEVELS.get(word)
        return ends is None or (region is not None and region.endswith(ends))


def read_across(text: str) -> Across | None:
    """None where a question is not put to all bodies. `text`: normalised."""
    found = _ALL.search(text) or _which(text) or _BEHIND.search(text)
    if found is None:
        return None
    spans = [found.span()]
    bound = _bound(text, spans)
    ordered = _ORDER.search(text)
    order: Literal["most", "least"] | None = None
    if ordered is not None and (ordered["most"] or ordered["least"]):
        order = "most" if ordered["most"] else "least"
        spans.append(ordered.span())
    level = re.search(_BODY, found[0])
    return Across("" if level is None else level[0], bound, order, tuple(spans))


def _which(text: str) -> re.Match[str] | None:
    """哪些市, 哪个县; 谁 only where who has most is asked."""
    for found in _WHICH.finditer(text):
        if re.search(_BODY, found[0]) or (found[0].startswith(("谁", "哪家", "是谁")) and _ORDER.search(text)):
            return found
    return None


def _bound(text: str, spans: list[tuple[int, int]]) -> Bound | None:
    for value in values(text):
        if value.low is None:
            continue
        before, after = text[max(0, value.start - 5) : value.start], text[value.end : value.end + 2]
        below = _BELOW.search(before) or _BELOW.match(after)
        above = None if below else _ABOVE.search(before) or _ABOVE.match(after)
        sign = below or above
        if sign is None:
            continue
        start = value.start if sign.string is after else value.start - len(before) + sign.start()
        end = value.end + sign.end() if sign.string is after else value.end
        spans.append((start, end))
        missed = re.match(r"未|没", sign[0]) is not None
        return Bound(value.low, value.unit, above is not None, not missed and _NOT_STRICT.search(sign[0]) is not None)
    return None
