"""What sort of report it is (文种), from its title, else from the words it opens with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure.parts import part_title
from ingest.structure.title import Title
from ingest.types import Kind

_REVIEW = r"总结|回顾|小结|工作情况|情况汇报|工作汇报|述职|情况报告|工作报告|年度报告|完成情况|情况通报|工作情况报告"
_PLAN = r"计划(?!生育)|规划|打算|工作安排|思路|展望|方案"
_GOVERNMENT = re.compile(r"代表[^。]{0,16}?(?:政府|国务院|行署|管委会)[^。]{0,30}?(?:报告|作)[^。]{0,12}工作|请予审议")
_GOVERNS_ITSELF = re.compile(r"政府自身建设|(?:法治|廉洁|服务|学习|责任|效能|清廉)(?:型)?政府")
_UNIT_PRONOUN = re.compile(r"[我本](?:局|院|中心|所|站|校|厅)(?![员门])")
_OPENING_LINES = 12
_OPENING_REVIEW = re.compile(
    r"现[将就把][^。]{0,60}?(?:总结|汇报|报告|情况|打算)[^。]{0,12}如下|(?:总结|汇报|报告)如下|工作总结"
)
_OPENING_PLAN = re.compile(
    r"(?:制[定订]|拟定|提出)(?:以下|如下|本)[^。]{0,20}?(?:计划|要点|安排|意见)|(?:计划|要点|安排)(?:明确)?如下"
)


def find_kind(
    title: Title, lines: Sequence[str], headings: Sequence[str] = (), *, series: bool = False
) -> tuple[Kind, str]:
    """The kind and its reason.

    `lines` is the report's text, `headings` its top headings; `series` says that the title is a collection's and is
    asked last.
    """
    opening = "\n".join(lines[:_OPENING_LINES])
    if not series:
        by_title = _by_title(title.text)
        if by_title is not None:
            return by_title, "标题" if title.in_text else title.reason
    by_opening = _by_opening(opening)
    if by_opening is not None:
        return by_opening, "正文开头"
    by_title = _by_title(title.text)
    if by_title is not None:
        return by_title, "标题"
    by_headings = _by_headings(headings)
    if by_headings == "总结和计划" and not title.in_text and _governs("\n".join(lines)):
        return "政府工作报告", "正文内容"
    return (by_headings, "小标题") if by_headings is not None else ("其他", "未见文种字样")


def kind_of_name(name: str) -> Kind | None:
    """The kind that a title or a file's name says."""
    return _by_title(name)


def _governs(text: str) -> bool:
    """A report on the whole economy by those who govern, and by no bureau or hospital: its title has been lost."""
    return (
        text.count("地区生产总值") + text.count("固定资产投资") > 1
        and _GOVERNS_ITSELF.search(text) is not None
        and _UNIT_PRONOUN.search(text) is None
    )


def _by_title(title: str) -> Kind | None:
    if re.search(r"政府工作(?:的)?报告", title):
        return "政府工作报告"
    half = re.search(r"[上下]半年|(?<!前)半年|1\s*[-—–~～至]\s*6月", title)
    review, plan = re.search(_REVIEW, title), re.search(_PLAN, title)
    if review is not None and half is not None and half.start() < review.end():
        return "半年总结"
    if re.search(r"工作要点|要点$", title):
        return "总结和计划" if review is not None else "工作要点"
    if review is not None:
        return "总结和计划" if plan is not None else "总结"
    return "计划" if plan is not None else None


def _by_opening(opening: str) -> Kind | None:
    if _GOVERNMENT.search(opening[:400]):
        return "政府工作报告"
    head = opening[:1200]
    if _OPENING_REVIEW.search(head):
        return "半年总结" if re.search(r"现[将就把][^。]{0,12}上半年|上半年[^。，]{0,10}总结如下", head) else "总结"
    return "计划" if _OPENING_PLAN.search(head) else None


def _by_headings(headings: Sequence[str]) -> Kind | None:
    """2023年工作回顾 and 2024年工作安排 make a report even where nothing else says so."""
    parts = {part_title(heading) for heading in headings if re.search(r"工作|\d{4}年|[上下]半年", heading)}
    if "review" in parts:
        return "总结和计划" if "plan" in parts else "总结"
    return "计划" if "plan" in parts else None
