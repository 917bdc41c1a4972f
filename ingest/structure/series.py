"""Collections that number their pieces: 篇一…篇八, 第一篇：…, 范文（二）, 工作总结(1)…工作总结(8)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.structure.lines import Line
from ingest.structure.numbering import numbering_at
from ingest.structure.title import looks_like_title

_CN = "一二三四五六七八九十"
_MARK = re.compile(
    rf"^(?P<before>.{{0,40}}?)[【\[（(]?(?:第\s*(?P<n1>[{_CN}]{{1,3}}|\d{{1,2}})\s*篇|(?:篇|范文|例文|模板)\s*[（(]?(?P<n2>[{_CN}]{{1,3}}|\d{{1,2}})[）)]?)"
    r"(?:(?:[】\]）)]\s*[:：、.．—\- 　]*|\s*[:：、.．—\- 　]+\s*)(?P<title>.{0,50})|\s*)$"
)
_NUMBERED_TITLE = re.compile(
    rf"^(?P<stem>.{{4,44}}?(?:总结|计划|要点|报告|小结|汇报|打算|思路|述职|材料))\s*[（(]?\s*(?P<n>[{_CN}]{{1,3}}|\d{{1,2}})\s*[）)]?$"
)
_LONGEST = 90
_LEAST = 30
"""With less text under it, a marker is an entry in a table of contents."""
_FIRST_LINES = 3
"""A piece that opens the file opens the row, whatever its number: the pieces before it were cut away."""
_LEAST_UNMARKED = 200
"""So much text before 篇二 is a first piece that has lost its marker."""


def marked(lines: list[Line]) -> list[int]:
    """Indices of the lines that open the pieces of a collection, at least two; empty when it is none.

    A table of contents is passed by. Where the row begins with 篇二, what stands before it is the first piece.
    """
    for found in (_marks(lines), *_numbered_titles(lines)):
        starts = _row(lines, found)
        if len(starts) >= 2:
            return starts
    return []


def title_in_mark(text: str) -> str:
    """The title that stands behind the marker in its line; empty when there is none."""
    mark = _MARK.match(text)
    title = (mark["title"] or "").strip() if mark is not None else ""
    return title if looks_like_title(title) else ""


def _marks(lines: list[Line]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        mark = _MARK.match(line.string) if len(line.string) <= _LONGEST and line.kind != "table_row" else None
        if mark is not None and not (mark["n1"] and not _announces(mark)):
            found.append((i, _number(mark["n1"] or mark["n2"])))
    return found


def _announces(mark: re.Match[str]) -> bool:
    """第一篇 may head a chapter of one report; with a title after it, or before it, it announces a report."""
    title = (mark["title"] or "").strip()
    return looks_like_title(title) or looks_like_title(mark["before"].strip()) or not (title or mark["before"].strip())


def _numbered_titles(lines: list[Line]) -> list[list[tuple[int, int]]]:
    """The lines 某某工作总结(1), 某某工作总结(2) …, one list for each title."""
    by_title: dict[str, list[tuple[int, int]]] = {}
    for i, line in enumerate(lines):
        text = line.string
        found = _NUMBERED_TITLE.match(text) if len(text) <= _LONGEST and line.kind != "table_row" else None
        if found is not None and numbering_at(text) is None:
            by_title.setdefault(re.sub(r"[\d\s]", "", found["stem"]), []).append((i, _number(found["n"])))
    return list(by_title.values())


def _number(digits: str) -> int:
    numbering = numbering_at(f"（{digits}）")
    return numbering.number if numbering is not None else 0


def _row(lines: list[Line], found: Sequence[tuple[int, int]]) -> list[int]:
    """The longest row of markers that count on from one (or from two, after a piece without a marker)."""
    rows: list[int] = []
    best: list[int] = []
    expected = 0
    for (i, number), (following, _) in pairwise([*found, (len(lines), 0)]):
        if _size(lines[i + 1 : following]) < _LEAST:
            continue
        if number == 1 and rows:
            best, rows = max(best, rows, key=len), []
        if not rows and number == 2 and not best and _size(lines[:i]) >= _LEAST_UNMARKED:
            rows, expected = [0], 2
        if number == (expected if rows else 1) or (not rows and i < _FIRST_LINES):
            rows.append(i)
            expected = number + 1
    return max(best, rows, key=len)


def _size(lines: list[Line]) -> int:
    return sum(len(line.string) for line in lines)
