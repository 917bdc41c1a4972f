"""Places that a question names and that belong to no body of the archive."""

from __future__ import annotations

import re
from collections.abc import Sequence

_RANKED = re.compile(
    r"[^\W\da-zA-Z_年月日度的和与跟及在是查把]{2,4}?(?:自治州|省|市|县|区|镇|乡(?!镇))(?![域级城场里内外直委村])"
)
_OPENS = "年度，、,和与跟及 "
_COMMON = re.compile(
    r"[全我本各哪某该这那几两每外其他换改的了在和与及是有对把被让给做个月年度]|城市|超市|都市|社区|园区|城区|辖区|地区|山区|病区|示范区|街区|郊区|库区|灾区|上市|入市|门市"
)
_NO_PLACE = frozenset(
    {
        "中国",
        "全省",
        "全国",
        "国家",
        "中央",
        "新建",
        "开发",
        "和平",
        "解放",
        "建设",
        "城区",
        "高新",
        "开放",
        "东部",
        "西部",
        "城镇",
        "小城镇",
        "建制镇",
        "重镇",
        "老区",
        "贫困县",
        "百强县",
        "示范县",
        "试点县",
    }
)
"""Ordinary words of reports that the dictionary or their ending would make places."""


def unknown_places(text: str, read_spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Place names in `text` outside the spans that were read as known bodies.

    Names come from the segmenter's dictionary of places, and from the form X县 at the start of a phrase, for counties
    that no dictionary knows.
    """
    import rjieba

    def free(start: int, end: int) -> bool:
        return all(end <= begin or start >= stop for begin, stop in read_spans)

    places: list[str] = []
    at = 0
    for word, tag in rjieba.tag(text):
        start, at = at, at + len(word)
        end = at
        if tag == "ns" and free(start, end) and not _COMMON.search(word):
            if re.match(r"[省市县区](?![域级城场里内外直委])", text[end:]):
                end += 1
            if end - start >= 2 and text[start:end] not in _NO_PLACE:
                places.append(text[start:end])
    for found in _RANKED.finditer(text):
        before = text[found.start() - 1 : found.start()]
        opens = not before or before in _OPENS or before.isdigit()
        known = found[0] in _NO_PLACE or any(found[0] in place or place in found[0] for place in places)
        if opens and not known and free(*found.span()) and not _COMMON.search(found[0]) and _is_name(found[0][:-1]):
            places.append(found[0])
    return tuple(dict.fromkeys(places))


def _is_name(stem: str) -> bool:
    """A name is one word or no word at all to the segmenter; 贫困户|住院 is two words."""
    import rjieba

    words = rjieba.cut(stem)
    return len(words) == 1 or all(len(word) == 1 for word in words)
