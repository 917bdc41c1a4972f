"""Every word that the page shows, in one place."""

from __future__ import annotations

from typing import Final

from assistant.answer import WarningKind
from ingest.figures.types import Role
from ingest.period import Period
from ingest.types import Part

TITLE: Final = "报告档案助手"
MOTTO: Final = "句句有出处，没有就说没有"

TAB_CHAT: Final = "问答"
TAB_ARCHIVE: Final = "档案库"
TAB_LEDGER: Final = "指标台账"
TAB_DRAFT: Final = "起草"

CONVERSATION: Final = "对话"
WELCOME: Final = "问一问档案里的工作报告"
WELCOME_MORE: Final = "回答都摘自原文。点回答中的数字，可看到它在报告里的原处。"
QUESTION: Final = "问题"
QUESTION_HINT: Final = "例如：2022年两癌筛查完成了吗？"
SEND: Final = "发送"
STOP: Final = "停止"
CLEAR: Final = "新对话"
HINT: Final = "提示"
EMPTY_QUESTION: Final = "请先输入问题。"
LOOKING: Final = "正在查找…"

YEAR: Final = "年度"
ORG: Final = "单位"
ALL_YEARS: Final = "全部年度"
ALL_ORGS: Final = "全部单位"

SOURCES: Final = "依据"
SHOW_SOURCE: Final = "查看原文"
COPY: Final = "复制回答和依据"
COPIED: Final = "已复制"
COMPUTED: Final = "按引文数字计算"
CAUTIONS: Final = "请留意"

PANEL: Final = "原文"
PANEL_EMPTY: Final = "点回答中的数字或依据，在这里看它在报告里的原处。"
CLOSE: Final = "关闭"
FILE: Final = "来源文件"
ALSO_IN: Final = "另见"
ADDRESSED: Final = "疑似写给程序的指令，回答不采用"
TRUNCATED: Final = "这份报告是不完整的副本，后面的内容原件里没有。"
UNKNOWN_YEAR: Final = "年份不详"
GONE: Final = "这段对话已关闭，请重新打开或重新提问。"
SOURCE_GONE: Final = "来源已不在档案中"

TALKS: Final = "以前的对话"
TALKS_BUTTON: Final = "对话"
FIND_TALK: Final = "查找对话"
NO_TALK: Final = "提问之后，对话会保存在这里。"
NO_TALK_FOUND: Final = "没有找到这样的对话。"
RENAME: Final = "改名"
DELETE: Final = "删除"
UNDO_DELETE: Final = "撤销"
EXPORTS: Final = {"docx": "Word", "md": "Markdown"}
BUSY: Final = "请等这一问答完，或先停止。"
STOPPED_EARLY: Final = "已停止。"
STOPPED_MIDWAY: Final = "已停止，以上是停止前已核对的部分。"

COMPOSERS: Final = {"extractive": "原文摘录", "llm": "语言模型"}
CHECKED: Final = "已核对 {count} 句"
FALLEN: Final = {
    "quoted": "{count} 句未通过核对，改用原文",
    "dropped": "{count} 句未通过核对，未采用",
}
ANSWERING: Final = "逐句核对后显示"
NO_MODEL: Final = "未配置语言模型，按原文摘录作答"

UNEXPECTED: Final = "出错了，请重试；如反复出现请运行 report-assistant doctor"
NO_ARCHIVE: Final = "还没有档案。请在命令行运行下面一行，导入完成后本页会自动更新。"
EMPTY_ARCHIVE: Final = "档案还是空的。请在命令行运行下面一行，导入完成后本页会自动更新。"
INGEST_COMMAND: Final = "report-assistant ingest 报告所在的文件夹"

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

