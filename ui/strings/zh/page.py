"""The frame of the page: its name, its tabs, the server behind it."""

from __future__ import annotations

from typing import Final

TITLE: Final = "报告档案助手"
MOTTO: Final = "句句有出处，没有就说没有"

TAB_CHAT: Final = "问答"
TAB_ARCHIVE: Final = "档案库"
TAB_LEDGER: Final = "指标台账"
TAB_DRAFT: Final = "起草"

UNEXPECTED: Final = "出错了，请重试；如反复出现请运行 report-assistant doctor"
NO_ARCHIVE: Final = "还没有档案。请在命令行运行下面一行，导入完成后本页会自动更新。"
EMPTY_ARCHIVE: Final = "档案还是空的。请在命令行运行下面一行，导入完成后本页会自动更新。"
INGEST_COMMAND: Final = "report-assistant ingest 报告所在的文件夹"

OPENED: Final = "网页已打开：{url}（按 Ctrl+C 停止）"
STOPPED: Final = "网页已停止。"

LOST: Final = "与服务的连接断了，正在重新连接；如已停止，请重新运行 report-assistant ui。"

GRADIO: Final = {
    "Connection to the server was lost. Attempting reconnection...": LOST,
    "chatbot conversation": "对话",
    "More tabs": "更多",
    "Clear": "新对话",
}
"""Gradio's own English words that it does not translate itself."""
