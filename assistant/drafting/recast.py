"""A heading that tells what was reached, recast as one that says what is to be done; which ones may stand anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.drafting.headings import core
from assistant.drafting.themes import themes, themes_of
from ingest.clean import normalise

_CLAUSE = re.compile(r"[，,；;]")
_ACTS = re.compile(
    r"^(?:着力|全力|大力|努力|聚焦|聚力|持续|坚持|坚定|切实|全面|深入|扎实|进一步|加快|加强|推进|推动|深化|强化|做好|抓好|积极|统筹|突出|提升|优化|健全|完善|促进|实施|落实|夯实|筑牢|守牢|办好"
    r"|狠抓|紧抓|抓实|做实|做强|做优|建强|开展|巩固|扩大|激发|打造|增进|改善|维护|千方百计|用心|用情|凝心聚力|创新|构建|培育|防范|守住|织密|严格|规范|增强|加大|保障|服务|建设|提高|壮大|坚决|稳步)"
)
_REACHED = re.compile(
    r"(?:了|提升|提高|增强|改善|增进|向好|显著|明显|突破|成效|成果|成绩|进展|台阶|新局|新貌|有力|有序|有效|见效|落地|丰硕|加快|稳固|加强|深化|巩固|优化|稳定|和谐|协调|释放|彰显|凸显|形成|完善|提质|扩面|向前|前列|进位|跃升|增长|回升|推进|发力|同步|规范|到位|扎实)$"
)
_ABOUT = re.compile(r"(?:进一步|持续|不断|稳步|明显|显著|加快|更加|日益|扎实|全面|取得|实现|迈出|有力|更趋)+")


def as_plan(name: str, field: str) -> str:
    """From a review's heading: its clause that acts (着力加强区域合作), else how a plan calls the field it names.

    Empty where it is neither: what was reached is no task.
    """
    clauses = _CLAUSE.split(name)
    acting = [one for one in clauses if _ACTS.match(one) and not _REACHED.search(one) and len(core(one)) >= 3]
    if acting:
        return acting[0]
    named = themes_of(name, field)
    return next((theme.heading for theme in themes(field) if theme.name in named), "")


def is_neutral(name: str, places: Iterable[str]) -> bool:
    """Whether a neighbour's heading names no place, person or slogan of its own and may stand anywhere."""
    import rjieba

    if re.search(r"[“”\"《》]", name) or any(place in name for place in places):
        return False
    return all(tag not in ("ns", "nr", "nt", "nz") or word in _PLAIN for word, tag in rjieba.tag(normalise(name)))


_PLAIN = frozenset({"美丽", "和平", "中医", "中医药", "健康", "高水平", "文明", "平安", "安康", "富裕", "和谐"})
"""Words that the dictionary takes for names."""
