"""Which government a government work report is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ingest.structure.mentions import place_pronoun
from ingest.structure.places import full_province, leading_places, named_place, provinces
from ingest.structure.title import Title

_SPEAKS_FOR = re.compile(
    r"(?<!人民)(?:代表|受)(?P<place>[^，,。；]{0,14}?)(?P<body>国务院|中央人民政府|人民政府|政府|行政公署|行署|管委会|管理委员会)"
)
_CONGRESS = re.compile(r"在(?P<place>[^，,。；在]{2,16}?)第[一二三四五六七八九十百\d]{1,4}届")
_TITLED = re.compile(r"[一-鿿]{2,}(?P<level>[省市州盟县区旗镇乡])(?:人民)?政府")
_NAME_END = re.compile(r"^(?:人民|政府|工作|报告)|[\d年]")
_LEVEL = "省市州盟县区旗镇乡"


def government(title: Title, lines: Sequence[str], path: Path) -> tuple[str, str | None, str, str] | None:
    """`(org, region, reason, level character)` of the government that reports; None where none is named.

    The one that speaks (现在，我代表市人民政府) wins over the file's name, since files get wrong names. Where it
    says only 市, the place is that of the subtitle or title, else that of the file's name if the text speaks of it.
    """
    text = "\n".join(lines)
    opening = text[:1500]
    speaks = _SPEAKS_FOR.search(opening)
    if speaks is not None and speaks["body"] in ("国务院", "中央人民政府"):
        return "国务院", "全国", "正文", ""
    if title.in_text and "国务院" in title.text:
        return "国务院", "全国", "标题", ""
    named = speaks["place"].strip() if speaks else ""
    level = named[-1:] if named[-1:] in _LEVEL else ""
    if speaks is None:
        titled = _TITLED.search(title.text)
        level = titled["level"] if titled else place_pronoun(text)  # without an opening it still says 我州
    if named.endswith("自治区"):
        level = "省"
    body = speaks["body"] if speaks else "人民政府"
    if body in ("行署", "行政公署") and not level:
        level = "盟"
    place, reason = _place(named, level, title, opening, text, path)
    if place is None:
        if not level:
            return None
        return f"{named or level}{_full(body)}", None, "正文", level
    return f"{place}{_full(body)}", place, reason, level


def _full(body: str) -> str:
    return "人民政府" if body == "政府" else body


def _place(named: str, level: str, title: Title, opening: str, text: str, path: Path) -> tuple[str | None, str]:
    if (len(named) > 1 and not named.endswith("自治区")) or full_province(named):
        place, end = leading_places(named)
        if place is not None and end == len(named):
            return full_province(place) or place, "正文"
    congress = _CONGRESS.search(opening)
    if congress is not None:
        place, end = leading_places(congress["place"])
        if place is not None and _fits(place, level):
            return full_province(place) or place, "会议名称"
    if title.in_text or speaks_of(title.text, text):
        place = place_in_name(title.text, level)
        if place is not None:
            return place, "标题" if title.in_text else title.reason
    for name, reason in ((path.stem, "文件名"), (path.parent.name, "文件夹名")):
        place = place_in_name(name, level)
        if place is not None and speaks_of(place, text):
            return place, reason
    if level == "省":
        counts = {full: text.count(short) for short, full in provinces().items()}
        best = max(counts, key=lambda full: counts[full])
        return (best, "正文") if counts[best] >= 3 else (None, "")
    place = named_place(text, level) if level else None
    return (place, "正文") if place is not None and speaks_of(place, text, 8) else (None, "")


def _fits(place: str, level: str) -> bool:
    return not level or place[-1] == level or full_province(place) is not None


def place_in_name(name: str, level: str) -> str | None:
    """The place in a title or a file's name: 丽水 (for a 市) → 丽水市, 2025年广西政府工作报告 → 广西壮族自治区."""
    for short, full in provinces().items():
        if short in name and level in ("", "省", full[-1]):
            return full
    words: list[str] = re.findall(r"[一-鿿]{2,}", re.sub(r"(?:19|20)\d\d年?|政府工作报告|人民政府|政府", " ", name))
    for word in words:
        place, _ = leading_places(word)
        if place is not None and _fits(place, level):
            return place
        if level and word.endswith(level) and 3 <= len(word) <= 6:
            return word
        if level and 2 <= len(word) <= 5:  # 杭州 ends in 州 and is a 市 all the same
            return f"{word}{level}"
    return None


def speaks_of(place: str, text: str, least: int = 3) -> bool:
    """Whether the text names the place (without its suffix) often enough: a wrong file name is not believed."""
    name = place[:-1] if len(place) > 2 and place[-1] in _LEVEL else place
    return text.count(name) >= least
