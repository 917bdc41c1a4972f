"""Why a piece of the source is no part of the report, in the words a clerk reads in the file record."""

BUTTONS = "分享网站操作按钮"
FILE_CARD = "文档信息栏"
PAGE_NUMBER = "页码"
PREVIEW_PAGE = "预览页码"
PREVIEW_END = "免费预览到此为止的提示"
SITE_LABEL = "网站栏目标签"
SITE_LIST = "网站推荐列表"
COPYRIGHT = "版权和备案信息"
MEMBERSHIP = "会员推广"
NAVIGATION = "网页导航"
TOOLBAR = "网页工具栏"
PUBLISHING = "发布信息"
NEIGHBOURS = "上下篇链接"
ATTACHMENT = "附件下载链接"
EDITORIAL = "范文网站编者按"
RUNNING_HEAD = "页眉页脚"
QUOTE_MARK = "引用符号"
BULLET = "项目符号"
EXTENSION = "文件扩展名"
NOISE_DOT = "网站插入的干扰点"
PAGE_MARK = "分页标记"

SHARING_SITE = frozenset({BUTTONS, FILE_CARD, PREVIEW_PAGE, PREVIEW_END, MEMBERSHIP})
"""Reasons that show that a file was copied from a document-sharing site."""

BETWEEN_LINES = frozenset({PAGE_NUMBER, PREVIEW_PAGE, PAGE_MARK, RUNNING_HEAD})
"""Furniture that may stand between two halves of one sentence."""
