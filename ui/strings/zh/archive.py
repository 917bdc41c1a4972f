"""The tab 档案库."""

from __future__ import annotations

from typing import Final

from ingest.archive.quality import Topic

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

DROP_HERE: Final = "把报告文件或整个文件夹拖到这里"
PICK_FILES: Final = "选择文件"
PICK_FOLDER: Final = "选择文件夹"
UPLOAD_LIMITS: Final = "可读 Word、WPS、PDF、Excel、网页、文本、图片和 zip 压缩包；单个文件不超过 100 MB。"
UPLOADING: Final = "正在上传 {done}/{total} 个文件"
READING_FILES: Final = "正在读入 {done}/{total} 个文件"
MAKING_VECTORS: Final = "已可检索。正在计算向量 {done}/{total} 段，完成后按意思查找更准"
LOADING_MODEL: Final = "已可检索。正在准备计算向量"
TIME_LEFT: Final = {"seconds": "不到 1 分钟", "minutes": "约剩 {count} 分钟", "hours": "约剩 {count} 小时"}
STOP_COLLECTING: Final = "停止"
READ_ALL: Final = "{count} 个文件已处理"
STOPPED_COLLECTING: Final = "已停止，读完的都已留下"
CLEAR_COLLECTED: Final = "收起"
PENDING_VECTORS: Final = "还有 {count} 段没有向量，按字词检索不受影响。"
MAKE_VECTORS: Final = "计算向量"
EACH_FILE: Final = "逐个文件"
FILE_STATES: Final = {
    "coming": "上传中",
    "waiting": "等待",
    "reading": "读入中",
    "done": "已读入",
    "known": "已有",
    "skipped": "跳过",
    "failed": "失败",
    "stopped": "未读",
}
FILE_SIZE: Final = "{reports} 份报告，{passages} 段"
MORE_FILES: Final = "另有 {count} 个文件"
CHECK_FRESH: Final = "新增 {count} 份报告，其中 {unsure} 份待核对"
FRESH_SURE: Final = "新增 {count} 份报告，标题、单位、年份都已确定"
CHECK_NOW: Final = "逐份核对"
UPLOAD_FAILED: Final = "上传没有成功，请检查网络后重试。"
FRESH: Final = "新"

BACK: Final = "返回概况"
LAST_UNSURE: Final = "上一份待核对"
NEXT_UNSURE: Final = "下一份待核对（{count}）"
NOTHING_UNSURE: Final = "没有待核对的报告了。"
CONFIRM: Final = "核对无误"
CONFIRMED: Final = "已记下：核对无误。"
CONFIRMED_NEXT: Final = "上一份已记下核对无误，这是下一份。"
DELETE_REPORT: Final = "删除"
DELETED: Final = "已删除《{title}》。"
UNDO_REMOVAL: Final = "撤销"
TAKEN_BACK: Final = "已恢复《{title}》。"
STILL_THERE: Final = "原文件还在它的文件夹里，再次读入那个文件夹时会重新出现。"
TRASH: Final = "最近删除"
TRASH_COUNT: Final = "{count} 份"
TRASH_HINT: Final = "保留 30 天，可随时恢复。"
TRASH_UNTIL: Final = "{at} 删除，保留到 {until}"
TAKE_BACK: Final = "恢复"
EMPTY_TRASH: Final = "全部彻底删除"
EMPTY_SURE: Final = "再点一次，全部彻底删除，不能恢复"
EMPTIED: Final = "已彻底删除 {count} 份。"

PREVIEW: Final = "原文预览"
GET_ORIGINAL: Final = "下载原文件"
EXPAND_ALL: Final = "全部展开"
COLLAPSE_ALL: Final = "全部收起"
BEFORE_HEADINGS: Final = "（标题之前）"
NO_HEADING: Final = "（没有标题的文字）"
TRUNCATED_NOTE: Final = "原文不完整：后面的内容缺失。请补充完整的文件，读入后会自动替换。"
SOURCES_TITLE: Final = "{count} 个来源"
PREVIEW_FACTS: Final = "{characters} 字，{sections} 个标题"
MARKS: Final = {
    "damaged": "损坏",
    "masked": "已隐去",
    "doubtful": "存疑",
    "ocr": "图像识别",
    "addressed": "写给程序的话",
}
LEGEND: Final = "标记"
LOADING_TEXT: Final = "正在取原文…"
TEXT_FAILED: Final = "没有取到原文，请再展开一次。"
ON_PAGE: Final = "第 {page} 页"

COLLECTION: Final = "收集情况"
COLLECTION_HINT: Final = "每格是该单位当年的报告份数和文种，点一格可在左边列出；“缺”是前后年都有、唯独没有的年份。"
BODY: Final = "单位"
KIND_SHORT: Final = {
    "总结": "总",
    "计划": "计",
    "总结和计划": "总计",
    "半年总结": "半",
    "工作要点": "要",
    "政府工作报告": "府",
    "其他": "他",
}
MISSING: Final = "缺"
MISSING_LONG: Final = "{body} 缺 {year}"
NO_REPORT_THEN: Final = "无"
CELL_LONG: Final = "{body} {year}：{count} 份（{kinds}）"
GAPS: Final = "缺哪些"
GAPS_COUNT: Final = "{count} 个单位"
NO_GAPS: Final = "近十年没有发现前后都有、中间缺少的年份。"
UNDATED: Final = "另有 {count} 份年份不详。"
EARLIER: Final = "另有 {count} 份早于 {year}。"
MORE_BODIES: Final = "另有 {count} 个单位没有列出"

REMEDIES: Final[dict[Topic, str]] = {
    "failed": "按每行的说明改正后，重新上传该文件",
    "truncated": "如有完整的文件，请上传；完整的一份会自动替换它",
    "masked": "原文如此；如有未隐去的文件，请上传",
    "year": "点开报告，填写年度后保存；确实不详的，点“核对无误”",
    "org": "点开报告，填写单位后保存；确实不详的，点“核对无误”",
    "unsure": "点开报告核对，不对时改正后保存，对的点“核对无误”",
    "part": "点开报告核对文种，不对时改正后保存",
    "period": "点开报告核对年度，不对时改正后保存",
}
"""What to do about a concern on this page; the archive itself speaks of commands."""
