"""Proper names in a sentence of a model's own: places, bodies, titles, persons. Each must be quoted or known."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import chain

from assistant.verify.ground import Ground

_TITLE = re.compile(r"《([^》]{2,60})》")
_BODY = re.compile(
    r"(?=([\u4e00-\u9fff]{2})"
    r"(省(?![级内时钱份])|自治区|自治州|市(?![场民值级直区县])|县(?![域级乡直委内])|区(?![域别分块间级])|镇(?![级痛静区])|乡(?![村镇级])"
    r"|村(?![民医卫级居庄])|街道|医院|卫生院|卫健局|卫健委|卫计局|疾控中心|保健院|大学|学院|公司|集团))"
)
_PERSON = re.compile(r"(?=([\u4e00-\u9fff]{2})(同志|局长|主任|书记|院长|县长|市长|省长|厅长))")
_NO_NAME = re.compile(
    r"[农城社辖灾库林山景园校病片疫小全本该各我此某每这那一二三两几多个等和及与或在的为从对由向于到至是有各所座家内外新老市县区乡镇村级辖]$|"
    r"^(?:全|各|本|该|我|此|每|这|那|上|下|年|月|度|名|市|县|区|级|辖|基|农|城|驻|跨|贫|试|示|社|公|专|综|三|二|一)"
)
"""Two characters before 县 or 医院 that are no name: 全县, 三级医院, 年全市."""

_WHOLE = re.compile(r"[全我本]([国省市县区州旗镇乡])|([国省市县区乡村])家?级")
"""全市, 省级: of another rank than that of the body quoted, unless its report says so."""

_SHORTEST = 2


def strange_names(text: str, ground: Ground, question: str, places: Collection[str]) -> str | None:
    """Why a name in the sentence does not stand; None when all are in the quotes, their reports or the question.

    `places`: the regions of the archive's bodies; one of them may not appear unless the quoted reports are its own.
    """
    known = f"{ground.quotes} {ground.about} {question}"
    if any(place in text and place not in known for place in places):
        return "有一句提到别的单位"
    if any(found[0] not in ground.quotes and not _of_rank(found[1], known) for found in _WHOLE.finditer(text)):
        return "有一句提到别的单位"
    for title in _TITLE.findall(text):
        if title not in known:
            return "有一句提到出处中没有的文件"
    for before, kind in chain(_BODY.findall(text), _PERSON.findall(text)):
        if not _NO_NAME.search(before) and not _known(before, kind, known):
            return "有一句提到出处中没有的名称"
    return None


def _of_rank(rank: str | None, known: str) -> bool:
    """全县 of a report whose body is a county's."""
    return rank is not None and re.search(rf"[\u4e00-\u9fff]{{2}}{rank}", known) is not None


def _known(before: str, kind: str, known: str) -> bool:
    """The name as it stands, or without its kind (云岭县 for 云岭卫健局)."""
    return f"{before}{kind}" in known or (len(before) >= _SHORTEST and before in known)
