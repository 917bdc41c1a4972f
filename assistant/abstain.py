"""The one way of saying that the archive does not hold the answer, shared by composers, prompts and tests."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.question.types import Question
from ingest.archive.records import ReportRecord

NOT_FOUND = "档案中未找到"

_MANY = 5


def abstention(question: Question, reports: Sequence[ReportRecord], within: str = "", conflict: str = "") -> str:
    """What to say instead of an answer: that it is not there, and what is.

    `within`: the limits that the user has set, in words; `conflict`: how the question itself goes beyond them.
    """
    if within:
        more = conflict or "可以清除或放宽条件后再问。"
        return f"{NOT_FOUND}符合所选条件（{within}）的相关内容。{more}{holdings(question, reports)}"
    if question.impossible:
        said = f"{NOT_FOUND}“{'、'.join(question.impossible)}”的内容：没有这样的日期，请核对问题里的时间。"
        return said + holdings(question, reports)
    asked = []
    if question.missing_places:
        asked.append(f"{'、'.join(question.missing_places)}的材料")
    elif question.years and question.bodies:
        asked.append(f"{'、'.join(body.label for body in question.bodies)}{_years(question.years)}的相关内容")
    elif question.years:
        asked.append(f"{_years(question.years)}的相关内容")
    else:
        asked.append("相关内容")
    return f"{NOT_FOUND}{asked[0]}。{holdings(question, reports)}"


def holdings(question: Question, reports: Sequence[ReportRecord]) -> str:
    """What the archive does hold: for the bodies asked about, else at large."""
    if not reports:
        return "档案是空的，请先导入材料。"
    meant = frozenset[int]().union(*(body.reports for body in question.bodies)) if question.bodies else frozenset()
    own = [report for report in reports if report.id in meant]
    if own:
        return f"档案中现有{_bodies(own)}的材料：{_spans(own)}。"
    return f"档案中现有{_bodies(reports)}的材料：{_spans(reports)}。"


def _bodies(reports: Sequence[ReportRecord]) -> str:
    names = list(dict.fromkeys(report.org or report.region or report.title for report in reports))
    return "、".join(names[:_MANY]) + ("等单位" if len(names) > _MANY else "")


def _spans(reports: Sequence[ReportRecord]) -> str:
    years = sorted({report.year for report in reports if report.year is not None})
    if not years:
        return "年份不详"
    stretches = [[years[0], years[0]]]
    for year in years[1:]:
        if year == stretches[-1][1] + 1:
            stretches[-1][1] = year
        else:
            stretches.append([year, year])
    return "、".join(_stretch(first, last) for first, last in stretches)


def _stretch(first: int, last: int) -> str:
    if last - first > 1:
        return f"{first}—{last}年"
    return f"{first}年" if first == last else f"{first}年、{last}年"


def _years(years: Sequence[int]) -> str:
    return "、".join(f"{year}年" for year in years)
