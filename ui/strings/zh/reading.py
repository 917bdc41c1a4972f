"""The report beside an answer or a figure: moving through it, its pages, its files."""

from __future__ import annotations

from typing import Final

STEPS: Final = "在报告中移动"
STEP_UP: Final = "上一段"
STEP_DOWN: Final = "下一段"
STEP_HOME: Final = "回到引文"
STEP_HINT: Final = "也可按 k、j 或 ←、→ 键"
STEP_COUNT: Final = "第{n}段 / 共{count}段"
STEP_WHEN: Final = "{period}{part}"
COPY_QUOTE: Final = "复制引文"
DOWNLOAD_ORIGINAL: Final = "下载原件 {name}"
NOT_KEPT: Final = "与另一份文件内容相同，档案只保存了一份"
MORE_FAILED: Final = "后面的内容没有载入，请检查网络后再试。"

WAYS: Final = "看文字还是看页面"
WAY_TEXT: Final = "文字"
WAY_PAGE: Final = "页面"
PAGE_UP: Final = "上一页"
PAGE_DOWN: Final = "下一页"
PAGE_COUNT: Final = "第{n}页 / 共{count}页"
PAGE_ZOOM: Final = "第{n}页，点击放大或缩小"
PAGE_PICTURE: Final = "第{n}页的图像"
PAGE_LOADING: Final = "正在画出页面…"
PAGE_SCANNED: Final = "这一页是扫描件，没有可用的文字层，无法标出引文，请对照“文字”。"
PAGE_UNPLACED: Final = "没有在页面上找到引文的位置，请对照“文字”。"
