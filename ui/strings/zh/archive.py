"""The tab 档案库."""

from __future__ import annotations

from typing import Final

REPORTS: Final = "报告"
FIND_REPORT: Final = "按标题、单位、年份、文件名查找"
NO_REPORT: Final = "没有这样的报告"
UNKNOWN_ORG: Final = "单位不详"
INCOMPLETE: Final = "不完整"
CORRECTED: Final = "已更正"
NOT_SURE: Final = "待核对"
COPIES: Final = "{count}个来源"
MORE_REPORTS: Final = "另有{count}份，请在上面输入要找的标题、单位或年份"

QUALITY: Final = "档案质量"
QUALITY_GOOD: Final = "没有发现质量问题。"
FAILED_FILES: Final = "，另有{count}个文件未能读入"
QUALITY_HEAD: Final = "{files}个文件，{reports}份报告"
MORE_ITEMS: Final = "等{count}项"

CHOOSE_REPORT: Final = "点左边的一份报告，可在这里核对并更正它的标题、单位、年份和文种。"
CORRECTING: Final = "核对与更正"
REPORT_TITLE: Final = "标题"
KIND: Final = "文种"
PUBLISHED: Final = "日期"
UNKNOWN: Final = "不详"
SAVE: Final = "保存更正"
UNDO: Final = "撤销更正"
SAVED: Final = "已保存，之后再次读入也以此为准。"
UNDONE: Final = "已恢复为程序识别的结果。"
FIELDS: Final = {"title": REPORT_TITLE, "org": "单位", "year": "年度", "kind": KIND, "published": PUBLISHED}
CERTAINTY: Final = {"given": "由用户更正", "high": "确定", "medium": "推断", "low": "把握不大"}
