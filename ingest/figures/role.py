"""What a figure does: target, result, completion, change or baseline."""

from __future__ import annotations

import re

from ingest.figures.clauses import Mention
from ingest.figures.types import Role
from ingest.types import Part

_COMPLETION_BEFORE = re.compile(
    r"(?:完成率|完成比例|完成进度|达标进度|序?时序?进度的?|(?<=[，。；\s])进度|^进度|日进度|底进度|(?:完成|占|达|为|相当于|超)(?:了|到)?[^，。；]{0,10}?(?:任务|目标|计划|指标|方案)(?:任务)?(?:数|量)?的)"
    r"(?:为|达到|达|是|约|超|近|只有|仅|也|已|均|\s|:|：)*$"
)
_COMPLETION_AFTER = re.compile(r"^(?:完成|超额完成)(?:[^，。；]{0,6}?)(?:任务|目标|计划)")
_CHANGE = re.compile(
    r"(?:增长|增加|提高|提升|上升|下降|降低|减少|压减|压缩|缩短|缩减|增幅|涨幅|降幅|增速|多|少|快于|高于|低于|高出|低|高|上涨|回升|回落|扩大|增收|增产|减产|翻)(?:率|幅度|幅)?(?:了|为|达到|达|约|超过|超|近|逾|分别为|分别|接近|不低于|不超过|[、\s“”]|各)*$"
)
_TO = re.compile(
    r"(?:增长|增加|提高|提升|上升|下降|降低|减少|压缩|缩短|扩大|上涨|调整)(?:到|至|为)(?:约|近|超|超过)?$|(?:增|升|降|提|缩|扩|减)(?:至|到)(?:约|近|超|超过)?$"
)
_FROM = re.compile(r"(?:由|从)(?:[^，。；]{0,12}?)$")
_TO_LATER = re.compile(
    r"^[^，。；]{0,10}?(?:提高|提升|增加|增长|上升|下降|降低|减少|扩大|压缩|缩短|增|升|降|调整|变为|到|至)"
)
_BEFORE_YEAR = re.compile(r"(?:去年同期|上年同期|上年|去年|同期)(?:的|为|是|完成)?(?:约|仅)?$")
_TARGET = re.compile(
    r"(?:(?:任务(?:数|量|指标)?|目标(?:数|值|任务)?|(?<!有)计划(?!生育|免疫)(?:数)?|方案数|指标(?:数)?|应(?:查|管|检)(?:人数|数)|预期|预计|力争|争取|确保|拟|要求|下达(?:我[县市区局院委])?|(?:年初)?提出|[需须应]当?完成|应当?达到)[^，。；\d]{0,6}?"
    r"|(?:上级|[省市县国]里?)(?:核定|下达|分配|确定)(?:给)?我[县市区局院委][^，。；]*)$"
)
_TARGET_AFTER = re.compile(
    r"^(?:以上|以下|左右|以内)?(?:的|为)?(?:年度|年初|全年|上级|省定|市定|县定|考核|既定|预期|工作|下达的?|责任书)*(?:目标|任务|要求|指标|计划)"
)
_DUE = re.compile(r"应(?P<what>[㐀-鿿]{2})[^，。；\d]{0,12}$")
_DONE_AFTER_TASK = re.compile(
    r"^(?:的?(?:任务|目标)(?:数|量)?)?[，,；;]?(?:目前|现|实际)?已(?:经|全部|超额)?完成(?:了|任务)?$"
)
_GAP = re.compile(r"(?:超(?:额|计划|任务|目标)|还差|相差|差|超出|多出|缺口|缺|多|少|高出)(?:了|为|约|\s)*$")
_DONE = re.compile(r"(?:实际|已|累计完成|完成了|共完成|实现了)[^，。；]{0,6}$")
_GROWTH_UNITS = frozenset({"%", "‰", "百分点", "倍", "番"})


def role_of(sentence: str, mention: Mention, part: Part | None, last: Role | None = None) -> tuple[Role, bool]:
    """The role, and whether the number is a rate of change; `last` is the role of the number before in its clause."""
    value = mention.value
    pre = sentence[mention.before : value.start]
    post = sentence[value.end : mention.after]
    growth = is_growth(pre, value.unit)
    if value.unit in ("%", "倍") and (_COMPLETION_BEFORE.search(pre) or _COMPLETION_AFTER.match(post)):
        return "completion", False
    if value.unit == "%" and last == "target" and pre == "的":  # 年度任务4220人的103.91%
        return "completion", False
    if _FROM.search(pre) and _TO_LATER.match(sentence[value.end : value.end + 24]):
        return "baseline", False
    if _BEFORE_YEAR.search(pre):
        return "baseline", False
    if _GAP.search(pre):
        return "change", growth
    if part == "plan":
        return "target", growth
    if _TARGET_AFTER.match(post) or (_TARGET.search(pre) and not _DONE.search(pre)):
        return "target", growth
    if _is_due(pre, sentence[value.end :]):
        return "target", growth
    return ("change", growth) if growth or _is_difference(pre, post) else ("result", False)


def is_done_of_task(between: str) -> bool:
    """Whether what stands between a task and a percentage makes this the share done: 1600例 | 任务，已完成 | 101.6%."""
    return _DONE_AFTER_TASK.match(between) is not None


def _is_due(pre: str, post: str) -> bool:
    """应随访300人，已随访280人: what was due, told beside what was done."""
    due = _DUE.search(pre)
    return due is not None and re.match(rf"[，,；;](?:目前|现|实际)*已(?:经)?(?:完成)?{due['what']}", post) is not None


def is_growth(pre: str, unit: str) -> bool:
    """增长5.2%, 提高2个百分点; not 提高到85%."""
    if unit == "番":
        return True
    return unit in _GROWTH_UNITS and _CHANGE.search(pre) is not None and _TO.search(pre) is None


def _is_difference(pre: str, post: str) -> bool:
    """比上年增加300人, 较去年减少2起: a difference, not a count of its own."""
    compared = re.search(r"(?:比|较)(?:上|去|20\d\d|前|同)[^，。；]{0,8}$|同比|净增", pre)
    return compared is not None and _CHANGE.search(pre) is not None and _TO.search(pre) is None
