"""The several quantities that one question asks for: 新建多少亩高标准农田，粮食要收多少吨 · GDP和进出口的增速."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.intent import read_unit, wants_number
from assistant.question.segment import tagged
from assistant.question.topic import read_topic
from assistant.question.types import Facet

MOST = 5
"""Quantities of one question; a longer list is asked of the ledger or is no question."""

_PART = re.compile(r"[，,；;。？?\s]+")
_AND = re.compile(r"(?<=[\u4e00-\u9fffA-Za-z])(?:以?及|[和与跟、])(?=[\u4e00-\u9fffA-Za-z])")
_HOW_MUCH = re.compile(r"多少|几|多大|多高|多快|多长|百分之|增速|增幅")
_OF_ANOTHER = re.compile(r"^(?:其中|里面|当中|比|较|同比|占|分别|各|排|居|是不是|有没有|达|完成|实际|平均)")
"""How a part begins that says something of the part before it."""

_ASPECT = re.compile(
    r"^(?:.{0,2}[率例比重]|占比|排名|名次|涨幅|增速|增幅|降幅|规模|总量|总数|人数|数量|金额|面积|问题|原因)$"
)
"""What is asked of a thing and is none."""


def read_facets(text: str, spans: Sequence[tuple[int, int]] = ()) -> tuple[Facet, ...]:
    """The quantities that `text` asks for, outside the `spans` of its years and bodies; empty where it asks for one.

    Every part names a thing and asks how much; one that asks more of the thing before it (其中…多少, 增长多少) is none.
    """
    letters = list(text)
    for start, end in spans:
        letters[start:end] = [" "] * (end - start)
    plain = "".join(letters)
    parts = [part for part in _PART.split(plain) if _HOW_MUCH.search(part)]
    found = [_facet(part) for part in parts if not _OF_ANOTHER.match(part)]
    facets = [facet for facet in found if facet is not None]
    if len(facets) == 1 and len(parts) == 1:
        facets = _joined(parts[0])
    distinct = {facet.topic.runs: facet for facet in facets}
    return tuple(distinct.values()) if 1 < len(distinct) <= MOST else ()


def asks_several(text: str) -> bool:
    """Whether more than one quantity is asked for, be it of one thing (办了几回，解决多少问题)."""
    return len([part for part in _PART.split(text) if _HOW_MUCH.search(part)]) > 1


def _facet(part: str, asked: str = "") -> Facet | None:
    topic = read_topic(part)
    if not any(_is_thing(run) for run in topic.runs):
        return None
    return Facet(topic, read_unit(asked or part), wants_number(asked or part))


def _joined(part: str) -> list[Facet]:
    """GDP和进出口的增速: two things and one question."""
    names = _AND.split(part)
    found = [_facet(name, part) for name in names]
    facets = [facet for facet in found if facet is not None]
    return facets if len(facets) == len(names) else []


def _is_thing(run: str) -> bool:
    return not _ASPECT.match(run) and any(
        tag[:1] == "n" or tag in ("vn", "j", "l", "eng", "x") for _, tag in tagged(run)
    )
