"""The body that a report is of: its name, its place and its rank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.structure.government import government, place_in_name, speaks_of
from ingest.structure.mentions import announced, in_title, lead_of, place_pronoun, region_of, signed, spoken_unit
from ingest.structure.places import LEVELS, MASK, Level, full_province, leading_places, level_of_region
from ingest.structure.title import Title
from ingest.types import Kind

_CITY_ABOVE = re.compile(
    r"[在、，]([一-鿿]{2,3})市委[、，]?(?:[一-鿿]{2,3})?市?政府?[^。]{0,4}(?:和|及)(?:我|[一-鿿]{2,3})?市委"
)
"""在云州市委、市政府和市委的坚强领导下: the city's own 市委 comes second."""
_TOWN_BODY = re.compile(r"卫生院|社区卫生服务中心|卫生室|街道办事处")


@dataclass(frozen=True, slots=True)
class Body:
    """A body as the report names it; everything is None where the report does not say."""

    org: str | None
    region: str | None
    level: Level | None
    reason: str


def find_body(title: Title, kind: Kind, lines: Sequence[str], path: Path) -> Body:
    """The body, looked for in the title, the signature, the text, the places spoken of, and the path, in this order.

    A text that is no report (其他) is of nobody unless its title or signature says so: whom it mentions is not whose
    it is.
    """
    text = "\n".join(lines)
    if kind == "政府工作报告":
        found = government(title, lines, path)
        if found is not None:
            body = _body(*found)
            return replace(body, level="县") if _is_county_city(body.region, text) else body
    region, unit = in_title(title.text)
    reason = "标题" if title.in_text else title.reason
    if unit is not None:
        return _named(region, unit, text, reason, path)
    for clue, where in ((signed(lines), "落款"), (announced(text), "正文开头")):
        if clue is not None:
            return _named(clue[0] or region, clue[1], text, where, path)
    if kind == "其他":
        return _body(region, region, reason) if region is not None else Body(None, None, None, "未写明单位")
    spoken = spoken_unit(f"{title.text}\n{text}")
    if spoken is not None:
        lead, unit = spoken
        place = region or region_of(lead, text, unit)
        return _body(f"{place or lead}{unit}", place, "标题和正文" if region else "正文", lead)
    if region is not None:
        return _body(region, region, reason)
    return _by_place(text, path)


def body_named(org: str, reason: str) -> Body:
    """A body whose full name is given: its region and rank follow from the name."""
    region, unit = in_title(org)
    if region is None:
        region = leading_places(org)[0]
    if region is None and org == "国务院":
        region = "全国"
    lead = unit[0] if unit and unit[0] in LEVELS else ""
    return _body(org, region, reason, lead)


def _named(region: str | None, unit: str, text: str, reason: str, path: Path) -> Body:
    """A body whose name is given; completed by the file's name or the text where only 县卫健局 or 卫生院 is said."""
    if region is not None:
        return _body(region + unit, region, reason)
    place, filed = in_title(path.stem)
    if (
        place is not None
        and filed is not None
        and filed.endswith(unit.lstrip("省市州盟县区旗镇乡"))
        and (unit[0] not in LEVELS or place.endswith(unit[0]))
    ):
        return _body(place + filed, place, f"{reason}和文件名")
    lead = unit[0] if unit[0] in LEVELS else ""
    bare = unit[len(lead) :]
    if not lead and not re.match(r"[一-鿿]{1,8}?[省市州县区旗镇乡]", bare):
        lead = lead_of(bare, text)
        if _TOWN_BODY.search(bare) and lead not in ("镇", "乡", "街道"):
            lead = ""  # 我县 in a township hospital's report is its county, not its rank
    place = region_of(lead, text, bare)
    return _body(f"{place or lead}{bare}", place, reason, lead)


def _by_place(text: str, path: Path) -> Body:
    """No body is named: the place spoken of, if it is spoken of often, else the one in the file's name or folder."""
    lead = place_pronoun(text)
    named = place_in_name(path.stem, lead)
    if named is not None and speaks_of(named, text):
        return _body(named, named, "文件名")
    for name, reason in ((path.stem, "文件名"), (path.parent.name, "文件夹名")):
        place, unit = in_title(name)
        if unit is not None:
            return _named(place, unit, text, reason, path)
        if place is not None:
            return _body(place, place, reason)
    region = region_of(lead, text)
    return _body(region, region, "正文") if region is not None else Body(None, None, LEVELS.get(lead), "未写明单位")


def _is_county_city(region: str | None, text: str) -> bool:
    """A 市 whose report speaks of a 州委, 地委 or another city's 市委 above its own is a county-level city."""
    if region is None or not region.endswith("市") or full_province(region):
        return False
    if len(re.findall(r"州委|州政府|(?<![老原])地委|盟委", text)) > 1 or "县级市" in text[:3000]:
        return True
    above = [found[1] for found in _CITY_ABOVE.finditer(text)]
    return any(name not in region for name in above)


def _body(org: str, region: str | None, reason: str, lead: str = "") -> Body:
    level = level_of_region(region)
    if org == "国务院" or org.startswith(("国家", "全国")):
        level = "国"
    elif _TOWN_BODY.search(org):
        level = "乡"
    elif level is None:
        level = LEVELS.get(lead) or LEVELS.get(org[:1]) or ("县" if re.match(rf"{MASK}区", org) else None)
    return Body(org, region, level, reason)
