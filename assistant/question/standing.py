"""Whether a question asks which indicators stand so or so to their targets, across a whole report."""

from __future__ import annotations

import re
from typing import Literal

Standing = Literal["missed", "exceeded", "met", "lowest", "highest"]
"""没有完成, 超额完成, 完成, and the lowest or the highest completion rate."""

_ITEM = r"(?:指标|任务|目标|项目|事项|项)"
_WHICH = r"(?:哪些|哪几个?|哪一?个?|什么|几个?)"
_ASKED = rf"{_WHICH}(?:主要|重点|核心|年度|考核|工作|的)*{_ITEM}"
_WORK = rf"(?:{_ASKED}|{_WHICH}工作)"
_NOT = r"(?:没有?|未能?|尚未|还没有?)(?:按时|按期|全部|如期|全面)?"
_SHORT = rf"(?:{_NOT}(?:完成|达到|达标|实现|做完)|欠账|落后于?(?:目标|任务))"
_OVER = r"(?:超额|超(?:过|出)?了?(?:目标|任务|计划))"
_RATE = r"(?:完成率|完成进度|完成比例|完成得|完成情况)"


def _about(words: str) -> re.Pattern[str]:
    """哪些任务没完成 / 没完成的任务有哪些 / 有没有没完成的任务 / 哪些没完成."""
    own = rf"{words}(?:完成)?了?的{_ITEM}?"
    return re.compile(
        rf"{_WORK}[^，。？?]{{0,6}}{words}|(?:哪些|哪几项){words}|{own}(?:都|分别|是|有)*{_WHICH}|(?:有没有|有无){own}"
    )


_MISSED = _about(_SHORT)
_EXCEEDED = _about(_OVER)
_MET = re.compile(rf"{_ASKED}(?:都|已经?|全部|按期|如期)*(?:完成|达标|达到|实现)了?(?:目标|任务)?的?[？?。]?$")
_LOWEST = re.compile(rf"{_RATE}(?:最低|最差|最少|垫底|最不好)|垫底")
_HIGHEST = re.compile(rf"{_RATE}(?:最高|最好|最多)")


def read_standing(text: str) -> Standing | None:
    """The standing asked for; None for every other question (完成了哪些工作 asks for what was done)."""
    if re.search(rf"{_WORK}|{_ITEM}(?:是|为)?(?:什么|哪)", text):
        if _LOWEST.search(text):
            return "lowest"
        if _HIGHEST.search(text):
            return "highest"
    if _MISSED.search(text):
        return "missed"
    if _EXCEEDED.search(text):
        return "exceeded"
    return "met" if _MET.search(text) else None
