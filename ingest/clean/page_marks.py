"""The numbered page marks of a sharing site's preview (1、 2、 3、 …), which stand in the middle of sentences.

A preview prints each page as one paragraph and numbers it. The marks look like list items, so they are taken for page
marks only as a series: consecutive from 1, each a page's length from the next, most of them cutting a sentence.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from ingest.clean import reasons
from ingest.clean.draft import Draft, furniture_of, with_text
from ingest.clean.shapes import ends_line
from ingest.mapped import MappedText
from ingest.types import Block, Furniture, Mark

_MARK = re.compile(r"(\d{1,3})、\s*")
_PAGE_LENGTH = 120
"""Characters from one mark to the next, at least: pages are long, list items mostly are not."""
_CUT_SHARE = 0.6
_FIGURE_LEFT = re.compile(r"\d[\d.,]*$")
_FIGURE_RIGHT = re.compile(r"(?:[\d.,]*\d)?(?:[%％‰]|万?亿?[元人个例次家名份项所条起张户件台辆亩吨岁年月日]|万|亿)?")


def drop_page_marks(draft: Draft) -> Draft:
    """Remove a series of page marks and join the sentences it cut; a figure with a mark inside becomes doubtful."""
    series = _series(draft.blocks)
    if not series:
        return draft
    blocks: list[Block] = []
    gone: list[Furniture] = []
    marks: list[Mark] = []
    for i, block in enumerate(draft.blocks):
        if i not in series:
            blocks.append(block)
            continue
        cut = series[i]
        gone.append(furniture_of(block.text, reasons.PAGE_MARK, 0, cut))
        rest = block.text[cut:]
        first = block.text.text.startswith("1、")
        if blocks and rest.text and not first and not ends_line(blocks[-1].text.text):
            left = blocks[-1].text
            joined = MappedText.join((left, rest))
            marks += broken_figure(joined, len(left), block.text.text[:cut].strip())
            blocks[-1] = with_text(blocks[-1], joined)
        elif rest.text:
            blocks.append(with_text(block, rest))
    return draft.changed(blocks, gone, marks)


def _series(blocks: tuple[Block, ...]) -> dict[int, int]:
    """Index of each block that begins with a page mark → the mark's length; empty if the file has no such series."""
    found: dict[int, int] = {}
    wanted = 1
    for i, block in enumerate(blocks):
        mark = _MARK.match(block.text.text) if block.kind != "table_row" else None
        if mark and int(mark[1]) == wanted:
            found[i] = mark.end()
            wanted += 1
    order = list(found)
    if len(order) < 3:
        return {}
    lengths = [sum(len(block.text) for block in blocks[a:b]) for a, b in pairwise(order)]
    cuts = sum(1 for i in order[1:] if not ends_line(blocks[i - 1].text.text))
    is_preview = median(lengths) >= _PAGE_LENGTH and cuts >= max(2, _CUT_SHARE * (len(order) - 1))
    return found if is_preview else {}


def broken_figure(text: MappedText, joint: int, mark: str) -> list[Mark]:
    """The mark on a figure that the joint splits: digits on both sides, or a number parted from its unit."""
    left = _FIGURE_LEFT.search(text.text[:joint])
    if left is None:
        return []
    right = _FIGURE_RIGHT.match(text.text, joint)
    end = right.end() if right else joint
    if end == joint:
        return []
    start, stop = text.span(left.start(), end)
    return [
        Mark(
            start, stop, "doubtful", f"数字被分页标记“{mark}”隔断，拼接后为{text.text[left.start() : end]}，请核对原文"
        )
    ]
