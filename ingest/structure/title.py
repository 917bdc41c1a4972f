"""The title of a report: its title line, else what the format declares, else the file's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from ingest.structure.contents import contents
from ingest.structure.lines import Line
from ingest.structure.mentions import in_title
from ingest.structure.numbering import numbering_at

_LONGEST = 60
_LOOK_AT = 10
_SAME = 0.75
_WORD = (
    r"(?:总结|计划|规划|要点|报告|小结|打算|安排|思路|方案|汇报|纪要|通报|公报|回顾|情况|意见|通知|述职|讲话|材料|纲要"
    r"|一览表|统计表|情况表|汇总表|任务表|指标表)"
)
_TAIL = r"(?:范文|材料|汇编|稿|\s*[（(〔【][^）)〕】]{1,16}[）)〕】])*"
_CLOSED = re.compile(rf"{_WORD}{_TAIL}$")
_FILE_WORD = re.compile(r"\.(?:docx?|pdf|txt|html?|wps)$", re.IGNORECASE)
_ENDS_OPEN = re.compile(
    r"(?:和|及|与|暨|的|、|以及|关于)$|(?:局|委|委员会|政府|医院|中心|院|办公室|公司|学校|省|市|县|区|镇|乡)$|[年度]$"
)
_GOES_ON = re.compile(r"^(?:和|及|与|暨|以及|[（(])")
_BODY_LINE = re.compile(r"(?:局|委|委员会|政府|医院|中心|院|办公室|公司|学校|所|站|厅|部|处|协会|学会)$")
_NOT_TITLE = re.compile(
    r"^(?:来源|作者|编辑|责任编辑|发布|上传|时间|日期|字号|浏览|阅读|点击|索引号|文号|主题|分类|首页|当前位置|您(?:现在|当前)的?位置|当前页面|[^>＞]*[>＞].*[>＞]|附件?[:：]|摘要|"
    r"目录|各位|尊敬的|同志们|第\s*\d+\s*页|[—\-－ ]*\d+[—\-－ ]*$|——|\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?)"
)
_TEXT_BEGINS = re.compile(r"^(?:各位|尊敬的|同志们)|。$")
_PART_ONLY = re.compile(
    r"^(?:(?:19|20)\d\d年|过去.年|一年来|今年|去年|上半年|下半年)?(?:政府|主要|重点|全年)?(?:工作)?(?:的)?"
    r"(?:开展|进展|完成|主要|基本)?(?:工作)?(?:回顾|情况|安排|打算|思路|意见|重点工作)$"
)
_DOCUMENT_NUMBER = re.compile(r"[〔\[（(【](?:19|20)\d\d[〕\]）)】]\s*(?:第)?\d+\s*号$")
_SITE = re.compile(r"\s*(?:[|｜_＿]|\s[-–—]+\s|[-–—]{1,2}(?=[^-–—]{2,20}$))\s*")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, where it came from (in Chinese), and the indices of the report's lines that it stands in.

    `in_text` is false when the report itself carries no title. `rest` is what stood behind the title in its last line.
    `again` is the title as the report repeats it under a web page's headline.
    """

    text: str
    reason: str
    lines: frozenset[int] = frozenset()
    in_text: bool = False
    rest: Line | None = None
    again: str | None = None

    def without(self, lines: list[Line]) -> list[Line]:
        """The report's lines without its title."""
        last = max(self.lines, default=-1)
        kept: list[Line] = []
        for i, line in enumerate(lines):
            if i not in self.lines:
                kept.append(line)
            elif i == last and self.rest is not None:
                kept.append(self.rest)
        return kept


def looks_like_title(text: str) -> bool:
    """Whether a line standing alone reads as a report's title (…工作总结, …报告)."""
    return (
        4 <= len(text) <= _LONGEST
        and _CLOSED.search(text) is not None
        and not any(mark in text for mark in "。；;！？")
        and not _NOT_TITLE.match(text)
        and not _FILE_WORD.search(text)
        and not _PART_ONLY.match(text)
        and numbering_at(text) is None
    )


