"""Compares bodies by the place they belong to, not by the spelling of their names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from eval.metrics.text import dense

_LEVEL = r"自治区|自治州|自治县|省|市|州|盟|县|(?<!社)区|旗|镇|乡|街道"
_REGION = re.compile(rf"(?P<name>[^省市州盟县区旗镇乡]{{0,9}}?)(?P<level>{_LEVEL})")
_HIDDEN = re.compile(r"[xX×*某○Ｘ_]+")
_SELF = re.compile(r"^(?:全|我|本|该|这个|那个)")
_RANK = {"自治区": "省", "自治州": "市", "州": "市", "盟": "市", "自治县": "县", "旗": "县", "街道": "镇", "乡": "镇"}


@dataclass(frozen=True, slots=True)
class Place:
    """The most specific place in a body's name: `name` without its level (empty if hidden or not said)."""

    name: str
    level: str


def place(org: str) -> Place | None:
    """The place of a body: 青禾 + 县 for 青山省临泽市青禾县卫健局; None if the name holds no place with a level."""
    text = _SELF.sub("", _HIDDEN.sub("", dense(org)))
    found, at = None, 0
    while match := _REGION.match(text, at):
        found, at = match, match.end()
    if found is None:
        return None
    return Place(_SELF.sub("", found["name"]), _RANK.get(found["level"], found["level"]))


def same_org(left: str, right: str) -> bool:
    """Whether two bodies are of the same place; a hidden or missing place name agrees with any of its level.

    Names without a place (国务院) are the same if one contains the other. A short name without its level (云岭) is
    the same as any place of that name.
    """
    one, other = place(left), place(right)
    if one is not None and other is not None:
        if one.level != other.level:
            return False
        return not one.name or not other.name or one.name == other.name
    placed, unplaced = (one, right) if one is not None else (other, left)
    if placed is not None:
        return bool(placed.name) and placed.name in dense(unplaced)
    short, long = sorted((_stem(left), _stem(right)), key=len)
    return short in long


def names_org(asked: str, org: str) -> bool:
    """Whether the question names the body: its place by name, or, where that is hidden, its level (区里, 市卫健局)."""
    text = dense(asked)
    where = place(org)
    if where is None:
        return _stem(org) in text
    return (where.name or where.level) in text


def _stem(org: str) -> str:
    """The body's own name without what every body of its sort is called."""
    return re.sub(r"(?:卫生健康|卫健|卫生)(?:局|委员会|委)$|(?:人民)?政府$", "", dense(org)) or dense(org)
