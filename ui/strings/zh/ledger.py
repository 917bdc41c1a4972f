"""The tab 指标台账, with 兑现对照."""

from __future__ import annotations

from typing import Final

from assistant.ledger.types import STATUS_NAMES, RowStatus
from assistant.promises.types import SHOWN, Verdict
from ingest.figures.types import Role

VIEW: Final = "内容"
VIEW_LEDGER: Final = "指标"
VIEW_COMPARED: Final = "兑现对照"
INDICATOR: Final = "指标名称"
STATUS: Final = "状态"
ALL_STATUSES: Final = "全部状态"
ROWS: Final = "共{count}行"
MORE_ROWS: Final = "，这里只列前{count}行，请用上面的条件缩小范围"
ROWS_NOTE: Final = "。点数字看原文；标“计算”的由程序按原文两数算出。"
NO_ROW: Final = "没有符合条件的指标。"
CHOOSE_ROW: Final = "点一行，在这里看每个数字的原文，以及各年目标与结果的比较。"
STRUCK: Final = "已删去的数"
STRUCK_COUNT: Final = "共删去{count}个数；报告原文不变。点“恢复”，这个数就回到台账里。"
NO_STRUCK: Final = "没有删去过数。台账里读错的数，可点它看原文，在原文下面删去。"
STRUCK_COLUMNS: Final = ("单位", "指标", "数", "报告", "")
WRONG_FIGURE: Final = "“{text}”读错了，或不是指标？"
IS_STRUCK: Final = "“{text}”已从台账删去。"
STRIKE: Final = "删去这个数"
RESTORE: Final = "恢复这个数"
NOW_STRUCK: Final = (
    "已从台账删去“{text}”，再次读入也不再出现；报告原文不变。要恢复，可点右边，或以后在“状态”里选“已删去的数”，或运行"
)
NOW_RESTORED: Final = "“{text}”已回到台账。要再删去，可点右边，或运行"
WHY_JOINED: Final = "为何合并"
PARTED: Final = "已分开"
TWO_NAMES: Final = "“{first}”与“{second}”"
PART: Final = "不是同一指标，分开"
PART_BACK: Final = "撤销，由程序判断"
NOW_PARTED: Final = "已分开{names}，再次读入也一样。要撤销，可点下面的“撤销”，或运行"
NOW_BACK: Final = "{names}仍由程序判断。要改回，可运行"
GONE_ROW: Final = "档案已有变动，请重新选择。"
ALSO_CALLED: Final = "又称："
TARGET: Final = "目标"
RESULT: Final = "结果"
ROLES: Final[dict[Role, str]] = {
    "target": TARGET,
    "result": RESULT,
    "completion": "完成率",
    "change": "同比",
    "baseline": "以前",
}

CHOOSE_BODY_AND_YEAR: Final = "请在上面选一个单位和一个年度，看那一年的计划在总结里怎么说。"
CHOOSE_MEASURE: Final = "点一段话，在这里看它在报告里的原处。"
MEASURES: Final = "共{count}项举措："
COMPARED_COLUMNS: Final = ("计划", "对照", "总结中的表述")

LEDGER_COLUMNS: Final = ("单位", "时期", "指标", "目标", "结果", "完成率", "差额", "状态")
COMPLETION: Final = "完成率"
GAP: Final = "差额"
COMPUTED_MARK: Final = "（计算）"
ROW_STATUSES: Final[dict[RowStatus, str]] = STATUS_NAMES
VERDICTS: Final[dict[Verdict, str]] = SHOWN
