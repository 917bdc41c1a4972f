"""Places as reports name them: provinces by gazetteer, everything below by its suffix."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Literal

Level = Literal["国", "省", "市", "县", "乡"]

MASK = r"[xX×Ｘ*＊○◯某□]{1,4}"
_NOT_IN_A_NAME = {
    "省": "全我本各外邻两节反",
    "市": "全我本各城县超省都区两",
    "州": "全我本各两",
    "盟": "全我本各联加同结",
    "县": "全我本各市两个",
    "区": "全我本各社小辖片景病库校灾疫地园牧林矿专学郊院街厂市",
    "旗": "全我本各红大",
    "镇": "全我本各乡城集小古重",
    "乡": "全我本各城家下返故",
}
"""What stands before a suffix in ordinary words (全省, 城市, 社区) and not in a name."""
_NO_QUARTER = "".join(
    f"(?<!{word})" for word in ("主城", "县城", "老城", "新城", "心城", "困山", "深山", "大山", "远山")
)
_SUFFIX = (
    r"(?:自治区|自治州|自治县|自治旗|特别行政区|(?<=[一-鿿]{2})地区|新区|开发区|(?<![全我本各])街道|"
    + "|".join(
        # 杭州市, 新乡县 and 景德镇市 do not end at their second character
        f"(?<![{before}])"
        + (_NO_QUARTER if suffix == "区" else "")
        + suffix
        + ("(?![市县区])" if suffix in "州镇乡" else "")
        for suffix, before in _NOT_IN_A_NAME.items()
    )
    + ")"
)
PLACE = rf"(?:{MASK}(?:省|市|州|县|区|旗|镇|乡|街道)|[一-鿿]{{1,9}}?{_SUFFIX})"
"""A place with its suffix, named or masked; anchor it, since in running text its left end is a guess."""
_PLACES = re.compile(PLACE)
LEVELS: dict[str, Level] = {
    "省": "省",
    "市": "市",
    "州": "市",
    "盟": "市",
    "县": "县",
    "区": "县",
    "旗": "县",
    "镇": "乡",
    "乡": "乡",
    "街道": "乡",
}
_STOP = set(
    "在由经向与和及对从以将把是为被让到了的于按照据过合围绕表贯彻作推进支持给往至跟同比如有个各全我本该其他等新老这那第一二三四五六七八九十两年月日"
)
_OPENING = 300


@cache
def provinces() -> dict[str, str]:
    """The 34 provincial-level divisions: 安徽 → 安徽省."""
    table = tomllib.loads(files("ingest.structure").joinpath("places.toml").read_text(encoding="utf-8"))
    return dict(table["provinces"])


def full_province(name: str) -> str | None:
    """The full name of a province given by its short or full name; None for anything else."""
    return next((full for short, full in provinces().items() if name in (short, full)), None)


def leading_places(text: str) -> tuple[str | None, int]:
    """The most specific of the places that `text` begins with (安徽省合肥市 → 合肥市), and where they end."""
    region, at = None, 0
    while (found := _leading(text[at:])) is not None:
        region = found
        at += len(found)
    return region, at


def _leading(text: str) -> str | None:
    for short, full in provinces().items():
        if text.startswith(full):
            return full
        if text.startswith(short) and full_province(text[: len(short) + 1]):
            return text[: len(short) + 1]
    found = _PLACES.match(text)
    if found is None or (found.group()[0] in "全我本各该" and not re.match(MASK, found.group())):
        return None
    return found.group()


def level_of_region(region: str | None) -> Level | None:
    """省 for provinces and the four municipalities, then by suffix; None for no region."""
    if region is None:
        return None
    if full_province(region) or region.endswith(("自治区", "特别行政区")):
        return "省"
    if region.endswith(("自治州", "地区")):
        return "市"
    if region.endswith("街道"):
        return "乡"
    return LEVELS.get(region[-1])


def named_place(text: str, suffix: str) -> str | None:
    """The place with that one-character suffix that running text speaks of most: 云岭县 for 县, xx区 for 区.

    A masked name counts only where the text opens with it (elsewhere it may hide any place). A name's left end is where
    most of its occurrences agree, because nothing parts a name from the word before it.
    """
    masked = Counter(found.group() for found in re.finditer(rf"(?<![A-Za-z\dxX×*]){MASK}{suffix}", text[:_OPENING]))
    counts: Counter[str] = Counter()
    for found in re.finditer(rf"(?<![全我本各])[一-鿿]{{1,5}}{suffix}", text):
        whole = found.group()
        if not re.search(rf"{_SUFFIX}$", whole):
            continue
        for size in (2, 3, 4):
            name = whole[-size - 1 : -1]
            if len(name) == size and not set(name) & _STOP:
                counts[name + suffix] += 1
    best = _most_agreed(counts)
    if masked and (best is None or masked.most_common(1)[0][1] >= counts[best]):
        return masked.most_common(1)[0][0]
    return best


def _most_agreed(counts: Counter[str]) -> str | None:
    """The longest name that keeps at least 70% of the count of the two-character name it ends in."""
    shortest = sorted(((count, name) for name, count in counts.items() if len(name) == 3 and count > 1), reverse=True)
    count, best = next(((count, name) for count, name in shortest[:8] if _may_be_name(name[:-1], name[-1])), (0, None))
    if best is None:
        return None
    for size in (4, 5):
        longer = [name for name in counts if len(name) == size and name.endswith(best) and counts[name] >= 0.7 * count]
        if not longer:
            break
        best = longer[0]
    return best


def _may_be_name(word: str, suffix: str) -> bool:
    """Whether a word can be a place's name: 示范市 is no city, 云岭县 (in no dictionary) may be a county."""
    import rjieba

    if rjieba.has_word(word + suffix):
        return True
    if word[-1] in "强大名新老小点级立上建":
        return False
    return not rjieba.has_word(word) or rjieba.tag(word)[0][1] in ("ns", "nr", "nz", "nt")


def frequent_province(text: str, least: int = 3) -> str | None:
    """The province that a text names at least `least` times and more than any other."""
    counts = Counter({full: text.count(short) for short, full in provinces().items()})
    (best, most), (_, second) = counts.most_common(2)
    return best if most >= least and most > second else None