DRAFT_ORDER: Final = "起草说明"
DRAFT_YEAR: Final = "年份"
DRAFT_LENGTH: Final = "篇幅"
DRAFT_TONE: Final = "语气"
DRAFT_TONE_HINT: Final = "如：务实、简洁"
DRAFT_UP_TO: Final = "用到哪一年为止"
DRAFT_UP_TO_HINT: Final = "默认前一年"
DRAFT_COMPOSER: Final = "方式"
DRAFT_COMPOSERS: Final = {"skeleton": "骨架（不用模型）", "llm": "语言模型成文"}
DRAFT_MORE: Final = "更多：主送机关、日期、参照"
DRAFT_PREFER: Final = "优先参照"
DRAFT_EXCLUDE: Final = "不参照"
DRAFT_REPORTS_HINT: Final = "报告标题或文件名，用“；”隔开"
DRAFT_ADDRESSEE: Final = "主送机关"
DRAFT_ADDRESSEE_HINT: Final = "如：各乡镇卫生院"
DRAFT_DATE_HINT: Final = "如：2025年1月5日"
DRAFT_FACTS: Final = "事实与目标"
DRAFT_FACTS_HINT: Final = "每行一条，如：两癌筛查目标6000人。也可粘贴表格。"
DRAFT_XLSX: Final = "读入 .xlsx"
DRAFT_XLSX_READ: Final = "已从表格读入{count}条，列在“事实与目标”里。"
DRAFT_XLSX_NONE: Final = "表格里没有读到事实，请检查是否有“指标”“目标”等列名。"
DRAFT_OFFER: Final = "从台账取数"
DRAFT_OFFER_NONE: Final = "台账里没有这个单位可用的指标。"
DRAFT_OFFER_NOTE: Final = "勾选采用，并填上今年的目标；不填目标的只作已完成的情况。"
DRAFT_NEW_TARGET: Final = "新目标"
DRAFT_OUTLINE: Final = "提纲"
DRAFT_PROPOSE: Final = "拟提纲"
DRAFT_ADD_HEADING: Final = "添一节"
DRAFT_HEADING: Final = "标题"
DRAFT_OUTLINE_NONE: Final = "不拟提纲也可以直接起草，由程序按本单位和同级单位的计划定各节。"
DRAFT_OWN_HEADING: Final = "自己添的一节"
DRAFT_WRITE: Final = "起草"
DRAFT_WRITE_AGAIN: Final = "重新起草"
DRAFT_REPLACES: Final = "重新起草会换掉现有各节，现有文稿留在“草稿与版本”里。继续吗？"
DRAFTING: Final = "正在起草，写好一节显示一节…"
DRAFTING_AGAIN: Final = "正在重写这一节…"
DRAFT_STOPPED: Final = "已停止，写好的部分已保存。"
DRAFT_EMPTY: Final = "先在左边填好单位和年份，再点“起草”"
DRAFT_EMPTY_MORE: Final = "文稿逐节列出，每句都可查来处；没有依据的数字一律留空待填，不会编造。"
DRAFT_TITLE: Final = "文稿标题"
DRAFT_EDIT: Final = "编辑"
DRAFT_EDITED: Final = "完成"
DRAFT_SECTION_TEXT: Final = "第{number}节正文"
DRAFT_SECTION_HEADING: Final = "第{number}节标题"
DRAFT_REDRAFT: Final = "重写本节"
DRAFT_INSTRUCTION: Final = "怎样改，如：更简短、突出中医药"
DRAFT_REDRAFT_GO: Final = "重写"
DRAFT_NO_MODEL: Final = "未配置语言模型，不能成文和重写；可直接编辑"
DRAFT_RESTORE: Final = "还原"
DRAFT_NO_RESTORE: Final = "没有更早的内容"
DRAFT_OWN: Final = "作者自写"
DRAFT_TODO: Final = "待填"
DRAFT_TODOS: Final = "{count}处待填"
DRAFT_SIDE: Final = "依据与检查"
DRAFT_WHY: Final = "为什么有这句"
DRAFT_WHY_HINT: Final = "点文稿里的一句，在这里看它依据的事实或参照的原文。"
DRAFT_WHY_NONE: Final = "这句是连接语，不含数字，没有单独的依据。"
DRAFT_WHY_OWN: Final = "这句由作者自己写入，程序没有给它找依据。"
DRAFT_SOURCE_KINDS: Final = {"fact": "您提供的事实", "figure": "引用的数字", "exemplar": "改写自"}
DRAFT_EXEMPLARS: Final = "参照的原文"
DRAFT_NO_EXEMPLAR: Final = "这一节在档案里没有可参照的原文。"
DRAFT_CHECKS: Final = "检查"
DRAFT_NO_CHECK: Final = "没有发现问题。"
DRAFT_CHECKING: Final = "写完后检查。"
DRAFT_SECTION: Final = "第{number}节"
SEVERITIES: Final = {"error": "须改", "warning": "请核对", "note": "留意"}
DRAFT_NAME: Final = "草稿名称"
DRAFT_SAVE: Final = "保存"
DRAFT_SAVED: Final = "已保存（第{number}版 {time}）"
DRAFT_SHELF: Final = "草稿与版本"
DRAFT_NEW: Final = "新草稿"
DRAFTS: Final = "草稿"
DRAFT_VERSIONS: Final = "这份草稿的版本"
DRAFT_VERSION: Final = "第{number}版"
DRAFT_NOW: Final = "现在"
DRAFT_NONE: Final = "还没有保存过草稿。"
DRAFT_DELETED: Final = "已删除“{name}”"
DRAFT_EXPORT: Final = "导出"
DRAFT_WITH_SOURCES: Final = "附来源说明"
DRAFT_EXPORT_NONE: Final = "起草之后可导出。"
DRAFT_EXPORTS: Final = {"docx": "Word 公文（.docx）", "md": "Markdown（.md）", "txt": "纯文本（.txt）"}
DRAFT_GONE: Final = "这份草稿已不在了，请在“草稿与版本”里另选一份，或重新起草。"

