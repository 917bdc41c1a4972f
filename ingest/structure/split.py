"""One file, several reports: numbered pieces, titles that return in mid-file, and new beginnings after a signature."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ingest.structure.ceremony import GLOSSARY, signs
from ingest.structure.digits import plain_digits
from ingest.structure.lines import Line
from ingest.structure.numbering import numbering_at
from ingest.structure.series import marked, title_in_mark
from ingest.structure.title import looks_like_title

_BODY = r"(?:局|委|委员会|政府|医院|中心|院|办公室|公司|学校|所|站|厅|部|处|省|市|县|区|旗|州|镇|乡|街道)"
_OWN_TITLE = re.compile(
    rf"^[^，。；：]{{1,24}}{_BODY}[^，。；：]{{0,4}}(?:[\dxX×_*〇○零一二三四五六七八九]{{4}}年|上半年|年度|工作|卫生)[^，。；]{{0,30}}"
    r"(?:总结|计划|规划|要点|报告|小结|汇报|打算|思路)(?:[（(][^）)]{1,12}[）)])?$"
)
_ANNOUNCES = re.compile(r"现[将就把][^。]{0,60}(?:总结|汇报|报告|情况|计划|打算)[^。]{0,12}如下")
_ENDS = "。！？；…”’）)"
_LEAST = 200
"""A report has at least so many characters; a title line after fewer is a cover or a table of contents."""
_SHORT, _LONG, _OPENING = 20, 90, 12


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
    starts = marked(lines)
    if starts:
        return [_piece(lines[start:end]) for start, end in pairwise([*starts, len(lines)])]
    starts = [0, *_new_beginnings(lines)]
    return [Chunk(lines[start:end]) for start, end in pairwise([*starts, len(lines)])]


def _piece(lines: list[Line]) -> Chunk:
    """A piece of a collection. Its own title, in the marker's line or right below it, is worth more than the marker."""
    text = lines[0].string
    title = title_in_mark(text)
    if title:
        return Chunk(lines, title)
    if len(lines) > 2 and _OWN_TITLE.match(lines[1].string) and looks_like_title(lines[1].string):
        return Chunk(lines[1:])
    if not looks_like_title(text) and len(text) > 60:
        return Chunk(lines)  # the first piece has lost its marker
    return Chunk(lines, text.strip(" 　:："), series=True)


def _new_beginnings(lines: list[Line]) -> list[int]:
    """Indices of lines in mid-file that open another report."""
    titles = [i for i, line in enumerate(lines) if line.kind != "table_row" and looks_like_title(line.string)]
    first = _bare(lines[titles[0]].string) if titles and titles[0] < 3 else None
    often = {text for text, count in Counter(lines[i].string for i in titles).items() if count > 2}  # a running head
    read = [0, *accumulate(len(line.string) for line in lines)]
    starts: list[int] = []
    last = 0
    for i in range(1, len(lines)):
        if read[-1] - read[i + 1] < _LEAST // 2:
            break
        if read[i] - read[last] < _LEAST or not _ends(lines[i - 1]) or _attached(lines[i - 1]):
            continue
        if _opens(lines, i, first, often):
            starts.append(i)
            last = i
    return starts


def _opens(lines: list[Line], i: int, first: str | None, often: set[str]) -> bool:
    """Whether line `i` opens another report; `first` is the file's first title without its year."""
    line, text = lines[i], lines[i].string
    signed = i > 1 and signs(lines[i - 1], lines[i - 2])
    if line.kind == "table_row" or (not signed and len(text) > _LONG and "如下" not in text):
        return False
    if looks_like_title(text):
        if _OWN_TITLE.match(text) and text not in often and _starts_afresh(lines, i + 1):
            return True
        return _bare(text) == first and _starts_afresh(lines, i + 1, strictly=True)
    if len(text) < _SHORT or numbering_at(text) is not None:
        return False
    again = _ANNOUNCES.search(text) is not None and _announced_before(lines[: min(i, _OPENING)])
    return (signed or again) and _starts_afresh(lines, i + 1, strictly=True)


def _announced_before(lines: list[Line]) -> bool:
    return any(_ANNOUNCES.search(line.string) for line in lines)


def _attached(line: Line) -> bool:
    """附件 alone on a line: what follows belongs to the report before."""
    return re.fullmatch(r"附件?\s*\d{0,2}\s*[:：]?", line.string) is not None or GLOSSARY.match(line.string) is not None


def _bare(title: str) -> str:
    """A title without its year, so that the titles of several years are the same."""
    return re.sub(r"\d", "#", re.sub(r"\s", "", plain_digits(title)))


def _ends(line: Line) -> bool:
    """The text before is at an end: a full stop, a signature or a date."""
    return line.string[-1] in _ENDS or len(line.string) <= 24


def _starts_afresh(lines: list[Line], start: int, *, strictly: bool = False) -> bool:
    """The next number is a one; `strictly` asks for a top one (一、, 第一部分) to be there."""
    for i in range(start, len(lines)):
        numbering = numbering_at(lines[i].string)
        if numbering is not None and numbering.style in ("part", "cn", "cn_paren", "num"):
            return numbering.number == 1 and (not strictly or numbering.style in ("part", "cn"))
    return not strictly
