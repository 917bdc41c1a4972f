"""One file, several reports: 篇一…篇八, 第一篇：…, and title lines that return in mid-file."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from ingest.structure.lines import Line
from ingest.structure.numbering import numbering_at
from ingest.structure.title import looks_like_title

_CN = "一二三四五六七八九十"
_MARK = re.compile(
    rf"^(?P<before>.{{0,40}}?)[【\[（(]?(?:第\s*(?P<n1>[{_CN}]{{1,3}}|\d{{1,2}})\s*篇|(?:篇|范文|例文|模板)\s*[（(]?(?P<n2>[{_CN}]{{1,3}}|\d{{1,2}})[）)]?)[】\]）)]?"
    r"(?:\s*[:：、.．—\- 　]+\s*(?P<title>.{0,50})|\s*)$"
)
_BODY = r"(?:局|委|委员会|政府|医院|中心|院|办公室|公司|学校|所|站|厅|部|处|省|市|县|区|旗|州|镇|乡|街道)"
_OWN_TITLE = re.compile(
    rf"^[^，。；：]{{1,24}}{_BODY}[^，。；：]{{0,4}}(?:[\dxX×_*〇○零一二三四五六七八九]{{4}}年|上半年|年度|工作|卫生)[^，。；]{{0,30}}"
    r"(?:总结|计划|规划|要点|报告|小结|汇报|打算|思路)(?:[（(][^）)]{1,12}[）)])?$"
)
_ENDS = "。！？；…”’）)"
_LEAST = 200
"""A report has at least so many characters; a title line after fewer is a cover or a table of contents."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """The lines of one report, title line included. `marker` is the line that announced it (…篇一), if any.

    `series` is true where that marker is all the title there is: a collection's title says little about its pieces.
    """

    lines: list[Line]
    marker: str | None = None
    series: bool = False


def split(lines: list[Line]) -> list[Chunk]:
    """The reports that the lines hold, in order; at least one. What stands before the first 篇 belongs to none."""
    starts = _marked(lines)
    if starts:
        return [_piece(lines[start:end]) for start, end in pairwise([*starts, len(lines)])]
    starts = [0, *_returning_titles(lines)]
    return [Chunk(lines[start:end]) for start, end in pairwise([*starts, len(lines)])]


def _marked(lines: list[Line]) -> list[int]:
    """Indices of the marker lines 篇一, 篇二 …, at least two in a row from one on; a table of contents is passed by."""
    found: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        mark = _MARK.match(line.string) if len(line.string) <= 90 else None
        if mark is None or line.kind == "table_row" or (mark["n1"] and not _announces(mark)):
            continue
        numbering = numbering_at(f"（{mark['n1'] or mark['n2']}）")
        if numbering is not None:
            found.append((i, numbering.number))
    rows: list[int] = []
    best: list[int] = []
    expected = 1
    for (i, number), (following, _) in pairwise([*found, (len(lines), 0)]):
        if sum(len(line.string) for line in lines[i + 1 : following]) < 30:
            continue  # nothing under it: an entry in a table of contents
        if number == 1 and rows:
            best, rows = max(best, rows, key=len), []
        if number == (1 if not rows else expected):
            rows.append(i)
            expected = number + 1
    best = max(best, rows, key=len)
    return best if len(best) >= 2 else []


def _announces(mark: re.Match[str]) -> bool:
    """第一篇 may head a chapter of one report; with a title after it, or before it, it announces a report."""
    title = (mark["title"] or "").strip()
    return looks_like_title(title) or looks_like_title(mark["before"].strip()) or not (title or mark["before"].strip())


def _piece(lines: list[Line]) -> Chunk:
    """A piece of a collection. Its own title, in the marker's line or right below it, is worth more than the marker."""
    text = lines[0].string
    mark = _MARK.match(text)
    title = (mark["title"] or "").strip() if mark is not None else ""
    if looks_like_title(title):
        return Chunk(lines, title)
    if len(lines) > 2 and _OWN_TITLE.match(lines[1].string) and looks_like_title(lines[1].string):
        return Chunk(lines[1:])
    return Chunk(lines, text.strip(" 　:："), series=True)


def _returning_titles(lines: list[Line]) -> list[int]:
    """Indices of title lines in mid-file that open another report."""
    titles = [
        i
        for i, line in enumerate(lines)
        if line.kind != "table_row" and _OWN_TITLE.match(line.string) and looks_like_title(line.string)
    ]
    often = {text for text, count in Counter(lines[i].string for i in titles).items() if count > 2}  # a running head
    starts: list[int] = []
    last = 0
    for i in titles:
        before = sum(len(line.string) for line in lines[last:i])
        after = sum(len(line.string) for line in lines[i + 1 :])
        if i == 0 or lines[i].string in often or before < _LEAST or after < _LEAST // 2:
            continue
        if _ends(lines[i - 1]) and _starts_afresh(lines[i + 1 :]):
            starts.append(i)
            last = i
    return starts


def _ends(line: Line) -> bool:
    """The text before is at an end: a full stop, a signature or a date."""
    return line.string[-1] in _ENDS or len(line.string) <= 24


def _starts_afresh(lines: list[Line]) -> bool:
    for line in lines:
        numbering = numbering_at(line.string)
        if numbering is not None and numbering.style in ("part", "cn", "cn_paren", "num"):
            return numbering.number == 1
    return True