def find_title(lines: list[Line], declared: str | None, path: Path) -> Title:
    """The title of the report that `lines` hold; never empty."""
    listed = contents([line.string for line in lines])
    for i, line in enumerate(lines[: _LOOK_AT + len(listed)]):
        text = line.string
        if i in listed:
            continue
        if _TEXT_BEGINS.search(text):
            found = _glued(lines, i, declared)
            if found is not None:
                return found
            break
        if line.kind == "table_row" or _NOT_TITLE.match(text) or _DOCUMENT_NUMBER.search(text):
            continue
        if numbering_at(text) is not None or (
            len(text) > _LONGEST and " " not in text[:_LONGEST] and "　" not in text[:_LONGEST]
        ):
            break
        found = _title_at(lines, i) or _glued(lines, i, declared)
        if found is not None:
            return _with_repetition(found, lines)
        if len(text) > _LONGEST:
            break
    return _declared(declared) or _from_name(path)


def _title_at(lines: list[Line], i: int) -> Title | None:
    """A title of one to three lines that begins at line `i`."""
    parts: list[str] = []
    for used, line in enumerate(lines[i : i + 3], start=1):
        text = line.string
        if len(text) > _LONGEST or (parts and (_NOT_TITLE.match(text) or numbering_at(text) is not None)):
            return None
        if parts and looks_like_title(text) and not (_ENDS_OPEN.search(parts[-1]) or _GOES_ON.match(text)):
            return None  # a title by itself; what stands above it is none of it
        parts.append(text)
        whole = "".join(parts)
        following = lines[i + used].string if i + used < len(lines) else ""
        if looks_like_title(whole):
            if (
                used < 3
                and len(following) <= _LONGEST
                and _GOES_ON.match(following)
                and looks_like_title(whole + following)
            ):
                continue
            return Title(re.sub(r"\s+", " ", whole), "标题行", frozenset(range(i, i + used)), in_text=True)
        if any(mark in text for mark in "。；;！？：:，,") or not (_ENDS_OPEN.search(text) or len(text) <= 12):
            return None
    return None


def _glued(lines: list[Line], i: int, declared: str | None) -> Title | None:
    """A title that a converter ran together with the first paragraph."""
    line = lines[i]
    text = line.string
    blank = re.search(r"[ 　\t]", text[:_LONGEST])
    cuts = [blank.start()] if blank is not None else []
    if declared and text.startswith(declared.strip()) and len(text) > len(declared.strip()):
        cuts.append(len(declared.strip()))
    for cut in cuts:
        if looks_like_title(text[:cut]) and len(text) > cut + 20:
            return Title(text[:cut], "标题行", frozenset({i}), in_text=True, rest=line.piece(cut, len(text)))
    return None


def _with_repetition(title: Title, lines: list[Line]) -> Title:
    """A web page gives its headline and then the report's own title: both are title, none is text.

    The one that says more (whose report, of which year) is kept; where both say as much, the report's own.
    """
    if title.rest is not None:
        return title
    after = max(title.lines) + 1
    for i in range(after, min(after + 3, len(lines))):
        again = _title_at(lines, i) or _glued(lines, i, None)
        if again is None or (len(again.lines) > 1 and _bare(again.text) not in _bare(title.text)):
            continue
        alike = _alike(_bare(title.text), _bare(again.text))
        if alike or (i == after and _says(again.text)[0]):
            better = again.text if _says(again.text) >= _says(title.text) else title.text
            return replace(title, text=better, lines=title.lines | again.lines, rest=again.rest, again=again.text)
    return title


def _says(title: str) -> tuple[bool, bool, bool]:
    """Whether a title names a place, a body, a year."""
    region, unit = in_title(title)
    return region is not None, unit is not None, re.search(r"(?:19|20)\d\d", title) is not None


def _alike(first: str, second: str) -> bool:
    if second in first:
        return second == "政府工作报告" or 2 * len(second) > len(first)
    return SequenceMatcher(None, first, second).ratio() > _SAME


def _bare(text: str) -> str:
    return re.sub(r"\s|[《》（）()“”\"]", "", text)


def _declared(declared: str | None) -> Title | None:
    pieces = [_FILE_WORD.sub("", piece).strip() for piece in _SITE.split(declared or "")]
    for piece in pieces:
        if looks_like_title(piece):
            return Title(piece, "文件自带标题")
    return None


def _from_name(path: Path) -> Title:
    name = re.sub(r"[_＿]+", " ", path.stem).strip()
    return Title(name or path.name or "未命名", "文件名")