OPENED: Final = "网页已打开：{url}（按 Ctrl+C 停止）"
STOPPED: Final = "网页已停止。"

LOST: Final = "与服务的连接断了，正在重新连接；如已停止，请重新运行 report-assistant ui。"

GRADIO: Final = {
    "Connection to the server was lost. Attempting reconnection...": LOST,
    "chatbot conversation": CONVERSATION,
    "More tabs": "更多",
    "Clear": CLEAR,
}
"""Gradio's own English words that it does not translate itself."""

PARTS: Final[dict[Part, str]] = {"review": "总结", "problem": "问题", "plan": "计划"}

WARNINGS: Final[dict[WarningKind, str]] = {
    "masked_figure": "数字已隐去",
    "doubtful_figure": "数字存疑",
    "unsupported": "依据不足",
    "other_year": "年份不同",
    "truncated_report": "原件不全",
}


def period_label(period: str | None) -> str:
    """A period in its stored form as a clerk writes it: `2022-H1` → 2022年上半年; None → 年份不详."""
    if period is None:
        return UNKNOWN_YEAR
    parsed = Period.parse(period)
    if parsed.half is not None:
        return f"{parsed.first}年{'上' if parsed.half == 1 else '下'}半年"
    return f"{parsed.first}年" if parsed.first == parsed.last else f"{parsed.first}—{parsed.last}年"


def year_label(year: int) -> str:
    """2022 → 2022年."""
    return f"{year}年"


def page_label(page: int) -> str:
    """3 → 第3页."""
    return f"第{page}页"


def holdings_label(reports: int, orgs: int, years: list[int]) -> str:
    """What the archive holds, in one line."""
    if not reports:
        return ""
    span = "" if not years else f" · {years[-1]}年" if len(years) == 1 else f" · {years[-1]}—{years[0]}年"
    return f"{reports}份报告 · {orgs}个单位{span}"


def deleted_label(title: str) -> str:
    """What stands above the list after a conversation was deleted."""
    return f"已删除“{title}”"


def model_label(name: str, where: str) -> str:
    """Which language model answers and where it runs; the name may not be known before it is asked."""
    named = f"语言模型 {name}" if name and name not in where else "语言模型"
    return f"{named} · {where} · {ANSWERING}"


def more_label(count: int) -> str:
    """The fold over the citations that are not shown at once."""
    return f"另有{count}条依据"
