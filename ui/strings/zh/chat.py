"""The tab 问答."""

from __future__ import annotations

from typing import Final

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

REPORT_KIND: Final = "文种"
REPORT_PART: Final = "部分"
ANY: Final = "不限"
FILTERS: Final = "只在所选范围内回答"
CLEAR_FILTERS: Final = "清除"
UNDERSTOOD: Final = "理解为"
CHANGE_CHIP: Final = "换一个再问"
LIST_MARK: Final = "、"
NEXT: Final = "接着可以问"
GOOD: Final = "有用"
BAD: Final = "有误"
NOTE_HINT: Final = {"good": "想补充什么（可不写）", "bad": "哪里不对（可不写）"}
KEEP_NOTE: Final = "记下"
NOTE_KEPT: Final = "已记下，谢谢。"
RATE: Final = "完成率"

SOURCES: Final = "依据"
SHOW_SOURCE: Final = "查看原文"
COPY: Final = "复制（带依据）"
COPY_BARE: Final = "复制正文"
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
BUSY_ELSEWHERE: Final = "别的对话里还有几问没有答完，请等一等，或先停止。"
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
